// Results as somebody sees them who knows the roll and who voted: in how many ways could it have come to this?
import type { Counts } from '../rules';
import { asked, type Charter, find, outcomeOf, type Round } from './charter';
import {
  type Condition,
  cast,
  counted,
  favours,
  type Group,
  groupOf,
  holds,
  type Tables,
} from './conditions';
import type { Plan } from './plan';
import { hidesFindings, type Level, type Told, tell } from './publication';

/** Voters whom everybody knows to be of the same kind: for each dimension of the plan the place of their group. */
export type Kin = { places: number[]; n: number };
/** How many of each kind chose what: yes, no, abstention. */
export type World = number[][];
export type Publication = {
  charter: Charter;
  round: Round;
  plan: Plan;
  overall: Counts;
  kin: readonly Kin[];
  told: Told;
  level: Level;
  /** What the associations said is public by name, and the same in every world. */
  chamber?: Tables['chamber'];
};

export const keys = ['yes', 'no', 'abstain'] as const;
const countsOf = ([yes, no, abstain]: readonly number[]): Counts => ({
  yes: yes!,
  no: no!,
  abstain: abstain!,
});

export function tablesOf({ plan, overall, kin, chamber }: Publication, world: World): Tables {
  const by: Record<string, Group[]> = {};
  for (const [d, { dimension, groups }] of plan.dimensions.entries()) {
    const sums = groups.map(() => [0, 0, 0]);
    for (const [k, row] of world.entries()) {
      const sum = sums[kin[k]!.places[d]!]!;
      for (let c = 0; c < 3; c++) sum[c]! += row[c]!;
    }
    by[dimension] = groups.map(({ label, roll }, i) => ({ label, roll, counts: countsOf(sums[i]!) }));
  }
  const roll = plan.dimensions[0]?.groups.reduce((sum, group) => sum + group.roll, 0) ?? cast(overall);
  return { overall: { label: '', roll, counts: overall }, by, ...(chamber ? { chamber } : {}) };
}

/** The tables of a world that is still being changed: they go along when one of a kind answers otherwise. */
export function moving(publication: Publication, world: World) {
  const tables = tablesOf(publication, world);
  const cells = publication.kin.map(({ places }) =>
    publication.plan.dimensions.map(({ dimension }, d) => tables.by[dimension]![places[d]!]!.counts),
  );
  return {
    tables,
    /** One of kind `k` says `d` in the place of `c`. */
    move(k: number, c: number, d: number): void {
      const [from, to] = [keys[c]!, keys[d]!];
      for (const counts of cells[k]!) {
        counts[from] -= 1;
        counts[to] += 1;
      }
    },
  };
}

const alikeAll = <T>(a: readonly T[], b: readonly T[]) =>
  a.length === b.length && a.every((one, i) => one === b[i]);

function womenAlike(a: Told['women'], b: Told['women']): boolean {
  if (a?.told === 'counts' && b?.told === 'counts')
    return keys.every((key) => a.counts[key] === b.counts[key]);
  if (a?.told === 'yes' && b?.told === 'yes') return a.yes === b.yes && a.cast === b.cast;
  return a?.told === b?.told;
}

/** Whether two results of one plan and level say the same; their groups stand in the plan's order. */
const saysTheSame = (a: Told, b: Told): boolean =>
  a.outcome === b.outcome &&
  alikeAll(a.findings.groups, b.findings.groups) &&
  alikeAll(a.findings.overall, b.findings.overall) &&
  alikeAll(a.findings.quorum, b.findings.quorum) &&
  womenAlike(a.women, b.women) &&
  (a.groups === b.groups ||
    (a.groups !== null &&
      b.groups !== null &&
      alikeAll(
        a.groups.map(({ favour }) => favour),
        b.groups.map(({ favour }) => favour),
      )));

/** Whether these tables would have been told in the same way. */
export const agrees = (publication: Publication, tables: Tables) => {
  const { charter, round, plan, told, level } = publication;
  // What is not even near needs no telling.
  return distance(publication, tables) === 0 && saysTheSame(tell(charter, round, plan, tables, level), told);
};

/** How many votes, at least, part a world from one in which this condition comes out as `want`. */
function short(condition: Condition, tables: Tables, want: boolean, least: number): number {
  if (condition.kind === 'any' || condition.kind === 'chamber' || holds(condition, tables, least) === want)
    return 0;
  const groups =
    condition.kind === 'majority'
      ? [groupOf(tables, condition.of)]
      : counted(tables, condition.dimension, least);
  const gaps = groups
    .map(({ counts }) => counts.yes - counts.no)
    .filter((lead) => lead > 0 !== want)
    .map(Math.abs);
  return 1 + (gaps.length > 0 ? Math.min(...gaps) : 0);
}

/** The same for all that was found of groups; where only the outcome is told, for the nearest way to come to it. */
function shortOf({ charter, round, told, level, plan }: Publication, tables: Tables): number {
  const conditions = asked(charter, round).groups.filter(({ kind }) => kind !== 'chamber');
  const want = told.findings.groups.filter((_, i) => asked(charter, round).groups[i]!.kind !== 'chamber');
  if (!hidesFindings(level))
    return conditions.reduce((sum, one, i) => sum + short(one, tables, want[i] === true, plan.least), 0);
  if (told.outcome === 'aprobado')
    return conditions.reduce((sum, one) => sum + short(one, tables, true, plan.least), 0);
  const outcome = outcomeOf(charter, round, find(charter, round, tables));
  if (outcome === told.outcome || conditions.length === 0) return 0;
  return Math.min(...conditions.map((one) => short(one, tables, false, plan.least)));
}

/** How far a world is from what was published; only a guide for the search, which `agrees` ends. */
export function distance(publication: Publication, tables: Tables): number {
  const { told } = publication;
  const women = tables.by.women?.find(({ label }) => label === 'women')?.counts;
  let far = shortOf(publication, tables);
  if (women && told.women?.told === 'counts')
    for (const key of keys) far += Math.abs(women[key] - told.women.counts[key]);
  if (women && told.women?.told === 'yes') far += Math.abs(women.yes - told.women.yes);
  for (const { dimension, label, favour } of told.groups ?? []) {
    const counts = tables.by[dimension]!.find((group) => group.label === label)!.counts;
    if (favour !== null && favours(counts, 50) !== favour)
      far += favour ? counts.no - counts.yes + 1 : counts.yes - counts.no;
  }
  return far;
}

/** Numbers that look like lots and are the same each time: the check of one result never comes out two ways. */
export function lots(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return (((state >>> 0) * below) / 2 ** 32) | 0;
  };
}

/** The answer that all of a kind gave; −1 where they differ. */
export const alike = (row: readonly number[], n: number) => row.indexOf(n);
