import { keepTyped, type Typed } from './autosave';
import { button, dropButton, element, link, notice, owner, say } from './page';
import { post } from './post';
import { drop, placeOf, placesOf, read, write } from './store';

// What waits to be sent: one thing in one place, so that two windows never overwrite each other's list.
const kind = 'bandeja';
/** One concern that waits: `input` for the procedure, `typed` for the form, `problem` once the forum has refused it. */
export type Waiting = { at: number; input: Record<string, unknown>; typed: Typed; problem?: string };

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

/** Posts one concern: its key makes sending it twice harmless. */
export const send = ({ input }: Waiting) => post<{ id: string; number: number }>('concerns.raise', input);

/** The first words of what waits, to know it by. */
export const quoted = ({ input }: Waiting) =>
  element('p', 'hint', `«${[...String(input.words)].slice(0, 120).join('')}»`);

/** The link to a concern that the forum has. */
export const seen = ({ id }: { id: string }) => link(say('see'), `/planteamientos/${id}`);

function letGo(one: Waiting): Promise<void> {
  release(one);
  return show();
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
    row.append(dropButton(() => letGo(one)));
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
// Pressed while it is being sent by itself, it is answered all the same.
let pressed = false;
/**
 * Sends what waits, oldest first, and stops at the first that does not get through. What the forum has refused
 * waits for its owner to mend it, unless she asks to send it as it is.
 */
export async function sendAll(asked: boolean): Promise<void> {
  pressed ||= asked;
  if (sending || !owner) return;
  sending = true;
  for (const one of await waiting()) {
    if (one.problem && !asked) continue;
    const answer = await send(one);
    if (answer.is === 'later') {
      if (pressed) notice('despues', 'info', say(answer.why));
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
  sending = pressed = false;
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
