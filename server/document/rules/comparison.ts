import { compared, comparedAs, type Piece, type Row } from '../../drafts/rules/comparison';
import type { Wording } from '../rules';
import { lettersIn, withLetter } from './points';

/** An article as a version lists it. `words` is equal in two versions exactly where nothing that it says differs. */
export type Standing = {
  articleId: string;
  number: number;
  area: string;
  title: string;
  words: string;
  /** Its areas, in one order. They follow it into another chapter, so they tell something only where it stays. */
  areas: string;
  /** How many letters it says, to know how much of it fits on a page. */
  letters: number;
};

/** What became of an article, whose identity is its id; `before` and `after` are its places in the two versions. */
export type Fate<S extends Standing = Standing> = {
  id: string;
  before: S | null;
  after: S | null;
  changed: boolean;
  /** It stands in another chapter. */
  chapter: boolean;
  /** It stands before or after others than it did; not where its number is only pushed on by its neighbours. */
  place: boolean;
};
export const kinds = ['new', 'retired', 'changed', 'moved', 'renumbered', 'same'] as const;
export type Kind = (typeof kinds)[number];

/** The one word for what became of an article: the weightiest that holds. */
export function kindOf({ before, after, changed, chapter, place }: Fate): Kind {
  if (!before) return 'new';
  if (!after) return 'retired';
  if (changed) return 'changed';
  if (chapter || place) return 'moved';
  return before.number === after.number ? 'same' : 'renumbered';
}

/** The places of one longest rising run of numbers: those who keep their order, so that all others have moved. */
function rising(numbers: readonly number[]): Set<number> {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [i, number] of numbers.entries()) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[tails[middle]!]! < number) low = middle + 1;
      else high = middle;
    }
    previous.push(low > 0 ? tails[low - 1]! : -1);
    tails[low] = i;
  }
  const kept = new Set<number>();
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i]!) kept.add(i);
  return kept;
}

/**
 * What became of every article of two versions, in the order of the later one; what was retired stands behind the
 * article that it followed.
 */
export function fates<S extends Standing>(old: readonly S[], young: readonly S[]): Fate<S>[] {
  const before = new Map(old.map((article) => [article.articleId, article]));
  const after = new Map(young.map((article) => [article.articleId, article]));
  const kept = young.filter(({ articleId }) => before.has(articleId));
  const steady = rising(kept.map(({ articleId }) => before.get(articleId)!.number));
  const still = new Set(kept.filter((_, i) => steady.has(i)).map(({ articleId }) => articleId));
  const retired = new Map<string | null, Fate<S>[]>();
  let follows: string | null = null;
  for (const article of old) {
    if (after.has(article.articleId)) follows = article.articleId;
    else {
      const fate = { id: article.articleId, before: article, after: null };
      const gone = { ...fate, changed: false, chapter: false, place: false };
      retired.set(follows, [...(retired.get(follows) ?? []), gone]);
    }
  }
  const found = [...(retired.get(null) ?? [])];
  for (const article of young) {
    const was = before.get(article.articleId) ?? null;
    const chapter = was !== null && was.area !== article.area;
    found.push({
      id: article.articleId,
      before: was,
      after: article,
      changed: was !== null && (was.words !== article.words || (!chapter && was.areas !== article.areas)),
      chapter,
      place: was !== null && !still.has(article.articleId),
    });
    found.push(...(retired.get(article.articleId) ?? []));
  }
  return found;
}

/** How many articles had each fate. */
export function counted(all: readonly Fate[]): Record<Kind, number> {
  const counts = { new: 0, retired: 0, changed: 0, moved: 0, renumbered: 0, same: 0 };
  for (const fate of all) counts[kindOf(fate)]++;
  return counts;
}

/** Neighbours of which nothing is to be told but their numbers: from `first` to `last` now, from `was` on before. */
export type Run = { kind: 'same' | 'renumbered'; first: number; last: number; was: number };
export type Block<S extends Standing = Standing> = { run: Run } | { fate: Fate<S> };

/** The fates to be read one by one, and the others folded into runs. */
export function folded<S extends Standing>(all: readonly Fate<S>[]): Block<S>[] {
  const blocks: Block<S>[] = [];
  for (const fate of all) {
    const kind = kindOf(fate);
    if (kind !== 'same' && kind !== 'renumbered') {
      blocks.push({ fate });
      continue;
    }
    const [was, number] = [fate.before!.number, fate.after!.number];
    const last = blocks.at(-1);
    if (
      last &&
      'run' in last &&
      last.run.last + 1 === number &&
      last.run.first - last.run.was === number - was
    )
      last.run.last = number;
    else blocks.push({ run: { kind, first: number, last: number, was } });
  }
  return blocks;
}

