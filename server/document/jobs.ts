import type { DbOrTx } from '~/db/client';
import { forgetLostWords } from '../acts/commands/forgetting';
import { dayAfter, limaDay } from '../day';
import { addJobOnce, type JobHandler, type Rounds } from '../jobs';

const kind = 'document.forget';
/** 04:00 in Lima, when nobody sits at the desk. */
const nextNight = () => new Date(`${dayAfter(limaDay(new Date()), 1)}T04:00:00-05:00`);

/** Sees to it that old acts are looked through, now and every night from now on. */
export const planForgetting = (db: DbOrTx) => addJobOnce(db, kind, {}, new Date());

const forget: JobHandler = async (db, job, progress) => {
  await addJobOnce(db, kind, {}, nextNight(), job.id);
  await forgetLostWords(db, progress);
};

export const documentJobs: Record<string, JobHandler> = { [kind]: forget };
export const documentRounds: Rounds = { [kind]: 3_600_000 };
