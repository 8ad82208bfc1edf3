import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { isMember } from '~/app/_room/protocol/roster';
import { Session } from '~/app/_room/session';
import { rooms } from '~/db/schema/rooms';
import { roomBytesOf } from '~/server/rooms/rules/sizes';
import { foundRoom, letIn, openBoxes } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';

const given = testDatabase();
const bytesOf = (text: string) => new TextEncoder().encode(text);

it('frozen by one, a room is silent for all; its stewards take somebody out and change the key; two open it again', async () => {
  const { ask } = await openBoxes(given.db);
  const [ana, berta, celia, dora, spy] = ['Luna', 'Cerro', 'Quena', 'Río', 'Sombra'].map(woman) as [
    Woman,
    Woman,
    Woman,
    Woman,
    Woman,
  ];
  const { room, sessions } = await foundRoom(ask, [ana, berta, celia]);
  const [luna, cerro, quena] = sessions;
  const rio = await letIn(ask, room, [...sessions], dora);
  const sombra = await letIn(ask, room, [...sessions, rio], spy);

  expect(await rio.give(rio.signed({ kind: 'frozen', by: rio.me, turn: rio.state!.turn + 1 }))).toBe(false);
  expect(await luna.give(luna.signed({ kind: 'frozen', by: luna.me, turn: luna.state!.turn + 1 }))).toBe(
    true,
  );
  // Nobody who is no steward reads or writes; it looks as if there were no room.
  expect([await rio.say('words', bytesOf('¿hola?')), await rio.catchUp()]).toEqual([null, false]);
  expect(rio.alarms).toEqual(['closed']);
  // A steward who had not heard of it comes in and sees it.
  for (const one of [luna, cerro, quena])
    expect([await one.catchUp(), one.state!.frozen]).toEqual([true, true]);

  const removal = luna.signed({ kind: 'removed', target: sombra.me, lapses: [] });
  expect(await quena.complete(luna.propose([removal], quena.me))).toBe(true);
  for (const one of [luna, cerro, quena])
    expect([await one.catchUp(), one.state!.frozen]).toEqual([true, true]);
  expect(isMember(luna.state!, sombra.me)).toBe(false);

  const alone = cerro.signed({ kind: 'unfrozen', turn: cerro.state!.turn + 1 });
  expect(await cerro.give(alone)).toBe(false);
  expect(await quena.give(quena.coSigned(alone))).toBe(true);
  expect(await rio.catchUp()).toBe(true);
  expect(rio.state).toMatchObject({ frozen: false, dirty: false });
  expect(await rio.say('words', bytesOf('aquí estoy'))).not.toBeNull();
  expect(await sombra.catchUp()).toBe(false);
});

it('who leaves makes the key stale: nobody writes until two have changed it', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, sessions } = await foundRoom(ask, women);
  const rio = await letIn(ask, room, [...sessions], woman('Río'));
  expect(await rio.enter(rio.signed({ kind: 'left', by: rio.me }))).toBe(true);
  for (const one of sessions) await one.catchUp();
  const [luna, cerro, quena] = sessions;
  expect(await luna.say('words', bytesOf('todavía no'))).toBeNull();
  // One steward began and was cut off; another takes it up with whoever is there.
  luna.propose([], cerro.me);
  expect(await luna.complete(quena.propose([], luna.me))).toBe(true);
  for (const one of sessions) await one.catchUp();
  expect(await cerro.say('words', bytesOf('ahora sí'))).not.toBeNull();
  expect(await rio.catchUp()).toBe(false);
});

it('of two who change the key at once one does; the other comes after', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { sessions } = await foundRoom(ask, women);
  const [luna, cerro, quena] = sessions;
  const done = await Promise.all([
    cerro.complete(luna.propose([], cerro.me)),
    luna.complete(quena.propose([], luna.me)),
  ]);
  expect(done.filter(Boolean)).toHaveLength(1);
  for (const one of sessions) expect(await one.catchUp()).toBe(true);
  expect(sessions.map(({ epoch, alarms }) => [epoch, alarms])).toEqual(Array(3).fill([2, []]));
});

it('talk that comes between delays a change of key; an event of the roster that comes between undoes it', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, key, sessions } = await foundRoom(ask, women);
  const [luna, cerro, quena] = sessions;
  // Cerro’s line is slow: before her order is heard, something else is, the first time.
  const slow = (first: () => Promise<unknown>) => {
    let once = true;
    const server = async (body: Uint8Array) => {
      if (body[0] === 3 && once) {
        once = false;
        await first();
      }
      return ask(body);
    };
    return new Session({ room, epoch: cerro.epoch, key, mine: women[1].keys, after: 0, state: null }, server);
  };
  const behind = slow(() =>
    quena.enter(quena.signed({ kind: 'invited', by: quena.me, id: 'ee'.repeat(32), key: 'ee'.repeat(32) })),
  );
  await behind.catchUp();
  expect(await behind.complete(luna.propose([], cerro.me))).toBe(false);
  for (const one of sessions) expect([await one.catchUp(), one.epoch, one.alarms]).toEqual([true, 1, []]);

  const talked = slow(() => quena.say('words', bytesOf('entre medio')));
  await talked.catchUp();
  expect(await talked.complete(luna.propose([], cerro.me))).toBe(true);
  for (const one of sessions) expect([await one.catchUp(), one.epoch, one.alarms]).toEqual([true, 2, []]);
});

it('a room that somebody has filled keeps nothing more, and takes out who filled it', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, sessions } = await foundRoom(ask, women);
  const sombra = await letIn(ask, room, [...sessions], woman('Sombra'));
  const [luna, , quena] = sessions;
  for (const one of sessions) await one.catchUp();
  await given.db
    .update(rooms)
    .set({ bytes: roomBytesOf(0) })
    .where(eq(rooms.id, room));
  expect(await luna.say('words', bytesOf('no cabe'))).toBeNull();
  const removal = luna.signed({ kind: 'removed', target: sombra.me, lapses: [] });
  expect(await quena.complete(luna.propose([removal], quena.me))).toBe(true);
  expect(await luna.catchUp()).toBe(true);
  expect(isMember(luna.state!, sombra.me)).toBe(false);
  expect(await sombra.catchUp()).toBe(false);
});
