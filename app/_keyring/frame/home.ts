import { entryKinds, titleOf } from '~/app/_room/entry';
import type { Entry } from '../lock';
import { button, h } from './dom';
import type { Rooms } from './host';
import { say } from './line';

/** What is to be done with the rooms' script, once it is there. */
export type Way = (rooms: Rooms) => void;

const lineOf: Record<number, string> = {
  [entryKinds.founding]: 'pending.founding',
  [entryKinds.joining]: 'pending.joining',
};

/** The rooms of an open keyring, and the two ways to another one. */
export function myRooms(entries: readonly Entry[], enter: (way: Way) => void): HTMLElement {
  const mine = entries.filter(({ kind }) => kind === entryKinds.room || lineOf[kind]);
  const items = mine.map((entry) => {
    const key = lineOf[entry.kind];
    const line = key ? h('span', { class: 'hint' }, say(key)) : null;
    const title = h('b', {}, titleOf(entry.bytes) || say('room.unnamed'));
    const go = () => enter((rooms) => rooms.open(entry));
    return h('li', {}, h('button', { class: 'row', type: 'button', onclick: go }, title, line));
  });
  return h(
    'section',
    { class: 'stack' },
    h('h3', {}, say('rooms')),
    items.length === 0 ? h('p', {}, say('rooms.none')) : h('ul', { class: 'rows' }, ...items),
    button('sec', say('rooms.found'), () => enter((rooms) => rooms.found())),
    button('sec', say('rooms.code'), () => enter((rooms) => rooms.code())),
  );
}
