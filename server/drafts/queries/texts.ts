import type { DbOrTx } from '~/db/client';
import { type Stored, textState } from '../../realtime/log';

/** What a text was made of at a seq of its log. */
export type Stood = Stored;

/**
 * A text as it stands, or as it stood at a seq of its log: whatever is done beside a text begins here.
 * @returns null where its log has no such seq, or has it no more.
 */
export async function stoodAt(db: DbOrTx, textId: string, seq?: number): Promise<Stood | null> {
  const stored = await textState(db, textId, seq);
  return stored && (seq === undefined || stored.seq === seq) ? stored : null;
}

/** The same, of now. */
export const standing = async (db: DbOrTx, textId: string): Promise<Stood> => (await stoodAt(db, textId))!;
