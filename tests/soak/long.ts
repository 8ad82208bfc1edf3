import { longHistory } from '~/tests/support/long';
import { megabytes, withDatabase } from '~/tests/support/soak';

// npm run soak -- long [EDITS]: a text of very many edits, opened from its log, folded, opened from its snapshot.
const [edits = 300_000] = process.argv.slice(2).map(Number);
await withDatabase(async ({ db }) => {
  const { same } = await longHistory(db, edits, (line) => console.info(line));
  console.info(`both say ${same ? 'the same' : 'something else'}; ${megabytes()} MB`);
  if (!same) process.exitCode = 1;
});
