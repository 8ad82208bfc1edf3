import { and, asc, count, desc, eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { amendments } from '~/db/schema/amendments';
import { ballotQuestions, ballots, countedAs, rollEntries } from '~/db/schema/ballots';
import { versionArticles, versions } from '~/db/schema/document';
import { persons } from '~/db/schema/people';
import { query } from '../../act';
import { accreditedDelegates } from '../../associations/queries';
import { nothing } from '../../input';
import { can } from '../../rule';
import * as policy from '../policy';
import { type Held, keyLost, presentFace, rivalColumns, selectFaces, sheetsIn, visibleTo } from '../queries';
import { takesSheets } from '../rules';
import * as schema from '../schema';
import { askedOf } from './asked';
import { claimedIn, claimFacts } from './claims';
import { tableFacts, votesOnPaper, waitsForUrns } from './urns';

/** Whether she has voted; null where nobody can tell: while it closes, or when its key is lost. */
async function hasVoted(db: DbOrTx, ballotId: string, personId: string, held: Held): Promise<boolean | null> {
  if (held.state === 'closed') return held.entry?.voted ?? false;
  if (held.state !== 'open') return null;
  return (await sheetsIn(db, personId, [ballotId])).get(ballotId) ?? null;
}

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
    items: rows.map(({ manifest: _long, ...row }) => presentFace(row)),
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
    const held = await tableFacts(db, id, actor);
    if (!held) return null;
    const [shown] = await selectFaces(db, eq(ballots.id, id));
    const voted = held.onRoll ? await hasVoted(db, id, actor.personId!, held) : null;
    const paper = held.onRoll && held.state === 'open' && (await votesOnPaper(db, id, actor.personId!));
    const urns = held.state === 'closing' && (await waitsForUrns(db, id));
    const lost = await keyLost(db, id, held.state);
    const facts = await claimFacts(db, id, actor);
    return {
      held,
      claim: facts !== null && can(policy.claim, actor, facts),
      shown: shown!,
      voted,
      paper,
      urns,
      lost,
      roll: held.state === 'prepared' ? null : await rollCount(db, id),
    };
  },
  present: ({ held, claim, shown, voted, paper, urns, lost, roll }, actor) => {
    const now = new Date();
    return {
      ...presentFace(shown),
      roll,
      urgencyConfirmed: held.urgencyConfirmedBy !== null,
      /** Nobody can vote or count here any more. */
      lost,
      /** The count waits for what lies in an urn. */
      urns,
      late: !urns && held.state !== 'closed' && now.getTime() > held.closesAt.getTime() + patience,
      /** Told to her alone. */
      mine: held.onRoll ? { voted } : null,
      /** She holds a paper that counts: told to her alone. */
      onPaper: paper,
      abilities: {
        vote: can(policy.cast, actor, held) && takesSheets(held, now) && !lost && !paper,
        confirmUrgency: can(policy.confirmUrgency, actor, held),
        open: can(policy.open, actor, held),
        drop: can(policy.drop, actor, held),
        close: can(policy.close, actor, held) && now >= held.closesAt && !lost,
        annul: can(policy.annul, actor, held) && (lost || held.method !== 'secret'),
        readRoll: can(policy.readRoll, actor, held),
        again: can(policy.again, actor, held),
        claim,
        table: can(policy.readTable, actor, held),
      },
    };
  },
});

/** What is asked, in order: each article as it was frozen with its rivals, and the whole text last (both null). */
export const questions = query({
  action: 'ballots.questions',
  rule: policy.read,
  input: schema.byId,
  load: async (db, { id }) => {
    const [ballot] = await selectFaces(db, eq(ballots.id, id));
    if (!ballot) return null;
    const article = {
      id: versionArticles.id,
      articleId: versionArticles.articleId,
      number: versionArticles.number,
      title: versionArticles.title,
      area: versionArticles.area,
      summary: versionArticles.summary,
      text: versionArticles.text,
      sha256: versionArticles.sha256,
    };
    if (ballot.state !== 'prepared')
      return db
        .select({ id: ballotQuestions.id, position: ballotQuestions.position, article, rival: rivalColumns })
        .from(ballotQuestions)
        .leftJoin(versionArticles, eq(versionArticles.id, ballotQuestions.versionArticleId))
        .leftJoin(amendments, eq(amendments.id, ballotQuestions.amendmentId))
        .where(eq(ballotQuestions.ballotId, id))
        .orderBy(asc(ballotQuestions.position));
    // Not fixed yet: what would be asked if it were opened now.
    const [asked, articles] = await Promise.all([
      askedOf(db, {
        versionId: ballot.version.id,
        scope: ballot.scope,
        follows: ballot.follows,
        claimed: (await claimedIn(db, id, await accreditedDelegates(db))).separate,
      }),
      db.select(article).from(versionArticles).where(eq(versionArticles.versionId, ballot.version.id)),
    ]);
    return asked.map(({ versionArticleId, rival }, i) => ({
      id: null,
      position: i + 1,
      article: articles.find((one) => one.id === versionArticleId) ?? null,
      rival,
    }));
  },
  present: (rows) =>
    rows.map(({ article, ...row }) => {
      if (!article) return { ...row, article };
      const { id: _id, ...shown } = article;
      return { ...row, article: shown };
    }),
});

/** The open ballots on whose roll she is, the one that closes first before the others. */
export const mine = query({
  action: 'ballots.mine',
  rule: policy.mine,
  input: nothing,
  load: async (db, _input, actor) => {
    if (!actor.personId) return { rows: [], voted: new Map<string, boolean>() };
    const rows = await selectFaces(
      db,
      and(
        eq(ballots.state, 'open'),
        eq(ballots.method, 'secret'),
        sql`exists (select 1 from ${rollEntries} where ${rollEntries.ballotId} = ${ballots.id}
          and ${rollEntries.personId} = ${actor.personId})`,
      ),
    ).orderBy(asc(ballots.closesAt));
    return {
      rows,
      voted: await sheetsIn(
        db,
        actor.personId,
        rows.map(({ id }) => id),
      ),
    };
  },
  present: ({ rows, voted }) =>
    rows.map(({ id, title, closesAt }) => ({
      id,
      title,
      closesAt: closesAt.toISOString(),
      voted: voted.get(id) ?? null,
    })),
});

/** What she has said of herself, and whether she agreed that ballots count it. */
export const counting = query({
  action: 'ballots.counting',
  rule: policy.countMe,
  input: nothing,
  load: async (db, _input, actor) => {
    if (!actor.personId) return { sex: null, agreed: false };
    const [row] = await db
      .select({ sex: persons.sex, behind: countedAs.behind })
      .from(persons)
      .leftJoin(countedAs, eq(countedAs.personId, persons.id))
      .where(eq(persons.id, actor.personId));
    return { sex: row!.sex, agreed: row!.behind !== null };
  },
  present: (said, actor) => ({
    agreed: said.agreed,
    abilities: { agree: can(policy.agreeToCount, actor, said) },
  }),
});

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
