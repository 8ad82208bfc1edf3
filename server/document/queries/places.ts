import { asc, eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { articles, chapters } from '~/db/schema/document';
import { hashOf } from '../rules';
import type { PlaceOf } from '../rules/references';

/** Every article that ever was, with its number where it stands, and the one it was put into where it was. */
async function everyArticle(db: DbOrTx) {
  return db
    .select({
      id: articles.id,
      title: articles.title,
      retired: sql<boolean>`${articles.retiredAt} is not null`,
      into: articles.mergedInto,
    })
    .from(articles)
    .innerJoin(chapters, eq(chapters.id, articles.chapterId))
    .orderBy(asc(chapters.position), asc(articles.position), asc(articles.id));
}

/** The numbers of this moment: by which references are read, and those that were typed are understood. */
export async function numbering(db: DbOrTx) {
  const all = await everyArticle(db);
  const byId = new Map(all.map((article) => [article.id, article]));
  const order = all.filter(({ retired }) => !retired).map(({ id }) => id);
  const numbers = new Map(order.map((id, i) => [id, i + 1]));
  const placeOf: PlaceOf = (id) => {
    const seen = new Set<string>();
    for (let at: string | null = id; at && !seen.has(at); at = byId.get(at)?.into ?? null) {
      const number = numbers.get(at);
      if (number) return { id: at, number };
      seen.add(at);
    }
    return null;
  };
  return {
    placeOf,
    articleOf: (number: number): string | undefined => order[number - 1],
    /** The title of an article, also of one that is gone. */
    titleOf: (id: string): string | null => byId.get(id)?.title ?? null,
    /** Another as soon as any article bears another number. */
    mark: hashOf(order.join(' ')).slice(0, 16),
  };
}
export type Numbering = Awaited<ReturnType<typeof numbering>>;
