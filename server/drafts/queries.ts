import type { DbOrTx } from '~/db/client';
import { read } from '../realtime/log';
import { plainText } from './rules';

/**
 * The words of a text as they stand, or as they stood at a seq of its log.
 * @returns the text and the seq it was taken at; '' and 0 for a text in which nothing was written.
 */
export async function currentText(
  db: DbOrTx,
  textId: string,
  upTo?: number,
): Promise<{ text: string; seq: number }> {
  const log = await read(db, textId, upTo);
  return { text: plainText(log.map((entry) => entry.bytes)), seq: log.at(-1)?.seq ?? 0 };
}
