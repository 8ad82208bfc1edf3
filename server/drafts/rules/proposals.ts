import * as Y from 'yjs';
import { type Change, changes } from '../rules';
import { put } from './edits';
import { type Block, blockOf, looksOf, type Run, type Stretch } from './lines';
import type { Places } from './places';

/** A change, with what each line end in `insert` makes of its line; where that is left out the lines around it say. */
export type Proposed = Change & { ends?: Block[] };

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
function widened(text: string, change: Proposed): Proposed {
  const { at, remove, insert } = change;
  if (remove === 0) {
    if (!inside(text, at)) return change;
    const before = blank(insert.at(-1)) && !blank(insert[0]);
    return { ...change, at: before ? wordStart(text, at) : wordEnd(text, at) };
  }
  const from = inside(text, at) ? wordStart(text, at) : at;
  const end = inside(text, at + remove) ? wordEnd(text, at + remove) : at + remove;
  return { ...change, at: from, remove: end - from };
}

/** New words never stick to those beside them, and words between which something went do not run together. */
function spaced(text: string, change: Proposed): Proposed {
  const { at, remove, insert } = change;
  const [left, right] = [text[at - 1], text[at + remove]];
  if (insert === '') return { ...change, insert: remove > 0 && !blank(left) && !blank(right) ? ' ' : '' };
  const head = blank(left) || blank(insert[0]) ? '' : ' ';
  const tail = blank(right) || blank(insert.at(-1)) ? '' : ' ';
  return { ...change, insert: head + insert + tail };
}

/** Changes, from left to right, as changes of whole words: nobody's word is cut, joined or written into. */
export function wholeWords(text: string, wanted: readonly Proposed[]): Proposed[] {
  const found: Proposed[] = [];
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
    if (change.ends) last.ends = [...(last.ends ?? []), ...change.ends];
  }
  return found
    .map((change) => spaced(text, change))
    .filter(({ at, remove, insert }) => text.slice(at, at + remove) !== insert);
}

/** What an event did to a text, by its items: from left to right, in letters of the text as it was before. */
function doneBy(event: Y.YTextEvent): Proposed[] {
  const found: Proposed[] = [];
  let at = 0;
  let open: Proposed | undefined;
  let block: unknown;
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
    if (item.content instanceof Y.ContentFormat && item.content.key === 'block' && !item.deleted)
      block = item.content.value;
    if (added && !item.deleted && item.content instanceof Y.ContentString) {
      const change = here();
      const { str } = item.content;
      // What its author had put in two places may meet now, since what stood between them is gone.
      const one = before && item.origin && Y.compareIDs(item.origin, before.lastId);
      const apart = !one && !blank(change.insert.at(-1)) && !blank(str[0]);
      change.insert += (apart ? ' ' : '') + str;
      const ends = str.split('\n').slice(1);
      if (ends.length > 0) change.ends = [...(change.ends ?? []), ...ends.map(() => blockOf({ block }))];
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
export function effectOf(text: Y.Text, update: Uint8Array): Proposed[] {
  const was = text.toString();
  let found: Proposed[] = [];
  const listen = (event: Y.YTextEvent) => {
    found = doneBy(event);
  };
  text.observe(listen);
  Y.applyUpdate(text.doc!, update);
  text.unobserve(listen);
  return wholeWords(was, found);
}

/** Where in a text, as it stands, an update made elsewhere would begin; null where nothing of its place is known. */
export function placeOf(at: Places, update: Uint8Array): number | null {
  const { structs, ds } = Y.decodeUpdate(update);
  const beside = structs.flatMap((struct) =>
    struct instanceof Y.Item && struct.origin ? [struct.origin] : [],
  );
  const first = structs.some((struct) => struct instanceof Y.Item && !struct.origin);
  const gone = [...ds.clients].flatMap(([client, spans]) => spans.map(({ clock }) => ({ client, clock })));
  const places = [...beside.map((item) => ({ item, assoc: -1 })), ...gone.map((item) => ({ item, assoc: 0 }))]
    .map((place) => Y.createRelativePositionFromJSON(place))
    .map((place) => at.indexOf(place))
    .filter((index) => index !== undefined);
  if (first) places.push(0);
  return places.length > 0 ? Math.min(...places) : null;
}

/** One line exchanged for other words; blanks at its ends stay as they are. */
export function rewording(passage: { from: number; words: string }, words: string): Change[] {
  const begun = passage.words.trimStart();
  const lead = passage.words.slice(0, passage.words.length - begun.length);
  const trail = begun.slice(begun.trimEnd().length);
  return changes(passage.words, lead + words + trail).map((change) => ({
    ...change,
    at: change.at + passage.from,
  }));
}

/** How the letter at `index` looks. */
function looksAt(delta: readonly Stretch[], index: number): Omit<Run, 'text'> {
  let at = 0;
  for (const { insert, attributes } of delta) {
    at += typeof insert === 'string' ? insert.length : 1;
    if (index >= 0 && index < at) return looksOf(attributes);
  }
  return {};
}

/**
 * Makes these changes in a text. New words look like those they stand for, else like those before them; lines keep
 * what they are.
 * @returns the update that says so; null where there is nothing to change.
 */
export function edit(text: Y.Text, wanted: readonly Proposed[]): Uint8Array | null {
  if (wanted.length === 0) return null;
  const was = text.toString();
  const delta = text.toDelta() as Stretch[];
  let made: Uint8Array | null = null;
  text.doc!.once('update', (update: Uint8Array) => {
    made = update;
  });
  text.doc!.transact(() => {
    for (const { at, remove, insert, ends } of wanted.toReversed()) {
      if (!ends && `${insert}${was.slice(at, at + remove)}`.includes('\n')) {
        put(text, at, remove, insert);
        continue;
      }
      // A link is to what its own words name; words that are put beside them are none of it.
      const { link: _link, ...beside } = was[at - 1] === '\n' ? {} : looksAt(delta, at - 1);
      const looks = remove > 0 ? looksAt(delta, at) : beside;
      if (remove > 0) text.delete(at, remove);
      let place = at;
      for (const [i, words] of insert.split('\n').entries()) {
        const block = ends?.[i - 1] ?? 'paragraph';
        if (i > 0) text.insert(place++, '\n', block === 'paragraph' ? {} : { block });
        if (words) text.insert(place, words, looks);
        place += words.length;
      }
    }
  });
  return made;
}
