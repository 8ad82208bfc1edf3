/** One stretch of a text exchanged for another; `at` and `remove` count UTF-16 units of the old text. */
export type Difference = { at: number; remove: number; insert: string };
/** What Yjs says of a change: steps over, takes away, puts in. */
export type Delta = { retain?: number; delete?: number; insert?: unknown }[];

const splits = (text: string, at: number) =>
  at > 0 && at < text.length && /[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text.slice(at - 1, at + 1));

/**
 * What one input did to the text of a field. Where letters repeat, the caret tells which of them was typed:
 * nothing behind it has changed. A sign of two units is never cut in half.
 */
export function difference(before: string, after: string, caret: number): Difference {
  let tail = 0;
  const tailAtMost = Math.min(before.length, after.length - Math.min(caret, after.length));
  while (tail < tailAtMost && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  while (tail > 0 && (splits(before, before.length - tail) || splits(after, after.length - tail))) tail--;
  let head = 0;
  const headAtMost = Math.min(before.length, after.length) - tail;
  while (head < headAtMost && before[head] === after[head]) head++;
  while (head > 0 && (splits(before, head) || splits(after, head))) head--;
  return {
    at: head,
    remove: before.length - tail - head,
    insert: after.slice(head, after.length - tail),
  };
}

/** Where a place in the text is after somebody else's change; what is put in just there stands behind it. */
export function moved(place: number, delta: Delta): number {
  let now = place;
  let at = 0;
  for (const { retain, delete: gone, insert } of delta) {
    if (retain) at += retain;
    else if (gone) {
      if (at < now) now -= Math.min(gone, now - at);
    } else if (typeof insert === 'string') {
      if (at < now) now += insert.length;
      at += insert.length;
    }
  }
  return now;
}

/** Where the last thing that a change did ends: there the eye looks after an undo. */
export function endOf(delta: Delta): number {
  let at = 0;
  for (const { retain, insert } of delta) at += retain ?? (typeof insert === 'string' ? insert.length : 0);
  return at;
}
