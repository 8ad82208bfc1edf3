/** Below this many people nothing is said of their sex, or how many they are (indicators.md). */
export const fewestToCount = 10;

export type Group = { key: string; women: number; declared: number };

const percent = ({ women, declared }: Omit<Group, 'key'>) => Math.round((100 * women) / declared);

/**
 * Share of women among those who said their sex, in percent, of all and by group.
 * A group under ten is not told; where that would leave one group to be found by subtraction,
 * the smallest of the others is not told either.
 */
export function shareOfWomen(groups: Group[]): { total: number | null; byGroup: Map<string, number | null> } {
  const all = groups.reduce(
    (sum, group) => ({ women: sum.women + group.women, declared: sum.declared + group.declared }),
    { women: 0, declared: 0 },
  );
  const total = all.declared >= fewestToCount ? percent(all) : null;
  const told = groups.filter((group) => group.declared >= fewestToCount);
  const hidden = groups.filter((group) => group.declared > 0 && group.declared < fewestToCount);
  const left = hidden.reduce((sum, group) => sum + group.declared, 0);
  if (left > 0 && left < fewestToCount && told.length > 0)
    told.splice(told.indexOf(told.reduce((a, b) => (b.declared < a.declared ? b : a))), 1);
  const byGroup = new Map<string, number | null>(groups.map(({ key }) => [key, null]));
  for (const group of told) byGroup.set(group.key, percent(group));
  return { total, byGroup };
}

/** A count as it may be shown to everybody: null below ten. */
export const publicCount = (n: number): number | null => (n < fewestToCount ? null : n);
