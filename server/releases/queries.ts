import { and, asc, isNotNull, isNull, sql } from 'drizzle-orm';
import { amendments } from '~/db/schema/amendments';
import { associations } from '~/db/schema/associations';
import { concerns } from '~/db/schema/concerns';
import { releases } from '~/db/schema/rooms';
import { query } from '../act';
import { anonymous } from '../actor';
import { visibleTo } from '../concerns/queries';
import * as policy from './policy';
import * as schema from './schema';

/**
 * Open data: everything that collectives without a base have let out and what became of it, in one list. A room looks
 * for its own in it on the phone, so that nobody is told which it asks for; and the names of bases, that none is taken.
 */
export const open = query({
  action: 'releases.open',
  rule: policy.open,
  input: schema.nothing,
  load: async (db) => {
    const [raised, proposed, refused, bases] = await Promise.all([
      db
        .select({ id: concerns.id, state: concerns.state, number: concerns.number })
        .from(concerns)
        // The same list for everybody: what nobody in particular sees.
        .where(and(isNotNull(concerns.collective), visibleTo(anonymous)))
        .orderBy(asc(concerns.number)),
      db
        .select({ id: amendments.id, state: amendments.state })
        .from(amendments)
        .where(isNotNull(amendments.collective))
        .orderBy(asc(amendments.proposedAt), asc(amendments.id)),
      db
        .select({ id: releases.id, why: releases.refused })
        .from(releases)
        .where(isNotNull(releases.refused))
        .orderBy(asc(releases.id)),
      db
        .select({ name: associations.name })
        .from(associations)
        .where(isNull(associations.dissolvedAt))
        .orderBy(sql`lower(${associations.name})`),
    ]);
    return { raised, proposed, refused, bases };
  },
  present: ({ raised, proposed, refused, bases }) => ({
    released: [
      ...raised.map((one) => ({ kind: 'concern' as const, ...one })),
      ...proposed.map((one) => ({ kind: 'article' as const, ...one })),
      ...refused.map(({ id, why }) => ({ kind: 'refused' as const, id, state: why! })),
    ],
    bases: bases.map(({ name }) => name),
  }),
});
