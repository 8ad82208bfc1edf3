import type { Counts } from '../rules';
import type { Charter, Round } from './charter';
import { cast, type Tables } from './conditions';
import type { Plan } from './plan';
import { type Level, levels, type Told, tell } from './publication';
import { type Earlier, exposesNobodyTwice } from './twice';
import {
  agrees,
  alike,
  distance,
  type Kin,
  keys,
  lots,
  moving,
  type Publication,
  type World,
} from './worlds';

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
type Moving = ReturnType<typeof moving>;
function swap(world: World, { a, c, b, d }: Swap, held: Moving): void {
  world[a]![c]! -= 1;
  world[a]![d]! += 1;
  world[b]![d]! -= 1;
  world[b]![c]! += 1;
  held.move(a, c, d);
  held.move(b, d, c);
}

/** A world that agrees with all that was published; null where the search finds none. */
function search(publication: Publication, seed: number): World | null {
  const lot = lots(seed);
  const world = dealt(publication);
  const kinds = world.length;
  // Each search but the first begins by stirring, so that they come to different worlds.
  const stirred = 4 * (seed - 1) * kinds;
  const steps = 60 * kinds + 6 * cast(publication.overall) + stirred;
  const held = moving(publication, world);
  const { tables } = held;
  let far = distance(publication, tables);
  for (let step = 0; step < steps; step++) {
    if (far === 0 && step >= stirred && agrees(publication, tables)) return world;
    const turn = { a: lot(kinds), c: lot(3), b: lot(kinds), d: lot(3) };
    if (turn.a === turn.b || turn.c === turn.d) continue;
    if (world[turn.a]![turn.c] === 0 || world[turn.b]![turn.d] === 0) continue;
    swap(world, turn, held);
    const next = distance(publication, tables);
    if (next <= far || step < stirred) far = next;
    else swap(world, { a: turn.a, c: turn.d, b: turn.b, d: turn.c }, held);
  }
  return agrees(publication, tables) ? world : null;
}

/** Whether somebody of this kind may have answered otherwise than `world` says, and all that is published stay so. */
function otherwise(publication: Publication, world: World, a: number, c: number): boolean {
  const held = moving(publication, world);
  for (const b of world.keys())
    for (let d = 0; d < 3; d++) {
      if (b === a || d === c || world[b]![d] === 0) continue;
      swap(world, { a, c, b, d }, held);
      const fits = agrees(publication, held.tables);
      swap(world, { a, c: d, b, d: c }, held);
      if (fits) return true;
    }
  return false;
}

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
  result: { charter: Charter; round: Round; plan: Plan; kin: readonly Kin[]; earlier?: readonly Earlier[] },
  tables: Tables,
): Published {
  const overall = tables.overall.counts;
  const earlier = result.earlier ?? [];
  const at = (level: Level) => ({
    told: tell(result.charter, result.round, result.plan, tables, level),
    level,
  });
  for (const level of levels) {
    const { told } = at(level);
    const now = { ...result, overall, told, level, chamber: tables.chamber };
    // The rule must say its answer, whatever that shows; beside another result it says nothing more.
    const alone = level === levels.at(-1) || exposesNobody(now);
    if (alone && earlier.every((one) => exposesNobodyTwice(one, now))) return { ...told, level };
  }
  return { ...at('no_sums').told, level: 'no_sums' };
}

/** Whether everybody's counts can stand beside what was told before, where the rule looks at no group. */
export const sumsStand = (overall: Counts, earlier: readonly Earlier[]): boolean =>
  earlier.every((one) => exposesNobodyTwice(one, { overall }));
