import { and, asc, count, desc, eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { associations } from '~/db/schema/associations';
import { ballotQuestions, ballotReasons, ballots, rollEntries, tallies } from '~/db/schema/ballots';
import { versionArticles, versions } from '~/db/schema/document';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { limaDay } from '../../day';
import { can } from '../../rule';
import { planIn } from '../commands/plan';
import { placesToday } from '../commands/roll';
import * as policy from '../policy';
import { reasonsUntil } from '../rules/charter';
import { askedForReasons, herGroups, maySignAsBase, takesReasons } from '../rules/reasons';
import * as schema from '../schema';

const follower = sql<boolean>`exists (select 1 from ballots f where f.follows = ${ballots.id} and f.state <> 'prepared')`;

/** An article that went back, with whose reasons are asked for and until when. */
const returned = (db: DbOrTx) =>
  db
    .select({
      question: ballotQuestions.id,
      ballot: { id: ballots.id, title: ballots.title, rule: ballots.rule, round: ballots.round },
      manifest: ballots.manifest,
      closedAt: ballots.closedAt,
      told: tallies.told,
      taken: follower,
      article: {
        id: versionArticles.articleId,
        number: versionArticles.number,
        title: versionArticles.title,
        version: versions.number,
      },
    })
    .from(ballotQuestions)
    .innerJoin(ballots, eq(ballots.id, ballotQuestions.ballotId))
    .innerJoin(tallies, eq(tallies.questionId, ballotQuestions.id))
    .innerJoin(versionArticles, eq(versionArticles.id, ballotQuestions.versionArticleId))
    .innerJoin(versions, eq(versions.id, versionArticles.versionId));
const wentBack = and(
  eq(tallies.verdict, 'vuelve'),
  eq(ballots.state, 'closed'),
  sql`${ballotQuestions.amendmentId} is null`,
);
type Returned = Awaited<ReturnType<typeof returned>>[number];

/**
 * What she may do with one: the groups asked to which she belongs, and whether her base may sign. The roll says no more
 * in which group she was counted: a woman who has taken her word back is asked nothing as one.
 */
async function hers(db: DbOrTx, actor: Actor, one: Returned) {
  const asked = askedForReasons(one.ballot.rule, one.ballot.round, one.told);
  const until = reasonsUntil(one.ballot.rule, one.closedAt!);
  const open = takesReasons(until, limaDay(new Date()), one.taken);
  if (!actor.personId) return { asked, until, open, onRoll: false, groups: [], base: null, ofBase: 0 };
  const [entry] = await db
    .select({ base: { id: associations.id, name: associations.name } })
    .from(rollEntries)
    .innerJoin(associations, eq(associations.id, rollEntries.associationId))
    .where(and(eq(rollEntries.ballotId, one.ballot.id), eq(rollEntries.personId, actor.personId)));
  if (!entry) return { asked, until, open, onRoll: false, groups: [], base: null, ofBase: 0 };
  const [fellows] = await db
    .select({ n: count() })
    .from(rollEntries)
    .where(and(eq(rollEntries.ballotId, one.ballot.id), eq(rollEntries.associationId, entry.base.id)));
  const plan = planIn(one.manifest);
  const she = { personId: actor.personId, associationId: entry.base.id };
  const [placed] = plan ? await placesToday(db, plan, [she], one.ballot.id) : [];
  const groups = herGroups(asked, plan, placed?.places ?? null);
  return { asked, until, open, onRoll: true, groups, base: entry.base, ofBase: fellows!.n };
}

/** One article that went back, as `giveReason` must know it; null where this question did not. */
export async function reasonFacts(db: DbOrTx, question: string, actor: Actor) {
  const [one] = await returned(db).where(and(wentBack, eq(ballotQuestions.id, question)));
  return one ? { ...(await hers(db, actor, one)), question } : null;
}

const given = (db: DbOrTx, question: string) =>
  db
    .select({
      id: ballotReasons.id,
      dimension: ballotReasons.dimension,
      label: ballotReasons.label,
      base: associations.name,
      words: ballotReasons.words,
      hidden: ballotReasons.hiddenWhy,
    })
    .from(ballotReasons)
    .leftJoin(associations, eq(associations.id, ballotReasons.associationId))
    .where(eq(ballotReasons.questionId, question))
    // By their words, so that no order tells which came first.
    .orderBy(asc(ballotReasons.dimension), asc(ballotReasons.label), asc(ballotReasons.words));

async function told(db: DbOrTx, actor: Actor, one: Returned) {
  const { asked, until, open, groups, base, ofBase } = await hers(db, actor, one);
  const rows = await given(db, one.question);
  return {
    question: one.question,
    ballot: { id: one.ballot.id, title: one.ballot.title },
    article: one.article,
    asked,
    until,
    open,
    reasons: rows.map(({ hidden, words, ...row }) => ({
      ...row,
      words: hidden === null ? words : null,
      hidden,
    })),
    /** Told to her alone: where she may write, and in whose name. */
    mine: open
      ? groups.map((group) => ({ group, base: maySignAsBase(group, ofBase) ? base!.name : null }))
      : [],
    abilities: { hide: can(policy.hideReason, actor, null) },
  };
}

/** The articles that a closed ballot sent back, with the reasons given. */
export const reasons = query({
  action: 'ballots.reasons',
  rule: policy.read,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const [there] = await db.select({ id: ballots.id }).from(ballots).where(eq(ballots.id, id));
    if (!there) return null;
    const rows = await returned(db)
      .where(and(wentBack, eq(ballots.id, id)))
      .orderBy(asc(ballotQuestions.position));
    return Promise.all(rows.map((one) => told(db, actor, one)));
  },
  present: (rows) => rows,
});

/** Why an article went back, whenever it did, the last time first: for its page, its desk and its second vote. */
export const reasonsOfArticle = query({
  action: 'ballots.reasonsOfArticle',
  rule: policy.read,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const rows = await returned(db)
      .where(and(wentBack, eq(versionArticles.articleId, id)))
      .orderBy(desc(ballots.closedAt));
    return Promise.all(rows.map((one) => told(db, actor, one)));
  },
  present: (rows) => rows,
});
