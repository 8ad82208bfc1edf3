import type { Tx } from '~/db/client';
import { texts } from '~/db/schema/drafts';
import { append } from '../realtime/log';
import { firstUpdate } from './rules';

/**
 * Makes a co-written text. The caller has decided that the author may.
 * @param text what stands in it from the first moment; may be empty. @returns its id.
 */
export async function createText(
  tx: Tx,
  kind: 'draft' | 'article',
  text: string,
  author: string | null,
): Promise<string> {
  const [row] = await tx.insert(texts).values({ kind }).returning({ id: texts.id });
  if (text) await append(tx, row!.id, author, firstUpdate(text));
  return row!.id;
}
