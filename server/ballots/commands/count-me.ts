import { eq } from 'drizzle-orm';
import { countedAs } from '~/db/schema/ballots';
import { persons } from '~/db/schema/people';
import { command } from '../../act';
import { can, fail } from '../../rule';
import * as policy from '../policy';
import * as schema from '../schema';
import { lockOpenings, openedBefore } from './roll';

/**
 * Agrees that her word that she is a woman is counted in ballots, or takes it back: for those that open later. Nobody
 * else is counted apart, so nobody else is asked.
 */
export const countMe = command({
  action: 'ballots.countMe',
  rule: policy.countMe,
  input: schema.countMe,
  audit: 'participation',
  load: async () => ({}),
  run: async ({ tx, actor, input }) => {
    const personId = actor.personId!;
    if (!input.agree) {
      await tx.delete(countedAs).where(eq(countedAs.personId, personId));
      return { agree: false };
    }
    await lockOpenings(tx);
    const [she] = await tx
      .select({ sex: persons.sex })
      .from(persons)
      .where(eq(persons.id, personId))
      .for('no key update');
    if (!she || !can(policy.agreeToCount, actor, she)) return fail('ballots.count_woman');
    await tx.insert(countedAs).values({ personId, behind: openedBefore() }).onConflictDoNothing();
    return { agree: true };
  },
});
