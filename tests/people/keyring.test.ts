import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { keyrings } from '~/db/schema/people';
import { dayAfter, limaDay } from '~/server/day';
import { enrollPerson } from '~/server/people/commands';
import { keyringOf, settleKeyrings } from '~/server/people/commands/keyring';
import { readValues } from '~/server/people/commands/values';
import { rewrapAll } from '~/server/people/jobs';
import { keyringBytes, recordBytes, wrapKeyring } from '~/server/people/rules/keyring';
import { runtime } from '~/server/runtime';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildPerson } from '../support/factories';

const database = testDatabase();

const bytes = (length: number, fill: number) => Buffer.alloc(length, fill).toString('base64url');
const words = (fill: number) => ({
  salt: bytes(16, fill),
  auth: bytes(32, fill),
  keyring: bytes(keyringBytes, fill),
});
const mark = (fill: number) =>
  createHash('sha256').update(Buffer.alloc(keyringBytes, fill)).digest('base64url');
let street = 0;
const forumOf = (personId: string) => callAs(database.db, personId, `203.0.113.${++street % 250}`);
const person = (name = 'Sabina Quispe') =>
  database.db.transaction((tx) => enrollPerson(tx, { name, by: null }));
const rowOf = async (personId: string) =>
  (await database.db.select().from(keyrings).where(eq(keyrings.personId, personId)))[0]!.sealed;
const restore = (personId: string, sealed: Uint8Array) =>
  database.db.update(keyrings).set({ sealed }).where(eq(keyrings.personId, personId));

/** Sabina with her words made, and the old value destroyed as after every commit. */
async function withWords(fill = 1) {
  const { personId } = await person();
  await (await forumOf(personId)).people.makeKeyring(words(fill));
  await settleKeyrings(database.db, [personId]);
  return personId;
}

describe('from her enrolment on', () => {
  it('everybody has a row of one size, which does not say whether she ever made her words', async () => {
    const { personId } = await person();
    const other = await withWords();
    expect([(await rowOf(personId)).length, (await rowOf(other)).length]).toEqual([recordBytes, recordBytes]);
    const columns = await database.db.execute<{ name: string }>(
      sql`select column_name as name from information_schema.columns where table_name = 'keyrings' order by 1`,
    );
    expect(columns.map(({ name }) => name)).toEqual(['person_id', 'sealed']);
  });

  it('the database refuses any other size', async () => {
    const { personId } = await person();
    await expect(restore(personId, Buffer.alloc(recordBytes - 1))).rejects.toThrow();
  });

  it('who was there before there were keyrings is given one by the night, and may make hers before it', async () => {
    const old = await buildPerson(database.db);
    const early = await buildPerson(database.db);
    await (await forumOf(early.id)).people.makeKeyring(words(3));
    await rewrapAll(database.db, async () => {});
    expect((await rowOf(old.id)).length).toBe(recordBytes);
    expect((await keyringOf(database.db, early.id)).made).toBe(true);
  });
});

