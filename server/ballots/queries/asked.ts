import { and, asc, eq, inArray } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { versionArticles } from '~/db/schema/document';
import { rivalsOf } from '../../amendments/queries';
import { returnedBy } from '../queries';
import type { Rival } from '../rules/rivals';

export type Asked = {
  /** Null: the whole text, or an article that only an amendment wants. */
  versionArticleId: string | null;
  /** Its number; null where there is none. */
  article: number | null;
  sha256: string | null;
  rival: (Rival & { by: string; area: string }) | null;
};

type Of = { versionId: string; scope: 'whole' | 'articles' | 'returned'; follows: string | null };

/**
 * What a ballot on a version asks, in order: each article, its rivals right behind it; new articles that stand as
 * rivals; the whole text last. Where only the whole is voted, an article that has a rival is asked all the same:
 * whoever prepares a ballot cannot leave a rival out. A second vote asks only the articles that the first one sent
 * back, as they read now.
 */
export async function askedOf(db: DbOrTx, { versionId, scope, follows }: Of): Promise<Asked[]> {
  const articles = await db
    .select({
      versionArticleId: versionArticles.id,
      article: versionArticles.number,
      sha256: versionArticles.sha256,
    })
    .from(versionArticles)
    .where(
      and(
        eq(versionArticles.versionId, versionId),
        scope === 'returned' ? inArray(versionArticles.articleId, await returnedBy(db, follows!)) : undefined,
      ),
    )
    .orderBy(asc(versionArticles.number));
  if (scope === 'returned') return articles.map((one) => ({ ...one, rival: null }));
  const rivals = (await rivalsOf(db, versionId)).map(
    ({ id, kind, title, text, area, base, table, versionArticleId }) => ({
      versionArticleId,
      rival: { id, kind, title, text, area, by: base ?? table ?? '' },
    }),
  );
  const asked: Asked[] = [];
  for (const one of articles) {
    const own = rivals.filter(({ versionArticleId }) => versionArticleId === one.versionArticleId);
    if (scope === 'whole' && own.length === 0) continue;
    asked.push({ ...one, rival: null });
    for (const { rival } of own) asked.push({ ...one, rival });
  }
  for (const { versionArticleId, rival } of rivals)
    if (versionArticleId === null) asked.push({ versionArticleId, article: null, sha256: null, rival });
  return [...asked, { versionArticleId: null, article: null, sha256: null, rival: null }];
}
