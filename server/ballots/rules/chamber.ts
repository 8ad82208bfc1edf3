import canonicalize from 'canonicalize';

/** A base's seat, by its name at the opening. */
export type Seat = { associationId: string; name: string };

/** The seats as they are hashed into the manifest: sorted, so that no order of rows matters. */
export const canonicalSeats = (seats: readonly Seat[]): string =>
  canonicalize(
    seats
      .map(({ associationId, name }) => [associationId, name.normalize('NFC')])
      .sort(([a], [b]) => (a! < b! ? -1 : 1)),
  )!;

/** One base lets another speak for it. */
export type Lent = { giver: string; holder: string };

/** So many other bases one may speak for. */
export const mostProxies = 5;

/**
 * Why a proxy is refused; null when it may stand. One given by each base, five held at most, and whoever speaks for
 * others gives hers to nobody, so that there is neither a chain nor a circle. @param standing those in force
 */
export function proxyProblem(
  standing: readonly Lent[],
  seats: ReadonlySet<string>,
  { giver, holder }: Lent,
): 'proxy_self' | 'proxy_seat' | 'proxy_given' | 'proxy_chain' | 'proxy_cap' | null {
  if (giver === holder) return 'proxy_self';
  if (!seats.has(giver) || !seats.has(holder)) return 'proxy_seat';
  if (standing.some((one) => one.giver === giver)) return 'proxy_given';
  if (standing.some((one) => one.holder === giver || one.giver === holder)) return 'proxy_chain';
  return standing.filter((one) => one.holder === holder).length >= mostProxies ? 'proxy_cap' : null;
}
