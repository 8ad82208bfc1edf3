import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { associations, memberships } from '~/db/schema/associations';
import { persons } from '~/db/schema/people';
import type { Attribution } from '../../spaces/policy';
import type { Credit } from '../rules/credits';

/**
 * Under which name each of these people is shown: her base's, or her own where the space says so and the reader
 * may know it. Nobody is named where it is off.
 */
export async function creditsTo(
  db: DbOrTx,
  people: readonly (string | null)[],
  attribution: Attribution,
): Promise<(personId: string | null) => Credit | null> {
  if (attribution === 'off') return () => null;
  const ids = [...new Set(people.filter((id) => id !== null))];
  const rows =
    ids.length === 0
      ? []
      : await db
          .select({ id: persons.id, name: persons.name, base: sql<string | null>`min(${associations.name})` })
          .from(persons)
          .leftJoin(memberships, and(eq(memberships.personId, persons.id), isNull(memberships.endedAt)))
          .leftJoin(
            associations,
            and(eq(associations.id, memberships.associationId), isNull(associations.dissolvedAt)),
          )
          .where(inArray(persons.id, ids))
          .groupBy(persons.id);
  const known = new Map(rows.map((row) => [row.id, row]));
  return (personId) => {
    const row = personId === null ? undefined : known.get(personId);
    if (!row) return { kind: 'forum' };
    if (attribution === 'person') return { kind: 'person', name: row.name };
    return row.base === null ? { kind: 'free' } : { kind: 'base', name: row.base };
  };
}
