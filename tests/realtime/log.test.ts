import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { texts, textUpdates } from '~/db/schema/drafts';
import { createText } from '~/server/drafts/commands';
import { currentText, textAt } from '~/server/drafts/queries';
import { editUpdate, firstUpdate } from '~/server/drafts/rules';
import { append, appendAll, read, UnknownText } from '~/server/realtime/log';
import { testDatabase } from '~/tests/support/db';

const t = testDatabase();
const make = (text: string) => t.db.transaction((tx) => createText(tx, 'draft', text, null));
const bytes = (n: number) => new Uint8Array([n, 0, 255]);

describe('the log of a text', () => {
  it('gives back the same bytes in the order in which they came', async () => {
    const id = await make('');
    expect(await append(t.db, id, null, bytes(1))).toBe(1);
    expect(
      await appendAll(
        t.db,
        id,
        [2, 3].map((n) => ({ author: null, bytes: bytes(n) })),
      ),
    ).toBe(3);
    const log = await read(t.db, id);
    expect(log.map((row) => [row.seq, ...row.bytes])).toEqual([
      [1, 1, 0, 255],
      [2, 2, 0, 255],
      [3, 3, 0, 255],
    ]);
    expect((await read(t.db, id, 2)).map((row) => row.seq)).toEqual([1, 2]);
    expect((await read(t.db, id, undefined, 2)).map((row) => row.seq)).toEqual([3]);
  });

  it('gives no number twice and skips none when twenty write at once', async () => {
    const id = await make('');
    await Promise.all(Array.from({ length: 20 }, (_, i) => append(t.db, id, null, bytes(i))));
    expect((await read(t.db, id)).map((row) => row.seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('gives no number again after the oldest rows are gone', async () => {
    const id = await make('uno');
    await t.db.delete(textUpdates).where(eq(textUpdates.textId, id));
    expect(await append(t.db, id, null, bytes(1))).toBe(2);
  });

  it('keeps nothing for a text that is not there', async () => {
    const [gone] = await t.db.insert(texts).values({ kind: 'draft' }).returning();
    await t.db.delete(texts).where(eq(texts.id, gone!.id));
    await expect(append(t.db, gone!.id, null, bytes(1))).rejects.toThrow(UnknownText);
  });

  it('is read as words, now and as they stood', async () => {
    const id = await make('Queremos agua.');
    const before = await currentText(t.db, id);
    expect(before).toEqual({ text: 'Queremos agua.', seq: 1 });
    const log = (await read(t.db, id)).map((row) => row.bytes);
    await append(t.db, id, null, editUpdate(log, 'Queremos agua limpia.')!);
    expect(await currentText(t.db, id)).toEqual({ text: 'Queremos agua limpia.', seq: 2 });
    expect(await textAt(t.db, id, before.seq)).toMatchObject(before);
    expect(await currentText(t.db, await make(''))).toEqual({ text: '', seq: 0 });
  });

  it('holds a text of one hundred thousand letters', async () => {
    const long = 'ñandú '.repeat(17_000);
    expect((await currentText(t.db, await make(long))).text).toBe(long);
    expect(firstUpdate(long).length).toBeGreaterThan(100_000);
  });
});
