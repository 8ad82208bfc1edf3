import type { Choice, Counts } from '~/server/ballots/rules';
import { charters } from '~/server/ballots/rules/charter';
import type { Tables } from '~/server/ballots/rules/conditions';
import type { Kin } from '~/server/ballots/rules/exposure';
import { type Plan, placeIn, planOf, planProblem, type Stratum } from '~/server/ballots/rules/plan';
import type { Told } from '~/server/ballots/rules/publication';

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

/** Narrows what each variable can be until nothing more follows. */
function narrowed(lines: readonly Line[], low: number[], high: number[]): void {
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
        if (moved) {
          down += (w > 0 ? w * low[v]! : w * high[v]!) - ownDown;
          up += (w > 0 ? w * high[v]! : w * low[v]!) - ownUp;
        }
      }
    }
  }
}

/**
 * How many votes follow from what was published, for who knows the roll and who voted. Shares no code with the check:
 * it narrows intervals where that one builds worlds.
 */
export function derived(plan: Plan, kin: readonly Kin[], overall: Counts, told: Told): number {
  const [low, high]: [number[], number[]] = [[], []];
  const lines: Line[] = [];
  const variable = (most: number) => {
    low.push(0);
    return high.push(most) - 1;
  };
  const equal = (terms: [number, number][], n: number) => lines.push({ terms, least: n, most: n });
  const one = (v: number): [number, number] => [v, 1];
  const cells = kin.map(({ n }) => [0, 1, 2].map(() => variable(n)));
  const whole = [overall.yes, overall.no, overall.abstain];
  for (const [k, { n }] of kin.entries()) equal(cells[k]!.map(one), n);
  for (const c of [0, 1, 2])
    equal(
      cells.map((cell) => one(cell[c]!)),
      whole[c]!,
    );
  for (const [d, { dimension, groups }] of plan.dimensions.entries()) {
    const sums = groups.map(({ label }, g) => {
      const members = kin.flatMap(({ places: at }, k) => (at[d] === g ? [k] : []));
      const n = members.reduce((sum, k) => sum + kin[k]!.n, 0);
      const own = [0, 1, 2].map((c) => {
        const v = variable(n);
        equal([...members.map((k) => one(cells[k]![c]!)), [v, -1]], 0);
        return v;
      });
      equal(own.map(one), n);
      const women = dimension === 'women' && label === 'women' ? told.women : null;
      if (women?.told === 'counts')
        for (const [c, value] of [women.counts.yes, women.counts.no, women.counts.abstain].entries())
          equal([one(own[c]!)], value);
      if (women?.told === 'yes') equal([one(own[0]!)], women.yes);
      const majority = dimension === 'women' && label === 'women' ? told.findings.groups[0] : undefined;
      const said = told.groups?.find(
        (group) => group.dimension === dimension && group.label === label,
      )?.favour;
      const favour = majority ?? said ?? null;
      if (favour !== null) {
        const twice: [number, number][] = [
          [own[0]!, 2],
          [own[2]!, 1],
        ];
        const against: [number, number][] = [
          [own[1]!, 2],
          [own[2]!, 1],
        ];
        lines.push({ terms: twice, least: favour ? n + 1 : 0, most: favour ? 2 * n : n });
        lines.push({ terms: against, least: favour ? 0 : n, most: favour ? n - 1 : 2 * n });
      }
      return own;
    });
    for (const c of [0, 1, 2])
      equal(
        sums.map((own) => one(own[c]!)),
        whole[c]!,
      );
  }
  narrowed(lines, low, high);
  return kin.reduce((sum, { n }, k) => sum + (n > 0 && cells[k]!.some((v) => low[v] === n) ? n : 0), 0);
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