describe('Sabina’s words', () => {
  it('open her keyring, and nothing else does', async () => {
    const sabina = await withWords(1);
    const forum = await forumOf(sabina);
    expect(await forum.people.openKeyring({ auth: bytes(32, 1) })).toEqual({
      keyring: bytes(keyringBytes, 1),
    });
    const wrong = await problemOf(forum.people.openKeyring({ auth: bytes(32, 2) }));
    const { personId: none } = await person('Nieves');
    const unmade = await problemOf((await forumOf(none)).people.openKeyring({ auth: bytes(32, 2) }));
    const lost = await withWords(4);
    await restore(lost, Buffer.alloc(recordBytes, 9));
    const broken = await problemOf((await forumOf(lost)).people.openKeyring({ auth: bytes(32, 4) }));
    expect(wrong).toMatchObject({ sentence: expect.stringContaining('otro orden') });
    expect([unmade, broken]).toEqual([wrong, wrong]);
  });

  it('may be guessed at ten times from one place, and no more in ten minutes, not even with the right ones', async () => {
    const forum = await forumOf(await withWords(1));
    for (let i = 0; i < 10; i++) await problemOf(forum.people.openKeyring({ auth: bytes(32, 50 + i) }));
    const { sentence } = await problemOf(forum.people.openKeyring({ auth: bytes(32, 1) }));
    expect(sentence).toMatch(/minuto/);
  });

  it('may be guessed at no more often by making them anew', async () => {
    const forum = await forumOf(await withWords(1));
    for (let i = 0; i < 10; i++) await problemOf(forum.people.makeKeyring(words(50 + i)));
    expect((await problemOf(forum.people.makeKeyring(words(1)))).sentence).toMatch(/minuto/);
  });

  it('made a second time by the same phone are made once; others are refused', async () => {
    const sabina = await withWords(1);
    const forum = await forumOf(sabina);
    expect(await forum.people.makeKeyring(words(1))).toEqual({ made: true });
    await problemOf(forum.people.makeKeyring(words(2)));
    expect(await forum.people.openKeyring({ auth: bytes(32, 1) })).toBeTruthy();
  });

  it('are changed against the old ones alone, and what was kept stays in her hands', async () => {
    const sabina = await withWords(1);
    const forum = await forumOf(sabina);
    await problemOf(forum.people.changeKeyring({ old: bytes(32, 9), was: mark(1), ...words(2) }));
    await forum.people.changeKeyring({ old: bytes(32, 1), was: mark(1), ...words(2) });
    await problemOf(forum.people.openKeyring({ auth: bytes(32, 1) }));
    expect(await forum.people.openKeyring({ auth: bytes(32, 2) })).toEqual({
      keyring: bytes(keyringBytes, 2),
    });
  });

  it('write from two phones: the second hears that it changed, and nothing is lost', async () => {
    const forum = await forumOf(await withWords(1));
    await forum.people.writeKeyring({ auth: bytes(32, 1), was: mark(1), keyring: bytes(keyringBytes, 5) });
    const late = forum.people.writeKeyring({
      auth: bytes(32, 1),
      was: mark(1),
      keyring: bytes(keyringBytes, 6),
    });
    expect((await problemOf(late)).sentence).toMatch(/otro celular/);
    expect(await forum.people.openKeyring({ auth: bytes(32, 1) })).toEqual({
      keyring: bytes(keyringBytes, 5),
    });
  });

  it.each([
    ['too short', bytes(31, 1)],
    ['too long', bytes(33, 1)],
    ['not base64url', '!'.repeat(43)],
  ])('%s are bad input', async (_what, auth) => {
    const forum = await forumOf(await withWords(1));
    expect((await problemOf(forum.people.openKeyring({ auth }))).sentence).not.toMatch(/palabras/);
  });
});

describe('a reset', () => {
  it('waits seven days, to be seen all the time, and the old words hold meanwhile', async () => {
    const forum = await forumOf(await withWords(1));
    const opensOn = dayAfter(limaDay(new Date()), 7);
    expect(await forum.people.askKeyringReset()).toEqual({ opensOn });
    expect(await forum.people.askKeyringReset()).toEqual({ opensOn });
    expect(await forum.people.keyring()).toMatchObject({ made: true, mayMake: false, opensOn });
    await problemOf(forum.people.makeKeyring(words(2)));
    expect(await forum.people.openKeyring({ auth: bytes(32, 1) })).toBeTruthy();
    expect(await forum.people.cancelKeyringReset()).toEqual({ opensOn: null });
    expect(await forum.people.keyring()).toMatchObject({ mayMake: false, opensOn: null });
  });

  it('then lets new words be made, and what was kept is gone', async () => {
    const sabina = await withWords(1);
    const forum = await forumOf(sabina);
    const of = { ...(await keyringOf(database.db, sabina)), opensOn: limaDay(new Date()) };
    const { current } = readValues(sabina)!;
    await restore(sabina, wrapKeyring(runtime().secrets.keyrings, current, sabina, of));
    expect(await forum.people.keyring()).toMatchObject({ mayMake: true });
    await forum.people.makeKeyring(words(2));
    expect(await forum.people.openKeyring({ auth: bytes(32, 2) })).toEqual({
      keyring: bytes(keyringBytes, 2),
    });
    expect(await forum.people.keyring()).toMatchObject({ mayMake: false, opensOn: null });
  });
});

