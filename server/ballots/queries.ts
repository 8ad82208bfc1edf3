import { and, asc, count, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { amendments } from '~/db/schema/amendments';
import { associations } from '~/db/schema/associations';
import {
  ballotAnnulments,
  ballotQuestions,
  ballots,
  papers,
  receipts,
  rollEntries,
  tallies,
} from '~/db/schema/ballots';
import { versionArticles, versions } from '~/db/schema/document';
import { spaces } from '~/db/schema/spaces';
import type { Actor } from '../actor';
import { paperHandle } from './commands/box';
import { readKey } from './commands/key';
import type { MaybeCounts } from './rules';
import { type Outcome, sentBack, type Told } from './rules/charter';

/** The same as `policy.read`: every ballot, from the moment it is prepared. */
export const visibleTo = (_actor: Actor): SQL => sql`true`;

/**
 * The facts the rules speak of; null where there is no such ballot.
 * @param lock `update` for what changes the ballot, `share` for a cast, which must not cross the close. Her entry
 *   in the roll is never locked: a lock would leave its mark on the row.
 */
export async function ballotFacts(tx: DbOrTx, id: string, actor: Actor, lock?: 'update' | 'share') {
  const found = tx
    .select({
      state: ballots.state,
      urgent: ballots.urgent,
      urgencyConfirmedBy: ballots.urgencyConfirmedBy,
      preparedBy: ballots.preparedBy,
      closesAt: ballots.closesAt,
      method: ballots.method,
    })
    .from(ballots)
    .where(eq(ballots.id, id));
  const [ballot] = await (lock ? found.for(lock) : found);
  if (!ballot) return null;
  const entry = actor.personId ? await rollEntry(tx, id, actor.personId) : null;
  return { ...ballot, onRoll: entry !== null, entry };
}

export type Held = NonNullable<Awaited<ReturnType<typeof ballotFacts>>>;

async function rollEntry(tx: DbOrTx, ballotId: string, personId: string) {
  const [entry] = await tx
    .select({ voted: rollEntries.voted })
    .from(rollEntries)
    .where(and(eq(rollEntries.ballotId, ballotId), eq(rollEntries.personId, personId)));
  return entry ?? null;
}

/**
 * Whether a sheet of hers lies in the box of each of these ballots, while they are open. Only their keys can tell:
 * a ballot whose key is not there is left out.
 */
export async function sheetsIn(
  db: DbOrTx,
  personId: string,
  ballotIds: readonly string[],
): Promise<Map<string, boolean>> {
  if (ballotIds.length === 0) return new Map();
  const firsts = await db
    .select({ ballotId: ballotQuestions.ballotId, questionId: ballotQuestions.id })
    .from(ballotQuestions)
    .where(and(inArray(ballotQuestions.ballotId, [...ballotIds]), eq(ballotQuestions.position, 1)));
  const handles = new Map<string, Buffer>();
  for (const { ballotId, questionId } of firsts) {
    const key = readKey(ballotId);
    if (key)
      handles.set(ballotId, paperHandle(key, { ballotId, personId, questionId, dimension: 'overall' }));
    key?.fill(0);
  }
  if (handles.size === 0) return new Map();
  const found = await db
    .select({ ballotId: papers.ballotId })
    .from(papers)
    .where(inArray(papers.handle, [...handles.values()]));
  const there = new Set(found.map(({ ballotId }) => ballotId));
  return new Map([...handles.keys()].map((ballotId) => [ballotId, there.has(ballotId)]));
}

/** A rival as it is asked about and told of: what it wants, in the name of whom. */
export const rivalColumns = {
  id: amendments.id,
  kind: amendments.kind,
  title: amendments.title,
  text: amendments.text,
  area: amendments.area,
  by: sql<string>`(select coalesce(min(a.name), min(s.title)) from ${amendments} m
    left join ${associations} a on a.id = m.association_id left join ${spaces} s on s.id = m.space_id
    where m.id = ${amendments.id})`,
};

/**
 * Whether an open ballot can neither be voted in nor counted: the machine has lost its key. Where its close has begun
 * and nothing sealed is left, neither paper nor receipt, none is needed any more.
 */
export async function keyLost(db: DbOrTx, ballotId: string, state: string): Promise<boolean> {
  if (state !== 'open' && state !== 'closing') return false;
  const [held] = await db.select({ method: ballots.method }).from(ballots).where(eq(ballots.id, ballotId));
  // A vote in the room has no key, and needs none.
  if (held?.method !== 'secret' || readKey(ballotId)?.fill(0)) return false;
  const [[box], [slips]] = await Promise.all([
    db
      .select({ sealed: count(papers.handle), all: count() })
      .from(papers)
      .where(eq(papers.ballotId, ballotId)),
    db
      .select({ sealed: count(receipts.handle) })
      .from(receipts)
      .where(eq(receipts.ballotId, ballotId)),
  ]);
  return box!.sealed + slips!.sealed > 0 || box!.all === 0;
}

const face = {
  id: ballots.id,
  title: ballots.title,
  scope: ballots.scope,
  rule: ballots.rule,
  round: ballots.round,
  method: ballots.method,
  follows: ballots.follows,
  state: ballots.state,
  urgent: ballots.urgent,
  openedAt: ballots.openedAt,
  closesAt: ballots.closesAt,
  closedAt: ballots.closedAt,
  manifest: ballots.manifest,
  manifestSha256: ballots.manifestSha256,
  /** Why it was ended without a count; null where it was not. */
  annulled: ballotAnnulments.reason,
  version: { id: versions.id, number: versions.number, title: versions.title, sha256: versions.sha256 },
};

/** The public face of a ballot: text, rule, moments, hash. Not one number of the box is in it. */
export const selectFaces = (db: DbOrTx, where: SQL | undefined) =>
  db
    .select(face)
    .from(ballots)
    .innerJoin(versions, eq(versions.id, ballots.versionId))
    .leftJoin(ballotAnnulments, eq(ballotAnnulments.ballotId, ballots.id))
    .where(where);

/** Moments leave the house as ISO 8601 in UTC, the same for a page and for the API. */
export const presentFace = <T extends { openedAt: Date | null; closesAt: Date; closedAt: Date | null }>(
  row: T,
) => ({
  ...row,
  openedAt: row.openedAt?.toISOString() ?? null,
  closesAt: row.closesAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
});

/** What a closed ballot said of each question; articles by their ids, which outlive versions. */
export async function toldBy(db: DbOrTx, ballotId: string): Promise<(Told & { article: string | null })[]> {
  const rows = await db
    .select({
      article: versionArticles.articleId,
      amendmentId: ballotQuestions.amendmentId,
      verdict: tallies.verdict,
    })
    .from(tallies)
    .innerJoin(ballotQuestions, eq(ballotQuestions.id, tallies.questionId))
    .leftJoin(versionArticles, eq(versionArticles.id, ballotQuestions.versionArticleId))
    .where(eq(tallies.ballotId, ballotId));
  return rows.map(({ article, amendmentId, verdict }) => ({ article, rival: amendmentId !== null, verdict }));
}

/** The ids of the articles that a closed ballot sent back to drafting. */
export const returnedBy = async (db: DbOrTx, ballotId: string): Promise<string[]> =>
  sentBack(await toldBy(db, ballotId)).flatMap(({ article }) => article ?? []);

export type ArticleResult = {
  versionArticleId: string | null;
  verdict: Outcome;
} & MaybeCounts;
export type BallotOfVersion = {
  id: string;
  title: string;
  state: 'open' | 'closing' | 'closed';
  closesAt: Date;
  /** Empty until it is closed. */
  results: ArticleResult[];
};

/** The last ballot opened on a frozen version, with its results once there are any; null before the first. */
export async function resultOfVersion(db: DbOrTx, versionId: string): Promise<BallotOfVersion | null> {
  const [ballot] = await db
    .select({ id: ballots.id, title: ballots.title, state: ballots.state, closesAt: ballots.closesAt })
    .from(ballots)
    .where(and(eq(ballots.versionId, versionId), sql`${ballots.state} <> 'prepared'`))
    .orderBy(desc(ballots.openedAt))
    .limit(1);
  if (!ballot) return null;
  const results = await db
    .select({
      versionArticleId: ballotQuestions.versionArticleId,
      yes: tallies.yes,
      no: tallies.no,
      abstain: tallies.abstain,
      verdict: tallies.verdict,
    })
    .from(tallies)
    .innerJoin(ballotQuestions, eq(ballotQuestions.id, tallies.questionId))
    .where(and(eq(tallies.ballotId, ballot.id), isNull(ballotQuestions.amendmentId)))
    .orderBy(asc(ballotQuestions.position));
  return { ...ballot, state: ballot.state as BallotOfVersion['state'], results };
}
