import { createHmac } from 'node:crypto';
import { and, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '~/db/client';
import { associations, mandates, memberships } from '~/db/schema/associations';
import { forum } from '~/db/schema/kernel';
import { cards, forumRoles, persons } from '~/db/schema/people';
import { spaceRoles } from '~/db/schema/spaces';
import { runtime } from '../runtime';
import type { CardOwner } from './policy';
import { conflict, type Role, readCode, readNumber } from './rules';

/** Whether this is a demo forum: set once, by its loader, in an empty database. */
export async function isDemo(db: DbOrTx): Promise<boolean> {
  const [row] = await db.select({ demo: forum.demo }).from(forum);
  return row?.demo ?? false;
}

/** What is kept of a card's code: it cannot be read back without the forum's own secret. */
export const codeHash = (code: string): Buffer =>
  createHmac('sha256', runtime().secrets.codes).update(`card ${code}`).digest();

/** The card of a code as someone typed it, with its owner, whatever state it is in. @param lock for a use of it. */
export async function cardByCode(db: DbOrTx, typed: string, lock = false) {
  const code = readCode(typed);
  if (!code) return null;
  const found = db
    .select({
      id: cards.id,
      personId: cards.personId,
      name: persons.name,
      number: persons.number,
      expiresAt: cards.expiresAt,
      usedAt: cards.usedAt,
      revokedAt: cards.revokedAt,
    })
    .from(cards)
    .innerJoin(persons, eq(persons.id, cards.personId))
    .where(eq(cards.codeHash, codeHash(code)));
  const [row] = await (lock ? found.for('update', { of: cards }) : found);
  return row ?? null;
}

/** The person of a number as someone typed it; null where the number cannot be one or nobody has it. */
export async function personOfNumber(db: DbOrTx, typed: string) {
  const number = readNumber(typed);
  if (!number) return null;
  const [row] = await db
    .select({ personId: persons.id, name: persons.name, number: persons.number })
    .from(persons)
    .where(eq(persons.number, number));
  return row ?? null;
}

const openMemberships = (db: DbOrTx, personId: string) =>
  db
    .select({ associationId: memberships.associationId, role: memberships.role })
    .from(memberships)
    .innerJoin(associations, eq(associations.id, memberships.associationId))
    .where(
      and(eq(memberships.personId, personId), isNull(memberships.endedAt), isNull(associations.dissolvedAt)),
    );

/**
 * Every role a person holds or waits for, anywhere. Locks the person, so that two roles which may not meet
 * cannot be given at the same moment: ask it in the transaction that gives one.
 */
export async function holdings(tx: Tx, personId: string): Promise<Set<Role>> {
  await tx.select({ id: persons.id }).from(persons).where(eq(persons.id, personId)).for('update');
  const inForum = await tx
    .select({ role: forumRoles.role })
    .from(forumRoles)
    .where(and(eq(forumRoles.personId, personId), isNull(forumRoles.endedAt)));
  const inSpaces = await tx
    .select({ role: spaceRoles.role })
    .from(spaceRoles)
    .where(and(eq(spaceRoles.personId, personId), isNull(spaceRoles.endedAt)));
  const sent = await tx
    .select({ id: mandates.id })
    .from(mandates)
    .where(and(eq(mandates.personId, personId), inArray(mandates.state, ['presented', 'accredited'])));
  const held = [...inForum, ...inSpaces, ...(await openMemberships(tx, personId))].map((row) => row.role);
  return new Set<Role>(sent.length > 0 ? [...held, 'delegate'] : held);
}

/** Why this person may not be given this role (a code of failures.json), or null. Whoever gives a role asks. */
export const conflictOf = async (tx: Tx, personId: string, wanted: Role): Promise<string | null> =>
  conflict(await holdings(tx, personId), wanted);

/**
 * Whether somebody holds anything outside this base: a role in the forum, a mandate (presented ones count), a place
 * at a table, membership of another base, or what she did in the forum before she came here with a card of hers. @param ids columns or values of the query it stands in.
 */
export const beyondBase = (ids: { person: unknown; base: unknown }) => sql<boolean>`(
  exists (select 1 from ${forumRoles} f where f.person_id = ${ids.person} and f.ended_at is null)
  or exists (select 1 from ${mandates} d where d.person_id = ${ids.person} and d.state in ('presented', 'accredited'))
  or exists (select 1 from ${spaceRoles} r join spaces s on s.id = r.space_id where r.person_id = ${ids.person}
    and r.ended_at is null and s.closed_at is null and s.association_id is distinct from ${ids.base})
  or exists (select 1 from memberships o join associations b on b.id = o.association_id
    where o.person_id = ${ids.person} and o.ended_at is null and b.dissolved_at is null
    and o.association_id <> ${ids.base})
  or exists (select 1 from memberships k where k.person_id = ${ids.person} and k.ended_at is null and k.by_number
    and k.association_id = ${ids.base}))`;

/** What decides on a lost card of hers; null where there is no such person. */
export async function cardOwner(db: DbOrTx, personId: string) {
  const belongs = await openMemberships(db, personId);
  const base = sql`${belongs[0]?.associationId ?? null}::uuid`;
  const [person] = await db
    .select({
      personId: persons.id,
      name: persons.name,
      number: persons.number,
      beyond: beyondBase({ person: sql`${personId}::uuid`, base }),
    })
    .from(persons)
    .where(eq(persons.id, personId));
  if (!person) return null;
  const facts: CardOwner = {
    personId,
    associationIds: belongs.map((row) => row.associationId),
    secretary: belongs.some((row) => row.role === 'secretary'),
    beyond: person.beyond,
  };
  return { ...person, ...facts };
}

/** Forum roles in force, as the actor has them. */
export const inForce = (...more: (SQL | undefined)[]) =>
  and(isNotNull(forumRoles.confirmedAt), isNull(forumRoles.endedAt), ...more);

/** Whether anybody is the forum's secretary: until then the forum is to be set up. */
export async function isSetUp(db: DbOrTx): Promise<boolean> {
  const rows = await db
    .select({ one: sql`1` })
    .from(forumRoles)
    .where(inForce(eq(forumRoles.role, 'forumSecretary')))
    .limit(1);
  return rows.length > 0;
}
