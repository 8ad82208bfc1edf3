import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { DbOrTx, Tx } from '~/db/client';
import { mandates, memberships } from '~/db/schema/associations';
import { forumRoles, persons } from '~/db/schema/people';
import { spaceRoles } from '~/db/schema/spaces';
import { type Role, readNumber } from '../../people/rules';

/** The person of a credential number as somebody typed it, or null. */
export async function personByNumber(db: DbOrTx, typed: string) {
  const number = readNumber(typed);
  if (!number) return null;
  const [row] = await db
    .select({ personId: persons.id, number: persons.number })
    .from(persons)
    .where(eq(persons.number, number));
  return row ?? null;
}

/** Everything she holds anywhere, for `people/rules.conflict`; locks her row, so that roles are given one by one. */
export async function heldRoles(tx: Tx, personId: string): Promise<Set<Role>> {
  await tx.select({ id: persons.id }).from(persons).where(eq(persons.id, personId)).for('update');
  const rows = await Promise.all([
    tx
      .select({ role: forumRoles.role })
      .from(forumRoles)
      .where(and(eq(forumRoles.personId, personId), isNull(forumRoles.endedAt))),
    tx
      .select({ role: memberships.role })
      .from(memberships)
      .where(and(eq(memberships.personId, personId), isNull(memberships.endedAt))),
    tx
      .select({ role: spaceRoles.role })
      .from(spaceRoles)
      .where(and(eq(spaceRoles.personId, personId), isNull(spaceRoles.endedAt))),
  ]);
  const sent = await tx
    .select({ id: mandates.id })
    .from(mandates)
    .where(and(eq(mandates.personId, personId), inArray(mandates.state, ['presented', 'accredited'])));
  const held = new Set<Role>(rows.flat().map(({ role }) => role));
  return sent.length > 0 ? held.add('delegate') : held;
}
