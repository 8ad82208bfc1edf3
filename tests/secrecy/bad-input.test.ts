import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeKeys, newCode, seal, unseal } from '~/app/_room/protocol/keys';
import { answerLength, inviteLength, knockLength, sealOverhead } from '~/server/rooms/rules/sizes';
import { readDone, writeAsk } from '~/server/rooms/rules/wire';
import { testDatabase } from '~/tests/support/db';
import { bytesOf, threeAndTheirRoom } from '~/tests/support/three';

const given = testDatabase();

describe('an invite', () => {
  it('is opened by its eight words, knocked at once, answered once; elsewhere lies as much of nothing', async () => {
    const { ask, access } = await threeAndTheirRoom(given.db);
    const { id, key } = codeKeys(newCode());
    const aad = bytesOf('invite');
    const sealed = seal(key, aad, new Uint8Array(inviteLength - sealOverhead));
    const knock = (fill: number) =>
      ask(writeAsk({ op: 'knock', id, knock: new Uint8Array(knockLength).fill(fill) }));
    const there = () => ask(writeAsk({ op: 'ask', id }));
    expect(readDone(await knock(1))).toBe(0);
    const nothing = await there();
    expect(readDone(await ask(writeAsk({ op: 'invite', access: new Uint8Array(32), id, sealed })))).toBe(0);
    expect(readDone(await ask(writeAsk({ op: 'invite', access, id, sealed })))).toBe(1);
    expect((await there()).length).toBe(nothing.length);
    expect(unseal(key, aad, (await there()).slice(0, inviteLength))).toHaveLength(
      inviteLength - sealOverhead,
    );
    expect([readDone(await knock(1)), readDone(await knock(2))]).toEqual([1, 0]);
    expect((await there())[inviteLength]).toBe(1);
    const answer = new Uint8Array(answerLength).fill(3);
    expect(readDone(await ask(writeAsk({ op: 'answer', access, id, answer })))).toBe(1);
    expect(readDone(await ask(writeAsk({ op: 'answer', access, id, answer })))).toBe(0);
  });
});

it('whatever bytes come, they are answered as what is not done, and nothing has changed', async () => {
  const { post, access, row } = await threeAndTheirRoom(given.db);
  const before = await row();
  const nothing = await post(new Uint8Array(0));
  await fc.assert(
    fc.asyncProperty(fc.nat(10), fc.uint8Array({ maxLength: 600 }), fc.boolean(), async (op, rest, known) => {
      const body = Buffer.concat([Buffer.from([op]), known ? access : new Uint8Array(0), rest]);
      const reply = await post(body);
      expect(reply.status).toBe(200);
      if (reply.bytes.length === 64) expect(reply).toEqual(nothing);
    }),
    { numRuns: 120 },
  );
  expect(await post(new Uint8Array(400_000))).toEqual(nothing);
  expect(await row()).toEqual(before);
});
