import * as Y from 'yjs';
import type { Places } from './places';

/** A stretch of words, by the letters at its two ends: it stays with them while others write. */
export type Anchor = { from: Uint8Array; to: Uint8Array };

export function anchorAt(text: Y.Text, from: number, to: number): Anchor {
  const place = (index: number, assoc: number) =>
    Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, assoc));
  // Both ends hold on to a letter of the stretch, so that what is written beside it is not taken for part of it.
  return { from: place(from, 0), to: place(to, -1) };
}

/** Where the stretch stands now, and its words; `gone` where none of its letters is left, with where they were. */
export function standsAt(places: Places, { from, to }: Anchor): { at: number; words: string; gone: boolean } {
  const index = (bytes: Uint8Array) => places.indexOf(Y.decodeRelativePosition(bytes));
  const [start, end] = [index(from), index(to)];
  const at = start ?? end ?? 0;
  const words = start !== undefined && end !== undefined ? places.words.slice(start, end) : '';
  return { at, words, gone: words.trim() === '' };
}

/** With one blank for each run of them, and where each letter stood. */
function squeezed(words: string): { text: string; places: number[] } {
  const places: number[] = [];
  let text = '';
  for (const { 0: part, index } of words.matchAll(/\s+|\S+/g)) {
    const said = part.trim() === '' ? ' ' : part;
    for (let i = 0; i < said.length; i++) places.push(index + i);
    text += said;
  }
  return { text, places };
}

/** In small letters, each in its own place. */
const small = (words: string) =>
  words.replace(/\p{L}/gu, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  });

/**
 * Where some words stand in a line, however many blanks are between them; null where they do not. Searched as words
 * and never as a pattern, whose cost on a long line is for the one who writes the words to choose.
 */
export function findWords(lineWords: string, quote: string): { from: number; to: number } | null {
  const wanted = squeezed(quote.normalize('NFC').trim()).text;
  if (wanted === '') return null;
  const { text, places } = squeezed(lineWords);
  // Exactly as they are written, or else whatever their capitals.
  const exact = text.indexOf(wanted);
  const at = exact >= 0 ? exact : small(text).indexOf(small(wanted));
  return at < 0 ? null : { from: places[at]!, to: places[at + wanted.length - 1]! + 1 };
}
