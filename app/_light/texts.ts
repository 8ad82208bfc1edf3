import { type Change, dropAsRead, keptChanges } from './changes';
import { type Delivery, deliver } from './deliver';
import { button, dropButton, element, notice, owner, say } from './page';

// Shows its owner what she wrote in drafts and the forum has not yet, and brings it there from any page.
const line = 'cambios';

export const howManyChanges = (n: number) => (n === 1 ? say('changes_one') : say('changes', n));

const wordsOf = (changes: readonly Change[]) => changes.map(({ words }) => words.trim()).filter(Boolean);

async function letGo(changes: readonly Change[]): Promise<void> {
  for (const change of changes) await dropAsRead(change);
  await showChanges();
}

/** At the top of the page: how many changes wait, and which words they are. */
export async function showChanges(why?: Delivery): Promise<number> {
  const changes = await keptChanges();
  document.getElementById(line)?.remove();
  if (changes.length === 0) return 0;
  const details = element('details', '');
  details.append(element('summary', '', say('open')));
  for (const words of wordsOf(changes)) details.append(element('p', 'hint', `«${words}»`));
  if (why === 'refused') {
    details.append(element('p', 'err', say('changes_refused')));
    (details as HTMLDetailsElement).open = true;
  }
  details.append(dropButton(() => letGo(changes)));
  const send = button(say('send'), async () => {
    const how = await sendChanges();
    if (how === 'later' || how === 'enter') notice('despues', 'info', say(how === 'enter' ? how : 'kept'));
  });
  notice(line, 'warn', howManyChanges(changes.length), details, send);
  return changes.length;
}

let sending = false;
/** Sends what waits, text by text. @returns what became of the last that did not get through, else `sent`. */
export async function sendChanges(): Promise<Delivery> {
  if (sending || !owner) return 'later';
  sending = true;
  let worst: Delivery = 'sent';
  const texts = new Map<string, Change[]>();
  for (const change of await keptChanges())
    texts.set(change.room, [...(texts.get(change.room) ?? []), change]);
  for (const [room, changes] of texts) {
    const how = await deliver(room, changes);
    if (how !== 'sent') worst = how;
    // What has become longer meanwhile, in a window where she writes on, is sent again, whole.
    else for (const change of changes) if (!(await dropAsRead(change))) worst = 'later';
    if (how === 'later' || how === 'enter') break;
  }
  sending = false;
  await showChanges(worst);
  if (worst === 'sent' && texts.size > 0) notice(line, 'ok', say('changes_sent'));
  return worst;
}

/** Tries again as the outbox does: when the network comes back, and after a while, each time a longer one. */
const soonest = 5_000;
const latest = 300_000;
let wait = soonest;
let timer = 0;
async function attempt(): Promise<void> {
  clearTimeout(timer);
  if ((await sendChanges()) !== 'later') return;
  timer = window.setTimeout(attempt, wait);
  wait = Math.min(wait * 3, latest);
}

export async function startTexts(): Promise<void> {
  if (!owner) return;
  addEventListener('online', () => {
    wait = soonest;
    void attempt();
  });
  if ((await showChanges()) > 0) await attempt();
}