const written = ['title', 'summary', 'text', 'law', 'reality', 'genderCheck'] as const;
const listed = ['areas', 'addressees', 'library'] as const;
const marked = ['territory', 'genderWaived'] as const;
export type Written = (typeof written)[number];
export type Listed = (typeof listed)[number];
export type Marked = (typeof marked)[number];

export type Difference = {
  /** Words that came and went, in all that is written in it. */
  words: { in: number; out: number };
  /** Everything written in which something differs. */
  fields: Written[];
  written: { field: Written; rows: Row[] }[];
  listed: { field: Listed; in: string[]; out: string[] }[];
  marked: Marked[];
  /** Concerns that came to stand behind it, and that no longer do. */
  concerns: { in: number; out: number };
};

const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;
const wordsIn = (rows: readonly Row[], kind: Piece['kind']): number =>
  rows
    .flatMap((row) => (row.kind === 'line' ? row.pieces : []))
    .filter((piece) => piece.kind === kind)
    .reduce((sum, { text }) => sum + (text.match(word)?.length ?? 0), 0);
const without = (some: readonly string[], others: readonly string[]) =>
  some.filter((one) => !others.includes(one)).sort();

type Compared = Omit<Wording, 'id' | 'area'>;

/**
 * The words of an article compared as they are read: points with their letters, those that go with the letter that
 * they had. A point that only gets another letter is no change.
 */
export function comparedPoints(before: string, after: string): Row[] {
  const [was, now] = [lettersIn(before), lettersIn(after)];
  return comparedAs(before, after, ({ at, to, pieces }) => {
    // The mark stands in the first piece of the line as it was, and of the line as it is.
    const begins = (other: Piece['kind']) => pieces.find(({ kind }) => kind !== other);
    const [old, fresh] = [begins('in'), begins('out')];
    return pieces.map((piece) => {
      const letter = piece === fresh ? now[to] : piece === old ? was[at] : null;
      return letter ? { kind: piece.kind, text: withLetter(piece.text, letter) } : piece;
    });
  });
}

/** What an article says in one version and no longer, or not yet, in another. */
export function difference(before: Compared, after: Compared): Difference {
  const texts = written
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, rows: compared(before[field], after[field]) }));
  const rows = texts.flatMap((text) => text.rows);
  return {
    words: { in: wordsIn(rows, 'in'), out: wordsIn(rows, 'out') },
    fields: texts.map(({ field }) => field),
    written: texts.map((text) =>
      text.field === 'text' ? { ...text, rows: comparedPoints(before.text, after.text) } : text,
    ),
    listed: listed
      .map((field) => ({
        field,
        in: without(after[field], before[field]),
        out: without(before[field], after[field]),
      }))
      .filter((list) => list.in.length + list.out.length > 0),
    marked: marked.filter((field) => before[field] !== after[field]),
    concerns: {
      in: without(after.concernIds, before.concernIds).length,
      out: without(before.concernIds, after.concernIds).length,
    },
  };
}

const ends = 160;
const lineAtMost = 2000;

/** Of a long stretch that stays, its beginning and end, in whole words. */
function shortened({ kind, text }: Piece): Piece {
  if (kind !== 'same' || text.length <= 3 * ends) return { kind, text };
  const head = text.slice(0, ends).replace(/\S*$/u, '');
  const tail = text.slice(-ends).replace(/^\S*/u, '');
  return { kind, text: `${head}[…]${tail}` };
}

/** Pieces of at most so many letters, cut between words where there are any. */
function cut({ kind, text }: Piece): Piece[] {
  const found: Piece[] = [];
  let rest = text;
  while (rest.length > lineAtMost) {
    const blank = rest.lastIndexOf(' ', lineAtMost);
    // Never through the middle of a letter that takes two units.
    const at = blank > 0 ? blank + 1 : lineAtMost - (/[\uD800-\uDBFF]/.test(rest[lineAtMost - 1]!) ? 1 : 0);
    found.push({ kind, text: rest.slice(0, at) });
    rest = rest.slice(at);
  }
  return [...found, { kind, text: rest }];
}

/** The same rows, so that one page can hold any of them: what stays is shortened, what is long is in several. */
export function readable(rows: readonly Row[]): Row[] {
  return rows.flatMap((row): Row[] => {
    if (row.kind === 'fold') return [row];
    const lines: Piece[][] = [[]];
    let letters = 0;
    for (const piece of row.pieces.map(shortened).flatMap(cut)) {
      if (letters > 0 && letters + piece.text.length > lineAtMost) {
        lines.push([]);
        letters = 0;
      }
      lines.at(-1)!.push(piece);
      letters += piece.text.length;
    }
    return lines.map((pieces) => ({ kind: 'line', at: row.at, pieces }));
  });
}

/** How many letters of a page a row takes where both sides are shown. */
export const lettersOf = (row: Row): number =>
  row.kind === 'fold'
    ? 40
    : row.pieces.reduce((sum, { kind, text }) => sum + text.length * (kind === 'same' ? 2 : 1), 0);
