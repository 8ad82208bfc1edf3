import { sql } from 'drizzle-orm';
import * as Y from 'yjs';
import { texts, textUpdates } from '~/db/schema/drafts';
import { createText } from '~/server/drafts/commands';
import { editUpdate } from '~/server/drafts/rules';
import { textOf } from '~/server/drafts/rules/texts';
import { append, appendAll, read } from '~/server/realtime/log';
import type { PersonKey } from '../people';
import type { World } from './world';

/** The text as it stood after somebody had written. */
export type Wording = { text: string; by: PersonKey; at: Date };

const notNull = <T>(value: T | null): value is T => value !== null;

/** A co-written text that begins with its first wording. @returns its id. */
export async function beginText(
  { tx, id }: World,
  kind: 'draft' | 'article',
  first: Wording,
): Promise<string> {
  const textId = await createText(tx, kind, first.text, id('person', first.by));
  await tx.execute(sql`update ${texts} set created_at = ${first.at.toISOString()} where id = ${textId}`);
  await dated({ tx }, textId, 0, [first.at]);
  return textId;
}

/** Writes on, wording by wording, each as one person's update. @returns the seq after the last one. */
export async function writeOn(
  { tx, id }: World,
  textId: string,
  wordings: readonly Wording[],
): Promise<number> {
  const before = await read(tx, textId);
  const seq = before.at(-1)?.seq ?? 0;
  const updates = before.map(({ bytes }) => bytes);
  const made = wordings
    .map(({ text, by, at }) => {
      const bytes = editUpdate(updates, text);
      if (!bytes) return null;
      updates.push(bytes);
      return { author: id('person', by), bytes, at };
    })
    .filter(notNull);
  if (made.length === 0) return seq;
  const last = await appendAll(tx, textId, made);
  await dated(
    { tx },
    textId,
    seq,
    made.map(({ at }) => at),
  );
  return last;
}

/** Makes the first line of each part of a text, which stands behind an empty one, its heading. */
export async function headLines({ tx, id }: World, textId: string, by: PersonKey, at: Date): Promise<void> {
  const before = await read(tx, textId);
  const text = textOf(before.map(({ bytes }) => bytes));
  const doc = text.doc!;
  const known = Y.encodeStateVector(doc);
  const words = text.toString();
  doc.transact(() => {
    for (const { index, 0: line } of words.matchAll(/(?<=^|\n\n).+(?=\n)/g))
      text.format(index + line.length, 1, { block: 'heading' });
  });
  const last = await append(tx, textId, id('person', by), Y.encodeStateAsUpdate(doc, known));
  await dated({ tx }, textId, last - 1, [at]);
}

/** Gives the updates after a seq the moments at which they are said to have been written. */
async function dated({ tx }: Pick<World, 'tx'>, textId: string, after: number, moments: readonly Date[]) {
  const rows = moments.map((at, i) => sql`(${after + i + 1}::bigint, ${at.toISOString()}::timestamptz)`);
  await tx.execute(sql`
    update ${textUpdates} set at = given.at from (values ${sql.join(rows, sql`, `)}) as given (seq, at)
    where ${textUpdates.textId} = ${textId} and ${textUpdates.seq} = given.seq`);
}
