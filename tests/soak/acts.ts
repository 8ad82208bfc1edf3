import { workAtDesk } from '~/tests/support/desk-acts';
import { withDatabase } from '~/tests/support/soak';

// npm run soak -- acts [ACTS] [SEED]: acts of the committee in any order, against a real database.
const [wanted = 10_000, seed = Date.now() % 1_000_000] = process.argv.slice(2, 4).map(Number);
await withDatabase(async ({ db }) => {
  console.info(`seed ${seed}`);
  const done = await workAtDesk(db, wanted, seed, (line) => console.info(line));
  console.info(
    `${done.acts} acts, ${done.undone} undone at once to the byte, ${done.refused} refused without a trace; ` +
      `${done.grouped} groupings tried, ${done.appealed} appeals, ${done.answered} answered`,
  );
});
