import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { expect, it } from 'vitest';
import { epochKeys } from '~/app/_room/protocol/keys';
import type { Db } from '~/db/client';
import { roomInvites } from '~/db/schema/rooms';
import { read } from '~/server/rooms/queries';
import { hashHex, orderKinds } from '~/server/rooms/rules/orders';
import { inviteLength } from '~/server/rooms/rules/sizes';
import type { Ask } from '~/server/rooms/rules/wire';
import { writeAsk } from '~/server/rooms/rules/wire';
import { foundRoom, openBoxes } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';

const given = testDatabase();

it('unknown, wrong, removed and frozen are answered with as many bytes, the same status and the same headers (T8)', async () => {
  const { ask, post } = await openBoxes(given.db);
  const women = ['Uno', 'Dos', 'Tres'].map(woman) as [Woman, Woman, Woman];
  const { room, key, sessions } = await foundRoom(ask, women);
  const old = epochKeys(room, 1, key).access;
  await sessions[1].complete(sessions[0].propose([], sessions[1].me));
  const nobody = { after: 0, prev: '00'.repeat(32), proof: [] };
  const unknown = await post(writeAsk({ op: 'read', access: new Uint8Array(32).fill(1), ...nobody }));
  const removed = await post(writeAsk({ op: 'read', access: old, ...nobody }));
  expect([unknown.status, unknown.headers, unknown.bytes.length]).toEqual([
    removed.status,
    removed.headers,
    removed.bytes.length,
  ]);
  expect((await post(writeAsk({ op: 'read', access: new Uint8Array(32).fill(1), ...nobody }))).bytes).toEqual(
    unknown.bytes,
  );
  const frame = { bytes: new Uint8Array(296), erase: '00'.repeat(32), days: 9 };
  const done = await Promise.all(
    [old, new Uint8Array(32).fill(1)].map((access) => post(writeAsk({ op: 'send', access, frame }))),
  );
  const rubbish = await post(new Uint8Array([2, 3, 4]));
  expect(done[0]).toEqual(done[1]);
  expect(rubbish).toEqual(done[0]);
});

type Class = 'unknown' | 'wrong' | 'removed' | 'frozen';
const classes: Class[] = ['unknown', 'wrong', 'removed', 'frozen'];

/** The blind server on a connection of its own that tells every statement, and the four keys that open nothing. */
async function watched() {
  const said: string[] = [];
  const client = postgres(given.url, { max: 1, onnotice: () => {} });
  const logger = { logQuery: (query: string) => void said.push(query) };
  const db = drizzle(client, { logger }) as unknown as Db;
  const { post, ask } = await openBoxes(db);
  const roomOf = () => foundRoom(ask, ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman]);
  const removed = await roomOf();
  const old = removed.sessions[0].access();
  const proposal = removed.sessions[0].propose([], removed.sessions[1].me);
  expect(await removed.sessions[1].complete(proposal)).toBe(true);
  const frozen = await roomOf();
  const [luna] = frozen.sessions;
  expect(await luna.give(luna.signed({ kind: 'frozen', by: luna.me, turn: 1 }))).toBe(true);
  const keys: Record<Class, Uint8Array> = {
    unknown: new Uint8Array(32).fill(1),
    // One letter of it is another.
    wrong: luna.access().map((byte, at) => (at === 31 ? byte ^ 1 : byte)),
    removed: old,
    frozen: luna.access(),
  };
  /** What the server does for a question: its statements, in order. */
  const work = async (body: Uint8Array) => {
    said.length = 0;
    const reply = await post(body);
    return { ...reply, bytes: reply.bytes.length, said: [...said] };
  };
  return { db, keys, work, post, end: () => client.end() };
}

const proof = [{ by: '11'.repeat(32), bytes: new Uint8Array(64).fill(2) }];
const prev = '00'.repeat(32);
const frame = { bytes: new Uint8Array(296), erase: '00'.repeat(32), days: 9 };
const order = { seen: 1, kind: orderKinds.rotated, prev, body: new Uint8Array(9), signatures: [], frame };
const id = new Uint8Array(32).fill(4);
const questions: Record<string, (access: Uint8Array) => Ask> = {
  read: (access) => ({ op: 'read', access, after: 0, prev, proof: [] }),
  'read as a steward': (access) => ({ op: 'read', access, after: 0, prev, proof }),
  send: (access) => ({ op: 'send', access, frame }),
  order: (access) => ({ op: 'order', access, order, note: null }),
  succeed: (access) => ({
    op: 'succeed',
    access,
    order: { ...order, kind: orderKinds.succeeded },
    members: 3,
    salt: new Uint8Array(16),
    proofs: [],
  }),
  compact: (access) => ({
    op: 'compact',
    access,
    order: { ...order, kind: orderKinds.compacted },
    proofs: [],
  }),
  invite: (access) => ({ op: 'invite', access, id, sealed: new Uint8Array(inviteLength) }),
};

it('for each of them the server does the same work: the same statements in the same order, as many bytes', async () => {
  const { keys, work, end } = await watched();
  for (const [name, question] of Object.entries(questions)) {
    const first = await work(writeAsk(question(keys.unknown)));
    expect(first.said.length).toBeGreaterThan(0);
    for (const one of classes)
      expect([name, one, await work(writeAsk(question(keys[one])))]).toEqual([name, one, first]);
  }
  await end();
});

it('and looks at a steward’s signature whether there is a room or none', async () => {
  const { db, keys, end } = await watched();
  const looked: Record<string, number> = {};
  for (const one of classes) {
    let times = 0;
    const watching = {
      by: '11'.repeat(32),
      get bytes() {
        times++;
        return new Uint8Array(64).fill(2);
      },
    };
    await read(db, Buffer.alloc(32, 5), { access: keys[one], after: 0, proof: [watching], prev });
    looked[one] = times;
  }
  expect(looked).toEqual({ unknown: 1, wrong: 1, removed: 1, frozen: 1 });
  await end();
});

it('a place that a code leads to is as long, and looked for as often, whether anything lies there', async () => {
  const { db, keys, work, end } = await watched();
  const there = new Uint8Array(32).fill(8);
  await db.insert(roomInvites).values({
    id: hashHex(there),
    sealed: new Uint8Array(inviteLength),
    until: '2099-01-01',
  });
  const [full, empty] = [
    await work(writeAsk({ op: 'ask', id: there })),
    await work(writeAsk({ op: 'ask', id: keys.unknown })),
  ];
  expect(full).toEqual(empty);
  await end();
});
