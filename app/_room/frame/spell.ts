import type { Host } from '~/app/_keyring/frame/host';
import { canSpeak, quiet, speak } from '~/app/_keyring/frame/voice';
import { trackerWords } from '~/db/reference/tracker-words';
import { button, h } from './parts';
import type { Say } from './words';

const wordsAtOnce = 8;
const offeredAtMost = 8;

/** Eight words to be read to somebody, each with its number, its drawing where there is one, and the phone's voice. */
export function spell(
  host: Host,
  say: Say,
  words: readonly string[],
  lines: string = 'spell.hear',
): HTMLElement {
  const items = words.map((word) => {
    const drawing = host.drawingOf(word);
    return h('li', {}, drawing as Node | null, h('span', {}, word));
  });
  const hear = canSpeak()
    ? button('sec', say(lines), () => {
        quiet();
        words.forEach((word, at) => {
          speak(`${at + 1}. ${word}.`, 0.75);
        });
      })
    : null;
  return h('div', { class: 'stack' }, h('ol', { class: 'spell' }, ...items), hear);
}

/** Where eight words are said again: some letters, and the word is touched, so that no keyboard learns it. */
export function pickCode(host: Host, say: Say, done: (words: string[]) => void): HTMLElement {
  const words: string[] = [];
  const chosen = h('ol', { class: 'spell chosen-words' });
  const offered = h('div', { class: 'words', 'aria-live': 'polite' });
  const asked = h('label', { for: 'code-letters' });
  const input = h('input', {
    id: 'code-letters',
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'none',
    autocorrect: 'off',
    spellcheck: 'false',
  });
  const back = button('qui', say('code.undo'), () => {
    words.pop();
    look();
    input.focus();
  });
  const look = () => {
    asked.textContent = say('code.which', { n: words.length + 1 });
    chosen.replaceChildren(...words.map((word) => h('li', {}, h('span', {}, word))));
    back.hidden = words.length === 0;
  };
  const take = (word: string) => {
    words.push(word);
    input.value = '';
    offered.replaceChildren();
    if (words.length === wordsAtOnce) return done(words.slice());
    look();
    input.focus();
  };
  input.addEventListener('input', () => {
    const typed = input.value.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
    const fit = typed ? trackerWords.filter((word) => word.startsWith(typed)) : [];
    const cards = fit.slice(0, offeredAtMost).map((word) => {
      const drawing = host.drawingOf(word);
      return h(
        'button',
        { class: 'word', type: 'button', onclick: () => take(word) },
        drawing as Node | null,
        h('span', {}, word),
      );
    });
    offered.replaceChildren(...cards);
  });
  look();
  return h(
    'div',
    { class: 'stack' },
    chosen,
    asked,
    h('p', { class: 'hint' }, say('code.letters')),
    input,
    offered,
    back,
  );
}
