import { type AnyRule, dimensionsOf, isCharter } from './charter';

/** What the roll says of a person for one ballot: public facts of her base, and her own word about herself. */
export type Stratum = { woman: boolean; country: string; department: string; cooperative: boolean };
export type Entry = Stratum & { personId: string; associationId: string };

/**
 * How one dimension is told: its groups, who is in each, and whether women's counts or only each group's yes or
 * no are published. Frozen in the manifest; the labels stand in the order of this list.
 */
export type PlanDimension = {
  dimension: string;
  publish: 'counts' | 'verdict';
  groups: { label: string; holds: string[]; roll: number }[];
};
export type Plan = { least: number; margin: number; dimensions: PlanDimension[] };

/** Within so many votes of none or of all, a count would as good as name them. */
export const margin = 3;

/** Departments in the order in which neighbours follow each other, from the north of Peru to the east of Bolivia. */
const path = [
  ...['24', '20', '14', '06', '01', '16', '22', '13', '02', '10', '25', '19', '15', '07', '12', '09'],
  ...['11', '05', '03', '08', '17', '04', '18', '23', '21'],
  ...['BO-L', 'BO-N', 'BO-B', 'BO-O', 'BO-C', 'BO-P', 'BO-H', 'BO-T', 'BO-S'],
];
const placeOf = (department: string) => {
  const at = path.indexOf(department);
  return at < 0 ? path.length : at;
};
const byPath = (a: string, b: string) => placeOf(a) - placeOf(b) || (a < b ? -1 : a > b ? 1 : 0);

const partOf: Record<string, (one: Stratum) => string> = {
  women: ({ woman }) => (woman ? 'women' : 'others'),
  region: ({ department }) => department,
  cooperative: ({ cooperative }) => (cooperative ? 'inside' : 'outside'),
};

/** Parts with fewer than `least` people are put together with the next one on the way, the last with the one before. */
function merged(parts: readonly [string, number][], least: number) {
  const groups: { holds: string[]; roll: number }[] = [];
  for (const [part, n] of parts) {
    const last = groups.at(-1);
    if (last && last.roll < least) {
      last.holds.push(part);
      last.roll += n;
    } else groups.push({ holds: [part], roll: n });
  }
  const rest = groups.length > 1 && groups.at(-1)!.roll < least ? groups.pop()! : null;
  if (rest) {
    groups.at(-1)!.holds.push(...rest.holds);
    groups.at(-1)!.roll += rest.roll;
  }
  return groups.map((group) => ({ label: group.holds.join('+'), ...group }));
}

/**
 * What will be published of a ballot, from the roll alone, before anybody votes. Small regions are merged with their
 * neighbours by the order above; women are never merged away.
 */
export function planOf(rule: AnyRule, roll: readonly Stratum[]): Plan | null {
  if (!isCharter(rule)) return null;
  const dimensions = dimensionsOf(rule).map((dimension): PlanDimension => {
    const sizes = new Map<string, number>();
    for (const one of roll) {
      const part = partOf[dimension]!(one);
      sizes.set(part, (sizes.get(part) ?? 0) + 1);
    }
    const parts = [...sizes].sort(([a], [b]) => byPath(a, b));
    if (dimension !== 'women') return { dimension, publish: 'verdict', groups: merged(parts, rule.least) };
    const groups = ['women', 'others'].map((label) => ({
      label,
      holds: [label],
      roll: sizes.get(label) ?? 0,
    }));
    return { dimension, publish: 'counts', groups };
  });
  return { least: rule.least, margin, dimensions };
}

/** In which group of a dimension somebody is counted; −1 where the plan has no place for her. */
export const placeIn = ({ dimension, groups }: PlanDimension, one: Stratum): number =>
  groups.findIndex(({ holds }) => holds.includes(partOf[dimension]!(one)));

/** Whether these places are those of the roll that the plan was made from, as far as the size of each group can tell. */
export const fitsPlan = (plan: Plan, roll: readonly { places: readonly number[] }[]): boolean =>
  plan.dimensions.every(({ groups }, d) =>
    groups.every((group, at) => roll.filter(({ places }) => places[d] === at).length === group.roll),
  );

export type PlanProblem =
  | 'small_group'
  | 'crossed'
  | 'two_counted'
  | 'unplaced'
  | 'not_the_rule'
  | 'too_near';

/**
 * Why a plan is refused, before the opening; null when it may stand. Each group, and what is left when it is taken
 * from the whole, has enough people; no two dimensions are crossed; counts are told in one alone, since the
 * differences between two tables of counts name people; everybody has exactly one place.
 */
export function planProblem(plan: Plan, rule: AnyRule, roll: readonly Stratum[]): PlanProblem | null {
  if (plan.margin < margin) return 'too_near';
  const named = plan.dimensions.map(({ dimension }) => dimension);
  if (named.some((name) => !(name in partOf)) || new Set(named).size !== named.length) return 'crossed';
  if (dimensionsOf(rule).join() !== [...named].sort().join()) return 'not_the_rule';
  if (plan.dimensions.filter(({ publish }) => publish === 'counts').length > 1) return 'two_counted';
  for (const dimension of plan.dimensions) {
    const sizes = dimension.groups.map(() => 0);
    for (const one of roll) {
      const places = dimension.groups.filter(({ holds }) =>
        holds.includes(partOf[dimension.dimension]!(one)),
      );
      if (places.length !== 1) return 'unplaced';
      sizes[placeIn(dimension, one)]! += 1;
    }
    if (dimension.groups.some(({ roll: told }, i) => told !== sizes[i])) return 'unplaced';
    if (sizes.some((n) => n < plan.least || (n < roll.length && roll.length - n < plan.least)))
      return 'small_group';
  }
  return null;
}
