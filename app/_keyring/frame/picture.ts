import { pictureWords } from '~/db/reference/words';
import drawings from '../drawings.json';
import { h } from './dom';

const svg = (tag: string, given: Record<string, string>) => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
  return made;
};

/** The drawing of a word. All of them came with this script: to ask for one alone would tell the forum a word. */
export function drawing(number: number): SVGElement {
  const made = svg('svg', { viewBox: '0 0 192 192', 'aria-hidden': 'true' });
  for (const path of drawings[number]!.split('|'))
    made.append(svg('path', path[0] === '!' ? { d: path.slice(1), 'fill-rule': 'evenodd' } : { d: path }));
  return made;
}

/** A word with its drawing. @param act where it can be chosen. */
export function wordCard(number: number, act?: () => unknown, place?: number): HTMLElement {
  const inner = [drawing(number), h('span', {}, pictureWords[number]!)];
  const at = place === undefined ? null : h('b', {}, String(place));
  return act
    ? h('button', { class: 'word', type: 'button', onclick: act }, at, ...inner)
    : h('li', { class: 'word' }, at, ...inner);
}

/** The drawing of any word, where it is one of the picture-words. */
export function drawingOf(word: string): SVGElement | null {
  const at = pictureWords.indexOf(word);
  return at < 0 ? null : drawing(at);
}
