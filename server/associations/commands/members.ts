import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { mandates, memberships } from '~/db/schema/associations';
import { spaceRoles, spaces } from '~/db/schema/spaces';
import { command } from '../../act';
import { tooMany } from '../../limits';
import { enrollPerson, issueCard } from '../../people/commands';
import { conflictOf, personOfNumber } from '../../people/queries';
import type { Role } from '../../people/rules';
import { type Failure, fail } from '../../rule';
import * as policy from '../policy';
import { associationFacts, belongs, inForceOf, membershipFacts } from '../queries';
import * as schema from '../schema';

type Kept = 'member' | 'officer' | 'secretary';

/** Writes down that she belongs, with these roles; what she holds already stays as it is. */
export async function join(tx: Tx, associationId: string, personId: string, ...roles: Kept[]) {
  await tx
    .insert(memberships)
    .values(roles.map((role) => ({ associationId, personId, role })))
    .onConflictDoNothing();
}

/** The same for who had a card before: her way in is not for this base to give. */
export async function joinByNumber(tx: Tx, associationId: string, personId: string, ...roles: Kept[]) {
  await tx
    .insert(memberships)
    .values(roles.map((role) => ({ associationId, personId, role, byNumber: role === 'member' })))
    .onConflictDoNothing();
}

/** Why this person may not have the role beside those she has, or null. Locks her row: one role after another. */
export async function forbidden(
  tx: Tx,
  personId: string,
  wanted: Role,
  field?: string,
): Promise<Failure | null> {
  const code = await conflictOf(tx, personId, wanted);
  return code ? fail(code, field) : null;
}

/** The person of a credential number, if she may have the role. */
export async function known(
  tx: Tx,
  number: string,
  wanted: Role,
): Promise<{ personId: string; number: string } | Failure> {
  const person = await personOfNumber(tx, number);
  if (!person) return fail('people.nobody', 'number');
  const refused = await forbidden(tx, person.personId, wanted, 'number');
  return refused ?? { personId: person.personId, number: person.number };
}

/** Enrolls a new person in the association; her code is in the answer once and is kept nowhere. */
export const enrollMember = command({
  action: 'associations.enrollMember',
  rule: policy.keepPadron,
  see: policy.read,
  input: schema.enrollMember,
  audit: 'full',
  load: (tx, { id }) => associationFacts(tx, id, true),
  run: async ({ tx, actor, input: { id, name, sex } }) => {
    const by = actor.personId;
    const person = await enrollPerson(tx, { name, sex: sex ?? null, by });
    await join(tx, id, person.personId, 'member');
    const { code } = await issueCard(tx, person.personId, by);
    return { ...person, code: code as string | null };
  },
  keep: (out) => ({ ...out, code: null }),
  subject: (_input, out) => out.personId,
});

/** Adds somebody who has a card already; she shows her number. */
export const addMember = command({
  action: 'associations.addMember',
  rule: policy.keepPadron,
  see: policy.read,
  input: schema.addMember,
  audit: 'full',
  // Numbers cannot be tried out in rows: each tells a name.
  prepare: async ({ actor }) => (actor.personId ? tooMany('look-up', actor.personId) : null),
  load: (tx, { id }) => associationFacts(tx, id, true),
  run: async ({ tx, input: { id, number }, prepared: limited, emit }) => {
    if (limited) return limited;
    const person = await known(tx, number, 'member');
    if (person instanceof Error) return person;
    if (await belongs(tx, id, person.personId)) return fail('associations.member.taken', 'number');
    await joinByNumber(tx, id, person.personId, 'member');
    emit({ type: 'access.person.changed', personIds: [person.personId] });
    return person;
  },
  subject: (_input, out) => out.personId,
});

/** Whether ending her roles would leave the association without a secretary; a free base may be without. */
export async function lastSecretary(
  tx: Tx,
  { association, personId }: policy.MembershipFacts,
): Promise<boolean> {
  if (association.kind === 'base_libre' || association.secretaries !== 1) return false;
  const rows = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(inForceOf(association.id, 'secretary'), eq(memberships.personId, personId)));
  return rows.length > 0;
}

/**
 * She leaves the association, with every role and mandate she had from it. Only leaving ends a membership:
 * moving elsewhere does not.
 */
export const leave = command({
  action: 'associations.leave',
  rule: policy.leave,
  see: policy.readMembership,
  input: schema.member,
  audit: 'full',
  load: (tx, { id, personId }) => membershipFacts(tx, id, personId),
  run: async ({ tx, actor, facts, input: { id, personId }, emit }) => {
    if (await lastSecretary(tx, facts)) return fail('associations.last_secretary');
    const ended = { endedAt: sql`now()` };
    await tx
      .update(memberships)
      .set(ended)
      .where(and(inForceOf(id), eq(memberships.personId, personId)));
    await tx
      .update(mandates)
      .set({ state: 'withdrawn', decidedBy: actor.personId, decidedAt: sql`now()` })
      .where(
        and(
          eq(mandates.associationId, id),
          eq(mandates.personId, personId),
          inArray(mandates.state, ['presented', 'accredited']),
        ),
      );
    const home = tx.select({ id: spaces.id }).from(spaces).where(eq(spaces.associationId, id));
    await tx
      .update(spaceRoles)
      .set(ended)
      .where(
        and(inArray(spaceRoles.spaceId, home), eq(spaceRoles.personId, personId), isNull(spaceRoles.endedAt)),
      );
    emit({ type: 'access.person.changed', personIds: [personId] });
    return { id, personId };
  },
  subject: (input) => input.personId,
});
