import { and, eq, inArray, isNull, ne, notInArray, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { forumRoles } from '~/db/schema/people';
import { offices } from '~/db/schema/responses';
import { command } from '../../act';
import { fail } from '../../rule';
import * as policy from '../policy';
import { conflictOf, inForce, personOfNumber } from '../queries';
import { isNeverNone, readNumber, speaksForOffice, twoPeople } from '../rules';
import * as schema from '../schema';

/** Forum roles change one after another: «the last one» and «nobody else yet» hold until the commit. */
export const lockRoles = (tx: Tx) => tx.execute(sql`select pg_advisory_xact_lock(hashtext('forum_roles'))`);

/** Whether somebody else could confirm: neither who names nor who is named. */
async function someoneCouldConfirm(tx: Tx, besides: string[]): Promise<boolean> {
  const others = await tx
    .select({ id: forumRoles.id })
    .from(forumRoles)
    .where(inForce(inArray(forumRoles.role, [...twoPeople]), notInArray(forumRoles.personId, besides)))
    .limit(1);
  return others.length > 0;
}

async function appointment(tx: Tx, id: string) {
  await lockRoles(tx);
  const [row] = await tx
    .select()
    .from(forumRoles)
    .where(and(eq(forumRoles.id, id), isNull(forumRoles.endedAt)))
    .for('update');
  return row ? { ...row, waiting: row.confirmedAt === null } : null;
}

/**
 * Names a person to a forum role by her number.
 * @returns `waiting` where a second person confirms; `alone` where there is nobody yet who could, so that it
 *   takes effect at once.
 */
export const appoint = command({
  action: 'people.appoint',
  rule: policy.appoint,
  input: schema.appoint,
  audit: 'full',
  load: async (tx, input) => {
    await lockRoles(tx);
    return { person: await personOfNumber(tx, input.number) };
  },
  run: async ({ tx, actor, input, facts: { person }, emit }) => {
    if (!readNumber(input.number)) return fail('people.number_wrong', 'number');
    if (!person) return fail('people.nobody', 'number');
    const { personId } = person;
    if (personId === actor.personId) return fail('people.oneself', 'number');
    const { role } = input;
    const officeId = speaksForOffice(role) ? (input.officeId ?? null) : null;
    if (speaksForOffice(role)) {
      const [office] = officeId ? await tx.select().from(offices).where(eq(offices.id, officeId)) : [];
      if (!office) return fail('people.office', 'officeId');
    }
    const problem = await conflictOf(tx, personId, role);
    if (problem) return fail(problem, 'role');
    const second = twoPeople.includes(role);
    const waiting = second && (await someoneCouldConfirm(tx, [actor.personId!, personId]));
    const [row] = await tx
      .insert(forumRoles)
      .values({
        personId,
        role,
        officeId,
        appointedBy: actor.personId,
        confirmedAt: waiting ? null : sql`now()`,
      })
      .onConflictDoNothing()
      .returning({ id: forumRoles.id });
    if (!row) return fail('people.role.taken', 'role');
    if (!waiting) emit({ type: 'access.person.changed', personIds: [personId] });
    return { id: row.id, personId, waiting, alone: second && !waiting };
  },
  subject: (_input, out) => out.personId,
});

/** A third person confirms; what she held since the appointment is looked at again. */
export const confirmAppointment = command({
  action: 'people.confirmAppointment',
  rule: policy.confirm,
  see: policy.readRoles,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }) => appointment(tx, id),
  run: async ({ tx, actor, input, facts, emit }) => {
    const problem = await conflictOf(tx, facts.personId, facts.role);
    if (problem) return fail(problem);
    await tx
      .update(forumRoles)
      .set({ confirmedBy: actor.personId, confirmedAt: sql`now()` })
      .where(eq(forumRoles.id, input.id));
    emit({ type: 'access.person.changed', personIds: [facts.personId] });
    return { personId: facts.personId };
  },
  subject: (_input, out) => out.personId,
});

/** Ends a role, or an appointment that waits; never that of the last secretary of the forum. */
export const endRole = command({
  action: 'people.endRole',
  rule: policy.endRole,
  see: policy.readRoles,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }) => appointment(tx, id),
  run: async ({ tx, input, facts, emit }) => {
    if (isNeverNone(facts.role) && !facts.waiting) {
      const others = inForce(eq(forumRoles.role, facts.role), ne(forumRoles.id, input.id));
      if ((await tx.$count(forumRoles, others)) === 0) return fail('people.last_secretary');
    }
    await tx.update(forumRoles).set({ endedAt: sql`now()` }).where(eq(forumRoles.id, input.id));
    if (!facts.waiting) emit({ type: 'access.person.changed', personIds: [facts.personId] });
    return { personId: facts.personId };
  },
  subject: (_input, out) => out.personId,
});
