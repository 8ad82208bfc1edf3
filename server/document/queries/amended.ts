import type { DbOrTx } from '~/db/client';
import type { Failure } from '../../rule';

/**
 * Whether a base's amendment to one of these articles waits for its decision: until then it is not moved, joined,
 * divided or taken out, so that the words it is about stay where they are.
 */
export async function amended(
  _db: DbOrTx,
  _articles: readonly { id: string; title: string }[],
): Promise<Failure | null> {
  return null;
}
