import type { Choice } from '../rules';
import { fewestVoters } from '../rules';

/** What a paper may say once it is unfolded. */
export const marks = ['yes', 'no', 'abstain', 'blank', 'void'] as const;
export type Mark = (typeof marks)[number];
export type UrnCount = Record<Mark, number>;

/** With fewer papers an urn would show how each of its people voted: until then nobody is given one. */
export const fewestPapers = fewestVoters;

/** The urn of somebody with these places in the plan: people of one kind alone share one. */
export const urnOf = (places: readonly number[] | null): string => (places ?? []).join('.');
export const placesOf = (urn: string): number[] =>
  urn === '' || urn === mixedUrn ? [] : urn.split('.').map(Number);

/** From the count on, of a rule that counts groups: everybody who voted on paper, in whatever urn. */
export const mixedUrn = '*';

/** With ten names its papers can be given out; before, the names only wait. */
export const isFull = (names: number): boolean => names >= fewestPapers;

/** Whether a name may be taken off again: an urn whose papers were given out keeps ten. */
export const mayGiveBack = (names: number, given: boolean): boolean => !given || isFull(names - 1);

/** Why this person may not say now that the papers of an urn are given out; null when she may. */
export function givingProblem(
  { names, given, first }: { names: number; given: boolean; first: string | null },
  personId: string,
  bases: readonly string[],
  others: readonly string[],
):
  | 'ballots.urn_given'
  | 'ballots.urn_few'
  | 'ballots.urn_said'
  | 'ballots.urn_same_base'
  | 'ballots.urn_no_base'
  | null {
  if (given) return 'ballots.urn_given';
  if (!isFull(names)) return 'ballots.urn_few';
  if (bases.length === 0) return 'ballots.urn_no_base';
  if (first === null) return null;
  if (first === personId) return 'ballots.urn_said';
  return bases.some((base) => others.includes(base)) ? 'ballots.urn_same_base' : null;
}

export const papersIn = (count: UrnCount): number => marks.reduce((sum, mark) => sum + count[mark], 0);

/** The first question, from 1, whose numbers do not add up to the papers given out; null where all do. */
export function wrongSum(counts: readonly UrnCount[], papers: number): number | null {
  const at = counts.findIndex((count) => papersIn(count) !== papers);
  return at < 0 ? null : at + 1;
}

export type Entry = { round: number; personId: string; counts: readonly UrnCount[] | null };
export type Reading =
  | { state: 'none'; round: number }
  | { state: 'one'; round: number; by: string }
  | { state: 'agreed'; round: number; counts: readonly UrnCount[] | null }
  /** Two counts of the round before differ: both are shown, and it is counted again. */
  | { state: 'differ'; round: number; both: readonly Entry[] };

const same = (a: Entry, b: Entry) =>
  (a.counts === null && b.counts === null) ||
  (a.counts?.length === b.counts?.length &&
    a.counts!.every((count, i) => marks.every((mark) => count[mark] === b.counts![i]![mark])));

/** Where the counting of one urn stands. Numbers that have gone into the box were agreed on. */
export function reading(entries: readonly Entry[]): Reading {
  const last = Math.max(0, ...entries.map(({ round }) => round));
  const now = entries.filter(({ round }) => round === last);
  if (now.length === 0) return { state: 'none', round: 1 };
  if (now.length === 1) return { state: 'one', round: last, by: now[0]!.personId };
  if (same(now[0]!, now[1]!)) return { state: 'agreed', round: last, counts: now[0]!.counts };
  return { state: 'differ', round: last + 1, both: now };
}

/**
 * Why this person may not write down her count now, as a failure's code; null when she may.
 * @param bases hers, @param others those of the one who counted first in this round
 */
export function entryProblem(
  now: Reading,
  personId: string,
  bases: readonly string[],
  others: readonly string[],
): 'ballots.urn_done' | 'ballots.urn_twice' | 'ballots.urn_same_base' | 'ballots.urn_no_base' | null {
  if (now.state === 'agreed') return 'ballots.urn_done';
  if (bases.length === 0) return 'ballots.urn_no_base';
  if (now.state !== 'one') return null;
  if (now.by === personId) return 'ballots.urn_twice';
  return bases.some((base) => others.includes(base)) ? 'ballots.urn_same_base' : null;
}

/** The papers as the rule counts them: blank and void are there, and say neither yes nor no. */
export const choicesIn = ({ yes, no, abstain, blank, void: spoilt }: UrnCount): Choice[] => [
  ...Array.from({ length: yes }, (): Choice => 'si'),
  ...Array.from({ length: no }, (): Choice => 'no'),
  ...Array.from({ length: abstain + blank + spoilt }, (): Choice => 'abstencion'),
];
