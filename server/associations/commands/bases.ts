import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { departments } from '~/db/reference/places';
import { associations, mandates, memberships } from '~/db/schema/associations';
import { spaceRoles, spaces } from '~/db/schema/spaces';
import { command } from '../../act';
import { enrollPerson, issueCard } from '../../people/commands';
import { fail } from '../../rule';
import * as policy from '../policy';
import { associationFacts, peopleOf } from '../queries';
import * as schema from '../schema';
import { join, joinByNumber, known } from './members';

const placed = (code: string) => {
  const department = departments.find(
    (one) => code === one.code || (one.country === 'PE' && code.startsWith(one.code)),
  )!;
  return {
    country: department.country,
    department: department.code,
    province: code === department.code ? null : code,
  };
};

/** A free base is one for each country: who has no organization finds it without choosing among many. */
async function freeBaseIn(tx: Tx, country: 'PE' | 'BO'): Promise<boolean> {
  const rows = await tx
    .select({ id: associations.id })
    .from(associations)
    .where(
      and(
        eq(associations.kind, 'base_libre'),
        eq(associations.country, country),
        isNull(associations.dissolvedAt),
      ),
    );
  return rows.length > 0;
}

/**
 * Founds an association with its private space and its first secretary, known by her number or enrolled now.
 * A free base may begin without one. The new secretary's code is in the answer once and is kept nowhere.
 */
export const found = command({
  action: 'associations.found',
  rule: policy.found,
  input: schema.found,
  audit: 'full',
  load: async () => ({}),
  run: async ({ tx, actor, input, emit }) => {
    const where = placed(input.place);
    if (!input.number && !input.person && input.kind !== 'base_libre')
      return fail('associations.secretary.missing', 'number');
    if (input.number && input.person) return fail('associations.secretary.both', 'person');
    if (input.kind === 'base_libre' && (await freeBaseIn(tx, where.country)))
      return fail('associations.free_base.taken', 'kind');
    const [base] = await tx
      .insert(associations)
      .values({ name: input.name, kind: input.kind, womens: input.womens, ...where })
      .onConflictDoNothing()
      .returning({ id: associations.id });
    if (!base) return fail('associations.name.taken', 'name');
    const [space] = await tx
      .insert(spaces)
      .values({ kind: 'association', title: input.name, associationId: base.id, private: true })
      .returning({ id: spaces.id });
    const answer = { id: base.id, spaceId: space!.id, secretary: null };
    if (input.person) {
      const by = actor.personId;
      const person = await enrollPerson(tx, { name: input.person, sex: input.sex ?? null, by });
      await join(tx, base.id, person.personId, 'member', 'secretary');
      return { ...answer, secretary: { ...person, ...(await issueCard(tx, person.personId, by)) } };
    }
    if (!input.number) return answer;
    const person = await known(tx, input.number, 'secretary');
    if (person instanceof Error) return person;
    await joinByNumber(tx, base.id, person.personId, 'member', 'secretary');
    emit({ type: 'access.person.changed', personIds: [person.personId] });
    return { ...answer, secretary: { ...person, code: null } };
  },
  keep: (out) => ({ ...out, secretary: out.secretary && { ...out.secretary, code: null } }),
  subject: (_input, out) => out.id,
});

/** Ends an association: its mandates, its space and the roles in it end with it; its people remain people. */
export const dissolve = command({
  action: 'associations.dissolve',
  rule: policy.dissolve,
  see: policy.read,
  input: schema.dissolve,
  audit: 'full',
  load: (tx, { id }) => associationFacts(tx, id, true),
  run: async ({ tx, actor, input: { id, sure }, emit }) => {
    if (!sure) return fail('associations.not_sure', 'sure');
    const personIds = new Set(await peopleOf(tx, id));
    const home = tx.select({ id: spaces.id }).from(spaces).where(eq(spaces.associationId, id));
    const guests = await tx
      .update(spaceRoles)
      .set({ endedAt: sql`now()` })
      .where(and(inArray(spaceRoles.spaceId, home), isNull(spaceRoles.endedAt)))
      .returning({ personId: spaceRoles.personId });
    const delegates = await tx
      .update(mandates)
      .set({ state: 'withdrawn', decidedBy: actor.personId, decidedAt: sql`now()` })
      .where(and(eq(mandates.associationId, id), inArray(mandates.state, ['presented', 'accredited'])))
      .returning({ personId: mandates.personId });
    for (const { personId } of [...guests, ...delegates]) personIds.add(personId);
    await tx
      .update(memberships)
      .set({ endedAt: sql`now()` })
      .where(and(eq(memberships.associationId, id), isNull(memberships.endedAt)));
    await tx.update(spaces).set({ closedAt: sql`now()` }).where(eq(spaces.associationId, id));
    await tx.update(associations).set({ dissolvedAt: sql`now()` }).where(eq(associations.id, id));
    if (personIds.size > 0) emit({ type: 'access.person.changed', personIds: [...personIds] });
    return { id };
  },
});
