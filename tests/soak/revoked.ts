import { percentiles, revocations } from '~/tests/support/revocation';
import { withForum } from '~/tests/support/soak';

// npm run soak -- revoked [N]: how long after the commit somebody whose right has ended is still told anything.
const [tries = 1000] = process.argv.slice(2).map(Number);
await withForum(async ({ db, place }) => {
  const { took, codes } = await revocations(db, place, tries);
  const late = took.filter((ms) => ms > 2000).length;
  console.info(
    `revocation: ${percentiles(took)}; ${late} after two seconds; closed with ${codes.join(', ')}`,
  );
  if (late > 0) process.exitCode = 1;
});
