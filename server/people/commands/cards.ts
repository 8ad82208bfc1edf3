import { command } from '../../act';
import { enrollPerson, issueCard } from '../commands';
import * as policy from '../policy';
import { cardOwner } from '../queries';
import { showNumber } from '../rules';
import * as schema from '../schema';
import { endSessionsOf } from './sessions';

/** Enrolls who belongs to no association: a liaison, an administrator, the secretary of a base to come. */
export const enroll = command({
  action: 'people.enroll',
  rule: policy.enroll,
  input: schema.enroll,
  audit: 'full',
  load: async () => ({}),
  run: async ({ tx, actor, input }) => {
    const { personId, number } = await enrollPerson(tx, { name: input.name, by: actor.personId });
    return { personId, number: showNumber(number) };
  },
  subject: (_input, out) => out.personId,
});

/**
 * A new card for who lost hers. Her sessions end at once; her old passphrase opens until the card is used.
 * @returns the code, now or never: the command takes no key, so a repeated click makes another card.
 */
export const reissueCard = command({
  action: 'people.reissueCard',
  rule: policy.reissueCard,
  input: schema.byPerson,
  audit: 'full',
  load: (tx, { personId }) => cardOwner(tx, personId),
  run: async ({ tx, actor, facts, emit }) => {
    const { code } = await issueCard(tx, facts.personId, actor.personId);
    const sessionIds = await endSessionsOf(tx, facts.personId);
    if (sessionIds.length > 0) emit({ type: 'access.session.ended', sessionIds });
    return { personId: facts.personId, name: facts.name, number: showNumber(facts.number), code };
  },
  subject: (input) => input.personId,
});
