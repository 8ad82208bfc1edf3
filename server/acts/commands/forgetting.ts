import { and, arrayOverlaps, asc, desc, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '~/db/client';
import { acts } from '~/db/schema/acts';
import { articles, chapters } from '~/db/schema/document';
import { lockTouched } from '../commands';
import { changesOf, imagesOf, wordsADayAgo } from '../queries';
import { scopes } from '../rules';
import { withoutLostWords } from '../rules/forgetting';

/** So long the words of an act stay whatever becomes of the text: who wrote over them by mistake writes them back. */
export const keptDays = 30;
const isOld = sql<boolean>`${acts.at} < now() - make_interval(days => ${keptDays})`;

/** Of one article, under the locks that undoing takes, and in its order: no act comes between what is read and what goes. */
async function forgetIn(tx: Tx, id: string): Promise<number> {
  const about = [scopes.words(id), scopes.fields(id)];
  const touched = arrayOverlaps(acts.touched, about);
  const [old] = await tx.select({ id: acts.id }).from(acts).where(and(touched, isOld)).limit(1);
  if (!old) return 0;
  await tx.select({ id: chapters.id }).from(chapters).orderBy(asc(chapters.position)).for('update');
  await tx.select({ id: articles.id }).from(articles).where(eq(articles.id, id)).for('update');
  await lockTouched(tx, about);
  const rows = await tx
    .select({ id: acts.id, changes: acts.changes, old: isOld })
    .from(acts)
    .where(touched)
    .orderBy(desc(acts.number));
  const found = withoutLostWords(
    rows.map((row) => ({ ...row, changes: changesOf(row) })),
    await imagesOf(tx, about),
    // Who is in the middle of a word, or has slipped, takes the way back from nobody: it must have stood for a day.
    await wordsADayAgo(tx, id),
  );
  const going = found.filter((one) => one.act.old);
  for (const { act, changes } of going)
    await tx
      .update(acts)
      .set({ changes: JSON.stringify(changes) })
      .where(eq(acts.id, act.id));
  return going.length;
}

/**
 * Takes the words out of old acts to which no undoing leads back: what was taken out of a text is not to be kept beside
 * it for ever. Article by article, so that nobody waits long.
 * @returns of how many acts
 */
export async function forgetLostWords(
  db: Db,
  progress: (done: number, total: number) => Promise<void> = async () => {},
): Promise<number> {
  const all = await db.select({ id: articles.id }).from(articles);
  let forgot = 0;
  for (const [i, { id }] of all.entries()) {
    forgot += await db.transaction((tx) => forgetIn(tx, id));
    if (i % 50 === 0) await progress(i, all.length);
  }
  return forgot;
}
