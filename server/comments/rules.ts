export const sides = ['for', 'against'] as const;
export type Side = (typeof sides)[number];

/** Kinds of group that speak; who names no base speaks for herself. The State is none of them. */
export const groups = ['asociacion', 'cooperativa', 'federacion', 'comite', 'base_libre', 'none'] as const;
export type Group = (typeof groups)[number];

type Voice = { side: Side; group: Group | null; womens: boolean; state: boolean; n: number };
export type Tally = {
  for: number;
  against: number;
  /** By kind of group, those that have said something. */
  groups: { group: Group; for: number; against: number }[];
  /** Of women's organizations, whatever their kind. */
  womens: { for: number; against: number };
};

/** Adds up voices by side and kind of group. What the State says is never counted with the bases. */
export function counted(voices: readonly Voice[]): Tally {
  const bases = voices.filter(({ state }) => !state);
  const sum = (side: Side, which: (voice: Voice) => boolean) =>
    bases.filter((voice) => voice.side === side && which(voice)).reduce((all, { n }) => all + n, 0);
  const of = (which: (voice: Voice) => boolean) => ({
    for: sum('for', which),
    against: sum('against', which),
  });
  return {
    ...of(() => true),
    groups: groups
      .map((group) => ({ group, ...of((voice) => (voice.group ?? 'none') === group) }))
      .filter((row) => row.for + row.against > 0),
    womens: of(({ womens }) => womens),
  };
}
