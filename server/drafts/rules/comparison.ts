import { type Change, changes } from '../rules';
import { type Block, type Line, linesOf, type Stretch, wordsOf } from './lines';

export type Piece = { kind: 'same' | 'out' | 'in'; text: string };
/** Of a line whose words stay and whose looks do not: what it was and is; twice the same where only words look otherwise. */
export type Look = { was: Block; now: Block };
/** A line with what was taken out of it and put into it, or how many lines in between stay as they were. */
export type Row =
  | { kind: 'line'; at: number; pieces: Piece[]; look?: Look }
  | { kind: 'fold'; lines: number };

const tokens = /\p{L}[\p{L}\p{M}\p{N}]*|\p{N}+|\s+|./gsu;

/** How many letters two wordings begin with in common, in whole words and signs. */
function commonStart(one: readonly string[], other: readonly string[]): number {
  let same = 0;
  for (let i = 0; i < Math.min(one.length, other.length) && one[i] === other[i]; i++) same += one[i]!.length;
  return same;
}

/** What a change exchanges, without what stays at its two ends: «paga.» for «paga, y ya.» puts in «, y ya» alone. */
function core(out: string, put: string): { head: number; tail: number } {
  const [one, other] = [out.match(tokens) ?? [], put.match(tokens) ?? []];
  const head = commonStart(one, other);
  const rest = (text: string) => (text.slice(head).match(tokens) ?? []).reverse();
  return { head, tail: commonStart(rest(out), rest(put)) };
}

/** A text with these changes of it (from left to right) written into it. */
export function pieces(text: string, wanted: readonly Change[]): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  const say = (kind: Piece['kind'], words: string) => {
    const last = found.at(-1);
    if (last?.kind === kind) last.text += words;
    else if (words) found.push({ kind, text: words });
  };
  for (const change of wanted) {
    say('same', text.slice(at, change.at));
    at = change.at + change.remove;
    const [out, put] = [text.slice(change.at, at), change.insert];
    const { head, tail } = core(out, put);
    say('same', out.slice(0, head));
    say('out', out.slice(head, out.length - tail));
    say('in', put.slice(head, put.length - tail));
    say('same', out.slice(out.length - tail));
  }
  say('same', text.slice(at));
  return found;
}

type Seen = { at: number; to: number; pieces: Piece[]; look?: Look };

/** The same, line by line: a line end belongs to the line that it ends. `at`, `to`: its place before and after. */
function byLine(all: readonly Piece[]): Seen[] {
  const lines: Seen[] = [{ at: 0, to: 0, pieces: [] }];
  let [at, to] = [0, 0];
  for (const { kind, text } of all)
    for (const part of text.split(/(?<=\n)/)) {
      lines.at(-1)!.pieces.push({ kind, text: part });
      if (!part.endsWith('\n')) continue;
      if (kind !== 'in') at++;
      if (kind !== 'out') to++;
      lines.push({ at, to, pieces: [] });
    }
  return lines;
}

const worded = ({ pieces: all }: { pieces: Piece[] }) => all.some(({ kind }) => kind !== 'same');
const moved = (line: Seen) => worded(line) || line.look !== undefined;
const bare = ({ pieces: all }: { pieces: Piece[] }) => all.every(({ text }) => text.trim() === '');

/**
 * What these changes do to a text, to be read: the lines that change, with so many on both sides of each; the
 * others folded. Empty lines that stay are left out.
 */
export const rowsOf = (text: string, wanted: readonly Change[], around = 1): Row[] =>
  folded(byLine(pieces(text, wanted)), around);

function folded(all: readonly Seen[], around: number): Row[] {
  const lines = all.filter((line) => moved(line) || !bare(line));
  const near = new Set<number>();
  for (const [i, line] of lines.entries())
    if (moved(line)) for (let j = i - around; j <= i + around; j++) near.add(j);
  const rows: Row[] = [];
  for (const [i, line] of lines.entries()) {
    const { to: _to, ...shown } = line;
    if (near.has(i)) rows.push({ kind: 'line', ...shown });
    else {
      const last = rows.at(-1);
      if (last?.kind === 'fold') last.lines++;
      else rows.push({ kind: 'fold', lines: 1 });
    }
  }
  return rows;
}

const looks = (line: Line) => JSON.stringify(line.runs);

/** What became of a line whose words stay, if anything did. An empty line has no looks. */
function lookOf(before: Line | undefined, after: Line | undefined): Look | undefined {
  if (!before || !after || wordsOf(before).trim() === '') return undefined;
  if (before.block === after.block && looks(before) === looks(after)) return undefined;
  return { was: before.block, now: after.block };
}

const plain = (delta: readonly Stretch[]) =>
  delta.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');

/** Two texts compared word by word, and by their looks where the words stay. */
export function comparedWithLooks(from: readonly Stretch[], to: readonly Stretch[], around = 1): Row[] {
  const [before, after] = [linesOf(from), linesOf(to)];
  const text = plain(from);
  const lines = byLine(pieces(text, changes(text, plain(to))));
  for (const line of lines) if (!worded(line)) line.look = lookOf(before[line.at], after[line.to]);
  return folded(lines, around);
}

/** Two texts compared word by word. */
export const compared = (from: string, to: string, around = 1): Row[] =>
  rowsOf(from, changes(from, to), around);

/** The same, each line as `read` has it be read: given its places before and after, and its pieces. */
export const comparedAs = (from: string, to: string, read: (line: Seen) => Piece[]): Row[] =>
  folded(
    byLine(pieces(from, changes(from, to))).map((line) => ({ ...line, pieces: read(line) })),
    1,
  );

/** What changes take away and bring, in short; several places are told apart by an ellipsis. */
export function inShort(text: string, wanted: readonly Change[]): { removed: string; inserted: string } {
  const join = (words: string[]) =>
    words
      .map((one) => one.trim())
      .filter(Boolean)
      .join(' … ');
  return {
    removed: join(wanted.map(({ at, remove }) => text.slice(at, at + remove))),
    inserted: join(wanted.map(({ insert }) => insert)),
  };
}
