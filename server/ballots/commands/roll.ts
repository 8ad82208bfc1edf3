import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '~/db/client';
import { associations } from '~/db/schema/associations';
import { countedAs } from '~/db/schema/ballots';
import { forumRoles, persons } from '~/db/schema/people';
import { actorOfPerson } from '../../actor';
import { accreditedDelegates } from '../../associations/queries';
import { can } from '../../rule';
import * as policy from '../policy';
import { type Entry, type Plan, placeIn } from '../rules/plan';

export type Voter = { personId: string; associationId: string };

/** The accredited delegates of this moment, without those whose office in the forum takes the ballot away. */
export async function delegates(tx: Tx): Promise<Voter[]> {
  const all = await accreditedDelegates(tx);
  if (all.length === 0) return [];
  const held = await tx
    .selectDistinct({ personId: forumRoles.personId })
    .from(forumRoles)
    .where(
      and(
        isNotNull(forumRoles.confirmedAt),
        isNull(forumRoles.endedAt),
        inArray(
          forumRoles.personId,
          all.map(({ personId }) => personId),
        ),
      ),
    );
  const out = new Set<string>();
  for (const { personId } of held)
    if (!can(policy.entitled, await actorOfPerson(tx, personId), null)) out.add(personId);
  return all.filter(({ personId }) => !out.has(personId));
}

/**
 * One at a time: a ballot that opens, and who agrees to be counted in those that open later. Each knows then on which side
 * of the other it came.
 */
export const lockOpenings = (tx: Tx) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtext('ballot_openings'))`);

/** How many ballots have been opened until now; of one that has been opened, how many before it. */
export const openedBefore = (ballotId?: string) =>
  ballotId
    ? sql<number>`(select count(*)::int from ballots b
        where b.opened_at < (select opened_at from ballots where id = ${ballotId}))`
    : sql<number>`(select count(*)::int from ballots b where b.opened_at is not null)`;

/**
 * What a rule that looks at groups must know of each of the roll: department and kind of her base, which are public,
 * and her own word that she is a woman, where she agreed that it be counted in ballots. Nobody is guessed at.
 * @param by only who had agreed when this ballot was opened
 */
export async function strataOf(tx: DbOrTx, roll: readonly Voter[], by?: string): Promise<Entry[]> {
  const of = <T>(pick: (one: Voter) => T) => [...new Set(roll.map(pick))];
  const women = await tx
    .select({ id: persons.id })
    .from(persons)
    .innerJoin(countedAs, eq(countedAs.personId, persons.id))
    .where(
      and(
        eq(persons.sex, 'mujer'),
        by ? sql`${countedAs.behind} <= ${openedBefore(by)}` : undefined,
        inArray(
          persons.id,
          of(({ personId }) => personId),
        ),
      ),
    );
  const bases = await tx
    .select({
      id: associations.id,
      kind: associations.kind,
      country: associations.country,
      department: associations.department,
    })
    .from(associations)
    .where(
      inArray(
        associations.id,
        of(({ associationId }) => associationId),
      ),
    );
  const woman = new Set(women.map(({ id }) => id));
  const base = new Map(bases.map((one) => [one.id, one]));
  return roll.map(({ personId, associationId }) => {
    const { kind, country, department } = base.get(associationId)!;
    const cooperative = kind === 'cooperativa';
    return { personId, associationId, woman: woman.has(personId), country, department, cooperative };
  });
}

/**
 * The places of these people in the plan of a ballot, by what stands of them today. A counted roll keeps none: who has taken
 * her word back since, or gave it later, is with the others, and whose base has moved may have no place at all (−1).
 */
export async function placesToday<Of extends Voter>(
  db: DbOrTx,
  plan: Plan,
  roll: readonly Of[],
  ballotId: string,
) {
  const strata = new Map((await strataOf(db, roll, ballotId)).map((one) => [one.personId, one]));
  return roll.map((one) => ({
    ...one,
    places: plan.dimensions.map((dimension) => placeIn(dimension, strata.get(one.personId)!)),
  }));
}
