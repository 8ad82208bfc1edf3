import { asc, eq, isNull } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { concernGroupMembers, concerns } from '~/db/schema/concerns';
import { articleConcerns, articleSources, articles, chapters } from '~/db/schema/document';
import { canonical, numbered } from '~/server/document/rules';
import { standing } from '~/server/drafts/queries/texts';
import { stretchesOf, textOf } from '~/server/drafts/rules/texts';

/**
 * The document in the making as canonical bytes: every article that stands, by its number, with its words and their
 * looks, its fields, its drafts and its concerns; what every public concern has come to, and with whom it walks.
 */
export async function bytesOf(db: Db): Promise<string> {
  const order = await db.select().from(chapters).orderBy(asc(chapters.position));
  const rows = await db.select().from(articles);
  const ties = await db.select().from(articleConcerns);
  const sources = await db.select().from(articleSources);
  const states = await db
    .select()
    .from(concerns)
    .where(eq(concerns.audience, 'public'))
    .orderBy(asc(concerns.id));
  const walks = await db.select().from(concernGroupMembers).where(isNull(concernGroupMembers.endedAt));
  const said = [];
  for (const article of numbered(
    order,
    rows.filter(({ retiredAt }) => !retiredAt),
  )) {
    const { updates } = await standing(db, article.textId);
    const { revision: _, position: __, createdAt: ___, createdBy: ____, ...row } = article;
    said.push({
      ...row,
      words: stretchesOf(textOf(updates)),
      concerns: ties
        .filter((tie) => tie.articleId === article.id && !tie.endedAt)
        .map(({ concernId }) => concernId)
        .sort(),
      sources: sources
        .filter((one) => one.articleId === article.id && !one.endedAt)
        .map(({ draftId, seq }) => `${draftId} ${seq}`)
        .sort(),
    });
  }
  return canonical({
    articles: said,
    groups: walks.map(({ groupId, concernId }) => `${groupId} ${concernId}`).sort(),
    concerns: states.map(({ id, state, reasonCode, reason }) => ({ id, state, reasonCode, reason })),
  });
}
