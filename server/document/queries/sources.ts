import { and, asc, desc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { concerns } from '~/db/schema/concerns';
import { articleSources, articles } from '~/db/schema/document';
import { draftConcerns, drafts, texts } from '~/db/schema/drafts';
import { spaces } from '~/db/schema/spaces';
import type { Actor } from '../../actor';
import { concernsOf, visibleTo } from '../../drafts/queries';

/** The public concerns that a draft has taken up: those an article may carry on. */
export async function publicConcernsOf(db: DbOrTx, draftId: string): Promise<string[]> {
  const ids = await concernsOf(db, draftId);
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: concerns.id })
    .from(concerns)
    .where(and(inArray(concerns.id, ids), eq(concerns.audience, 'public')))
    .orderBy(asc(concerns.number));
  return rows.map((row) => row.id);
}

/** From which drafts an article was taken, of those that the actor may see; up to a moment where one is given. */
export function sourcesOf(db: DbOrTx, actor: Actor, articleId: string, until?: Date) {
  return db
    .select({ draftId: drafts.id, title: drafts.title, space: spaces.title })
    .from(articleSources)
    .innerJoin(drafts, eq(drafts.id, articleSources.draftId))
    .innerJoin(spaces, eq(spaces.id, drafts.spaceId))
    .where(
      and(
        eq(articleSources.articleId, articleId),
        until
          ? and(
              lte(articleSources.takenAt, until),
              or(isNull(articleSources.endedAt), gt(articleSources.endedAt, until)),
            )
          : isNull(articleSources.endedAt),
        visibleTo(actor),
      ),
    )
    .orderBy(asc(articleSources.takenAt));
}

/** The drafts on the desk's left side: those the actor may see, with what they carry and what came of them (or one). */
export function draftsOnDesk(db: DbOrTx, actor: Actor, id?: string) {
  return db
    .select({
      id: drafts.id,
      title: drafts.title,
      space: spaces.title,
      state: drafts.state,
      written: sql<boolean>`${texts.lastSeq} > 0`,
      concerns: sql<number>`(select count(*)::int from ${draftConcerns} dc where dc.draft_id = ${drafts.id} and dc.ended_at is null)`,
      articles: sql<number>`(select count(distinct s.article_id)::int from ${articleSources} s join ${articles} a on a.id = s.article_id where s.draft_id = ${drafts.id} and s.ended_at is null and a.retired_at is null)`,
    })
    .from(drafts)
    .innerJoin(spaces, eq(spaces.id, drafts.spaceId))
    .innerJoin(texts, eq(texts.id, drafts.textId))
    .where(and(visibleTo(actor), id ? eq(drafts.id, id) : undefined))
    .orderBy(desc(drafts.createdAt))
    .limit(100);
}
