import postgres from 'postgres';
import type { Db } from '~/db/client';
import { appendAll, type Entry } from './log';

export type Batch = { textId: string; entries: readonly Entry[] };

/** Where updates are written down; `commits.ts` says when. */
export type Ledger = {
  /**
   * What came in for any number of texts, each named once, in one statement and so in one commit.
   * @returns the last seq of each; `'gone'` where there is no such text any more. A text that somebody else is just
   *   writing is passed over, and is not in the answer.
   */
  together(batches: readonly Batch[]): Promise<Map<string, number | 'gone'>>;
  /** What came in for one text, waiting in line for it. @returns the last seq. @throws UnknownText */
  alone(textId: string, entries: readonly Entry[]): Promise<number>;
};

type Row = { id: string; before: string | null };

/**
 * The ledger that is in the database. The words of `together` are always the same, so the database reads them once;
 * the bytes go as one piece that is cut there, since an array of them would be read letter by letter. It waits for
 * no text's row: a form that holds one would keep all the others waiting, and two processes each other for ever.
 */
export function ledgerOf(db: Db): Ledger {
  async function together(batches: readonly Batch[]): Promise<Map<string, number | 'gone'>> {
    const [textIds, at, authors, offsets, lengths]: [
      string[],
      number[],
      (string | null)[],
      number[],
      number[],
    ] = [[], [], [], [], []];
    let offset = 0;
    for (const { textId, entries } of batches)
      entries.forEach(({ author, bytes }, i) => {
        textIds.push(textId);
        at.push(i + 1);
        authors.push(author);
        offsets.push(offset);
        lengths.push(bytes.length);
        offset += bytes.length;
      });
    const all = Buffer.concat(
      batches.flatMap(({ entries }) => entries.map(({ bytes }) => bytes)),
      offset,
    );
    const rows = await db.$client<Row[]>`
      with given as (
        select * from unnest(${batches.map(({ textId }) => textId)}::uuid[],
          ${batches.map(({ entries }) => entries.length)}::int[]) as g (id, n)),
      free as (
        select t.id from texts t join given using (id) where t.erased_at is null
        for no key update of t skip locked),
      raised as (
        update texts t set last_seq = t.last_seq + g.n from given g join free using (id)
        where t.id = g.id returning t.id, t.last_seq - g.n as before),
      added as (
        insert into text_updates (text_id, seq, author, bytes)
        select r.id, r.before + e.at, e.author, substring(${all}::bytea from e.offs + 1 for e.len)
        from unnest(${textIds}::uuid[], ${at}::int[], ${authors}::uuid[], ${offsets}::int[], ${lengths}::int[])
          as e (id, at, author, offs, len)
        join raised r on r.id = e.id)
      select id, before from raised
      union all
      select g.id, null from given g left join texts t using (id) where t.id is null or t.erased_at is not null`;
    const counts = new Map(batches.map(({ textId, entries }) => [textId, entries.length]));
    return new Map(
      rows.map(({ id, before }) => [id, before === null ? 'gone' : Number(before) + counts.get(id)!]),
    );
  }
  return { together, alone: (textId, entries) => appendAll(db, textId, entries) };
}

// What cannot be, breaks a rule, lost against another, is too long, came to no end, or stands on a broken page.
const ofTheData = /^(22|23|40|54|57014|XX)/;

/** Whether it may have failed for what one text holds, or for who else is at it, and the others can be written. */
export function isOfOneText(error: unknown): boolean {
  const root = error instanceof Error && error.cause ? error.cause : error;
  return root instanceof postgres.PostgresError && ofTheData.test(root.code);
}
