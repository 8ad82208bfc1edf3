import { and, asc, countDistinct, eq, ilike, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { DbOrTx, Tx } from '~/db/client';
import { associations, mandates, memberships } from '~/db/schema/associations';
import { persons } from '~/db/schema/people';
import type { Actor } from '../actor';
import { type AssociationFacts, credentialsDesk, type MandateFacts, type MembershipFacts } from './policy';

const isOneOf = (ids: string[]): SQL => (ids.length > 0 ? inArray(associations.id, ids) : sql`false`);

/** Which associations an actor may know of: the same as `policy.read`, for lists. */
export function visibleTo(actor: Actor): SQL {
  return credentialsDesk(actor, null) ? sql`true` : isNull(associations.dissolvedAt);
}

/** The same as `policy.readMembership`, over memberships joined with their association. */
export function visibleToInPadron(actor: Actor): SQL {
  const bases = [...actor.associations.keys()];
  const kept = bases.filter((id) => actor.associations.get(id)?.has('secretary'));
  return and(
    isNull(associations.dissolvedAt),
    or(
      isOneOf(kept),
      credentialsDesk(actor, null) ? eq(associations.kind, 'base_libre') : undefined,
      and(
        isOneOf(bases),
        or(
          ne(associations.kind, 'base_libre'),
          ne(memberships.role, 'member'),
          actor.personId ? eq(memberships.personId, actor.personId) : undefined,
        ),
      ),
    ),
  )!;
}

/** The same as `policy.readMandate`, over mandates joined with their association. */
export function visibleToInMandates(actor: Actor): SQL {
  if (credentialsDesk(actor, null)) return sql`true`;
  return and(isNull(associations.dissolvedAt), isOneOf([...actor.associations.keys()]))!;
}

/** Memberships of an association that have not ended. */
export const inForceOf = (associationId: string, role?: 'member' | 'officer' | 'secretary') =>
  and(
    eq(memberships.associationId, associationId),
    isNull(memberships.endedAt),
    role ? eq(memberships.role, role) : undefined,
  );

/** Whether a name holds these words, whatever the case and the accents; nothing asked, nothing held back. */
export function sounds(column: AnyPgColumn, asked: string | undefined): SQL | undefined {
  if (!asked) return undefined;
  const pattern = `%${asked.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
  return ilike(sql`unaccent(${column})`, sql`unaccent(${pattern})`);
}

/**
 * What the rules need of an association, or null where there is none.
 * @param lock for a change: every change of one association waits for the one before it.
 */
export async function associationFacts(
  db: DbOrTx,
  id: string,
  lock = false,
): Promise<(AssociationFacts & { name: string }) | null> {
  const found = db
    .select({
      id: associations.id,
      name: associations.name,
      kind: associations.kind,
      dissolved: sql<boolean>`${associations.dissolvedAt} is not null`,
    })
    .from(associations)
    .where(eq(associations.id, id));
  const [row] = await (lock ? found.for('update') : found);
  if (!row) return null;
  const [secretaries] = await db
    .select({ n: countDistinct(memberships.personId) })
    .from(memberships)
    .where(inForceOf(id, 'secretary'));
  return { ...row, secretaries: secretaries!.n };
}

/** A person's belonging to an association, under the association's lock; null where there is none in force. */
export async function membershipFacts(
  tx: Tx,
  associationId: string,
  personId: string,
  role?: MembershipFacts['role'],
): Promise<MembershipFacts | null> {
  const association = await associationFacts(tx, associationId, true);
  if (!association) return null;
  const rows = await tx
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(inForceOf(associationId, role), eq(memberships.personId, personId)));
  return rows[0] ? { association, personId, role: role ?? rows[0].role } : null;
}

export async function mandateFacts(tx: Tx, id: string) {
  const [held] = await tx
    .select({ associationId: mandates.associationId })
    .from(mandates)
    .where(eq(mandates.id, id));
  if (!held) return null;
  // The association first, as everywhere, so that two changes cannot wait for each other.
  const association = await associationFacts(tx, held.associationId, true);
  const [row] = await tx
    .select({ personId: mandates.personId, state: mandates.state })
    .from(mandates)
    .where(eq(mandates.id, id))
    .for('update');
  return row && association ? ({ ...row, association } satisfies MandateFacts) : null;
}

/** Whether she belongs to it now, in whatever role. */
export async function belongs(db: DbOrTx, associationId: string, personId: string): Promise<boolean> {
  const rows = await db
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(inForceOf(associationId), eq(memberships.personId, personId)))
    .limit(1);
  return rows.length > 0;
}

/** Everybody who belongs to it now. */
export async function peopleOf(db: DbOrTx, associationId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ personId: memberships.personId })
    .from(memberships)
    .where(inForceOf(associationId));
  return rows.map((row) => row.personId);
}

/** Who may vote if a roll were fixed now: one person once, by the base that sent her. */
export async function accreditedDelegates(
  tx: DbOrTx,
): Promise<{ personId: string; associationId: string }[]> {
  return tx
    .select({ personId: mandates.personId, associationId: mandates.associationId })
    .from(mandates)
    .innerJoin(associations, eq(associations.id, mandates.associationId))
    .where(and(eq(mandates.state, 'accredited'), isNull(associations.dissolvedAt)))
    .orderBy(asc(mandates.personId));
}

export const face = {
  id: associations.id,
  name: associations.name,
  kind: associations.kind,
  womens: associations.womens,
  country: associations.country,
  department: associations.department,
  province: associations.province,
};
export type Face = Pick<typeof associations.$inferSelect, keyof typeof face>;

/** The public face of the given associations, by id: what stands for a person in public is her base and its place. */
export async function placesOf(db: DbOrTx, ids: string[]): Promise<Map<string, Face>> {
  if (ids.length === 0) return new Map();
  const rows = await db.select(face).from(associations).where(inArray(associations.id, ids));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The associations in force that a person belongs to, with her roles in each, by name. */
export async function associationsOf(db: DbOrTx, personId: string) {
  const rows = await db
    .select({ ...face, role: memberships.role, title: memberships.title })
    .from(memberships)
    .innerJoin(associations, eq(associations.id, memberships.associationId))
    .where(
      and(eq(memberships.personId, personId), isNull(memberships.endedAt), isNull(associations.dissolvedAt)),
    )
    .orderBy(sql`lower(${associations.name})`);
  const bases = new Map<string, Face & { roles: (typeof rows)[number]['role'][]; title: string | null }>();
  for (const { role, title, ...base } of rows) {
    const held = bases.get(base.id) ?? { ...base, roles: [], title: null };
    bases.set(base.id, { ...held, roles: [...held.roles, role], title: held.title ?? title });
  }
  return [...bases.values()];
}

/** Names of those who belong to it, to tell whom a padrón names again. */
export async function memberNames(db: DbOrTx, associationId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: persons.id, name: persons.name })
    .from(memberships)
    .innerJoin(persons, eq(persons.id, memberships.personId))
    .where(inForceOf(associationId));
  return rows.map((row) => row.name);
}
