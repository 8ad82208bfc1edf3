import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { articles } from '~/db/schema/document';
import { texts } from '~/db/schema/drafts';
import { currentText } from '../../drafts/queries';

/**
 * The article that this one went into, followed to its end where that one was joined into a third.
 * @returns null where it was not joined into any, or the last one stands no more.
 */
export async function mergedInto(db: DbOrTx, id: string): Promise<{ id: string; title: string } | null> {
  const rows = await db.execute<{ id: string; title: string; standing: boolean }>(sql`
    with recursive way as (
      select a.id, a.title, a.merged_into, a.retired_at, 0 as step from ${articles} a where a.id = ${id}
      union all
      select a.id, a.title, a.merged_into, a.retired_at, way.step + 1
      from way join ${articles} a on a.id = way.merged_into)
      cycle id set is_circle using path
    select id, title, retired_at is null as standing from way where step > 0 order by step desc limit 1`);
  const [last] = rows;
  return last?.standing ? { id: last.id, title: last.title } : null;
}

/**
 * Words that came into articles after they were joined into this one, from somebody who was still writing there: the
 * texts that hold them, so that the committee takes over what is missing.
 */
export async function lateWords(db: DbOrTx, id: string) {
  const rows = await db
    .select({ id: articles.id, title: articles.title, textId: articles.textId })
    .from(articles)
    .innerJoin(texts, eq(texts.id, articles.textId))
    .where(and(eq(articles.mergedInto, id), gt(texts.lastSeq, articles.mergedSeq)))
    .orderBy(asc(articles.retiredAt));
  const found = [];
  for (const { textId, ...row } of rows) found.push({ ...row, text: (await currentText(db, textId)).text });
  return found;
}
