import type { Counts } from '../rules';
import { cast } from './conditions';
import { agrees, alike, distance, lots, type Publication, tablesOf, type World } from './worlds';

// Whoever holds two results about the same text side by side takes one from the other: who came in between, or stayed
// away, stands in the difference. That follows only for who believes that nobody thought again; so it is asked of her.

/** Voters of one kind: the places of their groups in each of two ballots, null where they did not vote in it. */
export type TwiceKin = { first: number[] | null; second: number[] | null; n: number };
/** What was published before about the same text; `published` null where it told of everybody alone. */
export type Earlier = {
  overall: Counts;
  published: Omit<Publication, 'overall' | 'kin'> | null;
  both: readonly TwiceKin[];
};

const keys = ['yes', 'no', 'abstain'] as const;
const classes = ['before', 'twice', 'after'] as const;
const classOf = ({ first, second }: TwiceKin) => (!second ? 'before' : first ? 'twice' : 'after');
const row = (counts: Counts) => keys.map((key) => counts[key]);

type Sizes = Record<(typeof classes)[number], number>;

/**
 * How those who voted twice can have answered, if none of them thought again: between `least` and `most` of each
 * answer. Null where the two sums say that somebody did.
 */
function kept(first: readonly number[], second: readonly number[], n: number) {
  const most = keys.map((_, c) => Math.min(first[c]!, second[c]!, n));
  const sum = most.reduce((a, b) => a + b, 0);
  return sum < n ? null : { most, least: most.map((one) => Math.max(0, n - (sum - one))) };
}

/** Whether the two sums alone say that all of a class gave the same answer: no plan can help that. */
function shown(
  sums: { first: number[]; second: number[] },
  sizes: Sizes,
  bounds: { most: number[]; least: number[] },
) {
  const { first, second } = sums;
  return {
    before: keys.some((_, c) => first[c]! - bounds.most[c]! === sizes.before),
    twice: bounds.least.some((n) => n === sizes.twice),
    after: keys.some((_, c) => second[c]! - bounds.most[c]! === sizes.after),
  };
}

/** Deals so many answers evenly among the kinds of one class. */
function deal(world: World, kin: readonly TwiceKin[], of: string, answers: readonly number[]): void {
  const left = [...answers];
  const all = left.reduce((a, b) => a + b, 0);
  let seat = 0;
  for (const [k, one] of kin.entries()) {
    if (classOf(one) !== of) continue;
    for (let i = 0; i < one.n; i++, seat++) {
      const due = answers.map((n, c) => left[c]! - (n * (all - seat - 1)) / all);
      const c = [0, 1, 2].filter((at) => left[at]! > 0).sort((a, b) => due[b]! - due[a]!)[0]!;
      left[c]! -= 1;
      world[k]![c]! += 1;
    }
  }
}

type Turn = { k: number; c: number; d: number }[];
/** Somebody of each of these kinds answers `d` in the place of `c`. */
const turned = (world: World, turn: Turn) => {
  for (const { k, c, d } of turn) {
    world[k]![c]! -= 1;
    world[k]![d]! += 1;
  }
};
const back = (turn: Turn): Turn => turn.map(({ k, c, d }) => ({ k, c: d, d: c }));
const possible = (world: World, turn: Turn) => turn.every(({ k, c }) => world[k]![c]! > 0);

/**
 * Whether for everybody two answers agree with both results, even for who believes that nobody changed her mind in
 * between. Where the sums say that somebody did, the one result says nothing about the other. What the two sums of
 * everybody show by themselves is left out.
 */
