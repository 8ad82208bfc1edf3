import type { Counts } from '../rules';
import { cast } from './conditions';
import { agrees, alike, distance, lots, moving, type Publication, type World } from './worlds';

// Whoever holds two results about the same text side by side takes one from the other: who came in between, or stayed
// away, stands in the difference. That follows only for who believes that nobody thought again; so it is asked of her.

/** Voters of one kind: the places of their groups in each of two ballots, null where they did not vote in it. */
export type TwiceKin = { first: number[] | null; second: number[] | null; n: number };
/**
 * What was published before about the same text; `published` null where it told of everybody alone, `overall` where
 * not even that was told. `both` is null where nobody can say any more who was in which group the first time.
 */
export type Earlier = {
  overall: Counts | null;
  published: Omit<Publication, 'overall' | 'kin'> | null;
  both: readonly TwiceKin[] | null;
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

type Sums = { first: readonly number[]; second: readonly number[] };

/** Whether the two sums alone say of a class that all of it gave the same answer: then they cannot both be told. */
function shown({ first, second }: Sums, sizes: Sizes, bounds: { most: number[]; least: number[] }) {
  const all = (of: keyof Sizes, counts: readonly number[]) =>
    sizes[of] > 0 && counts.some((n) => n === sizes[of]);
  return {
    before: all(
      'before',
      first.map((n, c) => n - bounds.most[c]!),
    ),
    twice: all('twice', bounds.least),
    after: all(
      'after',
      second.map((n, c) => n - bounds.most[c]!),
    ),
  };
}

/** Who voted where everybody said the same: that shows itself, as voters are told beforehand. */
function unanimous({ first, second }: Sums, sizes: Sizes) {
  const one = (counts: readonly number[], n: number) => counts.some((own) => own === n);
  const [then, now] = [one(first, sizes.before + sizes.twice), one(second, sizes.twice + sizes.after)];
  return { before: then, twice: then || now, after: now };
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
type View = { of: Publication; held: ReturnType<typeof moving>; at: Map<number, number> };
/** Somebody of each of these kinds answers `d` in the place of `c`, in every result in which she voted. */
const turned = (world: World, turn: Turn, views: readonly View[]) => {
  for (const { k, c, d } of turn) {
    world[k]![c]! -= 1;
    world[k]![d]! += 1;
    for (const { held, at } of views) if (at.has(k)) held.move(at.get(k)!, c, d);
  }
};
const back = (turn: Turn): Turn => turn.map(({ k, c, d }) => ({ k, c: d, d: c }));
const possible = (world: World, turn: Turn) => turn.every(({ k, c }) => world[k]![c]! > 0);

/** What the later result tells; of a rule that looks at no group, everybody's counts alone. */
export type Latest = { overall: Counts } | Omit<Publication, 'kin'>;

/**
 * Whether for everybody two answers agree with both results, even for who believes that nobody changed her mind in
 * between. Where the sums say that somebody did, the one result says nothing about the other. Who voted where all
 * said the same is left out. Where the earlier sums were not told, the later ones would give them away: neither are they.
 * Nor where it is not known any more whom the earlier result spoke of: then there is nothing to look for.
 */
export function exposesNobodyTwice(earlier: Earlier, latest: Latest): boolean {
  if (!earlier.overall || !earlier.both) return false;
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
  const plain = unanimous(sums, sizes);
  const bare = shown(sums, sizes, bounds);
  if (classes.some((of) => bare[of] && !plain[of])) return false;

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
    ...('told' in latest ? [{ of: seen('second', latest), rows: at.second }] : []),
  ];
  // Two sums, and nothing told of groups: what they show has been looked at.
  if (views.length === 0) return true;
  const viewsOf = (world: World): View[] =>
    views.map(({ of, rows }) => ({
      of,
      held: moving(
        of,
        rows.map((k) => world[k]!),
      ),
      at: new Map(rows.map((k, i) => [k, i])),
    }));
  const far = (seen: readonly View[]) =>
    seen.reduce((sum, { of, held }) => sum + distance(of, held.tables), 0);
  const fits = (seen: readonly View[]) => seen.every(({ of, held }) => agrees(of, held.tables));

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
    const seen = viewsOf(world);
    let now = far(seen);
    for (let step = 0; step < steps; step++) {
      if (now === 0 && step >= stirred && fits(seen)) return world;
      const [a, c, d] = [lot(kin.length), lot(3), lot(3)];
      if (c === d) continue;
      const turns = turnsOf(a, c, d, (some) => [some[lot(some.length)]!]);
      const turn = turns[lot(turns.length)]!;
      if (new Set(turn.map(({ k }) => k)).size < turn.length || !possible(world, turn)) continue;
      turned(world, turn, seen);
      const next = far(seen);
      if (next <= now || step < stirred) now = next;
      else turned(world, back(turn), seen);
    }
    return fits(seen) ? world : null;
  }

  function open(world: World, k: number, size: number): boolean {
    const c = alike(world[k]!, size);
    if (c < 0 || worlds.some((other) => other[k]![c] !== size)) return true;
    const seen = viewsOf(world);
    for (const d of [0, 1, 2]) {
      if (d === c) continue;
      for (const turn of turnsOf(k, c, d, (some) => some)) {
        if (new Set(turn.map((one) => one.k)).size < turn.length || !possible(world, turn)) continue;
        turned(world, turn, seen);
        const fit = fits(seen);
        turned(world, back(turn), seen);
        if (fit) return true;
      }
    }
    return false;
  }
}
