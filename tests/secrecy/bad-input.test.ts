import { randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeKeys, newCode, seal, unseal } from '~/app/_room/protocol/keys';
import { Session } from '~/app/_room/session';
import { roomFrames } from '~/db/schema/rooms';
import {
  answerLength,
  inviteLength,
  knockLength,
  noteLength,
  sealOverhead,
} from '~/server/rooms/rules/sizes';
import { ops, placeLength, readDone, writeAsk, writeDone } from '~/server/rooms/rules/wire';
import { openBoxes, openTab } from '~/tests/support/box';
import { believes, misdealt, spoil, spoilt } from '~/tests/support/box-frames';
import { testDatabase } from '~/tests/support/db';
import { bytesOf, threeAndTheirRoom } from '~/tests/support/three';
import { usedRoom } from '~/tests/support/used-room';

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
    const answer = (fill: number) =>
      ask(writeAsk({ op: 'answer', access, id, answer: new Uint8Array(answerLength).fill(fill) }));
    // Who brings one where one lies already is told that it does; the first stands.
    expect([readDone(await answer(3)), readDone(await answer(4))]).toEqual([1, 1]);
    expect((await there()).at(-1)).toBe(3);
    const strange = {
      op: 'answer',
      access: new Uint8Array(32),
      id,
      answer: new Uint8Array(answerLength),
    } as const;
    expect(readDone(await ask(writeAsk(strange)))).toBe(0);
  });
});

it('whatever bytes come, they are answered as what is not done, and nothing has changed', async () => {
  const { post, access, row } = await threeAndTheirRoom(given.db);
  const before = await row();
  const nothing = await post(new Uint8Array(0));
  await fc.assert(
    fc.asyncProperty(fc.nat(21), fc.uint8Array({ maxLength: 600 }), fc.boolean(), async (op, rest, known) => {
      const body = Buffer.concat([Buffer.from([op]), known ? access : new Uint8Array(0), rest]);
      const reply = await post(body);
      expect(reply.status).toBe(200);
      // Any 32 bytes name something that may be erased, and is not there.
      const erases = op === ops.indexOf('erase') && body.length === 33;
      if (erases) expect(reply.bytes).toEqual(writeDone(1));
      else if (reply.bytes.length === 64) expect(reply).toEqual(nothing);
    }),
    { numRuns: 120 },
  );
  expect(await post(new Uint8Array(400_000))).toEqual(nothing);
  expect(await row()).toEqual(before);
});

describe('what no honest phone sends', () => {
  /** Everything that was really asked in two rooms, and what their women believe at its end. */
  async function recorded() {
    const { ask, post, socketUrl } = await openBoxes(given.db);
    const said: Uint8Array[] = [];
    const listening = (body: Uint8Array) => {
      said.push(body);
      return ask(body);
    };
    const one = await usedRoom(listening);
    const two = await usedRoom(listening);
    const everybody = [...one.sessions, ...two.sessions];
    return { ask, post, socketUrl, said, one, two, everybody };
  }

  it('is refused with the same bytes as everything that is not done, and changes nothing that a woman believes', async () => {
    const { post, said, one, two, everybody } = await recorded();
    const before = everybody.map(believes);
    const rows = async () =>
      given.db.execute(
        sql`select id, access, epoch, turn, stewards, tree, count, frozen, successors from rooms order by id`,
      );
    const kept = JSON.stringify(await rows());
    const nothing = await post(new Uint8Array(0));
    const [page, place, keysLength] = [noteLength, placeLength, 1024];
    await fc.assert(
      fc.asyncProperty(spoilt, async (how) => {
        const access = (how.bit % 2 ? one : two).sessions[0].access();
        const reply = await post(spoil(how, said, access));
        expect([reply.status, reply.headers.filter(([name]) => name !== 'content-length')]).toEqual([
          200,
          nothing.headers.filter(([name]) => name !== 'content-length'),
        ]);
        // A frame may be kept whose bytes are rubbish: the server cannot read it, and the women drop it.
        const { length } = reply.bytes;
        if (length === 64) expect(reply.bytes.subarray(4)).toEqual(nothing.bytes.subarray(4));
        // The keys of today are told to whoever asks.
        else if (length !== keysLength) expect([1, 0]).toContain(length === place ? 0 : length % page);
      }),
      { numRuns: 250 },
    );
    expect(JSON.stringify(await rows())).toBe(kept);
    for (const session of everybody) expect(await session.catchUp()).toBe(true);
    expect(everybody.map(believes)).toEqual(before);
    expect(everybody.flatMap(({ alarms }) => alarms).filter((one) => one !== 'replayed')).toEqual([]);
  });

  it('at a socket ends it, and nobody else’s', async () => {
    const { socketUrl, said, one } = await recorded();
    const honest = await openTab(socketUrl, one.sessions[0].reading());
    await honest.until(1);
    for (const [n, how] of fc.sample(spoilt, 12).entries()) {
      const tab = await openTab(
        socketUrl,
        spoil({ ...how, how: n % 2 ? 'cut' : 'huge' }, said, randomBytes(32)),
      );
      await tab.closed;
      expect([4403, 1009, 1006]).toContain(tab.code());
    }
    const heard = honest.came.length;
    await one.sessions[1].catchUp();
    expect(await one.sessions[1].say('words', bytesOf('seguimos aquí'))).not.toBeNull();
    await honest.until(heard + 1);
    expect(honest.code()).toBe(0);
  });

  it('and frames that a lying server deals otherwise bring in no word, no member and no order of their own', async () => {
    const { room, key, women, sessions } = await threeAndTheirRoom(given.db);
    const [luna, cerro, quena] = sessions;
    const id = 'ee'.repeat(32);
    for (const [turn, who] of [luna, cerro, quena, luna, cerro].entries()) {
      if (turn === 2)
        expect(await luna.enter(luna.signed({ kind: 'invited', by: luna.me, id, key: id }))).toBe(true);
      await who.catchUp();
      expect(await who.say('words', bytesOf(`palabra ${turn}`))).not.toBeNull();
    }
    const { seq, epoch, bytes } = roomFrames;
    const first = await given.db
      .select({ seq, epoch, bytes })
      .from(roomFrames)
      .where(eq(roomFrames.room, room))
      .orderBy(seq);
    const fresh = () =>
      new Session(
        { room, epoch: 1, key, mine: women[0].keys, after: 0, state: null },
        async () => new Uint8Array(64),
        luna.state!.stewards,
      );
    const honest = fresh();
    const heads = new Set<string | null>([null]);
    for (const frame of first) {
      honest.take(frame);
      heads.add(honest.state?.head ?? null);
    }
    const truth = believes(honest);
    expect(truth.said.length).toBeGreaterThan(2);
    await fc.assert(
      fc.property(misdealt(first), (dealt) => {
        const she = fresh();
        for (const frame of dealt) she.take(frame);
        const believed = believes(she);
        expect(heads.has(believed.head)).toBe(true);
        expect(believed.said.filter((words) => !truth.said.includes(words))).toEqual([]);
        expect(new Set(believed.said).size).toBe(believed.said.length);
      }),
      { numRuns: 40 },
    );
  });
});
