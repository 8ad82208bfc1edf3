import { comparedPoints, lettersOf, readable } from '../document/rules/comparison';
import { type Change, changes } from '../drafts/rules/changes';
import type { Row } from '../drafts/rules/comparison';

export const kinds = ['replace', 'add', 'remove'] as const;
export type Kind = (typeof kinds)[number];
export const states = ['open', 'accepted', 'rejected', 'withdrawn', 'overtaken'] as const;
export type State = (typeof states)[number];

/** One base or table has at most so many before the committee: enough for every chapter, too few to flood the desk. */
export const openAtMost = 30;

/**
 * How many bases besides the proposer make a rejected amendment a rival in the vote. Three, since a base and a
 * friend of it are no movement; a tenth of the accredited bases where that is more, since each rival is one more
 * question that every delegate must read.
 */
const basesAtLeast = 3;
const percentOfBases = 10;
export const backingNeeded = (accredited: number): number =>
  Math.max(basesAtLeast, Math.ceil((accredited * percentOfBases) / 100));

/**
 * Whether it stands beside the document's text in the vote: enough bases are behind it, and it was not taken up. An
 * open one does too: a committee that does not answer has not said yes, and its silence keeps nothing from the voters.
 */
export const standsAsRival = (
  { state, backings }: { state: State; backings: number },
  accredited: number,
): boolean => (state === 'rejected' || state === 'open') && backings >= backingNeeded(accredited);

/** Whether two changes of one text touch: the same letters, or words put in where the other changes something. */
export function touch(one: Change, other: Change): boolean {
  const [oneEnd, otherEnd] = [one.at + one.remove, other.at + other.remove];
  if (one.remove === 0 || other.remove === 0) return one.at <= otherEnd && other.at <= oneEnd;
  return one.at < otherEnd && other.at < oneEnd;
}

/** What an amendment changes in the words of an article; who wants it gone changes them all. */
export const changesOf = (words: string, { kind, text }: { kind: Kind; text: string }): Change[] =>
  kind === 'add' ? [] : changes(words, kind === 'remove' ? '' : text);

/**
 * Amendments that touch the same words, in groups, each in the order given; also where only a third one joins two.
 * @param words of the article that they all speak of.
 */
export function together<A extends { kind: Kind; text: string }>(words: string, all: readonly A[]): A[][] {
  const changed = new Map(all.map((one) => [one, changesOf(words, one)]));
  const meet = (one: A, other: A) =>
    changed.get(one)!.some((mine) => changed.get(other)!.some((theirs) => touch(mine, theirs)));
  let groups: A[][] = [];
  for (const one of all) {
    const joined = groups.filter((group) => group.some((other) => meet(one, other)));
    groups = [...groups.filter((group) => !joined.includes(group)), [...joined.flat(), one]];
  }
  const place = new Map(all.map((one, i) => [one, i]));
  const at = (one: A) => place.get(one)!;
  return groups.map((group) => group.sort((a, b) => at(a) - at(b))).sort((a, b) => at(a[0]!) - at(b[0]!));
}

/**
 * The words that come of two changes of one text, made without knowing of each other.
 * @returns null where both touch the same words in different ways: then a person has to write them.
 */
export function merged(base: string, theirs: string, ours: string): string | null {
  const there = changes(base, theirs);
  const same = (one: Change) => (other: Change) =>
    one.at === other.at && one.remove === other.remove && one.insert === other.insert;
  const here = changes(base, ours).filter((change) => !there.some(same(change)));
  if (here.some((mine) => there.some((other) => touch(mine, other)))) return null;
  let [text, at] = ['', 0];
  for (const change of [...here, ...there].sort((a, b) => a.at - b.at)) {
    text += base.slice(at, change.at) + change.insert;
    at = change.at + change.remove;
  }
  return text + base.slice(at);
}

type Words = { title: string; text: string };
/**
 * What becomes of an amendment when the next version is frozen. An open one goes along as long as the words it was
 * written for are there; else its base is told to look again. A rejected one, and an open one that stands as a rival,
 * goes along as long as its article is there at all: one changed word does not take a rival out of the vote.
 */
export function fateOf(
  { kind, state, rival }: { kind: Kind; state: State; rival: boolean },
  before: Words | null,
  after: Words | null,
): 'carried' | 'overtaken' | 'stays' {
  if (state !== 'open' && state !== 'rejected') return 'stays';
  if (kind === 'add') return 'carried';
  if (state === 'rejected') return after ? 'carried' : 'stays';
  if (rival && after) return 'carried';
  return after && before?.text === after.text && before.title === after.title ? 'carried' : 'overtaken';
}

/** The difference it makes, line by line; of a new one all is new, of one that goes all goes. */
export const rowsOf = (words: string, { kind, text }: { kind: Kind; text: string }): Row[] =>
  readable(comparedPoints(kind === 'add' ? '' : words, kind === 'remove' ? '' : text));

/** Of a difference what fits in so many letters, and whether that is not all. */
export function inShort(rows: readonly Row[], most: number): { rows: Row[]; more: boolean } {
  let left = most;
  const shown = rows.filter((row) => {
    left -= lettersOf(row);
    return left >= 0;
  });
  return { rows: shown, more: left < 0 };
}
