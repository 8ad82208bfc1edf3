import { type Act, enter, type Heard, type Key, keys, press, type State } from './ear-steps';
import { hush, tell, whenVoiced } from './speech';

// Voting by ear with the screen covered (docs/decisions/110). The screens of the sheet come from the forum as on any
// phone, and are kept beside the page, never in it: what stands on the screen is four keys, and nothing is announced
// but by the voice.

/** Two presses within so long are one. */
const pauseMs = 500;
const button = () => document.getElementById('oido');

/** Sends a form of a page that is not shown. @returns the page that answers; null where none does. */
export async function sent(form: HTMLFormElement, fields: Record<string, string>): Promise<Document | null> {
  const body = new FormData(form);
  for (const name in fields) body.set(name, fields[name]!);
  try {
    const answer = await fetch(location.pathname, { method: 'POST', body, cache: 'no-store' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    // Read without scripting, what stands there would come alive: a refresh for who has none.
    for (const other of page.querySelectorAll('noscript')) other.remove();
    // What is no page of the forum (too busy, a fault) says nothing, and takes nothing away: she tries again.
    return page.querySelector('main') && page;
  } catch {
    return null;
  }
}

/** Shows a page that came in place of this one; no entry of the history is made. */
export function showPage(page: Document): void {
  document.body.textContent = '';
  document.body.append(...page.body.childNodes);
  scrollTo(0, 0);
  const title = document.querySelector<HTMLElement>('main h1') ?? document.querySelector('main')!;
  title.tabIndex = -1;
  title.focus();
  startEar();
}

const form = (page: ParentNode) => page.querySelector<HTMLFormElement>('form[data-ear]');
const text = (node: HTMLElement) => node.dataset.line ?? (node.textContent ?? '').replace(/\s+/g, ' ').trim();
const leaf = ['p', 'h1', 'h2', 'h3', 'li', 'blockquote', 'summary'];
/** What a page has to read aloud, line by line; not what leads elsewhere. @param more what else is read where the whole screen is heard */
export const linesOf = (page: ParentNode, ...more: string[]): string[] =>
  [...page.querySelectorAll<HTMLElement>([...leaf, ...more].map((one) => `[data-say] ${one}`).join())]
    .filter((one) => !one.querySelector([...leaf, 'a'].join()))
    .map(text);

function heard(page: ParentNode): Heard | null {
  const own = form(page);
  const is = own?.dataset.ear;
  if (!own || !is) return null;
  if (is === 'review')
    return {
      is,
      lines: [...own.querySelectorAll<HTMLElement>('[data-line]')].map(text),
    };
  if (is !== 'question') return { is: 'start' };
  const at = [...own.querySelectorAll<HTMLInputElement>('[name=choice]')].findIndex((one) => one.checked);
  return { is, lines: linesOf(page), ask: own.dataset.ask ?? '', chosen: at < 0 ? null : at };
}

/** Takes the page off the screen and lays the four keys there. @returns what gives the screen back */
function laid(words: Record<string, string>, act: (key: Key) => void, leave: () => void) {
  const shown = [...document.body.children] as HTMLElement[];
  for (const one of shown) one.style.display = 'none';
  const cover = document.createElement('div');
  cover.id = 'tapa';
  cover.setAttribute('role', 'main');
  const top = document.createElement('p');
  const end = document.createElement('button');
  end.className = 'btn';
  end.textContent = words.leave!;
  end.onclick = leave;
  const exit = document.querySelector('a[data-exit]')?.cloneNode(true);
  top.append(...(exit ? [exit] : []), end);
  const board = document.createElement('div');
  board.append(
    ...keys.map((key, i) => {
      const made = document.createElement('button');
      // A digit says nothing of what it means to who looks over her shoulder; the voice and the label do.
      made.textContent = `${i + 1}`;
      made.setAttribute('aria-label', `${i + 1}. ${words[key]}`);
      made.onclick = () => act(key);
      return made;
    }),
  );
  cover.append(top, board);
  document.body.append(cover);
  const typed = ({ key, repeat }: KeyboardEvent) => {
    if (!repeat && keys[Number(key) - 1]) act(keys[Number(key) - 1]!);
  };
  addEventListener('keydown', typed);
  (board.firstChild as HTMLElement).focus();
  return () => {
    removeEventListener('keydown', typed);
    cover.remove();
    for (const one of shown) one.style.display = '';
  };
}

function begin(words: Record<string, string>): void {
  const main = document.querySelector('main')!;
  // From here on the sheet is kept here alone.
  let page: ParentNode = document.createDocumentFragment();
  page.append(...main.childNodes);
  let screen = heard(page)!;
  let state: State;
  let last = 0;
  let busy = false;
  const say = (lines: string[]) =>
    tell(lines.map((line) => (line[0] === '#' ? words[line.slice(1)]! : line)));
  const show = (walk: boolean) => {
    const step = enter(screen, walk);
    state = step.state;
    say(step.said);
  };
  const fieldsFor = (act: Act): Record<string, string> => {
    const own = form(page)!;
    if (act === 'begin') return { go: 'start' };
    if (act === 'walk') return { go: 'to:1' };
    if (act === 'cast') return { go: 'cast' };
    const at = Number(own.dataset.at);
    const on = at < Number(own.dataset.total) ? `to:${at + 1}` : 'review';
    const choice = own.querySelectorAll<HTMLInputElement>('[name=choice]')[state.choice]!.value;
    return { choice, go: state.walk ? on : 'next' };
  };
  const ask = async (act: Act) => {
    busy = true;
    const answer = await sent(form(page)!, fieldsFor(act));
    busy = false;
    if (!answer) return say(['#offline']);
    const next = heard(answer);
    if (next && next.is !== 'start') {
      page = answer;
      screen = next;
      return show(state.walk);
    }
    // The receipt, or a sentence that says why it does not go on: neither holds a choice.
    const lines = linesOf(answer);
    // The voice says it; a screen reader is not to say it as well.
    for (const live of answer.querySelectorAll('[role=status]')) live.removeAttribute('role');
    uncover();
    showPage(answer);
    tell(lines.length > 0 ? lines : [words.stopped!]);
  };
  const uncover = laid(
    words,
    (key) => {
      if (busy || Date.now() - last < pauseMs) return;
      last = Date.now();
      navigator.vibrate?.(30);
      const step = press(state, screen, key);
      state = step.state;
      if (step.act) void ask(step.act);
      else say(step.said);
    },
    // What was chosen goes: nobody finds out by taking the cover away.
    () => location.replace(location.pathname),
  );
  show(false);
}

/** Offers it where the page has a sheet, and the phone a voice for it. */
export function startEar(): void {
  const offer = button();
  if (!offer) return;
  const words: Record<string, string> = JSON.parse(offer.dataset.words!);
  whenVoiced((voiced) => {
    offer.hidden = !voiced;
  });
  offer.onclick = () => begin(words);
  addEventListener('pagehide', hush);
}
