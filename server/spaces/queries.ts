import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '~/db/client';
import { associations, memberships } from '~/db/schema/associations';
import { persons } from '~/db/schema/people';
import { spaceRoles, spaces } from '~/db/schema/spaces';
import { query } from '../act';
import type { Actor, SpaceRole } from '../actor';
import { face } from '../associations/queries';
import { shareOfWomen } from '../associations/rules/shares';
import { nothing } from '../input';
import { anyone, can } from '../rule';
import type { SpaceFacts } from './policy';
import * as policy from './policy';
import * as schema from './schema';

/** Which spaces an actor may know of: the same as `policy.read`, for lists (a test holds them together). */
export function visibleTo(actor: Actor): SQL {
  const mine = [...actor.spaces.keys()];
  const bases = [...actor.associations.keys()];
  const desk = actor.forum.has('liaison') || actor.forum.has('editor') || actor.forum.has('forumSecretary');
  return or(
    and(eq(spaces.private, false), sql`${spaces.kind} <> 'review'`),
    desk ? eq(spaces.kind, 'review') : undefined,
    mine.length > 0 ? and(inArray(spaces.id, mine), sql`${spaces.kind} <> 'review'`) : undefined,
    bases.length > 0 ? inArray(spaces.associationId, bases) : undefined,
  )!;
}

/** What the rules need of a space, for a select; `table` where it goes by another name in the query. */
export const spaceColumns = (
  table: Pick<typeof spaces, (keyof SpaceFacts & keyof typeof spaces) | 'closedAt'> = spaces,
) => ({
  id: table.id,
  kind: table.kind,
  private: table.private,
  associationId: table.associationId,
  closed: sql<boolean>`${table.closedAt} is not null`,
});

/**
 * The facts the rules speak of, or null where there is no such space.
 * @param lock for a change: every change of one space waits for the one before it.
 */
export async function spaceFacts(db: DbOrTx, id: string, lock = false): Promise<SpaceFacts | null> {
  const found = db.select(spaceColumns()).from(spaces).where(eq(spaces.id, id));
  const [row] = await (lock ? found.for('update') : found);
  return row ?? null;
}

const inForce = (spaceId: string) => and(eq(spaceRoles.spaceId, spaceId), isNull(spaceRoles.endedAt));

/** A space under its lock, with how many coordinate it. */
export async function appointFacts(tx: Tx, id: string) {
  const space = await spaceFacts(tx, id, true);
  if (!space) return null;
  const coordinators = await tx.$count(spaceRoles, and(inForce(id), eq(spaceRoles.role, 'coordinator')));
  return { space, coordinators };
}

/** A role in a space, under the space's lock; null where she has none in force. */
export async function roleFacts(tx: Tx, id: string, personId: string) {
  const facts = await appointFacts(tx, id);
  if (!facts) return null;
  const [held] = await tx
    .select({ role: spaceRoles.role })
    .from(spaceRoles)
    .where(and(inForce(id), eq(spaceRoles.personId, personId)));
  return held ? { ...facts, personId, role: held.role } : null;
}

// Written out: in a select from one table drizzle leaves the table's name away, and c has an id too.
const concernCount = sql<number>`(select count(*)::int from concerns c
  where c.space_id = spaces.id and c.audience = 'public')`;

const columns = {
  ...spaceColumns(),
  title: spaces.title,
  purpose: spaces.purpose,
  areas: spaces.areas,
  attribution: spaces.attribution,
  concerns: concernCount,
};

/** The plenary and the tables, and the spaces of her own bases. */
export const list = query({
  action: 'spaces.list',
  rule: anyone,
  input: nothing,
  load: (db, _input, actor) =>
    db
      .select(columns)
      .from(spaces)
      .where(and(visibleTo(actor), sql`${spaces.kind} <> 'review'`))
      .orderBy(sql`${spaces.closedAt} is not null`, sql`lower(${spaces.title})`),
  present: (rows, actor) => {
    const shown = rows.map(({ private: _private, associationId: _base, ...space }) => space);
    return {
      plenary: shown.find(({ kind }) => kind === 'plenary') ?? null,
      tables: shown.filter(({ kind }) => kind === 'table'),
      own: shown.filter(({ kind }) => kind === 'association'),
      abilities: { create: can(policy.create, actor, null) },
    };
  },
});

