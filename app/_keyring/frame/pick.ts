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
  const drawn = h('div', { class: 'stack' });
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
  const take = (number: number, then: () => void) => {
    words.push(number);
    field.value = '';
    offered.replaceChildren();
    look();
    if (words.length < wordsAtOnce) then();
    else done(words.slice());
  };
  const offer = (place: HTMLElement, numbers: number[], then: () => void) =>
    place.replaceChildren(...numbers.map((number) => wordCard(number, () => take(number, then))));
  field.addEventListener('input', () =>
    offer(offered, wordsBeginning(field.value).slice(0, offeredAtMost), () => field.focus()),
  );
  const parts: HTMLElement = h(
    'div',
    { class: 'parts' },
    ...wordParts.map(({ from, count }, part) => {
      const numbers = Array.from({ length: count }, (_none, i) => from + i);
      const close = () => {
        drawn.replaceChildren();
        parts.hidden = false;
        made.focus({ preventScroll: true });
      };
      // Who looks for drawings does not write: no field is touched, so no keyboard comes over what she looks at.
      const then = () => {
        close();
        chosen.scrollIntoView({ block: 'start' });
      };
      // They come where the kinds stood: further down she would not see that anything came.
      const made = button('sec', say(`part.${part}`), () => {
        const others = button('qui', say('by_drawing.others'), close);
        const grid = h('div', { class: 'words' });
        offer(grid, numbers, then);
        parts.hidden = true;
        drawn.replaceChildren(others, grid);
        others.focus({ preventScroll: true });
      });
      return made;
    }),
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
    h('details', {}, h('summary', {}, say('by_drawing')), parts, drawn),
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
  // The question may be above the screen by now: what she touched shows itself whether it was right, and which it is.
  const cards = all.map((number) => {
    const card = wordCard(number, () => {
      for (const one of cards) delete one.dataset.wrong;
      if (words[at] !== number) {
        card.dataset.wrong = '';
        line.textContent = say('confirm.wrong', at + 1);
        return;
      }
      at++;
      card.dataset.at = `${at}`;
      if (at === words.length) done();
      else line.textContent = say('confirm.which', at + 1);
    });
    return card;
  });
  return h('div', { class: 'stack' }, line, h('div', { class: 'words' }, ...cards));
}
