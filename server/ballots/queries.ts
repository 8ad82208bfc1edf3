import { and, asc, count, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '~/db/client';
import { ballotQuestions, ballots, papers, rollEntries, tallies } from '~/db/schema/ballots';
import { versionArticles, versions } from '~/db/schema/document';
import { query } from '../act';
import type { Actor } from '../actor';
import { nothing } from '../input';
import { can } from '../rule';
import { paperHandle } from './commands/box';
import { readKey } from './commands/key';
import * as policy from './policy';
import { takesSheets } from './rules';
import * as schema from './schema';

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
    })
    .from(ballots)
    .where(eq(ballots.id, id));
  const [ballot] = await (lock ? found.for(lock) : found);
  if (!ballot) return null;
  const entry = actor.personId ? await rollEntry(tx, id, actor.personId) : null;
  return { ...ballot, onRoll: entry !== null, entry };
}

async function rollEntry(tx: DbOrTx, ballotId: string, personId: string) {
  const [entry] = await tx
    .select({ voted: rollEntries.voted })
    .from(rollEntries)
    .where(and(eq(rollEntries.ballotId, ballotId), eq(rollEntries.personId, personId)));
  return entry ?? null;
}

type Held = NonNullable<Awaited<ReturnType<typeof ballotFacts>>>;

/** Whether a sheet of hers is in the box. While it is open only the ballot key can tell; null: nobody can now. */
async function hasVoted(db: DbOrTx, ballotId: string, personId: string, held: Held): Promise<boolean | null> {
  if (held.state === 'closed') return held.entry?.voted ?? false;
  const key = held.state === 'open' ? readKey(ballotId) : null;
  if (!key) return null;
  const [first] = await db
    .select({ id: ballotQuestions.id })
    .from(ballotQuestions)
    .where(and(eq(ballotQuestions.ballotId, ballotId), eq(ballotQuestions.position, 1)));
  const handle = paperHandle(key, { ballotId, personId, questionId: first!.id, dimension: 'overall' });
  const found = await db.select({ id: papers.id }).from(papers).where(eq(papers.handle, handle));
  return found.length > 0;
}

const face = {
  id: ballots.id,
  title: ballots.title,
  scope: ballots.scope,
  rule: ballots.rule,
  state: ballots.state,
  urgent: ballots.urgent,
  openedAt: ballots.openedAt,
  closesAt: ballots.closesAt,
  closedAt: ballots.closedAt,
  manifest: ballots.manifest,
  manifestSha256: ballots.manifestSha256,
  version: { id: versions.id, number: versions.number, title: versions.title, sha256: versions.sha256 },
};

/** The public face of a ballot: text, rule, moments, hash. Not one number of the box is in it. */
export const selectFaces = (db: DbOrTx, where: SQL | undefined) =>
  db.select(face).from(ballots).innerJoin(versions, eq(versions.id, ballots.versionId)).where(where);

const rollCount = async (db: DbOrTx, ballotId: string) => {
  const [row] = await db.select({ n: count() }).from(rollEntries).where(eq(rollEntries.ballotId, ballotId));
  return row!.n;
};

/** Ten minutes after its moment a ballot should have been counted. */
const patience = 600_000;

export const pageSize = 20;

export const list = query({
  action: 'ballots.list',
  rule: policy.read,
  input: schema.search,
  load: async (db, { page }, actor) => {
    const [total] = await db.select({ n: count() }).from(ballots).where(visibleTo(actor));
    const rows = await selectFaces(db, visibleTo(actor))
      .orderBy(desc(ballots.preparedAt), desc(ballots.id))
      .limit(pageSize)
      .offset((page - 1) * pageSize);
    return { total: total!.n, rows };
  },
  present: ({ total, rows }, actor, { page }) => ({
    items: rows.map(({ manifest: _long, ...row }) => row),
    page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
    abilities: { prepare: can(policy.prepare, actor, null) },
  }),
});

