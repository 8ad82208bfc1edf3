import type { DbOrTx } from '~/db/client';
import { read } from '../../realtime/log';

/** What a text was made of at a seq of its log. */
export type Stood = { updates: Uint8Array[]; seq: number };

/**
 * A text as it stands, or as it stood at a seq of its log: whatever is done beside a text begins here.
 * @returns null where its log has no such seq.
 */
export async function stoodAt(db: DbOrTx, textId: string, seq?: number): Promise<Stood | null> {
  const log = await read(db, textId, seq);
  const last = log.at(-1)?.seq ?? 0;
  return seq === undefined || last === seq ? { updates: log.map(({ bytes }) => bytes), seq: last } : null;
}

/** The same, of now. */
export const standing = async (db: DbOrTx, textId: string): Promise<Stood> => (await stoodAt(db, textId))!;
