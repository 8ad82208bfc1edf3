/** Below this many people nothing is said of their sex, or how many they are. */
export const fewestToCount = 10;

export type Group = { key: string; women: number; declared: number };

type Count = Omit<Group, 'key'>;

/** Fewer than so many women, or fewer others, would point at each of them. */
export const fewestOnASide = 5;

// In steps of five, so that one who comes or goes does not show herself by the difference.
const percent = ({ women, declared }: Count) => Math.round((20 * women) / declared) * 5;
const mayBeTold = ({ women, declared }: Count) =>
  declared >= fewestToCount && women >= fewestOnASide && declared - women >= fewestOnASide;
const sum = (groups: Count[]): Count =>
  groups.reduce(
    (all, group) => ({ women: all.women + group.women, declared: all.declared + group.declared }),
    { women: 0, declared: 0 },
  );

/**
 * Share of women among those who said their sex, to five percent, of all and by group. Told of ten people or
 * more with at least five on either side; where what is left untold could be found by subtraction and would be too
 * few, the smallest of the others is not told either.
 */
export function shareOfWomen(groups: Group[]): { total: number | null; byGroup: Map<string, number | null> } {
  const all = sum(groups);
  const total = mayBeTold(all) ? percent(all) : null;
  const told = groups.filter(mayBeTold).sort((a, b) => b.declared - a.declared);
  const untold = () => sum(groups.filter((group) => !told.includes(group)));
  while (told.length > 0 && untold().declared > 0 && !mayBeTold(untold())) told.pop();
  const byGroup = new Map<string, number | null>(groups.map(({ key }) => [key, null]));
  for (const group of told) byGroup.set(group.key, percent(group));
  return { total, byGroup };
}

/** A count as it may be shown to everybody: null below ten. */
export const publicCount = (n: number): number | null => (n < fewestToCount ? null : n);
