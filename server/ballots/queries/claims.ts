import { and, asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { ballotClaims, ballots } from '~/db/schema/ballots';
import { versionArticles } from '~/db/schema/document';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { accreditedDelegates } from '../../associations/queries';
import { can } from '../../rule';
import * as policy from '../policy';
import { ballotFacts } from '../queries';
import { claimants, claimed } from '../rules/claims';
import * as schema from '../schema';

/** What is asked for by enough of these voters; articles by their frozen ids. */
export async function claimedIn(db: DbOrTx, ballotId: string, voters: readonly { personId: string }[]) {
  const rows = await db.select().from(ballotClaims).where(eq(ballotClaims.ballotId, ballotId));
  const may = new Set(voters.map(({ personId }) => personId));
  return { separate: claimed(rows, 'separate', may), secret: claimed(rows, 'secret', may) };
}

/** The facts of a claim: whether the vote is still being prepared, and whether she could vote in it now. */
export async function claimFacts(tx: DbOrTx, id: string, actor: Actor, lock?: 'share') {
  const held = await ballotFacts(tx, id, actor, lock);
  if (!held) return null;
  const voters = await accreditedDelegates(tx);
  const [ballot] = await tx.select().from(ballots).where(eq(ballots.id, id));
  return {
    ...held,
    voters,
    ballot: ballot!,
    mayVote: voters.some(({ personId }) => personId === actor.personId),
  };
}

/** What can be asked for before the opening, what enough have asked for, and what she herself has. Never by whom. */
export const claims = query({
  action: 'ballots.claims',
  rule: policy.claim,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const facts = await claimFacts(db, id, actor);
    if (!facts) return null;
    const articles = await db
      .select({ id: versionArticles.id, number: versionArticles.number, title: versionArticles.title })
      .from(versionArticles)
      .where(eq(versionArticles.versionId, facts.ballot.versionId))
      .orderBy(asc(versionArticles.number));
    const mine = actor.personId
      ? await db
          .select({ versionArticleId: ballotClaims.versionArticleId, wants: ballotClaims.wants })
          .from(ballotClaims)
          .where(and(eq(ballotClaims.ballotId, id), eq(ballotClaims.personId, actor.personId)))
      : [];
    return { ...facts, articles, mine, reached: await claimedIn(db, id, facts.voters) };
  },
  present: ({ ballot, voters, articles, mine, reached, ...facts }, actor) => ({
    id: ballot.id,
    title: ballot.title,
    needed: claimants(voters.length),
    voters: voters.length,
    /** What this vote does not give of itself: articles apart where only the whole is voted, secrecy in a room. */
    may: [
      ...(ballot.scope === 'whole' ? ['separate' as const] : []),
      ...(ballot.method === 'secret' ? [] : ['secret' as const]),
    ],
    articles: articles.map(({ id, number, title }) => ({
      id,
      number,
      title,
      reached: (['separate', 'secret'] as const).filter((want) => reached[want].includes(id)),
      mine: mine.filter(({ versionArticleId }) => versionArticleId === id).map(({ wants }) => wants),
    })),
    abilities: { claim: can(policy.claim, actor, facts) },
  }),
});
