import * as Y from 'yjs';
import { type Change, changes } from '../rules';
import { blockOf, looksOf, type Run, type Stretch } from './lines';

const blank = (char: string | undefined) => char === undefined || char === '' || /\s/.test(char);

/** Where the word around `index` begins. */
function wordStart(text: string, index: number): number {
  let at = index;
  while (at > 0 && !blank(text[at - 1])) at--;
  return at;
}

/** Where the word around `index` ends. */
function wordEnd(text: string, index: number): number {
  let at = index;
  while (at < text.length && !blank(text[at])) at++;
  return at;
}

const inside = (text: string, at: number) => !blank(text[at - 1]) && !blank(text[at]);

/** A change whose ends lie between words: a word that it takes a part of is taken whole, none is written into. */
function widened(text: string, { at, remove, insert }: Change): Change {
  if (remove === 0) {
    if (!inside(text, at)) return { at, remove, insert };
    const before = blank(insert.at(-1)) && !blank(insert[0]);
    return { at: before ? wordStart(text, at) : wordEnd(text, at), remove, insert };
  }
  const from = inside(text, at) ? wordStart(text, at) : at;
  const end = inside(text, at + remove) ? wordEnd(text, at + remove) : at + remove;
  return { at: from, remove: end - from, insert };
}

/** New words never stick to those beside them, and words between which something went do not run together. */
function spaced(text: string, { at, remove, insert }: Change): Change {
  const [left, right] = [text[at - 1], text[at + remove]];
  if (insert === '') return { at, remove, insert: remove > 0 && !blank(left) && !blank(right) ? ' ' : '' };
  const head = blank(left) || blank(insert[0]) ? '' : ' ';
  const tail = blank(right) || blank(insert.at(-1)) ? '' : ' ';
  return { at, remove, insert: head + insert + tail };
}

/** Changes, from left to right, as changes of whole words: nobody's word is cut, joined or written into. */
export function wholeWords(text: string, wanted: readonly Change[]): Change[] {
  const found: Change[] = [];
  for (const change of wanted.map((one) => widened(text, one))) {
    const last = found.at(-1);
    if (!last || change.at > last.at + last.remove) {
      found.push({ ...change });
      continue;
    }
    const end = Math.max(last.at + last.remove, change.at + change.remove);
    last.remove = end - last.at;
    const gap = blank(last.insert.at(-1)) || blank(change.insert[0]) ? '' : ' ';
    last.insert += gap + change.insert;
  }
  return found
    .map((change) => spaced(text, change))
    .filter(({ at, remove, insert }) => text.slice(at, at + remove) !== insert);
}

/** What an event did to a text, by its items: from left to right, in letters of the text as it was before. */
function doneBy(event: Y.YTextEvent): Change[] {
  const found: Change[] = [];
  let at = 0;
  let open: Change | undefined;
  let before: Y.Item | undefined;
  const here = () => {
    if (!open) {
      open = { at, remove: 0, insert: '' };
      found.push(open);
    }
    return open;
  };
  for (let item = event.target._start; item; item = item.right) {
    const added = event.adds(item);
    if (added && !item.deleted && item.content instanceof Y.ContentString) {
      const change = here();
      const { str } = item.content;
      // What its author had put in two places may meet now, since what stood between them is gone.
      const one = before && item.origin && Y.compareIDs(item.origin, before.lastId);
      const apart = !one && !blank(change.insert.at(-1)) && !blank(str[0]);
      change.insert += (apart ? ' ' : '') + str;
    }
    if (added) before = item;
    else if (event.deletes(item) && item.countable) {
      here().remove += item.length;
      at += item.length;
    } else if (!item.deleted && item.countable) {
      at += item.length;
      open = undefined;
    }
  }
  return found;
}

