import { wordParts, wordsBeginning } from '~/db/reference/words';
import { wordsAtOnce } from '../lock';
import { button, h } from './dom';
import { say } from './line';
import { drawing, wordCard } from './picture';

const offeredAtMost = 6;

/**
 * Where the words are said again: some letters and the word with its drawing, or the drawings alone. Only letters are
 * typed and the word is touched, so that a shared phone's keyboard does not learn it.
 */
export function pickWords(done: (words: number[]) => void): HTMLElement {
  const words: number[] = [];
  const chosen = h('ol', { class: 'chosen' });
  const offered = h('div', { class: 'words', 'aria-live': 'polite' });
  const field = h('input', {
    id: 'letters',
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'none',
    autocorrect: 'off',
    spellcheck: 'false',
  });
  const asked = h('label', { for: 'letters' });
  const look = () => {
    asked.textContent = say('which', words.length + 1);
    const places = Array.from({ length: wordsAtOnce }, (_none, i) =>
      h('li', {}, words[i] === undefined ? `${i + 1}` : drawing(words[i])),
    );
    chosen.replaceChildren(...places);
    back.hidden = words.length === 0;
  };
  const take = (number: number) => {
    words.push(number);
    field.value = '';
    offered.replaceChildren();
    look();
    if (words.length < wordsAtOnce) field.focus();
    else done(words.slice());
  };
  const offer = (numbers: number[]) =>
    offered.replaceChildren(...numbers.map((number) => wordCard(number, () => take(number))));
  field.addEventListener('input', () => offer(wordsBeginning(field.value).slice(0, offeredAtMost)));
  const parts = h(
    'div',
    { class: 'parts' },
    ...wordParts.map(({ from, count }, part) =>
      button('sec', say(`part.${part}`), () => offer(Array.from({ length: count }, (_none, i) => from + i))),
    ),
  );
  const back = button('qui', say('back'), () => {
    words.pop();
    look();
  });
  look();
  return h(
    'div',
    { class: 'stack' },
    chosen,
    asked,
    h('p', { class: 'hint' }, say('letters')),
    field,
    offered,
    back,
    h('details', {}, h('summary', {}, say('by_drawing')), parts),
  );
}

/** Whether she has them: hers and as many others, mixed, to be touched in their order. */
export function confirmWords(
  words: readonly number[],
  others: readonly number[],
  done: () => void,
): HTMLElement {
  let at = 0;
  const line = h('p', { class: 'lead', role: 'status' }, say('confirm.which', 1));
  const all = [...new Set([...words, ...others])].sort((a, b) => a - b);
  const cards = all.map((number) =>
    wordCard(number, () => {
      if (words[at] !== number) {
        line.textContent = say('confirm.wrong', at + 1);
        return;
      }
      at++;
      if (at === words.length) done();
      else line.textContent = say('confirm.which', at + 1);
    }),
  );
  return h('div', { class: 'stack' }, line, h('div', { class: 'words' }, ...cards));
}
