import { and, asc, eq, gt, isNull, lte, sql } from 'drizzle-orm';
import type { DbOrTx, Tx } from '~/db/client';
import { textAuthors, textSnapshots, texts, textUpdates } from '~/db/schema/drafts';
import type { Part } from './document';
import { unpack } from './snapshots';

/** One Yjs update and the person whose socket or form brought it; `null`: the forum itself. */
export type Entry = { author: string | null; bytes: Uint8Array };
export type Logged = { seq: number; bytes: Uint8Array };
/**
 * What a text is made of: its snapshot and the updates, in order, that make an empty document hold it, the last seq among them, and
 * the bytes of the log's row there (null where nothing has been written). `packed`: the snapshot as it lies there, where it is all.
 */
export type Stored = { updates: Part[]; seq: number; last: Uint8Array | null; packed: Uint8Array | null };

/** There is no such text, or none any more: nothing can be kept for it. */
export class UnknownText extends Error {}

/**
 * Adds updates to a text's log, in their order, in one statement and so in one commit.
 * The seq comes from the text's own row, which stays locked until the commit: without that lock a reader
 * of «seq > n» could skip a row that becomes visible late (drafting.md 4.3).
 * @returns the seq of the last one.
 * @throws UnknownText
 */
export async function appendAll(db: DbOrTx, textId: string, entries: readonly Entry[]): Promise<number> {
  if (entries.length === 0) throw new Error('nothing to append');
  const rows = entries.map(
    ({ author, bytes }, i) => sql`(${i + 1}::bigint, ${author}::uuid, ${bytes}::bytea)`,
  );
  const done = await db.execute<{ seq: string }>(sql`
    with given as (
      update ${texts} set last_seq = last_seq + ${entries.length}
      where id = ${textId} and erased_at is null
      returning last_seq - ${entries.length} as before)
    insert into ${textUpdates} (text_id, seq, author, bytes)
    select ${textId}::uuid, given.before + entry.n, entry.author, entry.bytes
    from given, (values ${sql.join(rows, sql`, `)}) as entry (n, author, bytes)
    returning seq`);
  if (done.length === 0) throw new UnknownText(textId);
  return Math.max(...done.map((row) => Number(row.seq)));
}

/** Adds one update; see `appendAll`. */
export const append = (db: DbOrTx, textId: string, author: string | null, bytes: Uint8Array) =>
  appendAll(db, textId, [{ author, bytes }]);

/**
 * The log of a text in the order of seq.
 * @param upTo the last seq wanted; all when left out. @param after only what came after this seq.
 */
export function read(db: DbOrTx, textId: string, upTo?: number, after = 0): Promise<Logged[]> {
  return db
    .select({ seq: textUpdates.seq, bytes: textUpdates.bytes })
    .from(textUpdates)
    .where(
      and(
        eq(textUpdates.textId, textId),
        gt(textUpdates.seq, after),
        upTo === undefined ? undefined : lte(textUpdates.seq, upTo),
      ),
    )
    .orderBy(asc(textUpdates.seq));
}

/**
 * A text from what is kept of it: its snapshot, where it has one, and the rows of the log behind that. One
 * statement, so that a compaction is seen whole or not at all.
 * @param upTo the last seq wanted; all when left out.
 * @param after for who has everything up to this seq: only what came later (with a newer snapshot, more than that).
 * @returns null when that moment lies before the snapshot: how the text stood then is no longer known.
 */
export async function textState(
  db: DbOrTx,
  textId: string,
  upTo?: number,
  after = 0,
): Promise<Stored | null> {
  const rows = await db.execute<{ seq: string; bytes: Uint8Array; part: 'snapshot' | 'row' | 'last' }>(sql`
    with snapshot as (
      select seq, state from ${textSnapshots} where text_id = ${textId} and seq > ${after}::bigint)
    select seq, state as bytes, 'snapshot' as part from snapshot
    union all
    select seq, bytes, case when seq = (select seq from snapshot) then 'last' else 'row' end from ${textUpdates}
    where text_id = ${textId} and seq > ${after}::bigint and seq >= coalesce((select seq from snapshot), 0)
      and seq <= ${upTo ?? Number.MAX_SAFE_INTEGER}::bigint
    order by seq, part desc`);
  const [first] = rows;
  if (upTo !== undefined && first?.part === 'snapshot' && Number(first.seq) > upTo) return null;
  return {
    updates: rows.flatMap(({ part, bytes }) =>
      part === 'last' ? [] : [part === 'snapshot' ? unpack(bytes) : bytes],
    ),
    seq: Number(rows.at(-1)?.seq ?? after),
    last: rows.findLast(({ part }) => part !== 'snapshot')?.bytes ?? null,
    packed: first?.part === 'snapshot' && rows.every(({ part }) => part !== 'row') ? first.bytes : null,
  };
}

/**
 * Deletes a text for good: its words, who wrote them, and everything from which they could be made again. It takes
 * nothing any more. The caller has decided so, and tells `access.text.erased` with its commit.
 * @throws UnknownText, also when it has been erased before.
 */
export async function eraseText(tx: Tx, textId: string): Promise<void> {
  const erased = await tx
    .update(texts)
    .set({ erasedAt: sql`now()` })
    .where(and(eq(texts.id, textId), isNull(texts.erasedAt)))
    .returning({ id: texts.id });
  if (erased.length === 0) throw new UnknownText(textId);
  for (const table of [textUpdates, textSnapshots, textAuthors])
    await tx.delete(table).where(eq(table.textId, textId));
}
