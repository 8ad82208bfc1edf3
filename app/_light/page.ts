/** What the page says to the script: whose it is, and the words the script may show (app/_frame/for-script.tsx). */
const carrier = document.getElementById('script');
/** An opaque tag of who is signed in; empty for nobody. */
export const owner = carrier?.dataset.owner ?? '';
const words: Record<string, string> = JSON.parse(carrier?.dataset.words ?? '{}');

/** A sentence of the catalogue, with `{n}` put in. */
export const say = (key: string, n?: number | string) => (words[key] ?? '').replace('{n}', String(n ?? ''));

export function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

export function button(text: string, act: () => void): HTMLElement {
  const made = element('button', 'btn', text);
  (made as HTMLButtonElement).type = 'button';
  made.addEventListener('click', act);
  return made;
}

/** A line at the top of the page, announced to who cannot see it; the same `name` replaces the former. */
export function notice(name: string, tone: string, text: string, ...parts: HTMLElement[]): HTMLElement {
  document.getElementById(name)?.remove();
  const line = element('div', `note ${tone}`);
  line.id = name;
  line.setAttribute('role', 'status');
  const inner = element('div', 'stack');
  inner.append(element('b', '', text), ...parts);
  line.append(inner);
  document.querySelector('main > .stack')?.prepend(line);
  return line;
}

/** Storage that may be full, forbidden or spoilt: reading gives null then, and writing says whether it held. */
export const store = {
  read<T>(key: string): T | null {
    try {
      return JSON.parse(localStorage.getItem(key) ?? 'null') as T;
    } catch {
      return null;
    }
  },
  write(key: string, value: unknown): boolean {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
};
