import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { sealKeyring } from '~/app/_keyring/lock';
import { rooms } from '~/db/schema/rooms';
import { wordingAt } from '~/server/drafts/queries';
import { textOf } from '~/server/drafts/rules/texts';
import { settleKeyrings } from '~/server/people/commands/keyring';
import { rewrapAll } from '~/server/people/jobs';
import { recordBytes, wrapKeyring } from '~/server/people/rules/keyring';
import { type Ask, readAsk } from '~/server/rooms/rules/wire';
import { foundRoom, letIn, openBoxes } from '~/tests/support/box';
import { callAs } from '~/tests/support/call';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { buildPerson } from '~/tests/support/factories';
import { forumWorld } from '~/tests/support/people';
import { type Woman, woman } from '~/tests/support/rooms';
import { openForum, ourClient, signIn, until } from '~/tests/support/socket';
import { foundIn, keyNeedle } from '~/tests/support/sweep';
import { at, usedRoom } from '~/tests/support/used-room';

const given = testDatabase();

it('no key of a woman in one room is hers in another (T9)', async () => {
  const { ask } = await openBoxes(given.db);
  const names: [string, string, string] = ['Luna', 'Cerro', 'Quena'];
  const twice = [names.map(woman), names.map(woman)] as [Woman[], Woman[]];
  for (const women of twice) await foundRoom(ask, women as [Woman, Woman, Woman]);
  const rows = await given.db.select({ stewards: rooms.stewards }).from(rooms);
  const keys = rows.flatMap(({ stewards }) => stewards);
  expect(new Set(keys).size).toBe(keys.length);
});

/** The ids under which whoever wrote these updates wrote them. */
const writers = (updates: Uint8Array[]) =>
  new Set(
    updates.flatMap((update) => {
      const { structs, ds } = Y.decodeUpdate(update);
      return [...structs.map((one) => one.id.client), ...ds.clients.keys()];
    }),
  );

it('the same women in two rooms: no key, hash, name or piece of ciphertext stands in the rows of both', async () => {
  const { ask } = await openBoxes(given.db);
  const rooms = [await usedRoom(ask), await usedRoom(ask)];
  const pieces = async (room: string) => {
    const [row] = await given.db.execute(sql`select * from rooms where id = ${room}`);
    const frames = await given.db.execute(sql`select * from room_frames where room = ${room}`);
    const notes = await given.db.execute(sql`select * from room_rekeys where room = ${room}`);
    const values = [row!, ...frames, ...notes].flatMap((one) => Object.values(one)).flat();
    return new Set(
      values.flatMap((value) => {
        // Of ciphertext every piece that would be a block or a key.
        if (value instanceof Uint8Array)
          return (Buffer.from(value).toString('hex').match(/.{32}/g) ?? []).slice(0, 2000);
        return typeof value === 'string' && value.length >= 32 ? [value] : [];
      }),
    );
  };
  const [one, two] = [await pieces(rooms[0]!.room), await pieces(rooms[1]!.room)];
  expect(one.size).toBeGreaterThan(500);
  expect([...one].filter((piece) => two.has(piece))).toEqual([]);
  // Nor does an invite’s place name a room that it led to.
  const invites = await given.db.execute(sql`select id from room_invites`);
  expect(invites.length).toBeGreaterThan(0);
  for (const { id } of invites) expect([one.has(String(id)), two.has(String(id))]).toEqual([false, false]);
});

it('no id under which a woman writes in a room is hers in another text of it, after a compaction, or in public', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { sessions } = await foundRoom(ask, women);
  const texts = ['a1', 'a2'].map((two) => [at(sessions[0], two.repeat(16)), at(sessions[1], two.repeat(16))]);
  const written: Set<number>[] = [];
  for (const both of texts) {
    const [hers, other] = both as [ReturnType<typeof at>, ReturnType<typeof at>];
    const hear = async () => {
      await hers.hear();
      await other.hear();
    };
    await hers.draft.write((doc) => doc.getText('t').insert(0, 'Pedimos agua. '));
    await hear();
    const before = hers.draft.doc.clientID;
    await hers.draft.offer();
    await hear();
    expect(await other.draft.settle()).toBe(true);
    await hear();
    expect(hers.draft.doc.clientID).not.toBe(before);
    await hers.draft.write((doc) => doc.getText('t').insert(0, 'Limpia. '));
    await hear();
    written.push(writers([Y.encodeStateAsUpdate(hers.draft.doc)]));
  }
  // The same woman writes in public, by the form and by the editor.
  const world = await forumWorld(given.db);
  const draft = await buildDraft(given.db, world.mesaAgua.id, { text: 'Agua.' });
  const nieves = await callAs(given.db, world.people.nieves.id);
  const { seq } = await nieves.drafts.detail({ id: draft.id });
  await nieves.drafts.editByForm({ id: draft.id, key: crypto.randomUUID(), seq, text: 'Agua limpia.' });
  const place = await openForum(given.db);
  const { cookie } = await signIn(given.db, world.people.nieves.id);
  const client = ourClient(place, `draft:${draft.id}`, cookie);
  await until('she is let in', () => client.provider.synced);
  client.provider.doc.getText('text').insert(0, 'Sí. ');
  const stored = async () => (await wordingAt(given.db, draft.textId))!;
  await until('it is kept', async () => (await stored()).text.startsWith('Sí. '));
  written.push(writers([Y.encodeStateAsUpdate(textOf((await stored()).updates).doc!)]));

  for (const [n, ids] of written.entries()) expect([n, ids.size >= 2]).toEqual([n, true]);
  const all = written.flatMap((ids) => [...ids]);
  expect(new Set(all).size).toBe(all.length);
});

