import { desc, eq, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { DbOrTx } from '~/db/client';
import { forumRoles, persons } from '~/db/schema/people';
import { offices } from '~/db/schema/responses';
import { query } from '../../act';
import { limaDay } from '../../day';
import { nothing } from '../../input';
import { tooMany } from '../../limits';
import { can, fail } from '../../rule';
import * as policy from '../policy';
import { cardOwner, isSetUp, personOfNumber } from '../queries';
import { showNumber } from '../rules';
import * as schema from '../schema';

const appointer = alias(persons, 'appointer');

/** Appointments that have not ended, with their facts for the rules. */
export async function appointments(db: DbOrTx) {
  const rows = await db
    .select({
      id: forumRoles.id,
      personId: forumRoles.personId,
      role: forumRoles.role,
      office: offices.name,
      name: persons.name,
      number: persons.number,
      appointedBy: forumRoles.appointedBy,
      appointer: appointer.name,
      appointedAt: forumRoles.appointedAt,
      confirmedAt: forumRoles.confirmedAt,
    })
    .from(forumRoles)
    .innerJoin(persons, eq(persons.id, forumRoles.personId))
    .leftJoin(offices, eq(offices.id, forumRoles.officeId))
    .leftJoin(appointer, eq(appointer.id, forumRoles.appointedBy))
    .where(isNull(forumRoles.endedAt))
    .orderBy(forumRoles.role, desc(forumRoles.appointedAt));
  return rows.map((row) => ({ ...row, waiting: row.confirmedAt === null }));
}

/** Who holds what in the forum, and who waits for a second person; the offices a liaison may speak for. */
export const roles = query({
  action: 'people.roles',
  rule: policy.readRoles,
  input: nothing,
  load: async (db) => ({
    rows: await appointments(db),
    offices: await db.select({ id: offices.id, name: offices.name }).from(offices).orderBy(offices.name),
  }),
  present: (facts, actor) => ({
    roles: facts.rows.map((row) => ({
      id: row.id,
      role: row.role,
      office: row.office,
      name: row.name,
      number: showNumber(row.number),
      appointer: row.appointer,
      day: limaDay(row.appointedAt),
      waiting: row.waiting,
      abilities: { confirm: can(policy.confirm, actor, row), end: can(policy.endRole, actor, row) },
    })),
    offices: facts.offices,
    abilities: { appoint: can(policy.appoint, actor, null), enroll: can(policy.enroll, actor, null) },
  }),
});

/** Whose number it is: name and number, no more, to who may name or enroll somebody; counted, so nobody leafs through. */
export const personByNumber = query({
  action: 'people.personByNumber',
  rule: policy.lookUp,
  input: schema.byNumber,
  load: async (db, { number }) => {
    const person = await personOfNumber(db, number);
    return { owner: person && (await cardOwner(db, person.personId)) };
  },
  present: async ({ owner }, actor) => {
    const limited = await tooMany('look-up', actor.personId!);
    if (limited) throw limited;
    if (!owner) throw fail('people.nobody', 'number');
    return {
      personId: owner.personId,
      name: owner.name,
      number: showNumber(owner.number),
      abilities: { reissueCard: can(policy.reissueCard, actor, owner) },
    };
  },
});

/** Whether the forum waits to be set up: there is such a page only until then. */
export const setUpOpen = query({
  action: 'people.setUpOpen',
  rule: policy.setUp,
  input: nothing,
  load: async (db) => ({ open: !(await isSetUp(db)) }),
  present: (facts) => facts,
});
