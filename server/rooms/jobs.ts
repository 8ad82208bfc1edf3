import type { DbOrTx } from '~/db/client';
import { addJobOnce, type JobHandler, type Rounds } from '../jobs';
import { expire } from './commands/frames';

const kind = 'rooms.expire';
const everyMs = 3_600_000;

/** Sees to it that what has had its days is deleted, now and from now on. */
export const planExpiry = (db: DbOrTx) => addJobOnce(db, kind, {}, new Date());

const expireNow: JobHandler = async (db, job) => {
  await expire(db);
  await addJobOnce(db, kind, {}, new Date(Date.now() + everyMs), job.id);
};
export const roomJobs: Record<string, JobHandler> = { [kind]: expireNow };
export const roomRounds: Rounds = { [kind]: everyMs };
