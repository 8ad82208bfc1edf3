import { type Line, wordsOf } from './lines';

/** How many letters of a long text stand on one page, so that it stays a light one. */
export const partAtMost = 20_000;

export type Part = {
  /** From 1. */
  part: number;
  parts: number;
  /** The first line on it, and the first after it. */
  from: number;
  to: number;
};

/** Where each page of a text of lines of these lengths begins: a line is never broken between two pages. */
function starts(lengths: readonly number[], atMost: number): number[] {
  const found = [0];
  let letters = 0;
  for (const [at, length] of lengths.entries()) {
    if (letters > 0 && letters + length > atMost) {
      found.push(at);
      letters = 0;
    }
    letters += length + 1;
  }
  return found;
}

/** One page of a long text; the last one where so many are not there. */
export function partOf(lengths: readonly number[], wanted: number, atMost = partAtMost): Part {
  const all = starts(lengths, atMost);
  const part = Math.min(Math.max(1, wanted), all.length);
  return { part, parts: all.length, from: all[part - 1]!, to: all[part] ?? lengths.length };
}

/** On which page of a long text a line stands. */
export function partWith(lengths: readonly number[], line: number): number {
  return starts(lengths, partAtMost).filter((start) => start <= line).length;
}

/** One page, of lines. */
export const partOfLines = (lines: readonly Line[], wanted: number): Part =>
  partOf(
    lines.map((line) => wordsOf(line).length),
    wanted,
  );
