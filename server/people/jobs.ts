import { randomInt } from 'node:crypto';
import type { Db, DbOrTx } from '~/db/client';
import { persons } from '~/db/schema/people';
import { dayAfter, limaDay } from '../day';
import { subscribe } from '../events';
import { addJobOnce, type JobHandler } from '../jobs';
import { logError } from '../log';
import { rewrapKeyring, settleKeyrings } from './commands/keyring';

const kind = 'people.keyrings';
/** 03:00 in Lima, when least is written. */
const nextNight = () => new Date(`${dayAfter(limaDay(new Date()), 1)}T03:00:00-05:00`);

/** Every keyring of the forum, each wrapped anew, in an order of chance: two nights' copies differ in every row. */
export async function rewrapAll(db: Db, progress: (done: number, total: number) => Promise<void>) {
  const ids = (await db.select({ id: persons.id }).from(persons)).map(({ id }) => id);
  for (let i = ids.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [ids[i], ids[j]] = [ids[j]!, ids[i]!];
  }
  for (const [i, id] of ids.entries()) {
    await db.transaction((tx) => rewrapKeyring(tx, id));
    if (i % 200 === 0) await progress(i, ids.length);
  }
}

const rewrap: JobHandler = async (db, job, progress) => {
  await addJobOnce(db, kind, {}, nextNight(), job.id);
  await rewrapAll(db, progress);
};

export const peopleJobs: Record<string, JobHandler> = { [kind]: rewrap };

/**
 * At a start: gives a keyring to accounts that were there before there were any, and plans the nights.
 * @returns stops listening for what is written meanwhile, whose old value goes when the new one is committed.
 */
export async function startKeyrings(db: Db): Promise<() => void> {
  await addJobOnce(db, kind, {}, new Date());
  return subscribe((event) => {
    if (event.type === 'keyring.written')
      settleKeyrings(db as DbOrTx, event.personIds).catch((error) => logError('keyring', error));
  });
}
