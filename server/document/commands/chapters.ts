import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '~/db/client';
import { areas } from '~/db/reference/areas';
import { articles, chapters } from '~/db/schema/document';
import { type Failure, fail } from '../../rule';
import { mergedInto } from '../queries/merged';

export type Chapter = typeof chapters.$inferSelect;
export type Article = typeof articles.$inferSelect;

/**
 * The chapters in their order, one for each area, under the lock of the whole document: who takes up, moves,
 * retires or freezes waits here for whoever came first.
 */
export async function lockChapters(tx: Tx): Promise<Chapter[]> {
  await tx
    .insert(chapters)
    .values(areas.map((area) => ({ area: area.slug, position: area.number })))
    .onConflictDoNothing();
  return tx.select().from(chapters).orderBy(asc(chapters.position)).for('update');
}

export const chapterOf = (all: Chapter[], area: string): Chapter =>
  all.find((chapter) => chapter.area === area)!;

/** The article's row, locked until the commit; also a retired one, so that one can be told so. */
export async function lockArticle(tx: Tx, id: string): Promise<Article | null> {
  const [row] = await tx.select().from(articles).where(eq(articles.id, id)).for('update');
  return row ?? null;
}

/** The articles that stand in a chapter, in their order. */
export async function idsIn(tx: Tx, chapterId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: articles.id })
    .from(articles)
    .where(and(eq(articles.chapterId, chapterId), isNull(articles.retiredAt)))
    .orderBy(asc(articles.position), asc(articles.id));
  return rows.map((row) => row.id);
}

/** Gives the articles of a chapter their positions, from 1, in one statement. */
export async function setOrder(tx: Tx, ids: string[]): Promise<void> {
  await tx.execute(sql`
    update ${articles} set position = wanted.place
    from (values ${sql.join(
      ids.map((id, i) => sql`(${id}::uuid, ${i + 1}::int)`),
      sql`, `,
    )}) as wanted (id, place)
    where ${articles.id} = wanted.id and ${articles.position} <> wanted.place`);
}

/** Says of an article that stands no more what became of it. */
export async function goneFailure(db: DbOrTx, article: Article, field?: string): Promise<Failure> {
  const into = await mergedInto(db, article.id);
  return into ? fail('document.merged', field, { title: into.title }) : fail('document.retired', field);
}

/** What stops a change of an article that is there: it is gone, or another was quicker. */
export async function outdated(tx: Tx, article: Article, revision: number, field?: string) {
  if (article.retiredAt) return goneFailure(tx, article, field);
  return article.revision === revision ? null : fail('document.changed.taken', field);
}
