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
  const line = h('p', { class: 'lead', role: 'status' });
  const grid = h('div', { class: 'words' });
  const ask = () => {
    const numbers = new Set<number>();
    while (numbers.size < offeredAtOnce) numbers.add(Math.floor(Math.random() * pictureWords.length));
    const all = [...numbers];
    const right = all[Math.floor(Math.random() * all.length)]!;
    line.textContent = ctx.say('sure.touch', { word: pictureWords[right]!, left });
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
              if (left === 0) done();
              else ask();
            },
          },
          ctx.host.drawing(number),
          h('span', {}, pictureWords[number]!),
        ),
      ),
    );
  };
  ctx.show(title, ...told, line, grid, button('qui', ctx.say('not_now'), no));
  ask();
}
