import { and, countDistinct, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { associations, mandates, memberships } from '~/db/schema/associations';
import { persons } from '~/db/schema/people';
import { spaces } from '~/db/schema/spaces';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { anyone, can } from '../../rule';
import * as policy from '../policy';
import {
  associationFacts,
  face,
  inForceOf,
  sounds,
  visibleTo,
  visibleToInMandates,
  visibleToInPadron,
} from '../queries';
import { publicCount } from '../rules/shares';
import * as schema from '../schema';

export const pageSize = 30;

// Written out: in a select from one table drizzle leaves the table's name away, and m has an id too.
const members = sql<number>`(select count(distinct m.person_id)::int from memberships m
  where m.association_id = associations.id and m.ended_at is null)`;

function matching(input: { q?: string; department?: string; kind?: string }): SQL | undefined {
  return and(
    isNull(associations.dissolvedAt),
    sounds(associations.name, input.q),
    input.department ? eq(associations.department, input.department) : undefined,
    input.kind ? sql`${associations.kind} = ${input.kind}` : undefined,
  );
}

/** The bases of the forum as everybody sees them, by name; how many they are only from ten on. */
export const list = query({
  action: 'associations.list',
  rule: anyone,
  input: schema.search,
  load: async (db, input, actor) => {
    const where = and(visibleTo(actor), matching(input));
    const [total, rows] = await Promise.all([
      db.$count(associations, where),
      db
        .select({ ...face, members })
        .from(associations)
        .where(where)
        .orderBy(sql`lower(${associations.name})`)
        .limit(pageSize)
        .offset((input.page - 1) * pageSize),
    ]);
    return { total, rows };
  },
  present: ({ total, rows }, actor, { page }) => ({
    items: rows.map((row) => ({ ...row, members: publicCount(row.members) })),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
    abilities: { found: can(policy.found, actor, null) },
  }),
});

/** Who leads the association, for those who may know it. */
async function leadersOf(db: DbOrTx, id: string, actor: Actor) {
  const rows = await db
    .select({
      personId: persons.id,
      name: persons.name,
      role: memberships.role,
      title: memberships.title,
    })
    .from(memberships)
    .innerJoin(associations, eq(associations.id, memberships.associationId))
    .innerJoin(persons, eq(persons.id, memberships.personId))
    .where(and(inForceOf(id), sql`${memberships.role} <> 'member'`, visibleToInPadron(actor)))
    .orderBy(memberships.since, persons.name);
  return rows;
}

async function mandatesOf(db: DbOrTx, id: string, actor: Actor) {
  return db
    .select({
      id: mandates.id,
      personId: mandates.personId,
      name: persons.name,
      state: mandates.state,
      actaReference: mandates.actaReference,
      actaDate: mandates.actaDate,
      reason: mandates.reason,
    })
    .from(mandates)
    .innerJoin(associations, eq(associations.id, mandates.associationId))
    .innerJoin(persons, eq(persons.id, mandates.personId))
    .where(and(eq(mandates.associationId, id), visibleToInMandates(actor)))
    .orderBy(desc(mandates.presentedAt))
    .limit(20);
}

/** One association: its public face, and for those inside who leads it, its mandates and its space. */
export const detail = query({
  action: 'associations.detail',
  rule: policy.read,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const facts = await associationFacts(db, id);
    if (!facts) return null;
    const [[row], [space], leaders, sent, [all]] = await Promise.all([
      db.select(face).from(associations).where(eq(associations.id, id)),
      db.select({ id: spaces.id }).from(spaces).where(eq(spaces.associationId, id)),
      leadersOf(db, id, actor),
      mandatesOf(db, id, actor),
      db
        .select({ n: countDistinct(memberships.personId) })
        .from(memberships)
        .where(inForceOf(id)),
    ]);
    return { ...facts, face: row!, spaceId: space?.id ?? null, leaders, sent, members: all!.n };
  },
  present: (facts, actor) => {
    const { leaders, sent, spaceId } = facts;
    const within = can(policy.readPadron, actor, facts);
    return {
      ...facts.face,
      dissolved: facts.dissolved,
      members: within ? facts.members : publicCount(facts.members),
      within: within ? { leaders, spaceId: can(policy.inside, actor, facts) ? spaceId : null } : null,
      mandates: sent.map((mandate) => ({
        ...mandate,
        abilities: {
          withdraw:
            (mandate.state === 'presented' || mandate.state === 'accredited') &&
            can(policy.withdraw, actor, { association: facts, personId: mandate.personId }),
        },
      })),
      abilities: {
        readPadron: within,
        keepPadron: can(policy.keepPadron, actor, facts),
        appoint: can(policy.appoint, actor, facts),
        present: can(policy.present, actor, facts),
        dissolve: can(policy.dissolve, actor, facts),
        leave: actor.personId !== null && can(policy.inside, actor, facts),
      },
    };
  },
});
