import { asc, eq } from 'drizzle-orm';
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

/**
 * What a ballot on a version asks, in order: each article, its rivals right behind it; new articles that stand as
 * rivals; the whole text last. Where only the whole is voted, an article that has a rival is asked all the same:
 * whoever prepares a ballot cannot leave a rival out, nor an article that one in ten asked to vote by itself. In a second vote only the articles that the first one sent back,
 * as they read now, with theirs.
 */
export async function askedOf(
  db: DbOrTx,
  {
    versionId,
    scope,
    follows,
    claimed = [],
  }: {
    versionId: string;
    scope: 'whole' | 'articles' | 'returned';
    follows: string | null;
    /** Articles that enough of the voters asked to vote by themselves. */
    claimed?: readonly string[];
  },
): Promise<Asked[]> {
  const articles = await db
    .select({
      versionArticleId: versionArticles.id,
      articleId: versionArticles.articleId,
      article: versionArticles.number,
      sha256: versionArticles.sha256,
    })
    .from(versionArticles)
    .where(eq(versionArticles.versionId, versionId))
    .orderBy(asc(versionArticles.number));
  const rivals = (await rivalsOf(db, versionId)).map(
    ({ id, kind, title, text, area, base, table, article }) => ({
      // Its article outlives the version that it speaks of by now.
      articleId: article?.articleId ?? null,
      rival: { id, kind, title, text, area, by: base ?? table ?? '' },
    }),
  );
  const returned = scope === 'returned' ? await returnedBy(db, follows!) : null;
  const asked: Asked[] = [];
  for (const { articleId, ...one } of articles) {
    if (returned && !returned.includes(articleId)) continue;
    const own = rivals.filter((rival) => rival.articleId === articleId);
    if (scope === 'whole' && own.length === 0 && !claimed.includes(one.versionArticleId)) continue;
    asked.push({ ...one, rival: null });
    for (const { rival } of own) asked.push({ ...one, rival });
  }
  if (returned) return asked;
  for (const { articleId, rival } of rivals)
    if (articleId === null) asked.push({ versionArticleId: null, article: null, sha256: null, rival });
  return [...asked, { versionArticleId: null, article: null, sha256: null, rival: null }];
}
