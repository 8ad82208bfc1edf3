import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { and, asc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { textAuthors, textSnapshots, texts, textUpdates } from '~/db/schema/drafts';
import { keptAuthors } from './authors';
import type { Folded, Unfolded } from './fold';

/** Rows younger than this stay rows: a form carries the seq it was filled from. */
const youngHours = 48;
const rowsAtLeast = 200;
const rowsAtMost = 10_000;
// Few rows may be long: what a whole book was pasted into is folded as well.
const bytesAtLeast = 4 * 1024 * 1024;
const bytesAtMost = 16 * 1024 * 1024;
const workerMs = 60_000;
const workerMb = 512;
const authorsAtOnce = 1000;

const seqOf = sql`coalesce(${textSnapshots.seq}, 0)`;

/** Whether anything is to be done is known from the numbers alone; how old the rows are is looked at then. */
export async function textWithLongLog(db: Db, after: string | null): Promise<string | null> {
  const [row] = await db
    .select({ id: texts.id })
    .from(texts)
    .leftJoin(textSnapshots, eq(textSnapshots.textId, texts.id))
    .where(
      and(
        isNull(texts.erasedAt),
        gt(texts.lastSeq, seqOf),
        sql`(${texts.lastSeq} - ${seqOf} >= ${rowsAtLeast} or ${bytesAtLeast} <= (
          select sum(octet_length(u.bytes)) from ${textUpdates} u where u.text_id = ${texts.id} and u.seq > ${seqOf}))`,
        after === null ? undefined : sql`${texts.id} > ${after}`,
      ),
    )
    .orderBy(asc(texts.id))
    .limit(1);
  return row?.id ?? null;
}

/** The oldest rows of a log that may go, if they are worth a turn, as many as one takes; they begin right behind the snapshot. */
async function oldRows(db: Db, textId: string, base: number) {
  const rows = await db.execute<{ seq: string; author: string | null; bytes: Uint8Array }>(sql`
    with mine as (select seq, author, bytes, at from ${textUpdates} where text_id = ${textId} and seq > ${base})
    select seq, author, bytes from mine
    where seq < coalesce(
      (select min(seq) from mine where at >= now() - make_interval(hours => ${youngHours})), ${Number.MAX_SAFE_INTEGER})
    order by seq limit ${rowsAtMost}`);
  let bytes = 0;
  const some = rows.filter((row) => {
    bytes += row.bytes.length;
    return bytes <= bytesAtMost;
  });
  return rows.length >= rowsAtLeast || bytes >= bytesAtLeast ? some : [];
}

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, 'fold-worker.mjs');
const source = pathToFileURL(join(here, 'fold-worker.ts')).href;

// In the build the thread's program is a file beside the server's; from source something must read TypeScript to it.
const startWorker = (options: WorkerOptions) =>
  existsSync(built)
    ? new Worker(built, options)
    : new Worker(`import('tsx/esm/api').then(({ tsImport }) => tsImport('${source}', '${source}'))`, {
        ...options,
        eval: true,
      });

/** `fold` in a thread of its own, with its own memory. @throws Error when it takes too long or too much. */
function foldAside(workerData: Unfolded): Promise<Folded> {
  const worker = startWorker({
    workerData,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: workerMb },
  });
  return new Promise<Folded>((resolve, reject) => {
    const late = setTimeout(() => {
      void worker.terminate();
      reject(new Error('the fold took too long'));
    }, workerMs);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      clearTimeout(late);
      reject(new Error('the fold ended without a word'));
    });
  });
}

/**
 * Takes one turn at a text: the oldest rows of its log become part of its snapshot. Whatever is written
 * meanwhile has a higher seq and is not touched; if the process dies, nothing has happened.
 * @returns whether another turn may find more to do.
 */
export async function compactText(db: Db, textId: string): Promise<boolean> {
  const [snapshot] = await db
    .select({ seq: textSnapshots.seq, state: textSnapshots.state })
    .from(textSnapshots)
    .where(eq(textSnapshots.textId, textId));
  const base = snapshot?.seq ?? 0;
  const rows = await oldRows(db, textId, base);
  if (rows.length === 0) return false;
  const seq = Number(rows.at(-1)!.seq);
  const { state, authors } = await foldAside({
    state: snapshot?.state ?? null,
    authors: await keptAuthors(db, textId),
    rows: rows.map(({ author, bytes }) => ({ author, bytes })),
  });
  return db.transaction(async (tx) => {
    const [text] = await tx
      .select({ erasedAt: texts.erasedAt })
      .from(texts)
      .where(eq(texts.id, textId))
      .for('update');
    if (!text || text.erasedAt) return false;
    const [now] = await tx
      .select({ seq: textSnapshots.seq })
      .from(textSnapshots)
      .where(eq(textSnapshots.textId, textId));
    // Another process was faster: what was made here stands on a base that is no longer the last one.
    if ((now?.seq ?? 0) !== base) return true;
    await tx
      .insert(textSnapshots)
      .values({ textId, seq, state })
      .onConflictDoUpdate({ target: textSnapshots.textId, set: { seq, state, at: sql`now()` } });
    await tx.delete(textAuthors).where(eq(textAuthors.textId, textId));
    for (let i = 0; i < authors.length; i += authorsAtOnce)
      await tx
        .insert(textAuthors)
        .values(authors.slice(i, i + authorsAtOnce).map((span) => ({ textId, ...span })));
    // The last row stays: by it a client that comes back is known to have been told this log (`protocol.ts`).
    await tx.delete(textUpdates).where(and(eq(textUpdates.textId, textId), lt(textUpdates.seq, seq)));
    return true;
  });
}
