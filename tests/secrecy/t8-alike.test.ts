import { expect, it } from 'vitest';
import { epochKeys } from '~/app/_room/protocol/keys';
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
