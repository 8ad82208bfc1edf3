/** Somebody who is named to stand by a booth. */
export type Named = {
  personId: string;
  /** Neither of the machine nor of an office of the State. */
  entitled: boolean;
  bases: readonly string[];
  /** Whether she stands by another booth that is open. */
  busy: boolean;
};
type Problem = { code: string; field: 'first' | 'second' };

function own(who: Named, openedBy: string): string | null {
  if (who.personId === openedBy) return 'booths.self';
  if (!who.entitled) return 'booths.office';
  if (who.bases.length === 0) return 'booths.no_base';
  return who.busy ? 'booths.busy' : null;
}

/** Why these two cannot stand by a booth that this secretary opens, with the field it is about; null when they can. */
export function pairProblem(first: Named, second: Named, openedBy: string): Problem | null {
  for (const [field, who] of [
    ['first', first],
    ['second', second],
  ] as const) {
    const code = own(who, openedBy);
    if (code) return { code, field };
  }
  if (first.personId === second.personId) return { code: 'booths.twice', field: 'second' };
  return first.bases.some((base) => second.bases.includes(base))
    ? { code: 'booths.same_base', field: 'second' }
    : null;
}

/** How long a voter's turn may last at most: forty articles, heard twice. */
export const turnMs = 2 * 3_600_000;
/**
 * How long it lasts without a press that reaches the forum: the longest article, heard twice. What a tablet without a
 * network could not wipe is nobody's turn after that.
 */
export const restMs = 10 * 60_000;
/** After so long without a touch the tablet forgets her; so long before, it says so. */
export const idleMs = 60_000;
export const warnMs = 15_000;

export type BoothState = 'waiting' | 'open' | 'closed';
/** Waiting: no tablet has typed its code yet. */
export function stateOf(booth: { closed: boolean; entered: boolean; ballotOpen: boolean }): BoothState {
  if (booth.closed || !booth.ballotOpen) return 'closed';
  return booth.entered ? 'open' : 'waiting';
}
