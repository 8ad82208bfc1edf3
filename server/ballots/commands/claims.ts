import { and, eq } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { ballotClaims, ballots } from '~/db/schema/ballots';
import { versionArticles } from '~/db/schema/document';
import { command } from '../../act';
import { fail } from '../../rule';
import * as policy from '../policy';
import { claimedIn, claimFacts } from '../queries/claims';
import * as schema from '../schema';

/** Asks that an article be voted by itself, or that the vote be secret: once for each article, before the opening. */
export const claim = command({
  action: 'ballots.claim',
  rule: policy.claim,
  see: policy.read,
  input: schema.claim,
  // That she asked for something, and neither what nor when.
  audit: 'participation',
  load: (tx, { id }, actor) => claimFacts(tx, id, actor, 'share'),
  run: async ({ tx, actor, input: { id, article, wants }, facts }) => {
    const { scope, method, versionId } = facts.ballot;
    if (wants === 'separate' ? scope !== 'whole' : method === 'secret')
      return fail('ballots.claim_given', 'wants');
    const [there] = await tx
      .select({ id: versionArticles.id })
      .from(versionArticles)
      .where(and(eq(versionArticles.id, article), eq(versionArticles.versionId, versionId)));
    if (!there) return fail('field.choose', 'article');
    const row = { ballotId: id, versionArticleId: article, wants, personId: actor.personId! };
    await tx.insert(ballotClaims).values(row).onConflictDoNothing();
    return { id };
  },
});

/**
 * At the opening: what enough have asked for is so, and the names of those who asked go. A vote that was to be held
 * in the room becomes secret. @returns the frozen articles that are voted by themselves, and those that made it secret
 */
export async function settleClaims(tx: Tx, ballotId: string, voters: readonly { personId: string }[]) {
  const reached = await claimedIn(tx, ballotId, voters);
  const [ballot] = await tx.select().from(ballots).where(eq(ballots.id, ballotId));
  if (reached.secret.length > 0 && ballot!.method !== 'secret')
    await tx
      .update(ballots)
      .set({ method: 'secret', presides: null, counterOne: null, counterTwo: null })
      .where(eq(ballots.id, ballotId));
  await tx.delete(ballotClaims).where(eq(ballotClaims.ballotId, ballotId));
  return reached;
}