export function exposesNobodyTwice(earlier: Earlier, latest: Omit<Publication, 'kin'>): boolean {
  const kin = earlier.both.filter(({ n }) => n > 0);
  const sums = { first: row(earlier.overall), second: row(latest.overall) };
  const sizes = { before: 0, twice: 0, after: 0 };
  for (const one of kin) sizes[classOf(one)] += one.n;
  if (
    sizes.before + sizes.twice !== cast(earlier.overall) ||
    sizes.twice + sizes.after !== cast(latest.overall)
  )
    return true;
  const bounds = kept(sums.first, sums.second, sizes.twice);
  if (!bounds) return true;
  const plain = shown(sums, sizes, bounds);

  const at = { first: [] as number[], second: [] as number[] };
  for (const [k, one] of kin.entries())
    for (const when of ['first', 'second'] as const) if (one[when]) at[when].push(k);
  const seen = (when: 'first' | 'second', of: Omit<Publication, 'kin'>): Publication => ({
    ...of,
    kin: at[when].map((k) => ({ places: kin[k]![when]!, n: kin[k]!.n })),
  });
  const views = [
    ...(earlier.published
      ? [{ of: seen('first', { ...earlier.published, overall: earlier.overall }), rows: at.first }]
      : []),
    { of: seen('second', latest), rows: at.second },
  ];
  const tables = (world: World) =>
    views.map(({ of, rows }) => ({
      of,
      tables: tablesOf(
        of,
        rows.map((k) => world[k]!),
      ),
    }));
  const far = (world: World) => tables(world).reduce((sum, one) => sum + distance(one.of, one.tables), 0);
  const fits = (world: World) => tables(world).every((one) => agrees(one.of, one.tables));

  const members = classes.map((name) => kin.flatMap((one, k) => (classOf(one) === name ? [k] : [])));
  /** Turns that leave both sums as they are: two of one class change places, or one of each class moves. */
  const turnsOf = (a: number, c: number, d: number, pick: (some: number[]) => number[]): Turn[] => {
    const own = members.findIndex((some) => some.includes(a));
    const swaps = pick(members[own]!).map(
      (b): Turn => [
        { k: a, c, d },
        { k: b, c: d, d: c },
      ],
    );
    if (members.some((some) => some.length === 0)) return swaps;
    const [x, y] = [0, 1, 2].filter((one) => one !== own);
    // Who voted twice moves against the other two.
    const way = (one: number) => ((one === 1) === (own === 1) ? { c, d } : { c: d, d: c });
    const threes = pick(members[x!]!).flatMap((b) =>
      pick(members[y!]!).map(
        (e): Turn => [
          { k: a, c, d },
          { k: b, ...way(x!) },
          { k: e, ...way(y!) },
        ],
      ),
    );
    return [...swaps, ...threes];
  };

  const worlds: World[] = [];
  for (const seed of [1, 2, 3, 4]) {
    const world = search(seed);
    if (!world) continue;
    worlds.push(world);
    if (kin.every((one, k) => plain[classOf(one)] || open(world, k, one.n))) return true;
  }
  return false;

  function search(seed: number): World | null {
    const lot = lots(seed * 7);
    const world: World = kin.map(() => [0, 0, 0]);
    const twice = [...bounds!.least];
    for (let left = sizes.twice - twice.reduce((a, b) => a + b, 0); left > 0; ) {
      const c = lot(3);
      if (twice[c]! >= bounds!.most[c]!) continue;
      twice[c]! += 1;
      left -= 1;
    }
    deal(
      world,
      kin,
      'before',
      sums.first.map((n, c) => n - twice[c]!),
    );
    deal(world, kin, 'twice', twice);
    deal(
      world,
      kin,
      'after',
      sums.second.map((n, c) => n - twice[c]!),
    );
    const stirred = 4 * (seed - 1) * kin.length;
    const steps = 60 * kin.length + 6 * Math.min(2000, cast(latest.overall)) + stirred;
    let now = far(world);
    for (let step = 0; step < steps; step++) {
      if (now === 0 && step >= stirred && fits(world)) return world;
      const [a, c, d] = [lot(kin.length), lot(3), lot(3)];
      if (c === d) continue;
      const turns = turnsOf(a, c, d, (some) => [some[lot(some.length)]!]);
      const turn = turns[lot(turns.length)]!;
      if (new Set(turn.map(({ k }) => k)).size < turn.length || !possible(world, turn)) continue;
      turned(world, turn);
      const next = far(world);
      if (next <= now || step < stirred) now = next;
      else turned(world, back(turn));
    }
    return fits(world) ? world : null;
  }

  function open(world: World, k: number, size: number): boolean {
    const c = alike(world[k]!, size);
    if (c < 0 || worlds.some((other) => other[k]![c] !== size)) return true;
    for (const d of [0, 1, 2]) {
      if (d === c) continue;
      for (const turn of turnsOf(k, c, d, (some) => some)) {
        if (new Set(turn.map((one) => one.k)).size < turn.length || !possible(world, turn)) continue;
        turned(world, turn);
        const fit = fits(world);
        turned(world, back(turn));
        if (fit) return true;
      }
    }
    return false;
  }
}
