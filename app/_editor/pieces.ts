import type { Step } from './rich/diff';

// Own inserts of a size that fits a frame.
const atMost = 30_000;

/** At least one piece, and none that ends between the two halves of one sign. */
export function inPieces(words: string): string[] {
  const found: string[] = [];
  let from = 0;
  do {
    let to = Math.min(words.length, from + atMost);
    if (to < words.length && /[\uD800-\uDBFF]/.test(words[to - 1]!)) to--;
    found.push(words.slice(from, to));
    from = to;
  } while (from < words.length);
  return found;
}

/** The same of what is put in with its looks. */
export const stepsInPieces = (steps: readonly Step[]): Step[] =>
  steps.flatMap<Step>((step) =>
    'insert' in step ? inPieces(step.insert).map((insert) => ({ ...step, insert })) : [step],
  );
export const isLarge = (steps: readonly Step[]) =>
  steps.some((step) => 'insert' in step && step.insert.length > atMost);
