import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { associations } from '~/db/schema/associations';
import { drafts } from '~/db/schema/drafts';
import { spaceRoles, spaces } from '~/db/schema/spaces';
import { command } from '../act';
import type { SpaceRole } from '../actor';
import { known } from '../associations/commands/members';
import { belongs } from '../associations/queries';
import { tooMany } from '../limits';
import { type Failure, fail } from '../rule';
import * as policy from './policy';
import { appointFacts, roleFacts, spaceFacts } from './queries';
import * as schema from './schema';

const roleInForce = (spaceId: string, personId: string) =>
  and(eq(spaceRoles.spaceId, spaceId), eq(spaceRoles.personId, personId), isNull(spaceRoles.endedAt));

/** One role in a space for each person: a new one ends the one before. */
async function give(tx: Tx, spaceId: string, personId: string, role: SpaceRole, by: string | null) {
  await tx.update(spaceRoles).set({ endedAt: sql`now()` }).where(roleInForce(spaceId, personId));
  await tx.insert(spaceRoles).values({ spaceId, personId, role, appointedBy: by });
}

const countTry = async ({ actor }: { actor: { personId: string | null } }): Promise<Failure | null> =>
  actor.personId ? tooMany('look-up', actor.personId) : null;

/** Opens a thematic table: its areas, what it is for, and who coordinates it. */
export const createTable = command({
  action: 'spaces.createTable',
  rule: policy.create,
  input: schema.createTable,
  audit: 'full',
  prepare: countTry,
  load: async () => ({}),
  run: async ({ tx, actor, input, prepared: limited, emit }) => {
    if (limited) return limited;
    const same = and(
      eq(spaces.kind, 'table'),
      isNull(spaces.closedAt),
      sql`lower(${spaces.title}) = lower(${input.title})`,
    );
    if ((await tx.$count(spaces, same)) > 0) return fail('spaces.title.taken', 'title');
    const person = await known(tx, input.number, 'coordinator');
    if (person instanceof Error) return person;
    const [table] = await tx
      .insert(spaces)
      .values({
        kind: 'table',
        title: input.title,
        purpose: input.purpose,
        areas: [...new Set(input.areas)],
      })
      .returning({ id: spaces.id });
    await give(tx, table!.id, person.personId, 'coordinator', actor.personId);
    emit({ type: 'access.person.changed', personIds: [person.personId] });
    return table!;
  },
  subject: (_input, out) => out.id,
});

/** Gives somebody a role in a space, by her number; in a base's own space, to its people alone. */
export const appointToSpace = command({
  action: 'spaces.appointToSpace',
  rule: policy.appoint,
  see: policy.seeAppointing,
  input: schema.appointToSpace,
  audit: 'full',
  prepare: countTry,
  load: (tx, { id }) => appointFacts(tx, id),
  run: async ({ tx, actor, facts, input: { id, number, role }, prepared: limited, emit }) => {
    if (limited) return limited;
    const first = facts.coordinators === 0 && !policy.coordinate(actor, facts.space);
    const given = first ? 'coordinator' : role;
    const person = await known(tx, number, given);
    if (person instanceof Error) return person;
    const { personId } = person;
    const { associationId } = facts.space;
    if (associationId && !(await belongs(tx, associationId, personId)))
      return fail('spaces.not_of_base', 'number');
    if (given !== 'coordinator' && facts.coordinators === 1 && (await coordinates(tx, id, personId)))
      return fail('spaces.last_coordinator', 'role');
    await give(tx, id, personId, given, actor.personId);
    emit({ type: 'access.person.changed', personIds: [personId] });
    return { id, personId };
  },
  subject: (_input, out) => out.personId,
});

async function coordinates(tx: Tx, spaceId: string, personId: string): Promise<boolean> {
  const rows = await tx
    .select({ role: spaceRoles.role })
    .from(spaceRoles)
    .where(roleInForce(spaceId, personId));
  return rows[0]?.role === 'coordinator';
}

/** Ends a role; a table always has somebody who coordinates it. */
export const endSpaceRole = command({
  action: 'spaces.endSpaceRole',
  rule: policy.endRole,
  see: policy.seeRole,
  input: schema.endSpaceRole,
  audit: 'full',
  load: (tx, { id, personId }) => roleFacts(tx, id, personId),
  run: async ({ tx, facts, input: { id, personId }, emit }) => {
    const { role, coordinators, space } = facts;
    if (space.kind === 'table' && role === 'coordinator' && coordinators === 1 && !space.closed)
      return fail('spaces.last_coordinator');
    await tx.update(spaceRoles).set({ endedAt: sql`now()` }).where(roleInForce(id, personId));
    emit({ type: 'access.person.changed', personIds: [personId] });
    return { id, personId };
  },
  subject: (input) => input.personId,
});

/** Says what a space is for and which areas it works on. */
export const setPurpose = command({
  action: 'spaces.setPurpose',
  rule: policy.coordinate,
  see: policy.read,
  input: schema.setPurpose,
  audit: 'full',
  load: (tx, { id }) => spaceFacts(tx, id, true),
  run: async ({ tx, input: { id, purpose, areas } }) => {
    await tx
      .update(spaces)
      .set({ purpose, areas: [...new Set(areas)] })
      .where(eq(spaces.id, id));
    return { id };
  },
});

/**
 * Says how the drafts of a space tell who wrote what: by base, by person to those inside, or not at all. Whoever wrote
 * there did so under what was said then: where drafts are, no more than that is told any more.
 */
export const setAttribution = command({
  action: 'spaces.setAttribution',
  rule: policy.coordinate,
  see: policy.read,
  input: schema.setAttribution,
  audit: 'full',
  load: (tx, { id }) => spaceFacts(tx, id, true),
  run: async ({ tx, input: { id, attribution }, emit }) => {
    const [now] = await tx
      .select({ attribution: spaces.attribution, base: associations.kind })
      .from(spaces)
      .leftJoin(associations, eq(associations.id, spaces.associationId))
      .where(eq(spaces.id, id));
    if (attribution === 'person' && now!.base === 'base_libre')
      return fail('spaces.attribution.free', 'attribution');
    const written = and(eq(drafts.spaceId, id), ne(drafts.state, 'erased'));
    if (policy.tellsMore(attribution, now!.attribution) && (await tx.$count(drafts, written)) > 0)
      return fail('spaces.attribution.promised', 'attribution');
    await tx.update(spaces).set({ attribution }).where(eq(spaces.id, id));
    // Who is at a draft is told there under the name of before, until she comes in again.
    const texts = await tx.select({ id: drafts.textId }).from(drafts).where(written);
    if (attribution !== now!.attribution && texts.length > 0)
      emit({ type: 'access.text.closed', textIds: texts.map((one) => one.id) });
    return { id };
  },
});

/** Ends a table: what was written stays to be read, and nobody writes there any more. */
export const closeSpace = command({
  action: 'spaces.closeSpace',
  rule: policy.close,
  see: policy.read,
  input: schema.closeSpace,
  audit: 'full',
  load: (tx, { id }) => spaceFacts(tx, id, true),
  run: async ({ tx, input: { id }, emit }) => {
    await tx.update(spaces).set({ closedAt: sql`now()` }).where(eq(spaces.id, id));
    const people = await tx
      .select({ personId: spaceRoles.personId })
      .from(spaceRoles)
      .where(and(eq(spaceRoles.spaceId, id), isNull(spaceRoles.endedAt)));
    const personIds = people.map(({ personId }) => personId);
    if (personIds.length > 0) emit({ type: 'access.person.changed', personIds });
    return { id };
  },
});
