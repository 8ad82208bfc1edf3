import { readFileSync } from 'node:fs';
import { judge } from '~/scripts/verify-ballot.mjs';
import { bentArchives, forumArchive } from '~/tests/support/archives';

// npm run soak -- archives [N] [SEED] [FILE]: N spoilt archives of one ballot; not one is accepted.
const [count = 10_000, seed = 1] = process.argv.slice(2, 4).map(Number);

const file = process.argv[4];
const text = file ? readFileSync(file, 'utf8') : forumArchive(seed);
const whole = judge(text);
console.info(
  `the archive itself: ${whole.good ? 'good' : `not good: ${whole.failed.join(', ')}`}, ${text.length} letters`,
);
let [tried, accepted] = [0, 0];
for (const { text: bad, how } of bentArchives(text, count, seed)) {
  tried += 1;
  if (!judge(bad).good) continue;
  accepted += 1;
  console.info(`accepted: ${how}`);
}
console.info(`${tried} spoilt archives, ${accepted} accepted`);
if (!whole.good || accepted > 0 || tried < count) process.exitCode = 1;
