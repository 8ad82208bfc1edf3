import { cookies, headers } from 'next/headers';
import { Icon } from '~/app/_ui/icon';
import type { MessageKey } from '~/messages/catalogue';
import { requestContext, words } from '~/server/caller';
import { ownerTag, phoneKey } from '~/server/session';

// What any page may need, and what only a page of a signed-in person does.
const always = ['sending', 'left', 'over', 'show', 'hide'] as const;
const hers = [
  'waiting',
  'waiting_one',
  'open',
  'drop',
  'sure',
  'mend',
  'send',
  'sent',
  'see',
  'kept',
  'busy',
  'enter',
  'unkept',
  'problem',
  'restored',
  'unsaved',
  'recover',
  'clear',
  'changes',
  'changes_one',
  'changes_sent',
  'changes_refused',
  'leave_send',
  'leave_drop',
] as const;
// Only where a vote may wait: on the page of a ballot, and anywhere once this phone says that one does.
const ofBallots = [
  'ballot_waits',
  'ballot_made',
  'ballot_received',
  'ballot_words',
  'ballot_noted',
  'ballot_refused',
  'ballot_gone',
  'ballot_seen',
  'ballot_unread',
  'ballot_leave',
  'ballot_offline',
  'ballot_offline_link',
] as const;
const tones = { info: 'info', ok: 'ok', warn: 'warn', bad: 'bad' } as const;

/** What the light script is told: whose page it is, its few words and signs. */
export async function ForScript() {
  const { t } = await words();
  const { personId } = (await requestContext()).actor;
  const waits =
    (await cookies()).has('papeleta-espera') ||
    /^\/votaciones\/[^/]{36}/.test((await headers()).get('x-forum-path') ?? '');
  const keys = personId ? [...always, ...hers, ...(waits ? ofBallots : [])] : always;
  const told = Object.fromEntries(keys.map((key) => [key, t(`light.${key}` as MessageKey, { n: '{n}' })]));
  return (
    <div
      id="script"
      hidden
      data-owner={personId ? ownerTag(personId) : undefined}
      data-key={personId ? phoneKey(personId) : undefined}
      data-words={JSON.stringify(told)}
    >
      {personId
        ? Object.entries(tones).map(([tone, name]) => (
            <i key={tone} data-tone={tone}>
              <Icon name={name} />
            </i>
          ))
        : null}
    </div>
  );
}
