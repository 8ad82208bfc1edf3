import { canonical, hashOf } from '../../document/rules';
import type { Counts } from '../rules';
import type { Outcome } from './charter';

/** A rejected amendment that stands beside the document's text in a vote, as it was proposed. */
export type Rival = { id: string; kind: 'replace' | 'add' | 'remove'; title: string; text: string };

/** What is frozen of a rival in the manifest: which one, and a hash of what it wants. */
export const sealedRival = ({ id, kind, title, text }: Rival) => ({
  amendment: id,
  kind,
  sha256: hashOf(canonical({ kind, title, text })),
});

type Counted = Pick<Counts, 'yes'> & { verdict: Outcome };

/**
 * Which of the texts that stood beside each other holds after the vote. Everybody may say yes to more than one; of
 * those that the rule adopts the one with most yes holds, and at equal yes the document's, since it was there first.
 * @param texts the document's first, then its rivals in the order in which they were asked.
 * @returns the place in `texts`, or null where none was adopted.
 */
export function holding(texts: readonly Counted[]): number | null {
  let best: number | null = null;
  for (const [i, { verdict, yes }] of texts.entries())
    if (verdict === 'aprobado' && (best === null || yes > texts[best]!.yes)) best = i;
  return best;
}