type Base = { id: string; name: string; kind: string };
type Held = { personId: string; name: string; role: SpaceRole; sex: string | null; bases: Base[] };

/** Who has a role in a space, with the bases she belongs to. */
async function heldIn(db: DbOrTx, id: string): Promise<Held[]> {
  const bases = sql<Base[]>`(select coalesce(json_agg(distinct jsonb_build_object('id', a.id, 'name', a.name,
    'kind', a.kind)), '[]') from ${memberships} m join ${associations} a on a.id = m.association_id
    where m.person_id = ${persons.id} and m.ended_at is null and a.dissolved_at is null)`;
  return db
    .select({ personId: persons.id, name: persons.name, role: spaceRoles.role, sex: persons.sex, bases })
    .from(spaceRoles)
    .innerJoin(persons, eq(persons.id, spaceRoles.personId))
    .where(inForce(id))
    .orderBy(sql`array_position(array['coordinator', 'writer', 'reader'], ${spaceRoles.role})`, persons.name);
}

/** The bases beside a name, as far as she may know that this person belongs to them. */
const known = (actor: Actor, { personId, bases }: Held) =>
  bases
    .filter(({ id, kind }) => can(policy.seeBase, actor, { id, personId, free: kind === 'base_libre' }))
    .map(({ name }) => name)
    .join(', ') || null;

/** One space: what it is for, who coordinates it in collective terms, and for those inside its people. */
export const detail = query({
  action: 'spaces.detail',
  rule: policy.read,
  input: schema.byId,
  load: async (db, { id }) => {
    const [row] = await db.select(columns).from(spaces).where(eq(spaces.id, id));
    if (!row) return null;
    const [people, [home]] = await Promise.all([
      heldIn(db, id),
      row.associationId
        ? db.select(face).from(associations).where(eq(associations.id, row.associationId))
        : Promise.resolve([]),
    ]);
    return { ...row, people, association: home ?? null };
  },
  present: (facts, actor) => {
    const { people, private: _private, associationId: _base, ...space } = facts;
    const { association } = space;
    const coordinating = people.filter(({ role }) => role === 'coordinator');
    const declared = people.filter(({ sex }) => sex && sex !== 'prefiere_no_decir');
    const women = declared.filter(({ sex }) => sex === 'mujer').length;
    const appointing = { space: facts, coordinators: coordinating.length };
    return {
      ...space,
      /** Bases of those who coordinate; null for somebody without one. */
      coordinators: [
        ...new Set(coordinating.map(({ bases }) => bases.map(({ name }) => name).join(', ') || null)),
      ],
      women: shareOfWomen([{ key: 'all', women, declared: declared.length }]).total,
      people: can(policy.readRoles, actor, facts)
        ? people
            .filter(({ personId, role }) =>
              can(policy.seeHolder, actor, {
                space: facts,
                personId,
                role,
                free: association?.kind === 'base_libre',
              }),
            )
            .map((one) => ({
              personId: one.personId,
              name: one.name,
              role: one.role,
              base: known(actor, one),
              abilities: { end: can(policy.endRole, actor, { space: facts, personId: one.personId }) },
            }))
        : null,
      abilities: {
        appoint: can(policy.appoint, actor, appointing),
        first: can(policy.appointFirst, actor, appointing) && !can(policy.coordinate, actor, facts),
        edit: can(policy.coordinate, actor, facts),
        write: can(policy.write, actor, facts),
        close: can(policy.close, actor, facts),
      },
    };
  },
});
