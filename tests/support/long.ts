import { sql } from 'drizzle-orm';
import * as Y from 'yjs';
import type { Db } from '~/db/client';
import { textUpdates } from '~/db/schema/drafts';
import { createText } from '~/server/drafts/commands';
import { compactText } from '~/server/realtime/compact';
import { documentOf } from '~/server/realtime/document';
import { appendAll, textState } from '~/server/realtime/log';
import { startStates } from '~/server/realtime/state';

const pace = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const started = performance.now();
  const made = await work();
  return [made, performance.now() - started];
};

/**
 * A text of very many edits, letter by letter as people type, with every eighth taken away again: opened from its
 * log, folded, opened from its snapshot.
 * @returns the times in ms, how many bytes each way, and whether both say the same.
 */
export async function longHistory(db: Db, edits: number, say: (line: string) => void = () => {}) {
  const textId = await db.transaction((tx) => createText(tx, 'draft', '', null));
  const doc = new Y.Doc();
  const text = doc.getText('text');
  let made: { author: null; bytes: Uint8Array }[] = [];
  doc.on('update', (bytes: Uint8Array) => made.push({ author: null, bytes }));
  let cursor = 0;
  for (let i = 0; i < edits; i++) {
    if (i % 40 === 0) cursor = (i * 7919) % (text.length + 1);
    if (i % 8 === 7 && cursor > 0) text.delete(--cursor, 1);
    else text.insert(cursor++, String.fromCharCode(97 + (i % 26)));
    if (made.length === 500 || i === edits - 1) {
      await appendAll(db, textId, made);
      made = [];
    }
  }
  await db.execute(sql`update ${textUpdates} set at = now() - interval '3 days' where text_id = ${textId}`);
  const logBytes = Number(
    (await db.execute(sql`select sum(length(bytes)) as n from ${textUpdates} where text_id = ${textId}`))[0]!
      .n,
  );
  const [fromLog, openLog] = await pace(() => startStates(db).of(textId));
  say(`opened from ${edits} rows (${logBytes} bytes) in ${openLog.toFixed(0)} ms`);
  let turns = 0;
  const [, folding] = await pace(async () => {
    while (await compactText(db, textId)) turns++;
  });
  say(`folded in ${turns} turns, ${folding.toFixed(0)} ms`);
  const [fromSnapshot, openSnapshot] = await pace(() => startStates(db).of(textId));
  const [row] = await db.execute<{ n: number }>(
    sql`select length(state)::int as n from text_snapshots where text_id = ${textId}`,
  );
  say(`opened from its snapshot (${row!.n} bytes) in ${openSnapshot.toFixed(0)} ms`);
  const words = (update: Uint8Array) => documentOf([update]).getText('text').toString();
  const said = words(fromSnapshot.update);
  return {
    textId,
    turns,
    openLog,
    folding,
    openSnapshot,
    logBytes,
    snapshotBytes: row!.n,
    same: said === words(fromLog.update) && said === text.toString() && fromSnapshot.seq === edits,
    rowsLeft: (await textState(db, textId, undefined, edits - 1))!.updates.length,
  };
}
