import { and, eq, sql } from 'drizzle-orm';
import { memberships } from '~/db/schema/associations';
import { command } from '../../act';
import { fail } from '../../rule';
import * as policy from '../policy';
import { associationFacts, belongs, inForceOf, membershipFacts } from '../queries';
import * as schema from '../schema';
import { forbidden, join, lastSecretary } from './members';

/** Gives a member an office of the board, with its name in words. */
export const appointOfficer = command({
  action: 'associations.appointOfficer',
  rule: policy.appoint,
  see: policy.read,
  input: schema.appointOfficer,
  audit: 'full',
  load: (tx, { id }) => associationFacts(tx, id, true),
  run: async ({ tx, input: { id, personId, title }, emit }) => {
    if (!(await belongs(tx, id, personId))) return fail('associations.not_a_member', 'personId');
    const refused = await forbidden(tx, personId, 'officer', 'personId');
    if (refused) return refused;
    await join(tx, id, personId, 'member', 'officer');
    await tx
      .update(memberships)
      .set({ title: title ?? null })
      .where(and(inForceOf(id, 'officer'), eq(memberships.personId, personId)));
    emit({ type: 'access.person.changed', personIds: [personId] });
    return { id, personId };
  },
  subject: (input) => input.personId,
});

/** Gives a member the secretary's desk, beside who has it already. */
export const appointSecretary = command({
  action: 'associations.appointSecretary',
  rule: policy.appoint,
  see: policy.read,
  input: schema.appointSecretary,
  audit: 'full',
  load: (tx, { id }) => associationFacts(tx, id, true),
  run: async ({ tx, input: { id, personId }, emit }) => {
    if (!(await belongs(tx, id, personId))) return fail('associations.not_a_member', 'personId');
    const refused = await forbidden(tx, personId, 'secretary', 'personId');
    if (refused) return refused;
    await join(tx, id, personId, 'member', 'secretary');
    emit({ type: 'access.person.changed', personIds: [personId] });
    return { id, personId };
  },
  subject: (input) => input.personId,
});

/** Ends an office; she stays a member. An association is never without a secretary. */
export const endRole = command({
  action: 'associations.endRole',
  rule: policy.endRole,
  see: policy.readMembership,
  input: schema.endRole,
  audit: 'full',
  load: (tx, { id, personId, role }) => membershipFacts(tx, id, personId, role),
  run: async ({ tx, facts, input: { id, personId, role }, emit }) => {
    if (role === 'secretary' && (await lastSecretary(tx, facts)))
      return fail('associations.last_secretary', 'role');
    await tx
      .update(memberships)
      .set({ endedAt: sql`now()` })
      .where(and(inForceOf(id, role), eq(memberships.personId, personId)));
    // Somebody written down as an officer alone belonged all the same.
    await join(tx, id, personId, 'member');
    emit({ type: 'access.person.changed', personIds: [personId] });
    return { id, personId };
  },
  subject: (input) => input.personId,
});
