import type * as Y from 'yjs';
import { type Block, type Line, linesOf, type Stretch, wordsOf } from './lines';

const listed = (block: Block) => block === 'bullet' || block === 'number';
/** What comes behind a line: in a list one more point, else a paragraph. */
const follower = (block: Block): Block => (listed(block) ? block : 'paragraph');
const attributes = (block: Block) => (block === 'paragraph' ? {} : { block });

type At = { line: Line; before: string; behind: string };

/** The line in which a letter stands, and its words before and behind that letter. */
function lineAt(lines: readonly Line[], index: number): At {
  let left = index;
  for (const line of lines) {
    const words = wordsOf(line);
    if (left <= words.length) return { line, before: words.slice(0, left), behind: words.slice(left) };
    left -= words.length + 1;
  }
  return { line: { block: 'paragraph', runs: [] }, before: '', behind: '' };
}

/**
 * What each line becomes that words without looks bring along or cut through: the line that was there stays what it
 * was, whether something is put before it, behind it or into it; what is new continues a list, else is a paragraph.
 * @returns for each line end in `insert` what it ends, and what the line becomes that goes on behind it.
 */
function become(first: At, last: At, insert: string): { ends: Block[]; rest: Block } {
  const count = insert.split('\n').length - 1;
  const [begun, goes] = [first.line.block, last.line.block];
  if (count === 0) return { ends: [], rest: first.before ? begun : goes };
  if (!first.before && last.behind)
    return { ends: Array.from({ length: count }, () => follower(goes)), rest: goes };
  const more = Array.from({ length: count - 1 }, () => follower(begun));
  return { ends: [begun, ...more], rest: last.behind ? goes : follower(begun) };
}

/**
 * Puts words into a flat text as a plain field or a form gives them, in place of `remove` letters. Words look like
 * the words before them, and lines keep what they are.
 */
export function put(text: Y.Text, at: number, remove: number, insert: string): void {
  const whole = text.toString();
  if (!insert.includes('\n') && !whole.slice(at, at + remove).includes('\n')) {
    if (remove > 0) text.delete(at, remove);
    if (insert) text.insert(at, insert);
    return;
  }
  const lines = linesOf(text.toDelta() as Stretch[]);
  const [first, last] = [lineAt(lines, at), lineAt(lines, at + remove)];
  if (remove === 0 && first.before && insert.startsWith('\n') && whole[at] === '\n') {
    // At the end of a line: what is new comes behind its end, which stays as it is.
    write(text, at + 1, `${insert.slice(1)}\n`, () => follower(first.line.block));
    return;
  }
  const { ends, rest } = become(first, last, insert);
  if (remove > 0) text.delete(at, remove);
  write(text, at, insert, (i) => ends[i]!);
  const end = at + insert.length + last.behind.length;
  if (rest !== last.line.block && end < text.length)
    text.format(end, 1, { block: rest === 'paragraph' ? null : rest });
}

function write(text: Y.Text, from: number, insert: string, ends: (i: number) => Block): void {
  let at = from;
  for (const [i, words] of insert.split('\n').entries()) {
    if (i > 0) text.insert(at++, '\n', attributes(ends(i - 1)));
    if (words) text.insert(at, words);
    at += words.length;
  }
}
