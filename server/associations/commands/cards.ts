import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { memberships } from '~/db/schema/associations';
import { persons } from '~/db/schema/people';
import { command } from '../../act';
import { issueCard } from '../../people/commands';
import { endSessionsOf } from '../../people/commands/sessions';
import { beyondBase } from '../../people/queries';
import { showNumber } from '../../people/rules';
import * as policy from '../policy';
import { associationFacts, inForceOf } from '../queries';
import * as schema from '../schema';

const ownersIn = (tx: Tx, associationId: string, personIds: string[]) =>
  tx
    .selectDistinct({
      personId: persons.id,
      name: persons.name,
      number: persons.number,
      beyond: beyondBase({ person: sql`${persons.id}`, base: sql`${memberships.associationId}` }),
    })
    .from(memberships)
    .innerJoin(persons, eq(persons.id, memberships.personId))
    .where(and(inForceOf(associationId), inArray(persons.id, personIds)))
    .orderBy(asc(persons.name), asc(persons.id));

/**
 * New cards for members, to be printed at once: their older unused cards open nothing any more, and their
 * sessions end.
 * The codes are in this answer and nowhere else.
 */
export const issueCards = command({
  action: 'associations.issueCards',
  rule: policy.giveCards,
  see: policy.seeCards,
  input: schema.issueCards,
  audit: 'full',
  load: async (tx, { id, persons: asked }) => {
    const association = await associationFacts(tx, id, true);
    if (!association) return null;
    const owners = await ownersIn(tx, id, asked);
    return owners.length === new Set(asked).size ? { association, owners } : null;
  },
  run: async ({ tx, actor, facts: { owners, association }, emit }) => {
    const cards = [];
    const sessionIds: string[] = [];
    for (const { personId, name, number } of owners) {
      const { code } = await issueCard(tx, personId, actor.personId);
      // Who asks for another card may have lost her phone.
      sessionIds.push(...(await endSessionsOf(tx, personId)));
      cards.push({ personId, name, number: showNumber(number), code });
    }
    if (sessionIds.length > 0) emit({ type: 'access.session.ended', sessionIds });
    return { association: association.name, cards };
  },
});
