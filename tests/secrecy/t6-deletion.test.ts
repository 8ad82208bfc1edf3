import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { Draft } from '~/app/_room/drafts';
import { openFrame } from '~/app/_room/protocol/frames';
import { epochKeys } from '~/app/_room/protocol/keys';
import { Session } from '~/app/_room/session';
import { roomFrames, roomInvites } from '~/db/schema/rooms';
import { expire } from '~/server/rooms/commands/frames';
import { foundRoom, openBoxes } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';
import { bytesOf, threeAndTheirRoom } from '~/tests/support/three';

const given = testDatabase();
const draftId = 'd1'.repeat(16);

/** A woman at the text: what she has heard of the room goes into it, each frame once. */
function at(session: Session) {
  const draft = new Draft(draftId, session);
  let read = 0;
  return {
    draft,
    text: () => draft.doc.getText('t').toString(),
    async hear() {
      await session.catchUp();
      for (; read < session.heard.length; read++) draft.take(session.heard[read]!);
    },
  };
}
const insert = (place: number, words: string) => (doc: Draft['doc']) => doc.getText('t').insert(place, words);

it('a deleted sentence is nowhere in the bytes, even for who has the key, once two have made the same snapshot (T6)', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, key, sessions } = await foundRoom(ask, women);
  const [luna, cerro, quena] = sessions.map(at) as [
    ReturnType<typeof at>,
    ReturnType<typeof at>,
    ReturnType<typeof at>,
  ];
  const everybody = async () => {
    for (const one of [luna, cerro, quena]) await one.hear();
  };
  await luna.draft.write(insert(0, 'Pedimos agua limpia. '));
  await everybody();
  await cerro.draft.write(insert(21, 'Lo vio mi hermana.'));
  await everybody();
  await quena.draft.write((doc) => doc.getText('t').delete(21, 18));
  await everybody();
  expect([luna.text(), cerro.text(), quena.text()]).toEqual(Array(3).fill('Pedimos agua limpia. '));

  // Whoever offers does not agree with herself.
  await luna.draft.offer();
  await everybody();
  expect(await luna.draft.settle()).toBe(false);
  // Written meanwhile, it is not lost.
  await quena.draft.write(insert(0, 'Nosotras: '));
  expect(await cerro.draft.settle()).toBe(true);
  await everybody();
  expect([luna, cerro, quena].map((one) => [one.text(), one.draft.generation])).toEqual(
    Array(3).fill(['Nosotras: Pedimos agua limpia. ', 1]),
  );

  const rows = await given.db.select().from(roomFrames).where(eq(roomFrames.room, room));
  const { words } = epochKeys(room, 1, key);
  const all = rows
    .map(({ bytes }) => Buffer.from(openFrame({ room, epoch: 1, words }, bytes).body).toString('utf8'))
    .join('');
  expect(all).toContain('Pedimos agua limpia');
  expect(all).not.toContain('hermana');

  // Who comes back with an empty memory comes to the same text.
  const again = at(new Session({ room, epoch: 1, key, mine: women[2].keys, after: 0, state: null }, ask, []));
  await again.hear();
  expect([again.text(), again.draft.generation]).toEqual(['Nosotras: Pedimos agua limpia. ', 1]);
});

it('one alone cannot put rubbish in a text’s place, and a stale phone brings nothing back', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { sessions } = await foundRoom(ask, women);
  const [luna, cerro, stale] = sessions.map(at) as [
    ReturnType<typeof at>,
    ReturnType<typeof at>,
    ReturnType<typeof at>,
  ];
  await luna.draft.write(insert(0, 'Lo que dijimos.'));
  for (const one of [luna, cerro, stale]) await one.hear();
  // She offers something else than what the updates make.
  luna.draft.doc = new (luna.draft.doc.constructor as typeof import('yjs').Doc)();
  const liar = luna.draft as unknown as { updates: { seq: number; bytes: Uint8Array }[] };
  const kept = liar.updates;
  liar.updates = kept.map(({ seq }) => ({ seq, bytes: new Uint8Array([0, 0]) }));
  await luna.draft.offer();
  liar.updates = kept;
  await cerro.hear();
  expect(await cerro.draft.settle()).toBe(false);
  expect(cerro.text()).toBe('Lo que dijimos.');

  await cerro.draft.offer();
  await luna.hear();
  expect(await luna.draft.settle()).toBe(true);
  await luna.hear();
  await cerro.hear();
  // Her phone has not heard of it, and writes under the old generation.
  await stale.draft.write(insert(0, 'Viejo. '));
  await luna.hear();
  await cerro.hear();
  expect([luna.text(), cerro.text()]).toEqual(['Lo que dijimos.', 'Lo que dijimos.']);
});

it('what is said, called and erased stands nowhere in the raw bytes (T6)', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['CanarioUno', 'CanarioDos', 'CanarioTres'].map(woman) as [Woman, Woman, Woman];
  const { room, sessions } = await foundRoom(ask, women);
  const token = await sessions[0].say('words', bytesOf('canario que canta'));
  const count = async () =>
    (
      await given.db.execute<{ n: number; all: string }>(
        sql`select count(*)::int as n, string_agg(encode(bytes, 'hex'), '') as all from room_frames where room = ${room}`,
      )
    )[0]!;
  const before = await count();
  await sessions[0].erase(token!);
  const after = await count();
  expect(after.n).toBe(before.n - 1);
  const dump =
    JSON.stringify(await given.db.execute(sql`select * from rooms`)) +
    Buffer.from(after.all, 'hex').toString('latin1');
  for (const canary of ['Canario', 'canario', Buffer.from('canario que canta').toString('hex')])
    expect(dump).not.toContain(canary);
  for (const { keys } of women)
    for (const secret of [keys.sign, keys.seal, keys.erase])
      expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
});

it('an invite and a frame are gone when their days are over', async () => {
  const { sessions, room } = await threeAndTheirRoom(given.db);
  await sessions[0].say('words', bytesOf('por un día'));
  await given.db.update(roomFrames).set({ until: '2020-01-01' }).where(sql`${roomFrames.seq} = 2`);
  await given.db.update(roomInvites).set({ until: '2020-01-01' });
  await expire(given.db);
  const left = await given.db
    .select({ seq: roomFrames.seq })
    .from(roomFrames)
    .where(eq(roomFrames.room, room));
  expect(left).toEqual([{ seq: 1 }]);
  expect(await given.db.select().from(roomInvites)).toEqual([]);
});
