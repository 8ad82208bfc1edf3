import { pictureWords } from '~/db/reference/words';
import drawings from '../drawings.json';

type Made = Node | string | null;
type Given = { class?: string; onclick?: () => unknown } & Record<string, unknown>;

/** An element; strings become text, never markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  given: Given = {},
  ...children: Made[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name === 'onclick') made.addEventListener('click', value as () => void);
    else if (value !== false && value != null) made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child): child is Node | string => child !== null));
  return made;
}

export const button = (kind: string, text: string, onclick: () => unknown) =>
  h('button', { class: `btn ${kind}`, type: 'button', onclick }, text);

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

/** Puts these on the screen in place of what was, and leads a screen reader to the heading. */
export function show(title: string, ...children: Made[]): void {
  const heading = h('h2', { tabindex: -1 }, title);
  document.getElementById('screen')!.replaceChildren(heading, ...children.filter((one) => one !== null));
  heading.focus({ preventScroll: true });
}
