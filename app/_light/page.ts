/** What the page says to the script: whose it is, and the words it may show (app/_frame/for-script.tsx). */
const carrier = document.getElementById('script');
/** An opaque tag of who is signed in; empty for nobody. */
export const owner = carrier?.dataset.owner ?? '';
// Half of it hides the other half, another half each time (server/session.ts).
const masked = atob(carrier?.dataset.key ?? '');
const half = masked.length / 2;
const under = (one: string, i: number) => one.charCodeAt(0) ^ masked.charCodeAt(i);
/** Opens what this phone keeps for its owner: 32 bytes in base64. Only a page of hers brings it. */
export const phoneKey = btoa(String.fromCharCode(...Array.from(masked.slice(half), under)));
const words: Record<string, string> = JSON.parse(carrier?.dataset.words ?? '{}');

/** A sentence of the catalogue, with `{n}` put in. */
export const say = (key: string, n?: number | string) => (words[key] ?? '').replace('{n}', String(n ?? ''));

export function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

export function button(text: string, act: () => unknown): HTMLElement {
  const made = element('button', 'btn', text);
  (made as HTMLButtonElement).type = 'button';
  made.addEventListener('click', act);
  return made;
}

/** Throws something away at the second press, and itself with it: no question in the browser's own words. */
export function dropButton(drop: () => unknown): HTMLElement {
  const made = button(say('drop'), async () => {
    if (made.textContent !== say('sure')) {
      made.textContent = say('sure');
      return;
    }
    await drop();
    document.getElementById('main')?.focus();
  });
  return made;
}

export function link(text: string, href: string): HTMLElement {
  const made = element('a', '', text);
  (made as HTMLAnchorElement).href = href;
  return made;
}

type Tone = 'info' | 'ok' | 'warn' | 'bad';
/** The sign of a tone, as the kit draws it. */
export const sign = (tone: Tone) => carrier?.querySelector(`[data-tone=${tone}] svg`)?.cloneNode(true) ?? '';

/** A line at the top of the page, announced to who cannot see it; the same `name` replaces the former. */
export function notice(name: string, tone: Tone, text: string, ...parts: HTMLElement[]): HTMLElement {
  document.getElementById(name)?.remove();
  const line = element('div', `note ${tone}`);
  line.id = name;
  line.tabIndex = -1;
  line.setAttribute('role', 'status');
  const inner = element('div', 'stack');
  inner.append(element('b', '', text), ...parts);
  line.append(sign(tone), inner);
  document.querySelector('main > .stack')?.prepend(line);
  return line;
}
