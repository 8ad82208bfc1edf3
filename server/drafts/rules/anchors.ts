import * as Y from 'yjs';

/** A stretch of words, by the letters at its two ends: it stays with them while others write. */
export type Anchor = { from: Uint8Array; to: Uint8Array };

export function anchorAt(text: Y.Text, from: number, to: number): Anchor {
  const place = (index: number, assoc: number) =>
    Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, assoc));
  // Both ends hold on to a letter of the stretch, so that what is written beside it is not taken for part of it.
  return { from: place(from, 0), to: place(to, -1) };
}

/** Where the stretch stands now, and its words; `gone` where none of its letters is left, with where they were. */
export function standsAt(text: Y.Text, { from, to }: Anchor): { at: number; words: string; gone: boolean } {
  const index = (bytes: Uint8Array) =>
    Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(bytes), text.doc!)?.index;
  const [start, end] = [index(from), index(to)];
  const at = start ?? end ?? 0;
  const words = start !== undefined && end !== undefined ? text.toString().slice(start, end) : '';
  return { at, words, gone: words.trim() === '' };
}

/**
 * Where some words stand in a line, however many blanks are between them; null where they do not.
 */
export function findWords(lineWords: string, quote: string): { from: number; to: number } | null {
  const wanted = quote.normalize('NFC').trim().split(/\s+/);
  if (wanted[0] === '') return null;
  const pattern = wanted.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+');
  // Exactly as they are written, or else whatever their capitals.
  const found = new RegExp(pattern, 'u').exec(lineWords) ?? new RegExp(pattern, 'iu').exec(lineWords);
  return found ? { from: found.index, to: found.index + found[0].length } : null;
}
