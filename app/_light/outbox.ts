import { keepTyped, type Typed } from './autosave';
import { button, element, link, notice, owner, say } from './page';
import { drop, placeOf, placesOf, read, write } from './store';

// What waits to be sent: one thing in one place, so that two windows never overwrite each other's list.
const kind = 'bandeja';
/** One concern that waits: `input` for the procedure, `typed` for the form, `problem` once the forum has refused it. */
export type Waiting = { at: number; input: Record<string, unknown>; typed: Typed; problem?: string };
export type Answer =
  | { is: 'sent'; id: string; number: number }
  | { is: 'refused'; sentence: string; fields: Record<string, string> }
  | { is: 'later'; why: 'kept' | 'busy' | 'enter' };

const at = (one: Waiting) => placeOf(kind, String(one.input.key));
/** Keeps it until the forum has answered; false when the phone cannot. */
export const hold = (one: Waiting) => write(at(one), one);
export const release = (one: Waiting) => drop(at(one));
/** How many wait, in words. */
export const howMany = (n: number) => (n === 1 ? say('waiting_one') : say('waiting', n));
export const pending = () => placesOf(kind).length;
async function waiting(): Promise<Waiting[]> {
  const all = await Promise.all(placesOf(kind).map((place) => read<Waiting>(place)));
  return all.filter((one) => one !== null).sort((a, b) => a.at - b.at);
}

const patience = 20_000;
const late = () => new Promise<never>((_, fail) => setTimeout(fail, patience));

/**
 * Posts one concern. Only the forum's own word makes it sent, and its key makes sending it twice harmless.
 * The forum refuses it to whoever else is signed in by now (`x-owner`).
 */
export async function send({ input }: Waiting): Promise<Answer> {
  try {
    const request = fetch('/api/trpc/concerns.raise', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-owner': owner },
      body: JSON.stringify(input),
    });
    const answer = await Promise.race([request, late()]);
    if (answer.status === 413) return { is: 'refused', sentence: say('problem'), fields: {} };
    if (answer.status === 401) return { is: 'later', why: 'enter' };
    if (answer.status === 429 || answer.status >= 500) return { is: 'later', why: 'busy' };
    // Whatever is not the forum's own JSON (a portal's page, say) throws here, and is no answer.
    const { result, error } = await Promise.race([answer.json(), late()]);
    if (answer.ok) return { is: 'sent', id: result.data.id, number: result.data.number };
    return { is: 'refused', sentence: error.data.sentence, fields: error.data.fields };
  } catch {
    return { is: 'later', why: 'kept' };
  }
}

/** The first words of what waits, to know it by. */
export const quoted = ({ input }: Waiting) =>
  element('p', 'hint', `«${[...String(input.words)].slice(0, 120).join('')}»`);

/** The link to a concern that the forum has. */
export const seen = ({ id }: { id: string }) => link(say('see'), `/planteamientos/${id}`);

// A second press does it: no question in the browser's own words.
function dropButton(one: Waiting): HTMLElement {
  const made = button(say('drop'), () => {
    if (made.textContent !== say('sure')) {
      made.textContent = say('sure');
      return;
    }
    release(one);
    void show().then(() => document.getElementById('main')?.focus());
  });
  return made;
}

function mendButton(one: Waiting): HTMLElement {
  return button(say('mend'), async () => {
    if (!(await keepTyped('concern', one.typed))) return;
    release(one);
    location.href = '/planteamientos/nuevo';
  });
}

/** Shows its owner what waits, at the top of every page. */
export async function show(): Promise<void> {
  const list = await waiting();
  document.getElementById(kind)?.remove();
  if (list.length === 0) return;
  const details = element('details', '');
  details.append(element('summary', '', say('open')));
  for (const one of list) {
    const row = element('div', 'stack');
    row.append(quoted(one));
    if (one.problem) row.append(element('p', 'err', one.problem), mendButton(one));
    row.append(dropButton(one));
    details.append(row);
  }
  (details as HTMLDetailsElement).open = list.some((one) => one.problem);
  notice(
    kind,
    'warn',
    howMany(list.length),
    details,
    button(say('send'), () => sendAll(true)),
  );
}

const soonest = 5_000;
const latest = 300_000;
let wait = soonest;
let timer = 0;
/** Tries again after a while, each time a longer one. */
export function retry(): void {
  clearTimeout(timer);
  timer = window.setTimeout(() => void sendAll(false), wait);
  wait = Math.min(wait * 3, latest);
}

let sending = false;
/**
 * Sends what waits, oldest first, and stops at the first that does not get through. What the forum has refused
 * waits for its owner to mend it, unless she asks to send it as it is.
 */
export async function sendAll(asked: boolean): Promise<void> {
  if (sending || !owner) return;
  sending = true;
  for (const one of await waiting()) {
    if (one.problem && !asked) continue;
    const answer = await send(one);
    if (answer.is === 'later') {
      if (asked) notice('despues', 'info', say(answer.why));
      retry();
      break;
    }
    if (answer.is === 'sent') {
      release(one);
      wait = soonest;
      document.getElementById('despues')?.remove();
      notice(`enviado-${one.input.key}`, 'ok', say('sent', answer.number), seen(answer));
    } else if (placesOf(kind).includes(at(one))) {
      const [field] = Object.values(answer.fields);
      await hold({ ...one, problem: field ?? answer.sentence });
    }
  }
  sending = false;
  await show();
}

export function startOutbox(): void {
  if (!owner) return;
  addEventListener('online', () => {
    wait = soonest;
    void sendAll(false);
  });
  if (pending() > 0) void show().then(() => sendAll(false));
}
