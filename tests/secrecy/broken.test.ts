import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { chained, changeOfKey, Proposals, putBefore } from '~/app/_room/proposals';
import { isMember } from '~/app/_room/protocol/roster';
import { type AskServer, Session } from '~/app/_room/session';
import { roomFrames, rooms } from '~/db/schema/rooms';
import { foundRoom, letIn, openBoxes, openTab } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';

const given = testDatabase();
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A line that breaks at one question: before it arrives, or after it was done and before the answer is heard. */
function breaking(
  ask: AskServer,
  at: number,
  when: 'before' | 'after',
): { ask: AskServer; mend: () => void } {
  let asked = 0;
  return {
    mend: () => {
      asked = at;
    },
    ask: async (body) => {
      asked++;
      if (asked !== at) return ask(body);
      if (when === 'after') await ask(body);
      throw new Error('no network');
    },
  };
}

it('wherever the line breaks while one is taken out, the room is as before or as after, and another steward takes it up', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const seen = new Set<string>();
  for (const when of ['before', 'after'] as const) {
    for (let at = 1; ; at++) {
      const { room, key, sessions } = await foundRoom(ask, women);
      const [luna, , quena] = sessions;
      const line = breaking(ask, at, when);
      const held = { room, epoch: 1, key, mine: women[1].keys, after: 0, state: luna.state };
      const cerro = new Session({ ...held, after: luna.after }, line.ask);
      // Cerro lays it before the others and changes the key with Luna; her line breaks somewhere.
      const work = async () => {
        await cerro.catchUp();
        await putBefore(cerro, changeOfKey(cerro, []));
        await luna.catchUp();
        await putBefore(luna, changeOfKey(luna, []));
        await cerro.catchUp();
        const hers = new Proposals(cerro);
        return hers.sign(hers.waiting().find(({ by }) => by === luna.me)!);
      };
      const broke = await work().then(
        () => false,
        () => true,
      );
      line.mend();
      const [row] = await given.db.select().from(rooms).where(eq(rooms.id, room));
      const [last] = await given.db.execute<{ epoch: number }>(
        sql`select max(epoch)::int as epoch from room_frames where room = ${room}`,
      );
      // The key and the first frame under it are there both or not at all.
      expect(row!.epoch).toBe(last!.epoch);
      seen.add(`${when}/${row!.epoch}`);
      if (row!.epoch === 1) {
        // Quena takes up whatever waits, or begins herself.
        await quena.catchUp();
        const waits = new Proposals(quena);
        const [one] = waits.waiting();
        if (one) expect(await waits.sign(one)).toBe(true);
        else expect(await luna.complete(quena.propose([], luna.me))).toBe(true);
      }
      for (const one of [luna, cerro, quena]) expect([await one.catchUp(), one.epoch]).toEqual([true, 2]);
      expect(await quena.say('words', bytesOf('seguimos'))).not.toBeNull();
      expect([luna, cerro, quena].flatMap(({ alarms }) => alarms)).toEqual([]);
      if (!broke) break;
    }
  }
  // It broke on both sides of the moment in which the key changes.
  expect([...seen].sort()).toEqual(['after/1', 'after/2', 'before/1', 'before/2']);
});

it('two processes on one database: who is taken out through one hears through the other not one frame more', async () => {
  const [one, other] = [await openBoxes(given.db), await openBoxes(given.db)];
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, sessions } = await foundRoom(one.ask, women);
  const [luna, cerro] = sessions;
  const sombra = await letIn(one.ask, room, [...sessions], woman('Sombra'));
  const spy = await openTab(other.socketUrl, sombra.reading());
  // What was there, and once more that nothing came between.
  await spy.until(2);
  const stale = sombra.reading();
  const out = changeOfKey(luna, chained(luna, [{ kind: 'removed', target: sombra.me, lapses: [] }]));
  await putBefore(luna, out);
  // While she is a member she is told that something sealed for another lies there; sooner or later, so it is waited for.
  await spy.until(3);
  const heard = spy.came.length;
  await cerro.catchUp();
  const hers = new Proposals(cerro);
  expect(await hers.sign(hers.waiting()[0]!)).toBe(true);
  // Nobody has said anything more: the process at which she sits sees by itself that the key has changed.
  await spy.closed;
  expect([spy.code(), spy.came.length]).toEqual([4403, heard]);
  const quena = new Session(
    { ...sessions[2].held },
    other.ask,
    women.map(({ sign }) => sign),
  );
  expect(await quena.catchUp()).toBe(true);
  expect(isMember(quena.state!, sombra.me)).toBe(false);
  expect(await quena.say('words', bytesOf('ya no nos oye'))).not.toBeNull();
  expect(spy.came.length).toBe(heard);
  // Through either, her key opens nothing.
  for (const { ask } of [one, other]) expect((await ask(stale))[0]).toBe(0);
  const rows = await given.db.select().from(roomFrames).where(eq(roomFrames.room, room));
  expect(rows.length).toBeGreaterThan(heard);
});

it('what is said through one process is heard at the other, each thing once and in its order', async () => {
  const [one, other] = [await openBoxes(given.db), await openBoxes(given.db)];
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, key, sessions } = await foundRoom(one.ask, women);
  const [luna] = sessions;
  const held = { room, epoch: 1, key, mine: women[1].keys, after: 0, state: luna.state };
  const cerro = new Session({ ...held, after: luna.after }, other.ask);
  const tab = await openTab(other.socketUrl, cerro.reading());
  await tab.until(2);
  // Of five things the first and every second goes the other way.
  for (let n = 0; n < 5; n++) {
    const by = n % 2 ? cerro : luna;
    expect(await by.say('words', bytesOf(`${n}`))).not.toBeNull();
  }
  await tab.until(7);
  const seqs = tab.came
    .slice(2)
    .map(({ bytes }) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(1));
  expect(seqs).toEqual([2, 3, 4, 5, 6]);
});

it('asked on by two sides at once after a change of key, a phone goes over once, and takes no door for closed', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const [luna, cerro, quena] = (await foundRoom(ask, women)).sessions;
  expect(await cerro.complete(luna.propose([], cerro.me))).toBe(true);
  expect(await Promise.all([quena.catchUp(), quena.catchUp()])).toEqual([true, true]);
  expect([quena.epoch, quena.alarms]).toEqual([2, []]);
});
