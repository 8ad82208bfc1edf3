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
import { type Level, levels, type Told, tell } from './publication';

/** Voters whom everybody knows to be of the same kind: for each dimension of the plan the place of their group. */
export type Kin = { places: number[]; n: number };
/** How many of each kind chose what: yes, no, abstention. */
type World = number[][];
type Publication = {
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

const keys = ['yes', 'no', 'abstain'] as const;
const countsOf = ([yes, no, abstain]: readonly number[]): Counts => ({
  yes: yes!,
  no: no!,
  abstain: abstain!,
});

function tablesOf({ plan, overall, kin, chamber }: Publication, world: World): Tables {
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

const agrees = (publication: Publication, tables: Tables) => {
  const { charter, round, plan, told, level } = publication;
  return JSON.stringify(tell(charter, round, plan, tables, level)) === JSON.stringify(told);
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
  if (level !== 'no_findings')
    return conditions.reduce((sum, one, i) => sum + short(one, tables, want[i] === true, plan.least), 0);
  if (told.outcome === 'aprobado')
    return conditions.reduce((sum, one) => sum + short(one, tables, true, plan.least), 0);
  const outcome = outcomeOf(charter, round, find(charter, round, tables));
  if (outcome === told.outcome || conditions.length === 0) return 0;
  return Math.min(...conditions.map((one) => short(one, tables, false, plan.least)));
}

/** How far a world is from what was published; only a guide for the search, which `agrees` ends. */
function distance(publication: Publication, tables: Tables): number {
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
function lots(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return (((state >>> 0) * below) / 2 ** 32) | 0;
  };
}

/** Everybody's answers, dealt evenly to all kinds: most worlds that agree are near it. */
function dealt({ overall, kin }: Publication): World {
  const n = cast(overall);
  const left = keys.map((key) => overall[key]);
  const world: World = kin.map(() => [0, 0, 0]);
  let seat = 0;
  for (const [k, { n: seats }] of kin.entries())
    for (let i = 0; i < seats; i++, seat++) {
      const due = keys.map((key, c) => left[c]! - (overall[key] * (n - seat - 1)) / n);
      const c = [0, 1, 2].filter((one) => left[one]! > 0).sort((a, b) => due[b]! - due[a]!)[0]!;
      left[c]! -= 1;
      world[k]![c]! += 1;
    }
  return world;
}

type Swap = { a: number; c: number; b: number; d: number };
function swap(world: World, { a, c, b, d }: Swap): void {
  world[a]![c]! -= 1;
  world[a]![d]! += 1;
  world[b]![d]! -= 1;
  world[b]![c]! += 1;
}

/** A world that agrees with all that was published; null where the search finds none. */
function search(publication: Publication, seed: number): World | null {
  const lot = lots(seed);
  const world = dealt(publication);
  const kinds = world.length;
  // Each search but the first begins by stirring, so that they come to different worlds.
  const stirred = 4 * (seed - 1) * kinds;
  const steps = 60 * kinds + 6 * cast(publication.overall) + stirred;
  let far = distance(publication, tablesOf(publication, world));
  for (let step = 0; step < steps; step++) {
    if (far === 0 && step >= stirred && agrees(publication, tablesOf(publication, world))) return world;
    const turn = { a: lot(kinds), c: lot(3), b: lot(kinds), d: lot(3) };
    if (turn.a === turn.b || turn.c === turn.d) continue;
    if (world[turn.a]![turn.c] === 0 || world[turn.b]![turn.d] === 0) continue;
    swap(world, turn);
    const next = distance(publication, tablesOf(publication, world));
    if (next <= far || step < stirred) far = next;
    else swap(world, { a: turn.a, c: turn.d, b: turn.b, d: turn.c });
  }
  return agrees(publication, tablesOf(publication, world)) ? world : null;
}

/** Whether somebody of this kind may have answered otherwise than `world` says, and all that is published stay so. */
function otherwise(publication: Publication, world: World, a: number, c: number): boolean {
  for (const b of world.keys())
    for (let d = 0; d < 3; d++) {
      if (b === a || d === c || world[b]![d] === 0) continue;
      swap(world, { a, c, b, d });
      const fits = agrees(publication, tablesOf(publication, world));
      swap(world, { a, c: d, b, d: c });
      if (fits) return true;
    }
  return false;
}

const alike = (row: readonly number[], n: number) => row.indexOf(n);

/**
 * Whether for everybody who voted at least two answers agree with all that is published, so that nobody's vote can be
 * derived by whoever knows who voted and what each is counted as. It says yes only where it holds two such worlds in
 * its hands. That a vote which is unanimous as a whole shows itself is told beforehand, and no plan can help it.
 */
export function exposesNobody(publication: Publication): boolean {
  const { kin, overall } = publication;
  const n = cast(overall);
  if (n === 0 || keys.some((key) => overall[key] === n)) return true;
  const worlds: World[] = [];
  for (const seed of [1, 2, 3, 4, 5]) {
    const world = search(publication, seed);
    if (!world) continue;
    worlds.push(world);
    const open = kin.every(({ n: size }, k) => {
      const c = size === 0 ? -1 : alike(world[k]!, size);
      if (c < 0) return true;
      return worlds.some((other) => other[k]![c] !== size) || otherwise(publication, world, k, c);
    });
    if (open) return true;
  }
  return false;
}

/** What stands in a result. */
export type Published = Told & { level: Level };

/** The most that can be told of a question without exposing anybody, by levels that the plan fixed beforehand. */
export function tellSafely(
  result: { charter: Charter; round: Round; plan: Plan; kin: readonly Kin[] },
  tables: Tables,
): Published {
  const overall = tables.overall.counts;
  for (const level of levels) {
    const told = tell(result.charter, result.round, result.plan, tables, level);
    const last = level === levels.at(-1);
    if (last || exposesNobody({ ...result, overall, told, level, chamber: tables.chamber }))
      return { ...told, level };
  }
  throw new Error('there is a last level');
}
