import { asc, eq } from 'drizzle-orm';
import * as Y from 'yjs';
import type { DbOrTx } from '~/db/client';
import { textAuthors, textUpdates } from '~/db/schema/drafts';

/** Letters of one client that stand one after another in its numbering: Yjs item ids, `length` in UTF-16 units. */
export type Span = { client: number; clock: number; length: number };
/** The same with who brought them; null: the forum itself. */
export type Authored = Span & { author: string | null };

/** The letters (and marks) that an update brings. What it only deletes brings nothing. */
export function broughtBy(update: Uint8Array): Span[] {
  const spans: Span[] = [];
  for (const struct of Y.decodeUpdate(update).structs) {
    if (struct instanceof Y.Skip) continue;
    const { client, clock } = struct.id;
    const last = spans.at(-1);
    if (last && last.client === client && last.clock + last.length === clock) last.length += struct.length;
    else spans.push({ client, clock, length: struct.length });
  }
  return spans;
}

// What a column holds. Letters never come to that many; a client that counts so is telling tales.
const lengthAtMost = 2 ** 31 - 1;

type Run = { from: number; to: number; author: string | null };

/** The first of these runs (in order, none upon another) that ends behind `clock`. */
function firstBehind(runs: readonly Run[], clock: number): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle]!.to > clock) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Gives `author` what nobody had before between `from` and `to`. */
function claim(runs: Run[], from: number, to: number, author: string | null): void {
  let at = firstBehind(runs, from);
  for (let start = from; start < to; at++) {
    const next = runs[at];
    const end = Math.min(to, next?.from ?? to);
    if (start < end) {
      const before = runs[at - 1];
      if (before?.to === start && before.author === author && end - before.from <= lengthAtMost) {
        before.to = end;
        at--;
      } else runs.splice(at, 0, { from: start, to: end, author });
      start = end;
    } else start = next!.to;
  }
}

/**
 * Who brought which letters: whoever said a letter's id first. A client may choose its ids, so one who repeats
 * another's letters as its own, or sends them again after a reconnect, takes nothing away.
 * @param known what has been made out before, none upon another. @param rows later ones, in the order of their log.
 */
export function authored(
  known: readonly Authored[],
  rows: Iterable<{ author: string | null; bytes: Uint8Array }>,
): Authored[] {
  const byClient = new Map<number, Run[]>();
  const add = ({ client, clock, length }: Span, author: string | null) => {
    let runs = byClient.get(client);
    if (!runs) {
      runs = [];
      byClient.set(client, runs);
    }
    claim(runs, clock, clock + Math.min(length, lengthAtMost), author);
  };
  for (const { author, ...span } of known) add(span, author);
  for (const { author, bytes } of rows) {
    let spans: Span[] = [];
    try {
      spans = broughtBy(bytes);
    } catch {
      // It is in no text either: a document passes over it (document.ts).
    }
    for (const span of spans) add(span, author);
  }
  return [...byClient]
    .sort(([a], [b]) => a - b)
    .flatMap(([client, runs]) =>
      runs.map(({ from, to, author }) => ({ client, clock: from, length: to - from, author })),
    );
}

/** Who brought which letters of a text, of its compacted part and of what is still in its log. */
export async function authorsOf(db: DbOrTx, textId: string): Promise<Authored[]> {
  // Rows first: what a compaction takes out of the log in between is then in both, and the same in both.
  const rows = await db
    .select({ author: textUpdates.author, bytes: textUpdates.bytes })
    .from(textUpdates)
    .where(eq(textUpdates.textId, textId))
    .orderBy(asc(textUpdates.seq));
  return authored(await keptAuthors(db, textId), rows);
}

/** Who brought which letters of the compacted part. */
export const keptAuthors = (db: DbOrTx, textId: string): Promise<Authored[]> =>
  db
    .select({
      client: textAuthors.client,
      clock: textAuthors.clock,
      length: textAuthors.length,
      author: textAuthors.author,
    })
    .from(textAuthors)
    .where(eq(textAuthors.textId, textId))
    .orderBy(asc(textAuthors.client), asc(textAuthors.clock));
