import { eq } from 'drizzle-orm';
import { ballots } from '~/db/schema/ballots';
import { addJob, type JobHandler } from '../jobs';
import { closeBallot, steps } from './commands/closing';
import { sweep } from './commands/forget';
import { readKey } from './commands/key';

/** Closes a ballot at its moment; where two clocks disagree, waits for ours. */
const close: JobHandler = async (db, job, progress) => {
  const ballotId = String(job.payload.ballotId);
  const [ballot] = await db
    .select({ state: ballots.state, closesAt: ballots.closesAt })
    .from(ballots)
    .where(eq(ballots.id, ballotId));
  if (!ballot || ballot.state === 'prepared') return;
  // Counted, and cut short before its key was destroyed: what is left to do is done.
  if (ballot.state === 'closed' && !readKey(ballotId)?.fill(0)) return;
  const at = new Date();
  if (at < ballot.closesAt) {
    await addJob(
      db,
      job.kind,
      job.payload,
      new Date(Math.max(ballot.closesAt.getTime(), at.getTime() + 2000)),
    );
    return;
  }
  await closeBallot(db, ballotId, {
    at,
    done: (step) => progress(steps.indexOf(step) + 1, steps.length),
  });
};

export const ballotJobs: Record<string, JobHandler> = {
  'ballots.close': close,
  /** After an annulment, and once after what closed ballots still held was let go of. */
  'ballots.sweep': (db) => sweep(db),
};
