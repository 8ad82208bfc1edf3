import { manyHistories } from '~/tests/support/histories';

// npm run soak -- roster [RUNS] [SEED]: random histories of a room; stops at the first that must not be.
const [runs = 10_000, seed] = process.argv.slice(2).map(Number);
const began = performance.now();
const { kept, admitted } = manyHistories(runs, seed);
console.info(
  `${runs} histories, ${kept} events counted, ${admitted} women came in, no violation, ${Math.round((performance.now() - began) / 1000)} s`,
);
