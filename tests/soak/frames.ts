import { brokenFrames } from '~/tests/support/frames';
import { megabytes, withForum } from '~/tests/support/soak';

// npm run soak -- frames [N] [SEED]: broken frames by the million; the forum stands, and gives nothing away.
const [frames = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);
await withForum(async ({ db, place }) => {
  const say = (done: number) => console.info(`${done} frames, ${megabytes()} MB`);
  const end = await brokenFrames({ db, place, frames, seed, say });
  console.info(
    `${end.read} could be read, ${end.refused} not; ${end.closed} of ${end.sentBroken} sent broken closed their socket; ${end.foreign} faults; bytes of another text: ${end.leaked}`,
  );
  if (end.leaked + end.foreign > 0 || !end.untouched || end.closed < end.sentBroken) process.exitCode = 1;
});
