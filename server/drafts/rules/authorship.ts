import * as Y from 'yjs';
import type { Span } from '../../realtime/authors';

type Author = string | null;
type Authored = Span & { author: Author };
export type Stretch = { words: string; author: Author };

/** Whose the letter `clock` of a client is, and up to which letter that holds. Runs in order, none upon another. */
function whose(runs: readonly Authored[], clock: number): { author: Author; until: number } {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle]!.clock + runs[middle]!.length > clock) high = middle;
    else low = middle + 1;
  }
  const run = runs[low];
  if (!run) return { author: null, until: Number.POSITIVE_INFINITY };
  // Between two runs nobody is known to have brought it.
  return run.clock <= clock
    ? { author: run.author, until: run.clock + run.length }
    : { author: null, until: run.clock };
}

/** A text in stretches by who brought their letters; neighbours of one author are one. */
export function stretchesOf(text: Y.Text, authors: readonly Authored[]): Stretch[] {
  const byClient = new Map<number, Authored[]>();
  for (const one of authors) {
    const runs = byClient.get(one.client);
    if (runs) runs.push(one);
    else byClient.set(one.client, [one]);
  }
  for (const runs of byClient.values()) runs.sort((a, b) => a.clock - b.clock);
  const found: Stretch[] = [];
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    const { client, clock } = item.id;
    const runs = byClient.get(client) ?? [];
    const { str } = item.content;
    for (let at = 0; at < str.length; ) {
      const { author, until } = whose(runs, clock + at);
      const end = Math.min(str.length, until - clock);
      const last = found.at(-1);
      if (last && last.author === author) last.words += str.slice(at, end);
      else found.push({ words: str.slice(at, end), author });
      at = end;
    }
  }
  return found;
}

/** The same line by line; blanks belong to whoever wrote the words before them. */
export function authoredLines(stretches: readonly Stretch[]): Stretch[][] {
  const lines: Stretch[][] = [[]];
  for (const { words, author } of stretches)
    for (const [i, part] of words.split('\n').entries()) {
      if (i > 0) lines.push([]);
      if (part === '') continue;
      const line = lines.at(-1)!;
      const last = line.at(-1);
      if (last && (last.author === author || part.trim() === '')) last.words += part;
      else line.push({ words: part, author });
    }
  return lines;
}
