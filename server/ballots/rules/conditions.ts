import type { Counts } from '../rules';

/** Some of the voters, by what the roll says of all of them: how many are on it, and how they voted. */
export type Group = { label: string; roll: number; counts: Counts };

/** Everybody, and the same people sorted by each thing that the rule looks at: «sex», «region», «cooperative»… */
export type Tables = {
  overall: Group;
  by: Readonly<Record<string, readonly Group[]>>;
  /** The chamber of associations, one base one vote, by name; where the rule asks for one. */
  chamber?: { seats: number; counts: Counts };
};

/** Whose papers a condition counts: everybody's, or those of one group. */
export type Scope = 'overall' | { dimension: string; label: string };

/** Enough of them took part. Some bodies let abstentions count for it, some (the ILO) do not. */
export type Quorum = { of: Scope; percent: number; abstentions: boolean };

/**
 * What must hold for a text to be adopted, as data. `percent` 50 asks for more yes than no, any other one for that
 * share of yes and no.
 * - `majority`: among those of one scope; `every`: in every group; `share`: in so many hundredths of the groups.
 * - `mass`: the groups in favour hold so many hundredths of the roll; `against`: fewer than so many groups are not in
 *   favour; `noes`: no group has as many noes; `balanced`: each group weighs the same, whatever its size.
 * - `chamber`: among the associations, one base one vote; where fewer than `quorum` hundredths of the seats spoke, it
 *   holds nothing up, so that staying away cannot block.
 * - `any`: one of several lists holds whole.
 */
export type Condition =
  | { kind: 'majority'; of: Scope; percent: number }
  | { kind: 'every'; dimension: string; percent: number }
  | { kind: 'share'; dimension: string; percent: number; share: number }
  | { kind: 'mass'; dimension: string; percent: number }
  | { kind: 'against'; dimension: string; fewerThan: number }
  | { kind: 'noes'; dimension: string; fewerThan: number }
  | { kind: 'balanced'; dimension: string; percent: number }
  | { kind: 'chamber'; percent: number; quorum: number }
  | { kind: 'any'; of: readonly (readonly Condition[])[] };

export const cast = ({ yes, no, abstain }: Counts): number => yes + no + abstain;
const nobody: Group = { label: '', roll: 0, counts: { yes: 0, no: 0, abstain: 0 } };

/** More yes than no, or that share of them; without a yes nobody is in favour. */
export const favours = ({ yes, no }: Counts, percent: number): boolean =>
  percent <= 50 ? yes > no : yes > 0 && yes * 100 >= percent * (yes + no);
/** At least that share of yes and no: below half it is what a group must not fall under. */
const reaches = ({ yes, no }: Counts, percent: number) =>
  percent < 50 ? yes > 0 && yes * 100 >= percent * (yes + no) : favours({ yes, no, abstain: 0 }, percent);

/** The group of a scope; one that is not there has nobody in it. */
export const groupOf = (tables: Tables, of: Scope): Group =>
  of === 'overall'
    ? tables.overall
    : (tables.by[of.dimension]?.find(({ label }) => label === of.label) ?? nobody);

/**
 * The groups of a dimension that are large enough to be counted by themselves. Smaller ones would show how their
 * members voted; they are counted with everybody, and never hold a text up.
 */
export const counted = (tables: Tables, dimension: string, least: number): Group[] =>
  (tables.by[dimension] ?? []).filter(({ counts }) => cast(counts) >= least);

/** How many papers a quorum asks for. A group must also be large enough to be told of. */
export const needed = (quorum: Quorum, roll: number, least: number): number =>
  Math.max(Math.ceil((roll * quorum.percent) / 100), quorum.of === 'overall' ? 1 : least);

export function quorumHolds(quorum: Quorum, tables: Tables, least: number): boolean {
  const { roll, counts } = groupOf(tables, quorum.of);
  const present = quorum.abstentions ? cast(counts) : counts.yes + counts.no;
  return roll > 0 && present >= needed(quorum, roll, least);
}

/** Whether a condition holds; of no groups at all none does. @param least papers that make a group count */
export function holds(condition: Condition, tables: Tables, least: number): boolean {
  if (condition.kind === 'any')
    return condition.of.some((list) => list.every((one) => holds(one, tables, least)));
  if (condition.kind === 'majority') return reaches(groupOf(tables, condition.of).counts, condition.percent);
  if (condition.kind === 'chamber') return chamberHolds(condition, tables);
  const groups = counted(tables, condition.dimension, least);
  if (groups.length === 0) return false;
  const inFavour = groups.filter(({ counts }) => favours(counts, 50));
  const heads = (some: readonly Group[]) => some.reduce((sum, { roll }) => sum + roll, 0);
  switch (condition.kind) {
    case 'every':
      return groups.every(({ counts }) => reaches(counts, condition.percent));
    case 'share': {
      const reached = groups.filter(({ counts }) => reaches(counts, condition.percent)).length;
      return reached * 100 >= condition.share * groups.length;
    }
    case 'mass':
      return heads(inFavour) * 100 >= condition.percent * heads(groups);
    case 'against':
      return groups.length - inFavour.length < condition.fewerThan;
    case 'noes':
      return groups.every(({ counts }) => counts.no < condition.fewerThan);
    case 'balanced':
      return balanced(groups, condition.percent);
  }
}

/** Whether enough seats spoke for the chamber to have said anything. */
export const chamberSpoke = (quorum: number, { seats, counts }: NonNullable<Tables['chamber']>): boolean =>
  seats > 0 && cast(counts) > 0 && cast(counts) * 100 >= quorum * seats;

const chamberHolds = (
  { percent, quorum }: { percent: number; quorum: number },
  { chamber }: Tables,
): boolean => !chamber || !chamberSpoke(quorum, chamber) || reaches(chamber.counts, percent);

/** The mean of the groups' shares of yes, compared as whole fractions, so that no rounding decides a vote. */
function balanced(groups: readonly Group[], percent: number): boolean {
  let [top, bottom] = [0n, 1n];
  for (const { counts } of groups) {
    const votes = BigInt(counts.yes + counts.no);
    if (votes === 0n) continue;
    top = top * votes + BigInt(counts.yes) * bottom;
    bottom *= votes;
  }
  const [left, right] = [top * 100n, BigInt(percent) * bottom * BigInt(groups.length)];
  return percent === 50 ? left > right : top > 0n && left >= right;
}
