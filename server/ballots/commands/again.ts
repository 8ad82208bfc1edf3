import { and, eq, gt, inArray } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { ballots } from '~/db/schema/ballots';
import { versionArticles, versions } from '~/db/schema/document';
import { command } from '../../act';
import { fail } from '../../rule';
import * as policy from '../policy';
import { ballotFacts, returnedBy, toldBy } from '../queries';
import { nextRound, tooSoon } from '../rules/charter';
import * as schema from '../schema';

/** Whether a version is later than the one voted on and still holds something that was sent back. */
async function holdsReturned(tx: Tx, ballot: typeof ballots.$inferSelect, versionId: string) {
  const [voted] = await tx.select().from(versions).where(eq(versions.id, ballot.versionId));
  const found = await tx
    .select({ id: versionArticles.id })
    .from(versionArticles)
    .innerJoin(versions, eq(versions.id, versionArticles.versionId))
    .where(
      and(
        eq(versions.id, versionId),
        gt(versions.number, voted!.number),
        inArray(versionArticles.articleId, await returnedBy(tx, ballot.id)),
      ),
    )
    .limit(1);
  return found.length > 0;
}

/**
 * Announces what the rule of a closed ballot says comes next: the second call after one without quorum, on the same
 * text; or the second vote on the articles that a group sent back, as a later version has them. Once each.
 */
export const again = command({
  action: 'ballots.again',
  rule: policy.again,
  see: policy.read,
  input: schema.again,
  audit: 'full',
  subject: (input) => input.key,
  load: (tx, { id }, actor) => ballotFacts(tx, id, actor, 'update'),
  run: async ({ tx, actor, input }) => {
    const [ballot] = await tx.select().from(ballots).where(eq(ballots.id, input.id));
    const round = nextRound(ballot!.rule, ballot!.round, await toldBy(tx, input.id));
    if (!round) return fail('ballots.no_again');
    const [taken] = await tx.select({ id: ballots.id }).from(ballots).where(eq(ballots.follows, input.id));
    if (taken) return fail('ballots.again_done');
    const days = tooSoon(ballot!.rule, round, input.closesAt, new Date());
    if (days !== null) return fail('ballots.again_days', 'closesAt', { days });
    const versionId = round === 'second_call' ? ballot!.versionId : input.versionId;
    if (!versionId || (round === 'second_vote' && !(await holdsReturned(tx, ballot!, versionId))))
      return fail('ballots.again_version', 'versionId');
    await tx.insert(ballots).values({
      id: input.key,
      versionId,
      title: input.title,
      scope: round === 'second_vote' ? 'returned' : ballot!.scope,
      rule: ballot!.rule,
      round,
      follows: input.id,
      closesAt: input.closesAt,
      preparedBy: actor.personId,
      method: ballot!.method,
      presides: ballot!.presides,
      counterOne: ballot!.counterOne,
      counterTwo: ballot!.counterTwo,
    });
    return { id: input.key };
  },
});
