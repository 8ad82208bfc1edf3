import { randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { eraseTokensOf, placesOf } from '~/app/_room/media/parcel';
import { eraseParcel, fetchParcel, Gone, layParcel, type Place } from '~/app/_room/media/post';
import { epochKeys, signWith } from '~/app/_room/protocol/keys';
import type { AskServer } from '~/app/_room/session';
import { roomFrames, roomParts, rooms } from '~/db/schema/rooms';
import { expire } from '~/server/rooms/commands/frames';
import { Malformed } from '~/server/rooms/rules/bytes';
import { orderKinds, statement, writeTurn } from '~/server/rooms/rules/orders';
import { parcelLengths, partsBytesOf } from '~/server/rooms/rules/sizes';
import { readDone, writeAsk } from '~/server/rooms/rules/wire';
import { foundRoom, openBoxes, openTab } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';

const given = testDatabase();
const canary = 'CANARIO de la voz de Sabina';
const voice = (size = 100_000) => {
  const bytes = new Uint8Array(size).fill(9);
  bytes.set(new TextEncoder().encode(canary));
  return bytes;
};

async function threeAndTheirRoom() {
  const { ask, post, socketUrl } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, key, sessions } = await foundRoom(ask, women);
  const placeOf = (at: 0 | 1 | 2): Place => ({ room, mine: women[at].keys, session: sessions[at], ask });
  const places = [placeOf(0), placeOf(1), placeOf(2)] as const;
  const parts = () => given.db.select().from(roomParts).where(eq(roomParts.room, room));
  const row = async () => (await given.db.select().from(rooms).where(eq(rooms.id, room)))[0]!;
  return { ask, post, socketUrl, women, room, key, sessions, places, parts, row };
}

