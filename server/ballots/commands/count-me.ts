import { eq } from 'drizzle-orm';
import { countedAs } from '~/db/schema/ballots';
import { command } from '../../act';
import * as policy from '../policy';
import * as schema from '../schema';

/** Agrees that what she says of herself is counted in ballots, or takes it back: for those that open later. */
export const countMe = command({
  action: 'ballots.countMe',
  rule: policy.countMe,
  input: schema.countMe,
  audit: 'participation',
  load: async () => ({}),
  run: async ({ tx, actor, input }) => {
    const personId = actor.personId!;
    if (input.agree) await tx.insert(countedAs).values({ personId }).onConflictDoNothing();
    else await tx.delete(countedAs).where(eq(countedAs.personId, personId));
    return { agree: input.agree };
  },
});
