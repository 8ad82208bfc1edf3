import { areas } from '~/db/reference/areas';

/** A short document is read at a glance: its chapters stand open. */
export const openAtMost = 12;
/** So many articles stand together on one page: with their summaries some 20 kB on the way, of the 30 that a page may weigh. */
export const together = 150;

export const isArea = (asked: unknown): asked is string => areas.some(({ slug }) => slug === asked);

/** One part of a chapter, counted from 1; an address that asks for none, or for one that is not there, gets the nearest. */
export function partOf<A>(
  all: readonly A[],
  asked: unknown,
): { items: readonly A[]; part: number; parts: number } {
  const parts = Math.max(1, Math.ceil(all.length / together));
  const wanted = typeof asked === 'string' && /^[0-9]{1,6}$/.test(asked) ? Number(asked) : 1;
  const part = Math.min(parts, Math.max(1, wanted));
  return { items: all.slice((part - 1) * together, part * together), part, parts };
}
