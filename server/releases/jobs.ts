import type { DbOrTx } from '~/db/client';
import { dayAfter, limaDay } from '../day';
import { addJobOnce, type JobHandler, type Rounds } from '../jobs';
import { hourOf, publishReleases } from './commands';

const kind = 'releases.publish';
/** The next 06:00 that is still to come. */
const nextHour = (now = new Date()) => {
  const today = hourOf(limaDay(now));
  return now < today ? today : hourOf(dayAfter(limaDay(now), 1));
};

/** Sees to it that what rooms have let out appears at the fixed hour, every day, whether there is anything or not. */
export const planReleases = (db: DbOrTx) => addJobOnce(db, kind, {}, nextHour());

const publish: JobHandler = async (db, job) => {
  await addJobOnce(db, kind, {}, nextHour(), job.id);
  await publishReleases(db, limaDay(new Date()));
};
export const releaseJobs: Record<string, JobHandler> = { [kind]: publish };
export const releaseRounds: Rounds = { [kind]: 86_400_000 };
