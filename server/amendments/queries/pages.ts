import { and, asc, count, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { amendmentBackings, amendments } from '~/db/schema/amendments';
import { associations } from '~/db/schema/associations';
import { versionArticles, versions } from '~/db/schema/document';
import { spaces } from '~/db/schema/spaces';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { lastPlaceOf, versionByNumber, versionInForce } from '../../document/queries';
import { lettersOf } from '../../document/rules/comparison';
import { partOf } from '../../drafts/rules/parts';
import { can } from '../../rule';
import { spaceColumns } from '../../spaces/queries';
import * as policy from '../policy';
import { accreditedBases, amendmentFacts, presentAmendment, type Row, selectAmendments } from '../queries';
import { inShort, rowsOf, together } from '../rules';
import * as schema from '../schema';

export const pageSize = 20;
// A page carries both what goes and what comes, and stays below its thirty kilobytes.
const lettersOfOne = 1500;
const lettersAtMost = 9000;
const atOnce = 6;

/** Every amendment to a version, those that wait for an answer first. */
export const list = query({
  action: 'amendments.list',
  rule: policy.read,
  input: schema.ofVersion,
  load: async (db, { number, page }) => {
    const version = await versionByNumber(db, number);
    if (!version) return null;
    const where = eq(amendments.versionId, version.id);
    const [latest, total, rows, accredited] = await Promise.all([
      versionInForce(db),
      db.select({ n: count() }).from(amendments).where(where),
      selectAmendments(db, where)
        .orderBy(
          sql`${amendments.state} <> 'open'`,
          sql`${versionArticles.number} nulls last`,
          asc(amendments.proposedAt),
          asc(amendments.id),
        )
        .limit(pageSize)
        .offset((page - 1) * pageSize),
      accreditedBases(db),
    ]);
    return { version, inForce: latest?.id === version.id, total: total[0]!.n, rows, accredited };
  },
  present: ({ version, inForce, total, rows, accredited }, _actor, { page }) => ({
    version: { number: version.number, title: version.title, inForce },
    items: rows.map((row) => {
      const { text: _text, why: _why, ...line } = presentAmendment(row, accredited);
      return { ...line, article: line.article && { number: line.article.number, title: line.article.title } };
    }),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
  }),
});

/** Of a frozen article its amendments, and those that want a new one behind it. */
const about = (article: { id: string; articleId: string; versionId: string }) =>
  or(
    eq(amendments.versionArticleId, article.id),
    and(eq(amendments.versionId, article.versionId), eq(amendments.afterId, article.articleId)),
  );

/** How many amendments an article has, for its page. */
export const atArticle = query({
  action: 'amendments.atArticle',
  rule: policy.read,
  input: schema.ofArticle,
  load: async (db, { versionArticleId }) => {
    const [article] = await db.select().from(versionArticles).where(eq(versionArticles.id, versionArticleId));
    if (!article) return null;
    const [row] = await db
      .select({
        total: count(),
        open: sql<number>`count(*) filter (where ${amendments.state} = 'open')::int`,
      })
      .from(amendments)
      .where(and(about(article), sql`${amendments.state} <> 'withdrawn'`));
    return row!;
  },
  present: (counts) => counts,
});

const shownIn = (row: Row, accredited: number) => ({
  ...presentAmendment(row, accredited),
  difference: inShort(rowsOf(row.article?.text ?? '', row), lettersOfOne),
});

/** One article's amendments, each as a marked difference; those that touch the same words stand together. */
export const ofArticle = query({
  action: 'amendments.ofArticle',
  rule: policy.read,
  input: schema.ofPlace,
  load: async (db, { number, article: place }) => {
    const [article] = await db
      .select({
        id: versionArticles.id,
        articleId: versionArticles.articleId,
        versionId: versionArticles.versionId,
        number: versionArticles.number,
        area: versionArticles.area,
        title: versionArticles.title,
        text: versionArticles.text,
      })
      .from(versionArticles)
      .innerJoin(versions, eq(versions.id, versionArticles.versionId))
      .where(and(eq(versions.number, number), eq(versionArticles.number, place)));
    if (!article) return null;
    const [latest, rows, accredited] = await Promise.all([
      versionInForce(db),
      selectAmendments(db, about(article)).orderBy(asc(amendments.proposedAt), asc(amendments.id)),
      accreditedBases(db),
    ]);
    return { article, inForce: latest?.number === number, rows, accredited };
  },
  present: ({ article, inForce, rows, accredited }, _actor, { number, page }) => {
    const alive = rows.filter(({ state }) => state === 'open' || state === 'rejected');
    const groups = [
      ...together(article.text, alive),
      ...rows.filter((row) => !alive.includes(row)).map((row) => [row]),
    ];
    const { part, parts, from, to } = partOf(
      groups.map((group) => group.length),
      page,
      atOnce,
    );
    const { text: _text, versionId: _version, ...head } = article;
    return {
      article: head,
      version: { number, inForce },
      total: rows.length,
      groups: groups.slice(from, to).map((group) => group.map((row) => shownIn(row, accredited))),
      page: part,
      pages: parts,
    };
  },
});

/** In whose name she may propose: her bases as their delegate, the open tables she coordinates. */
export async function namesOf(db: DbOrTx, actor: Actor) {
  const bases = [...actor.associations.keys()];
  const tables = [...actor.spaces.keys()];
  const [ours, theirs] = [
    bases.length === 0
      ? []
      : await db
          .select({ id: associations.id, name: associations.name })
          .from(associations)
          .where(inArray(associations.id, bases))
          .orderBy(asc(associations.name)),
    tables.length === 0
      ? []
      : await db
          .select({ space: spaceColumns(spaces), title: spaces.title })
          .from(spaces)
          .where(inArray(spaces.id, tables))
          .orderBy(asc(spaces.title)),
  ];
  return [
    ...ours
      .filter(({ id }) => can(policy.propose, actor, { associationId: id, space: null }))
      .map(({ id, name }) => ({ value: `base:${id}`, id, label: name, kind: 'base' as const })),
    ...theirs
      .filter(({ space }) => can(policy.propose, actor, { associationId: null, space }))
      .map(({ space, title }) => ({
        value: `mesa:${space.id}`,
        id: space.id,
        label: title,
        kind: 'mesa' as const,
      })),
  ];
}

/** In whose names she may propose; empty for who does not propose. */
export const names = query({
  action: 'amendments.names',
  rule: policy.read,
  input: schema.nothing,
  load: (db, _input, actor) => namesOf(db, actor),
  present: (rows) => rows,
});

const backers = (db: DbOrTx, amendmentId: string) =>
  db
    .select({ id: associations.id, name: associations.name })
    .from(amendmentBackings)
    .innerJoin(associations, eq(associations.id, amendmentBackings.associationId))
    .where(
      and(
        eq(amendmentBackings.amendmentId, amendmentId),
        isNull(amendmentBackings.endedAt),
        isNull(associations.dissolvedAt),
      ),
    )
    .orderBy(asc(associations.name));

/** One amendment: the whole difference, who stands behind it, what came of it, and what she may do. */
export const detail = query({
  action: 'amendments.detail',
  rule: policy.read,
  input: schema.onePage,
  load: async (db, { id }, actor) => {
    const held = await amendmentFacts(db, id);
    if (!held) return null;
    const [[row], bases, accredited, own, [after], made, now] = await Promise.all([
      selectAmendments(db, eq(amendments.id, id)),
      backers(db, id),
      accreditedBases(db),
      namesOf(db, actor),
      held.afterId
        ? db
            .select({ number: versionArticles.number, title: versionArticles.title })
            .from(versionArticles)
            .where(
              and(eq(versionArticles.versionId, held.versionId), eq(versionArticles.articleId, held.afterId)),
            )
        : Promise.resolve([]),
      held.articleId ? lastPlaceOf(db, held.articleId) : null,
      versionInForce(db),
    ]);
    const place = row!.article ? await lastPlaceOf(db, row!.article.articleId) : null;
    const latest = place && now && place.version === now.number ? place : null;
    return { held, row: row!, bases, accredited, own, after: after ?? null, made, latest };
  },
  present: ({ held, row, bases, accredited, own, after, made, latest }, actor, { page }) => {
    const rows = rowsOf(row.article?.text ?? '', row);
    const { from, to, part, parts } = partOf(rows.map(lettersOf), page, lettersAtMost);
    const { text: _text, article, ...shown } = presentAmendment(row, accredited);
    const alive = held.inForce && (held.state === 'open' || held.state === 'rejected');
    const may = (by: string) => can(policy.back, actor, { ...held, by });
    const hers = own.filter(({ kind, id }) => kind === 'base' && alive && may(id));
    const behind = (id: string) => bases.some((base) => base.id === id);
    return {
      ...shown,
      inForce: held.inForce,
      article: article && { number: article.number, title: article.title },
      /** Of a new one: behind which it is to come. */
      after,
      rows: rows.slice(from, to),
      page: part,
      pages: parts,
      bases: bases.map(({ name }) => name),
      /** Where what was accepted stands since a version has it. */
      made: made && made.version > row.version ? { version: made.version, number: made.number } : null,
      /** The article as the version in force has it. */
      latest: latest && { version: latest.version, number: latest.number },
      abilities: {
        back: hers.filter(({ id }) => !behind(id)).map(({ id, label }) => ({ id, label })),
        unback: hers.filter(({ id }) => behind(id)).map(({ id, label }) => ({ id, label })),
        withdraw: alive && can(policy.withdraw, actor, held),
        decide: held.inForce && held.state === 'open' && can(policy.decide, actor, held),
      },
    };
  },
});
