import type { DbOrTx } from '~/db/client';
import { addJobOnce, type JobHandler, type Rounds } from '../jobs';
import { logError } from '../log';
import { compactText, textWithLongLog } from './compact';

const kind = 'texts.compact';
const everyMs = 3_600_000;

/** Sees to it that long logs are looked for, now and from now on. */
export const planCompaction = (db: DbOrTx) => addJobOnce(db, kind, {}, new Date());

/**
 * One turn at one text, and then the next as a job of its own, so that a stop waits for one turn only. Text by
 * text in the order of their ids: one that cannot be folded is passed over until the next round.
 */
const compact: JobHandler = async (db, job) => {
  const after = typeof job.payload.after === 'string' ? job.payload.after : null;
  const textId = await textWithLongLog(db, after);
  if (!textId) {
    await addJobOnce(db, kind, {}, new Date(Date.now() + everyMs), job.id);
    return;
  }
  const more = await compactText(db, textId).catch((error) => {
    logError('text compacted', error);
    return false;
  });
  await addJobOnce(db, kind, more ? job.payload : { after: textId }, new Date(), job.id);
};

export const textJobs: Record<string, JobHandler> = { [kind]: compact };
export const textRounds: Rounds = { [kind]: everyMs };
