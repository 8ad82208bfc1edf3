import { expect, it } from 'vitest';
import { readReply } from '~/server/rooms/rules/wire';
import { foundRoom, letIn, openBoxes, openTab } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';

const given = testDatabase();
const bytesOf = (text: string) => new TextEncoder().encode(text);
const words = (one: { heard: { kind: string; body: Uint8Array }[] }) =>
  one.heard.filter(({ kind }) => kind === 'words').map(({ body }) => new TextDecoder().decode(body));

it('five women and an infiltrator: she is let in, talks, is removed, and hears not one frame more (T5)', async () => {
  const { ask, socketUrl } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena', 'Río', 'Tuna', 'Sombra'].map(woman) as [
    Woman,
    Woman,
    Woman,
    ...Woman[],
  ];
  const { room, sessions } = await foundRoom(ask, [women[0], women[1], women[2]]);
  const all = [...sessions];
  for (const who of women.slice(3)) all.push(await letIn(ask, room, all, who));
  const [luna, cerro, quena, rio, , sombra] = all as [
    (typeof all)[0],
    (typeof all)[0],
    (typeof all)[0],
    (typeof all)[0],
    (typeof all)[0],
    (typeof all)[0],
  ];
  const everybody = () => Promise.all(all.map((one) => one.catchUp()));
  expect(luna.state!.members).toHaveLength(6);
  for (const one of all) expect(one.state).toEqual(luna.state);

  await luna.say('words', bytesOf('nos vemos en la bocamina'));
  await everybody();
  expect(words(sombra)).toEqual(['nos vemos en la bocamina']);

  const spy = await openTab(socketUrl, sombra.reading());
  await spy.until(2);
  await luna.say('words', bytesOf('una que todavía oye'));
  await spy.until(3);
  await everybody();

  const stale = sombra.reading();
  const proposal = luna.propose([luna.signed({ kind: 'removed', target: sombra.me, lapses: [] })], cerro.me);
  const began = performance.now();
  expect(await cerro.complete(proposal)).toBe(true);
  await spy.closed;
  console.info(`removed → her open tab closed: ${(spy.closedAt() - began).toFixed(1)} ms`);
  expect(spy.code()).toBe(4403);
  for (const one of [luna, cerro, quena, rio]) expect(await one.catchUp()).toBe(true);
  expect(await quena.say('words', bytesOf('ya no nos oye'))).not.toBeNull();
  expect(spy.came).toHaveLength(3);

  // Her key gives one note, and no box in it is hers.
  expect(await sombra.catchUp()).toBe(false);
  expect(sombra.alarms).toContain('closed');
  expect(words(sombra)).not.toContain('ya no nos oye');
  expect('note' in readReply(await ask(stale))).toBe(true);
  expect(await sombra.say('words', bytesOf('sigo aquí'))).toBeNull();

  await rio.catchUp();
  expect(words(rio)).toContain('ya no nos oye');
  expect(rio.state!.members.map(({ name }) => name).sort()).toEqual([
    'Cerro',
    'Luna',
    'Quena',
    'Río',
    'Tuna',
  ]);
  for (const one of [luna, cerro, quena, rio]) expect(one.alarms).toEqual([]);
});

it('who slept through two changes of the key comes after them, with what was said before', async () => {
  const { ask } = await openBoxes(given.db);
  const [ana, berta, celia, dora, elsa] = ['Ana', 'Berta', 'Celia', 'Dora', 'Elsa'].map(woman) as [
    Woman,
    Woman,
    Woman,
    Woman,
    Woman,
  ];
  const { room, sessions } = await foundRoom(ask, [ana, berta, celia]);
  const first = await letIn(ask, room, [...sessions], dora);
  // Dora sleeps from here on.
  await sessions[0].say('words', bytesOf('antes del cambio'));
  await letIn(ask, room, [...sessions], elsa);
  await sessions[1].enter(
    sessions[1].signed({ kind: 'invited', by: berta.sign, id: 'ee'.repeat(32), key: 'ee'.repeat(32) }),
  );
  await Promise.all(sessions.map((one) => one.catchUp()));
  expect(await sessions[2].complete(sessions[0].propose([], celia.sign))).toBe(true);
  await sessions[2].catchUp();
  expect(await first.catchUp()).toBe(true);
  expect(words(first)).toEqual(['antes del cambio']);
  expect(first.state).toEqual(sessions[2].state);
  expect(first.alarms).toEqual([]);
});
