import { and, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { associations } from '~/db/schema/associations';
import { concerns } from '~/db/schema/concerns';
import {
  articleConcerns,
  articleSources,
  articles,
  chapters,
  versionArticles,
  versions,
} from '~/db/schema/document';
import { drafts } from '~/db/schema/drafts';
import { spaces } from '~/db/schema/spaces';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { concernLines } from '../../concerns/queries';
import { limaDay } from '../../day';
import { visibleTo as draftsVisibleTo } from '../../drafts/queries';
import { can } from '../../rule';
import * as policy from '../policy';
import type { Group } from '../rules/coverage';
import { inOrder, standingBehind, type Voice } from '../rules/history';
import * as schema from '../schema';
import { happenings } from './history';

/** What is counted of the concerns behind an article: the public ones, by what their public pages say. */
export async function voicesOf(db: DbOrTx, ids: string[]): Promise<Voice[]> {
  if (ids.length === 0) return [];
  return db
    .select({
      areas: concerns.areas,
      department: concerns.department,
      group: sql<Group>`coalesce(${associations.kind}, 'sin_organizacion')`,
      womens: sql<boolean>`coalesce(${associations.womens}, ${concerns.womens})`,
    })
    .from(concerns)
    .leftJoin(associations, eq(associations.id, concerns.associationId))
    .where(and(inArray(concerns.id, ids), eq(concerns.audience, 'public')));
}

const shownAtMost = 40;

/** The public concerns that were not taken up: first of the drafts it came from, then of its areas, the newest first. */
async function refused(db: DbOrTx, actor: Actor, articleId: string, areas: string[]) {
  const sources = await db
    .selectDistinct({ id: drafts.id })
    .from(articleSources)
    .innerJoin(drafts, eq(drafts.id, articleSources.draftId))
    .innerJoin(spaces, eq(spaces.id, drafts.spaceId))
    .where(
      and(eq(articleSources.articleId, articleId), or(eq(spaces.private, false), draftsVisibleTo(actor))),
    );
  const ids = sources.map(({ id }) => id);
  const sameDraft = sql<boolean>`exists (select from draft_concerns dc
    where dc.concern_id = concerns.id and dc.draft_id = any(${sql.param(ids)}::uuid[]))`;
  const sameArea = sql`${concerns.areas} && ${sql.param(areas)}::text[]`;
  const where = and(
    eq(concerns.audience, 'public'),
    eq(concerns.state, 'no_recogida'),
    or(sameArea, sameDraft),
  );
  const [rows, total] = await Promise.all([
    db
      .select({ id: concerns.id, sameDraft })
      .from(concerns)
      .where(where)
      .orderBy(desc(sameDraft), desc(concerns.number))
      .limit(shownAtMost),
    db.$count(concerns, where),
  ]);
  const lines = new Map(
    (
      await concernLines(
        db,
        actor,
        rows.map(({ id }) => id),
      )
    ).map((line) => [line.id, line]),
  );
  return {
    total,
    concerns: rows.flatMap(({ id, sameDraft: same }) => {
      const line = lines.get(id);
      return line
        ? [
            {
              id,
              number: line.number,
              words: line.words,
              reasonCode: line.reasonCode,
              reason: line.reason,
              sameDraft: same,
            },
          ]
        : [];
    }),
  };
}

const lastFrozen = async (db: DbOrTx, articleId: string) => {
  const [row] = await db
    .select({ version: versions.number, frozenAt: versions.frozenAt, row: versionArticles })
    .from(versionArticles)
    .innerJoin(versions, eq(versions.id, versionArticles.versionId))
    .where(eq(versionArticles.articleId, articleId))
    .orderBy(desc(versions.number))
    .limit(1);
  return row ?? null;
};

/** The article as its origin is told of: in its last frozen version, or as it stands in the making. */
async function subject(db: DbOrTx, id: string, making: boolean) {
  const [found] = await db
    .select({ article: articles, area: chapters.area })
    .from(articles)
    .innerJoin(chapters, eq(chapters.id, articles.chapterId))
    .where(eq(articles.id, id));
  if (!found) return null;
  const frozen = await lastFrozen(db, id);
  const { article, area } = found;
  const now = making && article.retiredAt === null;
  if (frozen && !now) {
    const { row, version, frozenAt } = frozen;
    const place = { version, number: row.number as number | null, title: row.title, area: row.area };
    return {
      frozen: true,
      making: false,
      ...place,
      areas: row.areas,
      concernIds: row.concernIds,
      until: frozenAt,
    };
  }
  const links = await db
    .select({ id: articleConcerns.concernId })
    .from(articleConcerns)
    .where(and(eq(articleConcerns.articleId, id), isNull(articleConcerns.endedAt)));
  const place = { version: null, number: null, title: article.title, area };
  const concernIds = links.map((link) => link.id);
  return {
    frozen: frozen !== null,
    making: true,
    ...place,
    areas: article.areas,
    concernIds,
    until: undefined,
  };
}

/** Where an article comes from: who stands behind it, what was not taken up and why, and all that happened to it. */
export const origin = query({
  action: 'document.origin',
  rule: policy.readOrigin,
  input: schema.originOf,
  load: async (db, { id, making }, actor) => {
    // Who may not read the document in the making is told of the frozen article, as if she had not asked.
    const found = await subject(db, id, making && can(policy.readWorking, actor, null));
    if (!found) return null;
    const areas = [...new Set([found.area, ...found.areas])];
    const [voices, lines, set, events] = await Promise.all([
      voicesOf(db, found.concernIds),
      concernLines(db, actor, found.concernIds),
      refused(db, actor, id, areas),
      happenings(db, actor, id),
    ]);
    return { ...found, id, voices, lines, refused: set, events };
  },
  present: ({ voices, lines, events, until, concernIds, frozen: _, ...rest }, actor) => ({
    ...rest,
    behind: {
      total: concernIds.length,
      ...standingBehind(voices),
      bases: [...new Set(lines.flatMap((line) => (line.collective ? [] : (line.association ?? []))))].sort(),
      concerns: lines.slice(0, shownAtMost).map(({ id, number, words, department, association }) => ({
        id,
        number,
        words,
        department,
        association,
      })),
    },
    events: inOrder(events, until).map(({ at, ...event }) => ({ ...event, day: limaDay(at) })),
    abilities: { working: can(policy.readWorking, actor, null) },
  }),
});
