import { button, h } from '~/app/_keyring/frame/dom';
import type { Host } from '~/app/_keyring/frame/host';

export type Tone = 'info' | 'ok' | 'warn' | 'bad';
/** A sentence in a frame of its own, read out when it appears. */
export const note = (text: string, tone: Tone = 'info'): HTMLElement =>
  h('p', { class: `note ${tone}`, role: tone === 'bad' ? 'alert' : 'status' }, text);
export const lead = (text: string) => h('p', { class: 'lead' }, text);
/** A drawing that says what a screen is about, to who does not read it. */
export const about = (host: Host, word: string): HTMLElement => {
  const drawn = host.drawingOf(word);
  return h('div', { class: 'about', 'aria-hidden': 'true' }, drawn as Node | null);
};
export const hint = (text: string) => h('p', { class: 'hint' }, text);

type Field = { name: string; label: string; hint?: string; most: number; long?: boolean; value?: string };
export type Asked = { box: HTMLElement; value(): string; wrong(sentence: string): void; clear(): void };

/** A field with its label, its hint and its own mistake; what was typed stays when something is wrong. */
export function field({ name, label, hint: about, most, long, value = '' }: Field): Asked {
  const given = {
    id: name,
    maxlength: most,
    autocomplete: 'off',
    // What she writes here is no word for the phone's keyboard to learn.
    autocorrect: 'off',
    spellcheck: 'false',
    'aria-describedby': `${name}-hint ${name}-wrong`,
  };
  const input = long ? h('textarea', { ...given, rows: 3 }) : h('input', { ...given, type: 'text' });
  input.value = value;
  const wrong = h('p', { class: 'wrong', id: `${name}-wrong`, role: 'alert' });
  const box = h(
    'div',
    { class: 'field' },
    h('label', { for: name }, label),
    about ? h('p', { class: 'hint', id: `${name}-hint` }, about) : null,
    wrong,
    input,
  );
  return {
    box,
    value: () => input.value.normalize('NFC').trim(),
    wrong(sentence) {
      wrong.textContent = sentence;
      input.setAttribute('aria-invalid', 'true');
      input.focus();
    },
    clear() {
      input.value = '';
      wrong.textContent = '';
      input.removeAttribute('aria-invalid');
    },
  };
}

/**
 * Fields and their one button, which «Enter» in a line presses too. No form: the frame's sandbox lets none be sent, and a
 * browser then tells nobody that it was tried.
 */
export function form(label: string, done: () => unknown, ...fields: HTMLElement[]): HTMLElement {
  const made = h('div', { class: 'stack' }, ...fields, button('pri', label, done));
  made.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    void done();
  });
  return made;
}

export const drawer = (label: string, ...inside: Node[]) =>
  h('details', {}, h('summary', {}, label), h('div', { class: 'stack' }, ...inside));
export { button, h };
