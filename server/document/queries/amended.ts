import type { DbOrTx } from '~/db/client';
import { openAmendments } from '../../amendments/queries';
import { type Failure, fail } from '../../rule';

/**
 * Whether a base's amendment to one of these articles waits for its decision: until then it is not moved, joined,
 * divided or taken out, so that the words it is about stay where they are.
 */
export async function amended(
  db: DbOrTx,
  articles: readonly { id: string; title: string }[],
): Promise<Failure | null> {
  for (const { id, title } of articles) {
    const [waits] = await openAmendments(db, id);
    if (waits) return fail('document.amendment_waits', undefined, { title, by: waits.by });
  }
  return null;
}
