import { button, dropButton, element, notice, owner, say } from './page';
import { type Answer, post } from './post';
import { drop, placeOf, placesOf, read, write } from './store';

// A vote that waits for a network (docs/decisions/111). It is sealed to its ballot, so it lies here as it is; its place
// has another form than what else is hers, and so outlives her signing out.
export type Sealed = { id: string; manifest: string; sheet: string; ticket: string; sealed: string };
export type Waiting = { day: string; input: Sealed };
/** What the forum said of one, kept sealed for her until she has read it. */
type Told = { tracker?: string; sentence?: string; unsure?: boolean };

const kind = 'papeleta.';
const told = 'acuse';
const placeOn = (of: string, ballot: string) => `${kind + of}.${ballot}`;
const hint = `${kind.slice(0, -1)}-espera`;

/** The places of what waits: of one owner, or of anybody. */
function places(of: string): string[] {
  try {
    return Object.keys(localStorage).filter((place) => place.startsWith(kind + of));
  } catch {
    return [];
  }
}
const at = (place: string): Waiting | null => {
  try {
    return JSON.parse(localStorage.getItem(place)!) as Waiting;
  } catch {
    return null;
  }
};
/** Whether anything of a vote is here, of anybody: one that waits, or the forum's word about one. */
function any(): boolean {
  try {
    return Object.keys(localStorage).some((place) => place.startsWith(kind) || place.startsWith(`${told} `));
  } catch {
    return false;
  }
}
/** A cookie that only says that something waits on this phone: any page then brings this script (server/http/statics.ts). */
function mark(): void {
  const end = any() ? '' : ';max-age=0';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not on the phones we mean.
  document.cookie = `${hint}=1;path=/;samesite=lax;max-age=2592000${end}`;
}

/** Keeps a sealed ballot in the place of an earlier one; false where the phone cannot. */
export function holdBallot(of: string, one: Waiting): boolean {
  try {
    localStorage.setItem(placeOn(of, one.input.id), JSON.stringify(one));
    mark();
    return true;
  } catch {
    return false;
  }
}

/** Lets it go, unless another one lies there by now. */
function release({ input }: Waiting): void {
  const place = placeOn(owner, input.id);
  if (at(place)?.input.sheet === input.sheet) localStorage.removeItem(place);
  mark();
}

export const ballotsWaiting = (): Waiting[] =>
  (owner ? places(`${owner}.`) : []).map(at).filter((one) => one !== null);

type Said = { is: 'told'; told: Told } | Extract<Answer<never>, { is: 'later' }>;

/** Its number makes sending it twice harmless. */
export async function sendBallot({ input }: Waiting): Promise<Said> {
  const answer = await post<{ tracker: string }>('ballots.castSealed', input);
  if (answer.is === 'later') return answer;
  if (answer.is === 'sent') return { is: 'told', told: { tracker: answer.tracker } };
  const { code, sentence } = answer;
  // A key that is not there may come back.
  if (code === 'ballots.stopped') return { is: 'later', why: 'busy' };
  // Whether that one came in before, the forum cannot know any more: then it is not said that it did not.
  const unsure = code === 'ballots.late_unknown';
  return { is: 'told', told: { sentence: code === 'not_found' ? say('ballot_gone') : sentence, unsure } };
}

/** Shows what the forum said of one, until she says that she has it; the words of a receipt come only once. */
function showTold(sheet: string, { tracker, sentence, unsure }: Told): HTMLElement {
  const name = `${told}-${sheet}`;
  const seen = button(say(tracker ? 'ballot_noted' : 'ballot_seen'), () => {
    drop(placeOf(told, sheet));
    mark();
    document.getElementById(name)?.remove();
    document.getElementById('main')?.focus();
  });
  return tracker
    ? notice(
        name,
        'ok',
        say('ballot_received'),
        element('p', '', say('ballot_words')),
        element('p', 'text-2xl font-bold', tracker),
        seen,
      )
    : notice(
        name,
        'bad',
        unsure ? sentence! : say('ballot_refused'),
        element('p', '', unsure ? '' : sentence),
        seen,
      );
}

function letGo(one: Waiting): void {
  release(one);
  showBallots();
}

/** The day a waiting ballot was made, in words. */
function dayOf({ day }: Waiting): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const how = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  return new Date(year, month - 1, date).toLocaleDateString(document.documentElement.lang, how);
}

/** At the top of the page: that it waits and since which day, never what it says. */
export function showBallots(): void {
  const all = ballotsWaiting();
  document.getElementById('papeletas')?.remove();
  if (all.length === 0) return;
  const rows = all.map((one) => {
    const row = element('div', 'stack');
    row.append(
      element('p', '', say('ballot_made', dayOf(one))),
      dropButton(() => letGo(one)),
    );
    return row;
  });
  const send = button(say('send'), () => sendBallots(true));
  notice('papeletas', 'warn', say('ballot_waits'), send, ...rows);
}

let heard = (): void => {};
/** What a page does besides, when the forum has said something of what waited. */
export const whenTold = (act: () => void): void => {
  heard = act;
};

const soonest = 5_000;
const latest = 300_000;
let wait = soonest;
let timer = 0;
let sending = false;
// She pressed while it was already being sent by itself: she is answered all the same.
let pressed = false;
/** Sends what waits, one after the other; what does not get through is tried again, each time after a longer while. */
export async function sendBallots(asked: boolean): Promise<void> {
  pressed ||= asked;
  if (sending || !owner) return;
  sending = true;
  clearTimeout(timer);
  for (const one of ballotsWaiting()) {
    const answer = await sendBallot(one);
    if (answer.is === 'later') {
      if (pressed) notice('despues', 'info', say(answer.why));
      timer = window.setTimeout(() => void sendBallots(false), wait);
      wait = Math.min(wait * 3, latest);
      break;
    }
    await write(placeOf(told, one.input.sheet), answer.told);
    release(one);
    document.getElementById('despues')?.remove();
    showTold(one.input.sheet, answer.told);
    heard();
  }
  sending = pressed = false;
  showBallots();
}

let decided = false;
/**
 * Signing out asks about what waits: sent, left for when she comes back, or thrown away. What the forum said and she has
 * not noted yet is hers alone and goes: it is said before.
 */
function askBeforeLeaving(event: Event): void {
  const form = event.target as HTMLFormElement;
  const [waits, unread] = [ballotsWaiting().length > 0, placesOf(told).length > 0];
  if (decided || form.getAttribute('action') !== '/salir' || !(waits || unread)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const leave = () => {
    decided = true;
    form.querySelector<HTMLButtonElement>('[type=submit]')!.click();
  };
  const send = button(say('leave_send'), async () => {
    await sendBallots(true);
    if (ballotsWaiting().length === 0 && placesOf(told).length === 0) leave();
  });
  const stay = button(say('ballot_leave'), leave);
  const away = button(say('leave_drop'), () => {
    ballotsWaiting().forEach(release);
    leave();
  });
  const words = [...(waits ? [say('ballot_waits')] : []), ...(unread ? [say('ballot_unread')] : [])];
  const asked = notice('salir', 'warn', words.join(' '), ...(waits ? [send, stay] : []), away);
  form.before(asked);
  asked.focus();
}

export async function startBallots(): Promise<void> {
  if (!owner) return;
  addEventListener('submit', askBeforeLeaving, true);
  addEventListener('online', () => {
    wait = soonest;
    void sendBallots(false);
  });
  for (const place of placesOf(told)) {
    const one = await read<Told>(place);
    if (one) showTold(place.split(' ').pop()!, one);
  }
  showBallots();
  await sendBallots(false);
}
