import { arrayOverlaps, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { acts } from '~/db/schema/acts';
import { articles } from '~/db/schema/document';
import { changesOf, imagesOf } from '../queries';
import { scopes } from '../rules';
import { withoutLostWords } from '../rules/forgetting';

/** So long the words of an act stay whatever becomes of the text: who wrote over them by mistake writes them back. */
export const keptDays = 30;

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
    const about = [scopes.words(id), scopes.fields(id)];
    await db.transaction(async (tx) => {
      const rows = await tx
        .select({
          id: acts.id,
          changes: acts.changes,
          old: sql<boolean>`${acts.at} < now() - make_interval(days => ${keptDays})`,
        })
        .from(acts)
        .where(arrayOverlaps(acts.touched, about))
        .orderBy(desc(acts.number))
        .for('update');
      if (!rows.some(({ old }) => old)) return;
      const found = withoutLostWords(
        rows.map((row) => ({ ...row, changes: changesOf(row) })),
        await imagesOf(tx, about),
      );
      for (const { act, changes } of found.filter((one) => one.act.old)) {
        await tx
          .update(acts)
          .set({ changes: JSON.stringify(changes) })
          .where(eq(acts.id, act.id));
        forgot += 1;
      }
    });
    if (i % 50 === 0) await progress(i, all.length);
  }
  return forgot;
}
