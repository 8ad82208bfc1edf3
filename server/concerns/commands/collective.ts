import type { Tx } from '~/db/client';
import { concernDecisions, concerns } from '~/db/schema/concerns';
import { placed } from '../commands';

type Given = {
  id: string;
  /** The name it is read by. */
  collective: string;
  womens: boolean;
  words: string;
  areas: string[];
  place: string;
  barrier: string;
  at: Date;
};

/**
 * A concern that a collective without a base has let out: nobody raised it, and it has the same thread as any.
 * @returns why not: it stands there already
 */
export async function raiseCollective(tx: Tx, { id, place, at, ...given }: Given): Promise<'same' | null> {
  const added = await tx
    .insert(concerns)
    .values({ id, ...given, ...placed(place), createdAt: at })
    .onConflictDoNothing()
    .returning({ id: concerns.id });
  if (added.length === 0) return 'same';
  await tx.insert(concernDecisions).values({ concernId: id, state: 'recibida', decidedAt: at });
  return null;
}
