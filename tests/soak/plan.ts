import { tryPlans } from '~/tests/support/plan-trial';

// npm run soak -- plan [FORUMS] [SEED]: results of random forums, and whether anybody's vote follows from them.
const [forums = 10_000, seed = 1] = process.argv.slice(2).map(Number);
const share = (part: number, all: number) => `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;
const end = tryPlans(forums, seed, ({ forums: n, articles, derived }) =>
  console.info(`${n} forums, ${articles} articles, ${derived} votes derived`),
);
console.info(
  `${end.forums} forums, ${end.refused} of them not opened by this rule; ${end.articles} articles, ${end.votes} votes, ${end.unanimous} articles unanimous as a whole`,
);
console.info(`derived: ${end.derived} votes; by plain k = 10: ${end.derivedPlain}`);
const told = ({ counts, yes, band }: { counts: number; yes: number; band: number }) =>
  `all counts ${share(counts, end.articles)}, the yes alone ${share(yes, end.articles)}, nothing ${share(band, end.articles)}`;
console.info(`of the women: ${told(end.women)}; by plain k = 10: ${told(end.plain)}`);
console.info(`told by level: ${JSON.stringify(end.levels)}`);
if (end.derived > 0) process.exitCode = 1;
