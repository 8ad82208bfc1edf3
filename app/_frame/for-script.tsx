import { createHmac } from 'node:crypto';
import type { MessageKey } from '~/messages/catalogue';
import { requestContext, words } from '~/server/caller';
import { runtime } from '~/server/runtime';

const said = [
  'waiting',
  'drop',
  'send',
  'sending',
  'sent',
  'see',
  'kept',
  'unkept',
  'problem',
  'restored',
  'clear',
  'left',
  'over',
  'show',
  'hide',
  'leave',
] as const;

/** An opaque tag of a person, so that a shared phone can tell whose words wait on it. It opens nothing. */
const tagOf = (personId: string) =>
  createHmac('sha256', runtime().secrets.codes).update(`owner ${personId}`).digest('hex').slice(0, 16);

/** What the light script is told: whose page it is, and its few words. */
export async function ForScript() {
  const { t } = await words();
  const { actor } = await requestContext();
  const told = Object.fromEntries(said.map((key) => [key, t(`light.${key}` as MessageKey, { n: '{n}' })]));
  return (
    <div
      id="script"
      hidden
      data-owner={actor.personId ? tagOf(actor.personId) : ''}
      data-words={JSON.stringify(told)}
    />
  );
}