/** What an update made elsewhere would do to this text, in whole words. The text is left with the update in it. */
export function effectOf(text: Y.Text, update: Uint8Array): Change[] {
  const was = text.toString();
  let found: Change[] = [];
  const listen = (event: Y.YTextEvent) => {
    found = doneBy(event);
  };
  text.observe(listen);
  Y.applyUpdate(text.doc!, update);
  text.unobserve(listen);
  return wholeWords(was, found);
}

/** Where in a text, as it stands, an update made elsewhere would begin; null where nothing of its place is known. */
export function placeOf(text: Y.Text, update: Uint8Array): number | null {
  const { structs, ds } = Y.decodeUpdate(update);
  const beside = structs.flatMap((struct) =>
    struct instanceof Y.Item && struct.origin ? [struct.origin] : [],
  );
  const first = structs.some((struct) => struct instanceof Y.Item && !struct.origin);
  const gone = [...ds.clients].flatMap(([client, spans]) => spans.map(({ clock }) => ({ client, clock })));
  const places = [...beside.map((item) => ({ item, assoc: -1 })), ...gone.map((item) => ({ item, assoc: 0 }))]
    .map((place) => Y.createRelativePositionFromJSON(place))
    .map((place) => Y.createAbsolutePositionFromRelativePosition(place, text.doc!)?.index)
    .filter((index) => index !== undefined);
  if (first) places.push(0);
  return places.length > 0 ? Math.min(...places) : null;
}

/** One line exchanged for other words; blanks at its ends stay as they are. */
export function rewording(passage: { from: number; words: string }, words: string): Change[] {
  const [, lead = '', , trail = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(passage.words) ?? [];
  return changes(passage.words, lead + words + trail).map((change) => ({
    ...change,
    at: change.at + passage.from,
  }));
}

type Looks = Omit<Run, 'text'>;
type Letter = { looks: Looks; block: ReturnType<typeof blockOf> };

function letterAt(delta: readonly Stretch[], index: number): Letter | null {
  let at = 0;
  for (const { insert, attributes } of delta) {
    at += typeof insert === 'string' ? insert.length : 1;
    if (index >= 0 && index < at) return { looks: looksOf(attributes), block: blockOf(attributes) };
  }
  return null;
}

/**
 * Makes these changes in a text. New words look like those they stand for, else like those before them; a line
 * that is broken in two makes two points of a list, but of a heading only its first part stays one.
 * @returns the update that says so; null where there is nothing to change.
 */
export function edit(text: Y.Text, wanted: readonly Change[]): Uint8Array | null {
  if (wanted.length === 0) return null;
  const doc = text.doc!;
  const was = text.toString();
  const delta = text.toDelta() as Stretch[];
  let made: Uint8Array | null = null;
  doc.once('update', (update: Uint8Array) => {
    made = update;
  });
  doc.transact(() => {
    for (const change of wanted.toReversed()) put(text, change, was, delta);
  });
  return made;
}

function put(text: Y.Text, { at, remove, insert }: Change, was: string, delta: readonly Stretch[]): void {
  const replaced = remove > 0 && was[at] !== '\n' ? letterAt(delta, at)?.looks : undefined;
  const { link: _link, ...beside } = (was[at - 1] !== '\n' && letterAt(delta, at - 1)?.looks) || {};
  const looks: Looks = replaced ?? beside;
  const end = was.indexOf('\n', at + remove);
  const block = (end < 0 ? null : letterAt(delta, end)?.block) ?? 'paragraph';
  if (remove > 0) text.delete(at, remove);
  let place = at;
  for (const part of insert.split(/(?<=\n)|(?=\n)/)) {
    if (part === '') continue;
    text.insert(place, part, part === '\n' ? (block === 'paragraph' ? {} : { block }) : looks);
    place += part.length;
  }
  if (!insert.includes('\n') || (block !== 'heading' && block !== 'article')) return;
  const next = text.toString().indexOf('\n', place);
  if (next >= 0) text.format(next, 1, { block: null });
}
