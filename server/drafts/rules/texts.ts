import type * as Y from 'yjs';
import { documentOf, type Part, textName } from '../../realtime/document';
import { blockOf, type Line, linesOf, looksOf, type Stretch } from './lines';

/** The flat text of these updates, in a temporary document of its own. */
export const textOf = (updates: Iterable<Part>): Y.Text => documentOf(updates).getText(textName);

/** Its lines, as a reader sees them. */
export const linesIn = (text: Y.Text): Line[] => linesOf(text.toDelta() as Stretch[]);

export type Passage = { from: number; to: number; words: string };

/** One line of a text by its place among the lines, without its end; null where there is none. */
export function passageAt(text: string, at: number): Passage | null {
  const words = text.split('\n')[at];
  if (words === undefined) return null;
  const from = text.split('\n', at).reduce((sum, line) => sum + line.length + 1, 0);
  return { from, to: from + words.length, words };
}

/** A text as it may be kept under a name: words and what readers see of them, nothing else that a client has put in. */
export function deltaOf(text: Y.Text): { insert: string; attributes?: Record<string, unknown> }[] {
  return (text.toDelta() as Stretch[]).flatMap(({ insert, attributes }) => {
    if (typeof insert !== 'string') return [];
    const block = blockOf(attributes);
    const shown = { ...looksOf(attributes), ...(block === 'paragraph' ? {} : { block }) };
    return [Object.keys(shown).length > 0 ? { insert, attributes: shown } : { insert }];
  });
}

export type Words = { insert: string; attributes?: Record<string, unknown> }[];

const alike = (a: Words[number], b: Words[number]) =>
  JSON.stringify(a.attributes ?? {}) === JSON.stringify(b.attributes ?? {});

/** The same with neighbours that look alike in one stretch: equal texts give equal lists, however they were written. */
export function joined(words: Words): Words {
  const out: Words = [];
  for (const stretch of words) {
    const last = out.at(-1);
    if (last && alike(last, stretch)) last.insert += stretch.insert;
    else if (stretch.insert) out.push({ ...stretch });
  }
  return out;
}
export const stretchesOf = (text: Y.Text): Words => joined(deltaOf(text));
export const wordsIn = (words: Words): string => words.map(({ insert }) => insert).join('');

/** A part of a text with its looks, by letters. */
export function sliceOf(words: Words, from: number, to = Number.POSITIVE_INFINITY): Words {
  let at = 0;
  const out: Words = [];
  for (const stretch of words) {
    const insert = stretch.insert.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (insert) out.push({ ...stretch, insert });
    at += stretch.insert.length;
  }
  return out;
}
