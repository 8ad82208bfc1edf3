import { killRounds } from '~/tests/support/kill';
import { withDatabase } from '~/tests/support/soak';

// npm run soak -- drafts [ROUNDS] [WRITERS] [database]: what was acknowledged is in the database after every SIGKILL
// of the process, or after every immediate stop of the database itself.
const [rounds = 1000, writers = 20] = process.argv.slice(2, 4).map(Number);
const database = process.argv[4] === 'database';
await withDatabase(async ({ db, url, stopAtOnce }) => {
  const end = await killRounds({
    db,
    databaseUrl: url,
    rounds,
    writers,
    lifeMs: database ? 1500 : 400,
    ...(database ? { stopDatabase: stopAtOnce } : {}),
    say: (line) => console.info(line),
  });
  console.info(
    `${end.rounds} ${database ? 'stops of the database' : 'kills'}, ${end.acknowledged} acknowledged lines, ${end.lost.length} lost, ${end.missing.length} missing at the end; the process fell ${end.fell} times with it`,
  );
  if (end.lost.length + end.missing.length > 0) process.exitCode = 1;
});