describe('a voice laid in a room', () => {
  it('is heard by another member, and lies there in lengths that many things have', async () => {
    const { places, parts, row } = await threeAndTheirRoom();
    const before = await row();
    const far: number[] = [];
    const label = (await layParcel(places[0], voice(), (share) => far.push(share)))!;
    expect(far).toEqual([0.5, 1]);
    expect(await fetchParcel(places[1], label)).toEqual(voice());
    const rows = await parts();
    expect(rows.map(({ bytes }) => parcelLengths.includes(bytes.length))).toEqual([true, true]);
    // Not counted among the words, and no word of it in the clear; what names the place to her does not stand there.
    const after = await row();
    expect([after.lastSeq, after.bytes]).toEqual([
      before.lastSeq,
      before.bytes + rows.reduce((sum, { bytes }) => sum + bytes.length, 0),
    ]);
    const all = Buffer.concat(
      rows.map((one) => Buffer.concat([one.bytes, Buffer.from(JSON.stringify(one))])),
    );
    expect(all.includes(canary)).toBe(false);
    for (const place of placesOf(label))
      expect(all.toString('latin1').includes(Buffer.from(place).toString('hex'))).toBe(false);
  });

  it('goes to nobody who has not asked for it', async () => {
    const { places, socketUrl, sessions } = await threeAndTheirRoom();
    const tab = await openTab(socketUrl, sessions[1].reading());
    await tab.until(2);
    await layParcel(places[0], voice());
    await sessions[0].say('words', new TextEncoder().encode('después'));
    await tab.until(3);
    expect(tab.came.length).toBe(3);
  });

  it('is answered alike where there is none, to a stranger, to who was removed, and in a frozen room', async () => {
    const { ask, post, places, women, room, key, sessions, row } = await threeAndTheirRoom();
    const label = (await layParcel(places[0], voice()))!;
    const id = placesOf(label)[0]!;
    const { access } = epochKeys(room, 1, key);
    const nothing = await post(new Uint8Array(0));
    const fetching = (by: Uint8Array, at = id) => post(writeAsk({ op: 'fetch', access: by, id: at }));
    const part = { bytes: new Uint8Array(parcelLengths[0]!), erase: 'ab'.repeat(32), days: 30 };
    const laying = (by: Uint8Array, at: Uint8Array) =>
      post(writeAsk({ op: 'lay', access: by, id: at, part }));
    expect((await fetching(access)).bytes.length).toBe(parcelLengths.at(-1));
    expect(await fetching(access, new Uint8Array(randomBytes(32)))).toEqual(nothing);
    expect(await fetching(new Uint8Array(randomBytes(32)))).toEqual(nothing);
    // What lies there is not laid over.
    expect(await laying(access, id)).toEqual(nothing);
    expect(await laying(new Uint8Array(randomBytes(32)), new Uint8Array(32))).toEqual(nothing);
    expect(await post(writeAsk({ op: 'fetch', access, id }).slice(0, -1))).toEqual(nothing);

    const body = writeTurn({ turn: 1 });
    const prev = sessions[0].state!.head;
    const signatures = [signWith(women[0].keys, statement({ room, prev }, orderKinds.frozen, body))];
    const { lastSeq: seen } = await row();
    const frame = { ...part, bytes: new Uint8Array(296) };
    const order = { seen, kind: orderKinds.frozen, prev, body, signatures, frame };
    expect(readDone(await ask(writeAsk({ op: 'order', access, order, note: null })))).toBeGreaterThan(0);
    expect(await fetching(access)).toEqual(nothing);
    expect(await laying(access, new Uint8Array(32))).toEqual(nothing);
    await given.db.update(rooms).set({ frozen: false, turn: 0 }).where(eq(rooms.id, room));
    await sessions[0].catchUp();
    await sessions[1].catchUp();
    expect(await sessions[1].complete(sessions[0].propose([], sessions[1].me))).toBe(true);
    expect(await fetching(access)).toEqual(nothing);
    await sessions[0].catchUp();
    expect(await fetchParcel(places[0], label)).toEqual(voice());
  });

  it('of another room is not there', async () => {
    const [one, other] = [await threeAndTheirRoom(), await threeAndTheirRoom()];
    const label = (await layParcel(one.places[0], voice()))!;
    await expect(fetchParcel(other.places[0], label)).rejects.toBeInstanceOf(Gone);
  });

  it('is erased in all its parts by her alone, and what remains of a message says that it is gone', async () => {
    const { ask, places, women, parts, row } = await threeAndTheirRoom();
    const before = await row();
    const label = (await layParcel(places[0], voice()))!;
    await eraseParcel(places[1], label);
    expect((await parts()).length).toBe(2);
    await eraseParcel(places[0], label);
    expect(await parts()).toEqual([]);
    expect((await row()).bytes).toBe(before.bytes);
    await expect(fetchParcel(places[1], label)).rejects.toBeInstanceOf(Gone);

    // One part alone is no note either.
    const again = (await layParcel(places[0], voice()))!;
    await ask(writeAsk({ op: 'erase', token: eraseTokensOf(women[0].keys, again)[1]! }));
    expect((await parts()).length).toBe(1);
    await expect(fetchParcel(places[1], again)).rejects.toBeInstanceOf(Gone);
  });

  it('has its days, and goes with the room', async () => {
    const { places, parts, room, row } = await threeAndTheirRoom();
    const before = await row();
    await layParcel(places[0], voice());
    expect((await parts()).every(({ until }) => until > '2026')).toBe(true);
    await given.db.update(roomParts).set({ until: '2020-01-01' }).where(sql`${roomParts.room} = ${room}`);
    await expire(given.db);
    expect([await parts(), (await row()).bytes]).toEqual([[], before.bytes]);
    await layParcel(places[0], voice());
    await given.db.delete(rooms).where(eq(rooms.id, room));
    expect(await parts()).toEqual([]);
  });

  it('leaves room for words', async () => {
    const { places, parts, room, sessions, row } = await threeAndTheirRoom();
    const bytes = partsBytesOf((await row()).paid) - parcelLengths.at(-1)! - 10;
    await given.db.update(rooms).set({ bytes }).where(eq(rooms.id, room));
    // Of two parts the second does not fit: then the first is not there either.
    expect(await layParcel(places[0], voice(120_000))).toBeNull();
    expect(await parts()).toEqual([]);
    expect(await sessions[0].say('words', new TextEncoder().encode('cabe'))).not.toBeNull();
  });
});

describe('a lying server', () => {
  it.each<[string, (answers: Uint8Array[]) => Uint8Array]>([
    ['the other part', (answers) => answers[0]!],
    ['a part of as many noughts', (answers) => new Uint8Array(answers[0]!.length)],
  ])('that gives %s is not believed', async (_what, lie) => {
    const { places, ask } = await threeAndTheirRoom();
    const label = (await layParcel(places[0], voice(120_000)))!;
    const answers: Uint8Array[] = [];
    const lying: AskServer = async (body) => {
      answers.push(await ask(body));
      return answers.length < 2 ? answers[0]! : lie(answers);
    };
    await expect(fetchParcel({ ...places[1], ask: lying }, label)).rejects.toBeInstanceOf(Malformed);
  });
  it('and a network that breaks off in the middle leave nothing that anybody sees', async () => {
    const { places, ask, parts, room } = await threeAndTheirRoom();
    let left = 1;
    const broken: AskServer = async (body) => {
      if (left-- > 0) return ask(body);
      throw new TypeError('network');
    };
    const frames = () => given.db.select().from(roomFrames).where(eq(roomFrames.room, room));
    const before = (await frames()).length;
    await expect(layParcel({ ...places[0], ask: broken }, voice(120_000))).rejects.toThrow('network');
    // One part lies there that no message names: nobody can open it, and its days are counted.
    expect([(await parts()).length, (await frames()).length]).toEqual([1, before]);
  });
});
