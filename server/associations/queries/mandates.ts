import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { associations, mandates } from '~/db/schema/associations';
import { persons } from '~/db/schema/people';
import { query } from '../../act';
import { limaDay } from '../../day';
import { nothing } from '../../input';
import { anyone, can } from '../../rule';
import * as policy from '../policy';
import { face, visibleToInMandates } from '../queries';
import { shareOfWomen } from '../rules/shares';

const columns = {
  id: mandates.id,
  personId: mandates.personId,
  name: persons.name,
  state: mandates.state,
  actaReference: mandates.actaReference,
  actaDate: mandates.actaDate,
  actaWords: mandates.actaWords,
  presentedAt: mandates.presentedAt,
  association: face,
  /** Delegates that the same base has already. */
  others: sql<number>`(select count(*)::int from ${mandates} other
    where other.association_id = ${mandates.associationId} and other.state = 'accredited'
    and other.id <> ${mandates.id})`,
};

/** What waits for the credentials committee, the oldest first, and who is a delegate, by department. */
export const desk = query({
  action: 'associations.desk',
  rule: policy.credentialsDesk,
  input: nothing,
  load: async (db, _input, actor) => {
    const select = (state: 'presented' | 'accredited') =>
      db
        .select(columns)
        .from(mandates)
        .innerJoin(associations, eq(associations.id, mandates.associationId))
        .innerJoin(persons, eq(persons.id, mandates.personId))
        .where(and(eq(mandates.state, state), isNull(associations.dissolvedAt), visibleToInMandates(actor)));
    const [waiting, accredited] = await Promise.all([
      select('presented').orderBy(mandates.presentedAt),
      select('accredited').orderBy(associations.department, sql`lower(${associations.name})`, persons.name),
    ]);
    return { waiting, accredited };
  },
  present: ({ waiting, accredited }, actor) => ({
    waiting: waiting.map(({ presentedAt, ...mandate }) => ({
      ...mandate,
      day: limaDay(presentedAt),
      abilities: {
        decide: can(policy.decideMandate, actor, {
          personId: mandate.personId,
          association: { ...mandate.association, dissolved: false, secretaries: 1 },
        }),
      },
    })),
    accredited: accredited.map(({ id, name, association, actaReference, actaDate }) => ({
      id,
      name,
      association,
      actaReference,
      actaDate,
    })),
  }),
});

/**
 * Delegates in force by department, and the share of women among them: counted from who they are, told only
 * where at least ten have said their sex.
 */
export const delegates = query({
  action: 'associations.delegates',
  rule: anyone,
  input: nothing,
  load: (db) =>
    db
      .select({
        department: associations.department,
        all: sql<number>`count(*)::int`,
        women: sql<number>`count(*) filter (where ${persons.sex} = 'mujer')::int`,
        declared: sql<number>`count(*) filter (where ${persons.sex} in ('mujer', 'hombre', 'otra'))::int`,
      })
      .from(mandates)
      .innerJoin(associations, eq(associations.id, mandates.associationId))
      .innerJoin(persons, eq(persons.id, mandates.personId))
      .where(and(eq(mandates.state, 'accredited'), isNull(associations.dissolvedAt)))
      .groupBy(associations.department)
      .orderBy(desc(sql`count(*)`), associations.department),
  present: (rows) => {
    const { total, byGroup } = shareOfWomen(
      rows.map(({ department, ...row }) => ({ key: department, ...row })),
    );
    return {
      count: rows.reduce((sum, row) => sum + row.all, 0),
      women: total,
      departments: rows.map(({ department, all }) => ({
        department,
        count: all,
        women: byGroup.get(department) ?? null,
      })),
    };
  },
});
