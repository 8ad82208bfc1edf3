import {
  aliasedTable,
  and,
  asc,
  countDistinct,
  desc,
  eq,
  gte,
  inArray,
  isNull,
  lte,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { amendmentBackings, amendments } from '~/db/schema/amendments';
import { associations, mandates } from '~/db/schema/associations';
import { ballotQuestions, ballots } from '~/db/schema/ballots';
import { versionArticles, versions } from '~/db/schema/document';
import { spaces } from '~/db/schema/spaces';
import { limaDay } from '../day';
import { spaceColumns } from '../spaces/queries';
import { backingNeeded, standsAsRival } from './rules';

const first = aliasedTable(versions, 'first_version');

/** How many bases stand behind it; one that was dissolved no longer does. */
const backings = sql<number>`(select count(*)::int from ${amendmentBackings} b
  join ${associations} ba on ba.id = b.association_id
  where b.amendment_id = ${amendments}.id and b.ended_at is null and ba.dissolved_at is null)`;

const columns = {
  id: amendments.id,
  kind: amendments.kind,
  state: amendments.state,
  area: amendments.area,
  title: amendments.title,
  text: amendments.text,
  why: amendments.why,
  reason: amendments.reason,
  byHand: amendments.byHand,
  afterId: amendments.afterId,
  actaReference: amendments.actaReference,
  actaDate: amendments.actaDate,
  proposedAt: amendments.proposedAt,
  decidedAt: amendments.decidedAt,
  associationId: amendments.associationId,
  base: associations.name,
  collective: amendments.collective,
  table: spaces.title,
  version: versions.number,
  firstVersion: first.number,
  versionArticleId: amendments.versionArticleId,
  /** The frozen article it speaks of, as it was. */
  article: {
    number: versionArticles.number,
    title: versionArticles.title,
    text: versionArticles.text,
    articleId: versionArticles.articleId,
  },
  backings,
};

/** Amendments with whose name they stand in and what they speak of. */
export const selectAmendments = (db: DbOrTx, where: SQL | undefined) =>
  db
    .select(columns)
    .from(amendments)
    .innerJoin(versions, eq(versions.id, amendments.versionId))
    .innerJoin(first, eq(first.id, amendments.firstVersionId))
    .leftJoin(versionArticles, eq(versionArticles.id, amendments.versionArticleId))
    .leftJoin(associations, eq(associations.id, amendments.associationId))
    .leftJoin(spaces, eq(spaces.id, amendments.spaceId))
    .where(where);
export type Row = Awaited<ReturnType<typeof selectAmendments>>[number];

/** How many bases have an accredited delegate at this moment. */
export async function accreditedBases(db: DbOrTx): Promise<number> {
  const [row] = await db
    .select({ n: countDistinct(mandates.associationId) })
    .from(mandates)
    .innerJoin(associations, eq(associations.id, mandates.associationId))
    .where(and(eq(mandates.state, 'accredited'), isNull(associations.dissolvedAt)));
  return row!.n;
}

/** How many bases stand behind an amendment at this moment. */
export async function backingsOf(db: DbOrTx, id: string): Promise<number> {
  const [row] = await db.select({ n: backings }).from(amendments).where(eq(amendments.id, id));
  return row!.n;
}

/** How many amendments to a version have been taken up since: it does not hold them, the next one will. */
export async function takenUpSince(db: DbOrTx, versionId: string): Promise<number> {
  return db.$count(amendments, and(eq(amendments.versionId, versionId), eq(amendments.state, 'accepted')));
}

/** Whether voters are being asked about it at this moment. */
export async function inVote(db: DbOrTx, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: ballots.id })
    .from(ballotQuestions)
    .innerJoin(ballots, eq(ballots.id, ballotQuestions.ballotId))
    .where(and(eq(ballotQuestions.amendmentId, id), inArray(ballots.state, ['open', 'closing'])))
    .limit(1);
  return rows.length > 0;
}

/** Whether an article went because the committee took up an amendment that wants it gone. */
export async function goneByAmendment(db: DbOrTx, articleId: string): Promise<boolean> {
  const rows = await db
    .select({ id: amendments.id })
    .from(amendments)
    .where(
      and(
        eq(amendments.articleId, articleId),
        eq(amendments.state, 'accepted'),
        eq(amendments.kind, 'remove'),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** As it leaves the house: the collective name and the day, never a person or an hour; a rival says so. */
export function presentAmendment(
  { proposedAt, decidedAt, base, collective, table, ...row }: Row,
  accredited: number,
) {
  return {
    ...row,
    by: base ?? collective ?? table ?? '',
    /** A base, a table, or a collective without a base. */
    from: base ? ('base' as const) : collective ? ('collective' as const) : ('table' as const),
    day: limaDay(proposedAt),
    decidedOn: decidedAt && limaDay(decidedAt),
    needed: backingNeeded(accredited),
    rival: standsAsRival(row, accredited),
  };
}
export type Amendment = ReturnType<typeof presentAmendment>;

/** The facts the rules speak of, the row locked where a command asks; null where there is no such amendment. */
export async function amendmentFacts(db: DbOrTx, id: string, lock = false) {
  const found = db.select().from(amendments).where(eq(amendments.id, id));
  const [row] = await (lock ? found.for('update') : found);
  if (!row) return null;
  const [space] = row.spaceId
    ? await db.select(spaceColumns(spaces)).from(spaces).where(eq(spaces.id, row.spaceId))
    : [];
  const [latest] = await db
    .select({ id: versions.id })
    .from(versions)
    .orderBy(desc(versions.number))
    .limit(1);
  return { ...row, space: space ?? null, inForce: latest?.id === row.versionId };
}

/**
 * The open amendments to an article in the making, for whoever is about to move, merge, split or retire it.
 * @returns of each what it wants, in whose name, and of which version.
 */
export async function openAmendments(db: DbOrTx, articleId: string) {
  const rows = await selectAmendments(
    db,
    and(eq(amendments.state, 'open'), eq(versionArticles.articleId, articleId)),
  ).orderBy(asc(amendments.proposedAt), asc(amendments.id));
  return rows.map(({ id, kind, base, collective, table, version }) => ({
    id,
    kind,
    by: base ?? collective ?? table ?? '',
    version,
  }));
}

/**
 * What stands beside the text of a version in a vote on it, in the order in which it was proposed. Also where the
 * amendment has gone along to a later version meanwhile: no freezing takes it out of a vote on one that it was made
 * for, or was carried through.
 */
export async function rivalsOf(db: DbOrTx, versionId: string) {
  const number = sql`(select v.number from ${versions} v where v.id = ${versionId})`;
  const notTakenUp = and(
    inArray(amendments.state, ['open', 'rejected']),
    lte(first.number, number),
    gte(versions.number, number),
  );
  const rows = await selectAmendments(db, notTakenUp).orderBy(asc(amendments.proposedAt), asc(amendments.id));
  if (rows.length === 0) return [];
  const accredited = await accreditedBases(db);
  return rows.filter((row) => standsAsRival(row, accredited));
}