describe('who takes the database away', () => {
  it('brings no closed keyring back from an older copy', async () => {
    const sabina = await withWords(1);
    const forum = await forumOf(sabina);
    const copy = await rowOf(sabina);
    await forum.people.changeKeyring({ old: bytes(32, 1), was: mark(1), ...words(2) });
    await settleKeyrings(database.db, [sabina]);
    await restore(sabina, copy);
    await problemOf(forum.people.openKeyring({ auth: bytes(32, 1) }));
  });

  it('finds neither salt nor verifier nor ciphertext in it', async () => {
    const sabina = await withWords(6);
    const row = Buffer.from(await rowOf(sabina));
    for (const told of [Buffer.alloc(16, 6), createHash('sha256').update(Buffer.alloc(32, 6)).digest()])
      expect(row.includes(told)).toBe(false);
  });

  it('of two nights sees every row changed, and not whose was used', async () => {
    await withWords(1);
    const used = await withWords(2);
    await rewrapAll(database.db, async () => {});
    const all = async () =>
      new Map((await database.db.select().from(keyrings)).map((r) => [r.personId, r.sealed]));
    const first = await all();
    await (await forumOf(used)).people.writeKeyring({
      auth: bytes(32, 2),
      was: mark(2),
      keyring: bytes(keyringBytes, 7),
    });
    await settleKeyrings(database.db, [used]);
    await rewrapAll(database.db, async () => {});
    const second = await all();
    const same = [...first].filter(([id, row]) => {
      const now = Buffer.from(second.get(id)!);
      // Not even the nonce or a block is the same.
      return now.equals(Buffer.from(row)) || now.subarray(0, 12).equals(Buffer.from(row).subarray(0, 12));
    });
    // The one whose row was broken above stays broken: it opens under no value.
    const opens = await Promise.all(same.map(async ([id]) => (await keyringOf(database.db, id)).made));
    expect(opens.filter(Boolean)).toEqual([]);
    expect(same.length).toBeLessThanOrEqual(2);
    expect((await keyringOf(database.db, used)).keyring[0]).toBe(7);
  });
});

describe('a write cut off', () => {
  it('before its commit leaves what was; after it, what was written; the other value goes', async () => {
    const sabina = await withWords(1);
    const forum = await forumOf(sabina);
    const before = await rowOf(sabina);
    await forum.people.writeKeyring({ auth: bytes(32, 1), was: mark(1), keyring: bytes(keyringBytes, 8) });
    const after = await rowOf(sabina);
    // Not settled: as if the process had died. Both states of the database open.
    expect(readValues(sabina)!.next).not.toBeNull();
    await restore(sabina, before);
    expect((await keyringOf(database.db, sabina)).keyring[0]).toBe(1);
    await restore(sabina, after);
    expect((await keyringOf(database.db, sabina)).keyring[0]).toBe(8);
    await settleKeyrings(database.db, [sabina]);
    expect(readValues(sabina)!.next).toBeNull();
    await restore(sabina, before);
    expect((await keyringOf(database.db, sabina)).made).toBe(false);
  });

  it('in the middle of a new account’s value leaves those that come after in their places', async () => {
    appendFileSync(join(runtime().config.dataDir, 'keyrings'), Buffer.alloc(30, 1));
    const elvira = await withWords(3);
    expect(await (await forumOf(elvira)).people.openKeyring({ auth: bytes(32, 3) })).toBeTruthy();
    const sabina = await withWords(4);
    expect(await (await forumOf(sabina)).people.openKeyring({ auth: bytes(32, 4) })).toBeTruthy();
  });

  it('destroys no value that another write has proposed meanwhile', async () => {
    const sabina = await withWords(1);
    const forum = await forumOf(sabina);
    await forum.people.writeKeyring({ auth: bytes(32, 1), was: mark(1), keyring: bytes(keyringBytes, 8) });
    let settled: Promise<void> = Promise.resolve();
    await database.db.transaction(async (tx) => {
      // Her other phone is in the middle of writing: it holds the row.
      await tx.select().from(keyrings).where(eq(keyrings.personId, sabina)).for('update');
      let over = false;
      settled = settleKeyrings(database.db, [sabina]).then(() => {
        over = true;
      });
      await vi.waitFor(async () => {
        const waiting = await database.db.execute(sql`select 1 from pg_locks where not granted`);
        expect(waiting.length).toBeGreaterThan(0);
      });
      expect(over).toBe(false);
    });
    await settled;
    expect((await keyringOf(database.db, sabina)).keyring[0]).toBe(8);
  });

  it('writes over its value: the file beside the database keeps its size and no copy', async () => {
    const sabina = await withWords(1);
    const file = join(runtime().config.dataDir, 'keyrings');
    const old = Buffer.from(readValues(sabina)!.current);
    const size = readFileSync(file).length;
    await (await forumOf(sabina)).people.writeKeyring({
      auth: bytes(32, 1),
      was: mark(1),
      keyring: bytes(keyringBytes, 3),
    });
    await settleKeyrings(database.db, [sabina]);
    const now = readFileSync(file);
    expect([now.length, now.includes(old)]).toEqual([size, false]);
  });
});
