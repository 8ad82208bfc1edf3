import { and, asc, count, desc, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { associations } from '~/db/schema/associations';
import { commentReports, comments } from '~/db/schema/comments';
import { versionArticles, versions } from '~/db/schema/document';
import { offices } from '~/db/schema/responses';
import { query } from '../act';
import type { Actor } from '../actor';
import { limaDay } from '../day';
import { versionInForce } from '../document/queries';
import { can } from '../rule';
import * as policy from './policy';
import { counted, sides } from './rules';
import * as schema from './schema';

export const pageSize = 8;

/** Everybody's, but those that were taken back. */
const standing = (versionArticleId: string) =>
  and(eq(comments.versionArticleId, versionArticleId), isNull(comments.withdrawnAt));

const selectComments = (db: DbOrTx, where: SQL | undefined) =>
  db
    .select({
      id: comments.id,
      side: comments.side,
      words: comments.words,
      personId: comments.personId,
      base: associations.name,
      office: offices.name,
      writtenAt: comments.writtenAt,
      editedAt: comments.editedAt,
      hiddenReason: comments.hiddenReason,
    })
    .from(comments)
    .leftJoin(associations, eq(associations.id, comments.associationId))
    .leftJoin(offices, eq(offices.id, comments.officeId))
    .where(where);
type Row = Awaited<ReturnType<typeof selectComments>>[number];

/** As it leaves the house: a collective name or none, the day; of hidden words only that and why they are hidden. */
function presentComment({ personId, writtenAt, editedAt, words, ...row }: Row, actor: Actor) {
  const facts = { personId };
  const hidden = row.hiddenReason !== null;
  const mine = can(policy.own, actor, facts);
  return {
    ...row,
    words: hidden ? null : words,
    day: limaDay(writtenAt),
    edited: editedAt !== null,
    mine,
    abilities: {
      change: mine && !hidden,
      report: !hidden && can(policy.report, actor, facts),
      moderate: !hidden && can(policy.moderate, actor, facts),
    },
  };
}
export type Comment = ReturnType<typeof presentComment>;

/** How many voices stand on each side, by kind of group. Hidden words are hidden, the voice still counts. */
async function tallyOf(db: DbOrTx, versionArticleId: string) {
  const rows = await db
    .select({
      side: comments.side,
      group: associations.kind,
      womens: sql<boolean>`coalesce(${associations.womens}, false)`,
      state: sql<boolean>`${comments.officeId} is not null`,
      n: count(),
    })
    .from(comments)
    .leftJoin(associations, eq(associations.id, comments.associationId))
    .where(standing(versionArticleId))
    .groupBy(comments.side, associations.kind, associations.womens, sql`${comments.officeId} is not null`);
  return counted(rows);
}

/** How many for and how many against, for the article's page. */
export const atArticle = query({
  action: 'comments.atArticle',
  rule: policy.read,
  input: schema.ofArticle,
  load: async (db, { versionArticleId: id }) => {
    const [article] = await db
      .select({ id: versionArticles.id })
      .from(versionArticles)
      .where(eq(versionArticles.id, id));
    return article ? tallyOf(db, id) : null;
  },
  present: (tally) => ({ for: tally.for, against: tally.against }),
});

/** The bases in whose name she may speak. */
const namesOf = (db: DbOrTx, actor: Actor) => {
  const bases = [...actor.associations.keys()];
  return bases.length === 0
    ? Promise.resolve([])
    : db
        .select({ id: associations.id, name: associations.name })
        .from(associations)
        .where(inArray(associations.id, bases))
        .orderBy(asc(associations.name));
};

/** For and against on one frozen article, the newest first, a page of each; what the State says stands apart. */
export const ofArticle = query({
  action: 'comments.ofArticle',
  rule: policy.read,
  input: schema.ofPlace,
  load: async (db, { number, article: place, page }, actor) => {
    const [article] = await db
      .select({ id: versionArticles.id, number: versionArticles.number, title: versionArticles.title })
      .from(versionArticles)
      .innerJoin(versions, eq(versions.id, versionArticles.versionId))
      .where(and(eq(versions.number, number), eq(versionArticles.number, place)));
    if (!article) return null;
    const here = standing(article.id);
    const newest = [desc(comments.writtenAt), desc(comments.id)];
    const [tally, columns, state, [mine], names, latest] = await Promise.all([
      tallyOf(db, article.id),
      Promise.all(
        sides.map((side) =>
          selectComments(db, and(here, isNull(comments.officeId), eq(comments.side, side)))
            .orderBy(...newest)
            .limit(pageSize)
            .offset((page - 1) * pageSize),
        ),
      ),
      page === 1
        ? selectComments(db, and(here, isNotNull(comments.officeId)))
            .orderBy(...newest)
            .limit(pageSize)
        : [],
      actor.personId
        ? selectComments(db, and(here, eq(comments.personId, actor.personId)))
        : Promise.resolve([]),
      can(policy.comment, actor, { associationId: null }) ? namesOf(db, actor) : [],
      versionInForce(db),
    ]);
    return { article, tally, columns, state, mine, names, inForce: latest?.number === number };
  },
  present: ({ article, tally, columns, state, mine, names, inForce }, actor, { number, page }) => {
    const shown = (rows: Row[]) => rows.map((row) => presentComment(row, actor));
    return {
      article,
      version: { number, inForce },
      tally,
      for: shown(columns[0]!),
      against: shown(columns[1]!),
      state: shown(state),
      mine: mine ? presentComment(mine, actor) : null,
      names: names.filter(({ id }) => can(policy.comment, actor, { associationId: id })),
      page,
      pages: Math.max(1, Math.ceil(Math.max(tally.for, tally.against) / pageSize)),
      abilities: {
        comment: inForce && !mine && can(policy.comment, actor, { associationId: null }),
        /** She speaks for an office of the State. */
        state: actor.officeId !== null,
      },
    };
  },
});

/** The facts the rules speak of; also of one that is hidden or was taken back. */
export async function commentFacts(db: DbOrTx, id: string, lock = false) {
  const found = db.select().from(comments).where(eq(comments.id, id));
  const [row] = await (lock ? found.for('update') : found);
  return row ?? null;
}

/** Where a comment is read, to come back to it. */
export const place = query({
  action: 'comments.one',
  rule: policy.read,
  input: schema.byId,
  load: async (db, { id }) => {
    const [row] = await selectComments(db, and(eq(comments.id, id), isNull(comments.withdrawnAt)));
    if (!row) return null;
    const [at] = await db
      .select({ version: versions.number, article: versionArticles.number, title: versionArticles.title })
      .from(comments)
      .innerJoin(versionArticles, eq(versionArticles.id, comments.versionArticleId))
      .innerJoin(versions, eq(versions.id, versionArticles.versionId))
      .where(eq(comments.id, id));
    return { row, at: at! };
  },
  present: ({ row, at }, actor) => ({ ...presentComment(row, actor), at }),
});

/** What was reported and waits for a secretary, the longest first; who reported is told to nobody. */
export const desk = query({
  action: 'comments.desk',
  rule: policy.desk,
  input: schema.waiting,
  load: async (db, { page }) => {
    const reports = await db
      .select({
        commentId: commentReports.commentId,
        reasons: sql<string[]>`array_agg(${commentReports.reason} order by ${commentReports.reportedAt})`,
        total: sql<number>`count(*) over ()::int`,
      })
      .from(commentReports)
      .where(isNull(commentReports.settledAt))
      .groupBy(commentReports.commentId)
      .orderBy(sql`min(${commentReports.reportedAt})`, asc(commentReports.commentId))
      .limit(pageSize)
      .offset((page - 1) * pageSize);
    const ids = reports.map(({ commentId }) => commentId);
    const rows = ids.length === 0 ? [] : await selectComments(db, inArray(comments.id, ids));
    return { reports, rows };
  },
  present: ({ reports, rows }, actor, { page }) => ({
    items: reports.map(({ commentId, reasons }) => ({
      ...presentComment(rows.find(({ id }) => id === commentId)!, actor),
      reasons,
    })),
    page,
    pages: Math.max(1, Math.ceil((reports[0]?.total ?? 0) / pageSize)),
  }),
});
