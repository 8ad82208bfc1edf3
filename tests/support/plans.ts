import type { Choice, Counts } from '~/server/ballots/rules';
import { asked, charters, type Round } from '~/server/ballots/rules/charter';
import type { Tables } from '~/server/ballots/rules/conditions';
import { type Plan, placeIn, planOf, planProblem, type Stratum } from '~/server/ballots/rules/plan';
import type { Told } from '~/server/ballots/rules/publication';
import type { TwiceKin } from '~/server/ballots/rules/twice';
import type { Kin } from '~/server/ballots/rules/worlds';

/** Lots from a seed, so that a forum that went wrong can be made again. */
export function dice(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const places = ['21', '04', '05', '03', '17', '13', '08', '11', 'BO-P', 'BO-L', 'BO-O', '20'];
export type Forum = { roll: Stratum[]; voters: Stratum[]; articles: Choice[][] };

/** A forum with unequal regions, 5 to 40 % women, and votes that lean by sex, by region and by cooperative. */
export function randomForum(seed: number): Forum {
  const lot = dice(seed);
  const among = (least: number, most: number) => least + lot() * (most - least);
  const size = Math.round(10 ** among(1.4, 2.6));
  const [women, inside, turnout] = [among(0.05, 0.4), among(0, 0.6), among(0.4, 1)];
  const regions = 1 + Math.floor(lot() * places.length);
  const weights = places.slice(0, regions).map((_, i) => 1 / (i + 1) ** among(0.3, 1.5));
  const place = () => {
    let left = lot() * weights.reduce((a, b) => a + b, 0);
    const at = weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    return places[at] ?? places[0]!;
  };
  const roll = Array.from({ length: size }, (): Stratum => {
    const department = place();
    const country = department.startsWith('BO') ? 'BO' : 'PE';
    return { woman: lot() < women, cooperative: lot() < inside, country, department };
  });
  const voters = roll.filter(() => lot() < turnout);
  const articles = Array.from({ length: 1 + Math.floor(lot() * 60) }, () => {
    const lean = new Map<string, number>();
    const [sharp, quiet, base] = [lot() < 0.3 ? 3 : 1, among(0, 0.15), among(0.2, 1.05)];
    const of = (kind: string) => {
      if (!lean.has(kind)) lean.set(kind, among(-0.25, 0.25) * sharp);
      return lean.get(kind)!;
    };
    return voters.map(({ woman, cooperative, department }): Choice => {
      const yes = base + of(`w${woman}`) + of(department) + of(`c${cooperative}`);
      if (lot() < quiet) return 'abstencion';
      return lot() < yes ? 'si' : 'no';
    });
  });
  return { roll, voters, articles };
}

/** The plan of a forum by the front's rule; null where it may not be opened by it. */
export function planOfForum({ roll }: Forum): Plan | null {
  const plan = planOf(charters.frente, roll)!;
  return planProblem(plan, charters.frente, roll) ? null : plan;
}

const empty = (): Counts => ({ yes: 0, no: 0, abstain: 0 });
const column = { si: 'yes', no: 'no', abstencion: 'abstain' } as const;

export function kinOf(plan: Plan, voters: readonly Stratum[]): Kin[] {
  const kin = new Map<string, Kin>();
  for (const one of voters) {
    const at = plan.dimensions.map((dimension) => placeIn(dimension, one));
    const same = kin.get(at.join()) ?? { places: at, n: 0 };
    kin.set(at.join(), { ...same, n: same.n + 1 });
  }
  return [...kin.values()];
}

export function tablesOf(plan: Plan, { roll, voters }: Forum, votes: readonly Choice[]): Tables {
  const overall = empty();
  for (const vote of votes) overall[column[vote]] += 1;
  const by = plan.dimensions.map((dimension) => {
    const groups = dimension.groups.map(({ label, roll: n }) => ({ label, roll: n, counts: empty() }));
    for (const [i, one] of voters.entries()) groups[placeIn(dimension, one)]!.counts[column[votes[i]!]] += 1;
    return [dimension.dimension, groups] as const;
  });
  return { overall: { label: '', roll: roll.length, counts: overall }, by: Object.fromEntries(by) };
}

/** Σ weight × variable lies between `least` and `most`. */
type Line = { terms: [number, number][]; least: number; most: number };

/** Narrows what each variable can be until nothing more follows; false where nothing fits all of it. */
function narrowed(lines: readonly Line[], low: number[], high: number[]): boolean {
  for (let moved = true; moved; ) {
    moved = false;
    for (const { terms, least, most } of lines) {
      let [down, up] = [0, 0];
      for (const [v, w] of terms) {
        down += w > 0 ? w * low[v]! : w * high[v]!;
        up += w > 0 ? w * high[v]! : w * low[v]!;
      }
      for (const [v, w] of terms) {
        const ownDown = w > 0 ? w * low[v]! : w * high[v]!;
        const ownUp = w > 0 ? w * high[v]! : w * low[v]!;
        const [from, to] = [(least - (up - ownUp)) / w, (most - (down - ownDown)) / w];
        const a = Math.ceil(Math.min(from, to) - 1e-9);
        const b = Math.floor(Math.max(from, to) + 1e-9);
        if (a > low[v]!) [low[v], moved] = [a, true];
        if (b < high[v]!) [high[v], moved] = [b, true];
        if (low[v]! > high[v]!) return false;
        if (moved) {
          down += (w > 0 ? w * low[v]! : w * high[v]!) - ownDown;
          up += (w > 0 ? w * high[v]! : w * low[v]!) - ownUp;
        }
      }
    }
  }
  return true;
}

/** One result as it was published: who voted in it is known, by the place of each kind; null where a kind did not. */
export type Seen = {
  plan: Plan;
  round?: Round;
  places: readonly (number[] | null)[];
  /** Null where not even everybody's counts were published. */
  overall: Counts | null;
  /** Null: of everybody alone. */
  told: Told | null;
};

/**
 * Of which kinds all votes follow from what was published, for who knows the roll and who voted, and holds that nobody
 * who voted in several of the results thought again. Null where the results say that somebody did. Shares no code
 * with the check: it narrows intervals where that one builds worlds.
 */
export function followed(sizes: readonly number[], results: readonly Seen[]): boolean[] | null {
  const [low, high]: [number[], number[]] = [[], []];
  const lines: Line[] = [];
  const variable = (most: number) => {
    low.push(0);
    return high.push(most) - 1;
  };
  const equal = (terms: [number, number][], n: number) => lines.push({ terms, least: n, most: n });
  /** Whether yes is more than no, or that share of both. */
  const shared = (heap: readonly number[], n: number, percent: number, held: boolean) => {
    const [yes, no] = heap as [number, number];
    const [up, down] = percent === 50 ? [1, 1] : [100 - percent, percent];
    const terms: [number, number][] = [
      [yes, up],
      [no, -down],
    ];
    lines.push(
      held ? { terms, least: percent === 50 ? 1 : 0, most: 100 * n } : { terms, least: -100 * n, most: 0 },
    );
    if (held) lines.push({ terms: [one(yes)], least: 1, most: n });
  };
  const one = (v: number): [number, number] => [v, 1];
  const cells = sizes.map((n) => [0, 1, 2].map(() => variable(n)));
  for (const [k, n] of sizes.entries()) equal(cells[k]!.map(one), n);
  // What each result says in numbers, by name: of two of the same name the difference says more than both.
  const sums: Map<string, { members: number[]; c: number; n: number }>[] = [];
  for (const { plan, round = 'first', places, overall, told } of results) {
    const own = new Map<string, { members: number[]; c: number; n: number }>();
    sums.push(own);
    const there = (k: number) => places[k] !== null;
    const present = [...cells.keys()].filter(there);
    const voted = present.reduce((sum, k) => sum + sizes[k]!, 0);
    const whole = [0, 1, 2].map((c) => {
      const v = variable(voted);
      equal([...present.map((k) => one(cells[k]![c]!)), [v, -1]], 0);
      if (!overall) return v;
      const n = [overall.yes, overall.no, overall.abstain][c]!;
      own.set(`all ${c}`, { members: present, c, n });
      equal([one(v)], n);
      return v;
    });
    if (!told) continue;
    // Where the counts are not told, what the rule found of everybody says something of them.
    const { overall: everybody, groups: asks } = asked(charters.frente, round);
    for (const [i, condition] of overall ? [] : everybody.entries())
      if (condition.kind === 'majority')
        shared(whole, voted, condition.percent, told.findings.overall[i] === true);
    for (const [d, { dimension, groups }] of plan.dimensions.entries()) {
      const heaps = groups.map(({ label }, g) => {
        const members = places.flatMap((at, k) => (at?.[d] === g ? [k] : []));
        const n = members.reduce((sum, k) => sum + sizes[k]!, 0);
        const heap = [0, 1, 2].map((c) => {
          const v = variable(n);
          equal([...members.map((k) => one(cells[k]![c]!)), [v, -1]], 0);
          return v;
        });
        equal(heap.map(one), n);
        const numbers = (c: number, value: number) => {
          own.set(`women ${c}`, { members, c, n: value });
          equal([one(heap[c]!)], value);
        };
        const women = dimension === 'women' && label === 'women' ? told.women : null;
        if (women?.told === 'counts')
          for (const [c, value] of [women.counts.yes, women.counts.no, women.counts.abstain].entries())
            numbers(c, value);
        if (women?.told === 'yes') numbers(0, women.yes);
        const said = told.groups?.find(
          (group) => group.dimension === dimension && group.label === label,
        )?.favour;
        const [yes, no, none] = heap as [number, number, number];
        const leads = (favour: boolean) => {
          lines.push({ terms: [[yes, 2], one(none)], least: favour ? n + 1 : 0, most: favour ? 2 * n : n });
          lines.push({ terms: [[no, 2], one(none)], least: favour ? 0 : n, most: favour ? n - 1 : 2 * n });
        };
        if (said !== null && said !== undefined) leads(said);
        for (const [i, condition] of asks.entries()) {
          // What was adopted has everybody's groups behind it, told or not.
          const found = told.findings.groups[i] ?? (told.outcome === 'aprobado' || null);
          if (condition.kind === 'majority' && condition.of !== 'overall' && found !== null)
            if (condition.of.dimension === dimension && condition.of.label === label) leads(found);
          if (condition.kind === 'every' && condition.dimension === dimension && found && n >= 10) {
            if (condition.percent === 50) leads(true);
            else {
              const terms: [number, number][] = [
                [yes, 100 - condition.percent],
                [no, -condition.percent],
              ];
              lines.push({ terms, least: 0, most: 100 * n }, { terms: [one(yes)], least: 1, most: n });
            }
          }
        }
        return heap;
      });
      for (const c of [0, 1, 2]) equal([...heaps.map((heap) => one(heap[c]!)), [whole[c]!, -1]], 0);
    }
  }
  for (const [name, a] of sums[0] ?? []) {
    const b = sums[1]?.get(name);
    if (!b) continue;
    const only = (some: number[], others: number[], w: number) =>
      some.filter((k) => !others.includes(k)).map((k): [number, number] => [cells[k]![a.c]!, w]);
    equal([...only(b.members, a.members, 1), ...only(a.members, b.members, -1)], b.n - a.n);
  }
  if (!narrowed(lines, low, high)) return null;
  return sizes.map((n, k) => n > 0 && cells[k]!.some((v) => low[v] === n));
}

/** How many votes follow from one result. */
export function derived(plan: Plan, kin: readonly Kin[], overall: Counts, told: Told, round?: Round): number {
  const sizes = kin.map(({ n }) => n);
  const found = followed(sizes, [{ plan, round, places: kin.map(({ places: at }) => at), overall, told }]);
  if (!found) throw new Error('a result that nothing agrees with');
  return sizes.reduce((sum, n, k) => sum + (found[k] ? n : 0), 0);
}

/**
 * How many votes follow from two results side by side for who holds that nobody who voted in both thought again. Who
 * voted where everybody said the same is left out: that shows itself.
 */
export function derivedTwice(both: readonly TwiceKin[], first: Seen, second: Seen): number {
  const sizes = both.map(({ n }) => n);
  // Those who voted twice cannot all have kept their answers where the sums have less in common than there are of them.
  const twice = both.reduce((sum, one) => sum + (one.first && one.second ? one.n : 0), 0);
  const common = (['yes', 'no', 'abstain'] as const).map((key) =>
    Math.min(first.overall?.[key] ?? Infinity, second.overall?.[key] ?? Infinity),
  );
  if (common.reduce((a, b) => a + b, 0) < twice) return 0;
  const found = followed(sizes, [first, second]);
  if (!found) return 0;
  const plain = [first, second].map(({ overall }) => {
    const told = Object.values(overall ?? {});
    return told.length > 0 && told.includes(told.reduce((a, b) => a + b, 0));
  });
  const shows = (k: number) => [first, second].some(({ places }, at) => plain[at]! && places[k] !== null);
  return sizes.reduce((sum, n, k) => sum + (found[k] && !shows(k) ? n : 0), 0);
}

export type Second = { forum: Forum; plan: Plan; votes: Choice[]; both: TwiceKin[] };

/**
 * The same people vote again on one article of a forum: some stay away and others come, some think again, and some
 * women take back their agreement. Often nobody thinks again, since there the difference of two results tells most.
 */
export function votedAgain(forum: Forum, plan: Plan, first: readonly Choice[], seed: number): Second | null {
  const lot = dice(seed);
  const pick = (...some: number[]) => some[Math.floor(lot() * some.length)]!;
  const [away, come, turn, withdrawn] = [
    pick(0, 0.01, 0.05, 0.3),
    pick(0, 0.02, 0.2),
    pick(0, 0, 0.02, 0.3),
    pick(0, 0, 0.1),
  ];
  const had = new Map(forum.voters.map((one, i) => [one, first[i]!]));
  const roll: Stratum[] = [];
  const voters: Stratum[] = [];
  const votes: Choice[] = [];
  const pairs: [Stratum, Stratum, boolean][] = [];
  const any = () => (['si', 'no', 'abstencion'] as const)[Math.floor(lot() * 2.2)]!;
  for (const one of forum.roll) {
    const now = one.woman && lot() < withdrawn ? { ...one, woman: false } : { ...one };
    roll.push(now);
    const before = had.get(one);
    const there = before === undefined ? lot() < come : lot() >= away;
    if (there) {
      voters.push(now);
      votes.push(before === undefined || lot() < turn ? any() : before);
    }
    pairs.push([one, now, there]);
  }
  const again = { roll, voters, articles: [] };
  const other = planOfForum(again);
  if (!other || voters.length < 10) return null;
  const kin = new Map<string, TwiceKin>();
  const at = (of: Plan, one: Stratum) => of.dimensions.map((dimension) => placeIn(dimension, one));
  for (const [one, now, there] of pairs) {
    const [a, b] = [had.has(one) ? at(plan, one) : null, there ? at(other, now) : null];
    if (!a && !b) continue;
    const key = `${a}|${b}`;
    kin.set(key, { first: a, second: b, n: (kin.get(key)?.n ?? 0) + 1 });
  }
  return { forum: again, plan: other, votes, both: [...kin.values()] };
}

/** What plain k = 10 would publish: the women's counts wherever ten or more voted, and each group's yes or no. */
export function plainTen(tables: Tables, told: Told): Told {
  const women = tables.by.women!.find(({ label }) => label === 'women')!.counts;
  const groups = ['cooperative', 'region'].flatMap((dimension) =>
    tables.by[dimension]!.map(({ label, counts }) => ({
      dimension,
      label,
      favour: counts.yes + counts.no + counts.abstain >= 10 ? counts.yes > counts.no : null,
    })),
  );
  const cast = women.yes + women.no + women.abstain;
  return { ...told, groups, women: cast >= 10 ? { told: 'counts', counts: women } : { told: 'band' } };
}
