import type { DbOrTx } from '~/db/client';
import { dayAfter, limaDay } from '../day';
import { addJobOnce, type JobHandler, type Rounds } from '../jobs';
import { dropKeys, tokensOf } from './commands';

const kind = 'tokens.turn';
const dayMs = 86_400_000;
/** A little after midnight in Lima, when a new day’s key is due. */
const nextDay = () => new Date(`${dayAfter(limaDay(new Date()), 1)}T00:01:00-05:00`);

/** Sees to it that there are keys each day, whether anybody asks for them or not, and that old ones go. */
export const planTokens = (db: DbOrTx) => addJobOnce(db, kind, {}, new Date());

const turn: JobHandler = async (db, job) => {
  await addJobOnce(db, kind, {}, nextDay(), job.id);
  await dropKeys(db);
  await tokensOf(db).keys();
};
export const tokenJobs: Record<string, JobHandler> = { [kind]: turn };
export const tokenRounds: Rounds = { [kind]: dayMs };
