import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { texts, textUpdates } from '~/db/schema/drafts';

/** One Yjs update and the person whose socket or form brought it; `null`: the forum itself. */
export type Entry = { author: string | null; bytes: Uint8Array };
export type Logged = { seq: number; bytes: Uint8Array };

/** There is no such text, so nothing can be kept for it. */
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
      update ${texts} set last_seq = last_seq + ${entries.length} where id = ${textId}
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
