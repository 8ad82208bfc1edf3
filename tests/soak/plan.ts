import { randomInt } from 'node:crypto';
import { tryPlans } from '~/tests/support/plan-trial';

// npm run soak -- plan [FORUMS] [SEED]: results of random forums, and whether anybody's vote follows from them. Without
// a seed the forums are new ones each time; the seed that is printed makes them again.
const [forums = 10_000, seed = randomInt(1_000_000_000)] = process.argv.slice(2).map(Number);
console.info(`seed ${seed}`);
const share = (part: number, all: number) => `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;
const end = tryPlans(forums, seed, ({ forums: n, articles, derived, again }) =>
  console.info(
    `${n} forums, ${articles} articles, ${derived} votes derived; ${again.articles} voted again, ${again.derived} derived beside the first vote`,
  ),
);
console.info(
  `${end.forums} forums, ${end.refused} of them not opened by this rule; ${end.articles} articles, ${end.votes} votes, ${end.unanimous} articles unanimous as a whole`,
);
console.info(`derived: ${end.derived} votes; by plain k = 10: ${end.derivedPlain}`);
const told = ({ counts, yes, band }: { counts: number; yes: number; band: number }) =>
  `all counts ${share(counts, end.articles)}, the yes alone ${share(yes, end.articles)}, nothing ${share(band, end.articles)}`;
console.info(`of the women: ${told(end.women)}; by plain k = 10: ${told(end.plain)}`);
console.info(`told by level: ${JSON.stringify(end.levels)}; at the last one not proved: ${end.unproved}`);
console.info(
  `voted again: ${end.again.articles} articles; derived beside the first vote: ${end.again.derived}, without the check of both ${end.again.derivedCareless}; by the bare answer where no counts were told ${end.again.byVerdict}; not told though the solver finds nothing ${end.again.sealedForNothing}; by level: ${JSON.stringify(end.again.levels)}`,
);
if (end.derived + end.again.derived > 0) process.exitCode = 1;