export const detail = query({
  action: 'ballots.detail',
  rule: policy.read,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const held = await ballotFacts(db, id, actor);
    if (!held) return null;
    const [shown] = await selectFaces(db, eq(ballots.id, id));
    const voted = held.onRoll ? await hasVoted(db, id, actor.personId!, held) : null;
    return { held, shown: shown!, voted, roll: held.state === 'prepared' ? null : await rollCount(db, id) };
  },
  present: ({ held, shown, voted, roll }, actor) => {
    const now = new Date();
    return {
      ...shown,
      roll,
      urgencyConfirmed: held.urgencyConfirmedBy !== null,
      late: held.state !== 'closed' && now.getTime() > held.closesAt.getTime() + patience,
      /** Told to her alone. */
      mine: held.onRoll ? { voted } : null,
      abilities: {
        vote: can(policy.cast, actor, held) && takesSheets(held, now),
        confirmUrgency: can(policy.confirmUrgency, actor, held),
        open: can(policy.open, actor, held),
        drop: can(policy.drop, actor, held),
        close: can(policy.close, actor, held) && now >= held.closesAt,
        readRoll: can(policy.readRoll, actor, held),
      },
    };
  },
});

/** What is asked, in order: each article as it was frozen, and the whole text last (`article` null). */
export const questions = query({
  action: 'ballots.questions',
  rule: policy.read,
  input: schema.byId,
  load: async (db, { id }) => {
    const [ballot] = await selectFaces(db, eq(ballots.id, id));
    if (!ballot) return null;
    const article = {
      number: versionArticles.number,
      title: versionArticles.title,
      area: versionArticles.area,
      summary: versionArticles.summary,
      text: versionArticles.text,
      sha256: versionArticles.sha256,
    };
    if (ballot.state !== 'prepared')
      return db
        .select({ id: ballotQuestions.id, position: ballotQuestions.position, article })
        .from(ballotQuestions)
        .leftJoin(versionArticles, eq(versionArticles.id, ballotQuestions.versionArticleId))
        .where(eq(ballotQuestions.ballotId, id))
        .orderBy(asc(ballotQuestions.position));
    // Not fixed yet: what would be asked if it were opened now.
    const articles =
      ballot.scope === 'whole'
        ? []
        : await db
            .select(article)
            .from(versionArticles)
            .where(eq(versionArticles.versionId, ballot.version.id))
            .orderBy(asc(versionArticles.number));
    return [...articles, null].map((one, i) => ({ id: null, position: i + 1, article: one }));
  },
  present: (rows) => rows,
});

/** The open ballots on whose roll she is, the one that closes first before the others. */
export const mine = query({
  action: 'ballots.mine',
  rule: policy.mine,
  input: nothing,
  load: async (db, _input, actor) => {
    if (!actor.personId) return [];
    const rows = await selectFaces(
      db,
      and(
        eq(ballots.state, 'open'),
        sql`exists (select 1 from ${rollEntries} where ${rollEntries.ballotId} = ${ballots.id}
          and ${rollEntries.personId} = ${actor.personId})`,
      ),
    ).orderBy(asc(ballots.closesAt));
    return Promise.all(rows.map(async (row) => ({ row, voted: await votedIn(db as Tx, row.id, actor) })));
  },
  present: (found) =>
    found.map(({ row, voted }) => ({ id: row.id, title: row.title, closesAt: row.closesAt, voted })),
});

async function votedIn(db: DbOrTx, ballotId: string, actor: Actor) {
  const held = await ballotFacts(db, ballotId, actor);
  return held?.onRoll ? hasVoted(db, ballotId, actor.personId!, held) : null;
}

/** The versions that can be put to the vote, the newest first, for the form that prepares a ballot. */
export const versionsToVote = query({
  action: 'ballots.versionsToVote',
  rule: policy.prepare,
  input: nothing,
  load: (db) =>
    db
      .select({
        id: versions.id,
        number: versions.number,
        title: versions.title,
        articles: sql<number>`(select count(*)::int from ${versionArticles} where version_id = ${versions}.id)`,
      })
      .from(versions)
      .orderBy(desc(versions.number))
      .limit(20),
  present: (rows) => rows,
});

export type ArticleResult = {
  versionArticleId: string | null;
  yes: number;
  no: number;
  abstain: number;
  verdict: 'aprobado' | 'no_aprobado' | 'sin_quorum';
};
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
    .where(eq(tallies.ballotId, ballot.id))
    .orderBy(asc(ballotQuestions.position));
  return { ...ballot, state: ballot.state as BallotOfVersion['state'], results };
}
