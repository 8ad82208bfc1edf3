import type { Difference } from './comparison';
import { type Group, groups } from './coverage';

/** A concern behind an article, as far as it is counted. */
export type Voice = { areas: readonly string[]; department: string; group: Group; womens: boolean };

/** How often each word stands in the list, the most frequent first. */
export function counted<S extends string>(words: readonly S[]): { slug: S; n: number }[] {
  const counts = new Map<S, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .map(([slug, n]) => ({ slug, n }))
    .sort((a, b) => b.n - a.n || (a.slug < b.slug ? -1 : 1));
}

/**
 * Who stands behind an article: concerns counted, never people. Kinds of group and departments add up to all of
 * them, areas need not; a women's collective is also of its own kind.
 */
export function standingBehind(voices: readonly Voice[]) {
  const cooperatives = voices.filter(({ group }) => group === 'cooperativa').length;
  return {
    areas: counted(voices.flatMap(({ areas }) => [...new Set(areas)])),
    departments: counted(voices.map(({ department }) => department)),
    groups: groups
      .map((slug) => ({ slug, n: voices.filter(({ group }) => group === slug).length }))
      .filter(({ n }) => n > 0),
    womens: voices.filter(({ womens }) => womens).length,
    inside: cooperatives,
    outside: voices.length - cooperatives,
  };
}

type Numbered = { id: string; number: number };
type Place = { number: number; area: string; title: string };

/** One thing that happened to an article. Who did it is a committee, a table or a base, never a person. */
export type Happening = { at: Date } & (
  | {
      kind: 'taken';
      draft: { id: string | null; title: string | null; space: string | null; bases: string[] };
    }
  | { kind: 'tied' | 'untied'; concerns: Numbered[] }
  | {
      kind: 'frozen';
      version: number;
      place: Place;
      before: { version: number; place: Place } | null;
      difference: Difference | null;
    }
  | { kind: 'gone'; version: number }
  | { kind: 'retired' }
);

// What happens in one moment has this order: first its source, then its concerns, then the freezing.
const turn = { taken: 0, tied: 1, untied: 2, retired: 3, frozen: 4, gone: 5 };

/** From the first to the last; of what came after `until` nothing. */
export const inOrder = <H extends Happening>(all: readonly H[], until?: Date): H[] =>
  all
    .filter(({ at, kind }) => !until || at <= until || kind === 'frozen' || kind === 'gone')
    .sort((a, b) => a.at.getTime() - b.at.getTime() || turn[a.kind] - turn[b.kind]);

type Tie = Numbered & { at: Date };

/** Concerns that were tied (or untied) on one day stand together, by number. */
export function together(
  kind: 'tied' | 'untied',
  ties: readonly Tie[],
  dayOf: (at: Date) => string,
): Happening[] {
  const days = new Map<string, Tie[]>();
  for (const tie of ties) days.set(dayOf(tie.at), [...(days.get(dayOf(tie.at)) ?? []), tie]);
  return [...days.values()].map((same) => ({
    kind,
    at: new Date(Math.min(...same.map(({ at }) => at.getTime()))),
    concerns: same.map(({ id, number }) => ({ id, number })).sort((a, b) => a.number - b.number),
  }));
}
