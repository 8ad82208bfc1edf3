import { button, h, type Made } from '~/app/_keyring/frame/dom';
import { pictureWords } from '~/db/reference/words';
import type { Ctx } from '../context';

const offeredAtOnce = 6;
const rounds = 2;

/**
 * What cannot be undone is confirmed by touching the drawing that is named, twice: nobody does it by a slip of the
 * finger, and who does not read hears the word.
 */
export function sureByDrawing(
  ctx: Ctx,
  title: string,
  told: Made[],
  done: () => unknown,
  no: () => void = () => ctx.back(),
): void {
  let left = rounds;
  // The focus goes here with each question: the drawing that had it is gone.
  const line = h('p', { class: 'lead', role: 'status', tabindex: -1 });
  const grid = h('div', { class: 'words' });
  const ask = (key: string) => {
    const numbers = new Set<number>();
    while (numbers.size < offeredAtOnce) numbers.add(Math.floor(Math.random() * pictureWords.length));
    const all = [...numbers];
    const right = all[Math.floor(Math.random() * all.length)]!;
    line.textContent = ctx.say(key, { word: pictureWords[right]! });
    grid.replaceChildren(
      ...all.map((number) =>
        h(
          'button',
          {
            class: 'word',
            type: 'button',
            onclick: () => {
              // The wrong one begins again: it was not meant, or not understood.
              left = number === right ? left - 1 : rounds;
              if (left === 0) return done();
              ask(number === right ? 'sure.again' : 'sure.wrong');
              line.focus({ preventScroll: true });
            },
          },
          ctx.host.drawing(number),
          h('span', {}, pictureWords[number]!),
        ),
      ),
    );
  };
  ctx.show(title, ...told, line, grid, button('qui', ctx.say('not_now'), no));
  ask('sure.touch');
}