it('a keyring is as long with no room, with one and with twenty, and so is its row', async () => {
  const wrap = new Uint8Array(32).fill(7);
  const entry = { kind: 1, bytes: new Uint8Array(700).fill(1) };
  const lengths = [0, 1, 20].map((n) => {
    const sealed = sealKeyring(wrap, Array(n).fill(entry));
    const of = {
      made: true,
      opensOn: null,
      salt: new Uint8Array(16),
      verifier: new Uint8Array(32),
      keyring: sealed,
    };
    return [sealed.length, wrapKeyring(new Uint8Array(32), new Uint8Array(32), 'x', of).length];
  });
  expect(lengths).toEqual(Array(3).fill([16_384, recordBytes]));
});

it('of two copies of the keyrings on two days nothing tells whose was used between them', async () => {
  const people = [];
  for (let n = 0; n < 24; n++) people.push(await buildPerson(given.db));
  await rewrapAll(given.db, async () => {});
  // In the order in which the rows lie in the file, as a copied disk shows them.
  const dump = () =>
    given.db.execute<{ person: string; sealed: Uint8Array }>(
      sql`select person_id as person, sealed from keyrings order by ctid`,
    );
  const monday = await dump();
  const letters = (length: number, fill: number) => Buffer.alloc(length, fill).toString('base64url');
  const users = people.filter((_, n) => n % 3 === 0);
  for (const { id } of users) {
    const forum = await callAs(given.db, id, `10.1.1.${people.findIndex((one) => one.id === id)}`);
    const made = { salt: letters(16, 1), auth: letters(32, 1), keyring: letters(16_384, 1) };
    await forum.people.makeKeyring(made);
    await settleKeyrings(given.db, [id]);
  }
  await rewrapAll(given.db, async () => {});
  const tuesday = await dump();
  const before = new Map(monday.map(({ person, sealed }) => [person, Buffer.from(sealed)]));
  for (const { person, sealed } of tuesday) {
    const was = before.get(person)!;
    expect([person, sealed.length, was.equals(Buffer.from(sealed))]).toEqual([person, was.length, false]);
    expect(foundIn(Buffer.from(sealed), [keyNeedle('a piece of the old one', was.subarray(0, 16))])).toEqual(
      [],
    );
  }
  // Where a row lies says no more: the night writes them all, in an order of chance.
  const moved = (of: typeof monday) => of.map(({ person }) => person).join();
  expect(moved(tuesday)).not.toBe(moved(monday));
  const used = new Set(users.map(({ id }) => id));
  const ranks = tuesday.flatMap(({ person }, rank) => (used.has(person) ? [rank] : []));
  // All of them first or all of them last would be one chance in hundreds of thousands.
  const edge =
    ranks.every((rank) => rank < users.length) ||
    ranks.every((rank) => rank >= tuesday.length - users.length);
  expect(edge).toBe(false);
});

it('a steward’s reading names her to nobody, but to a frozen room, and is as long as any member’s', async () => {
  const { ask } = await openBoxes(given.db);
  const read: Ask[] = [];
  const listening = (body: Uint8Array) => {
    const question = readAsk(body);
    if (question.op === 'read') read.push(question);
    return ask(body);
  };
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, sessions } = await foundRoom(listening, women);
  const [luna, cerro] = sessions;
  const rio = await letIn(listening, room, [...sessions], woman('Río'));
  const shown = () => read.flatMap((one) => (one.op === 'read' ? one.proof : []));
  expect([read.length > 10, shown()]).toEqual([true, []]);
  expect(luna.reading().length).toBe(rio.reading().length);

  await luna.give(luna.signed({ kind: 'frozen', by: luna.me, turn: luna.state!.turn + 1 }));
  expect([await cerro.catchUp(), cerro.state!.frozen, await rio.catchUp()]).toEqual([true, true, false]);
  expect(new Set(shown().map(({ by }) => by))).toEqual(new Set([cerro.me]));
});
