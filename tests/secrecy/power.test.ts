import { randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Act, messageOf, type SignedEvent, writeEvent } from '~/app/_room/protocol/events';
import { openFrame, sealFrame } from '~/app/_room/protocol/frames';
import { codeKeys, epochKeys, newCode, seal, signWith, unseal } from '~/app/_room/protocol/keys';
import { countSalt, membersTree, rotationOf } from '~/app/_room/protocol/notes';
import { roomFrames, roomInvites, rooms } from '~/db/schema/rooms';
import { expire } from '~/server/rooms/commands/frames';
import { Writer } from '~/server/rooms/rules/bytes';
import {
  hashHex,
  orderKinds,
  statement,
  writeCompaction,
  writeRotation,
  writeSuccession,
  writeTurn,
} from '~/server/rooms/rules/orders';
import {
  answerLength,
  inviteLength,
  knockLength,
  noteLength,
  sealOverhead,
} from '~/server/rooms/rules/sizes';
import { type Order, readDone, readReply, writeAsk } from '~/server/rooms/rules/wire';
import { foundRoom, openBoxes } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';

const given = testDatabase();
const bytesOf = (text: string) => new TextEncoder().encode(text);

async function threeAndTheirRoom() {
  const { ask, post } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, key, sessions } = await foundRoom(ask, women);
  const { access, words, tree } = epochKeys(room, 1, key);
  const place = { room, epoch: 1, words };
  const frame = () => ({
    bytes: sealFrame(place, women[0].keys, {
      kind: 'words',
      head: sessions[0].state!.head,
      session: new Uint8Array(randomBytes(8)),
      counter: 1,
      body: bytesOf('x'),
    }),
    erase: hashHex(randomBytes(32)),
    days: 30,
  });
  const row = async () => (await given.db.select().from(rooms).where(eq(rooms.id, room)))[0];
  const signed = (kind: number, body: Uint8Array, by: Woman[], prev = sessions[0].state!.head): Order => ({
    seen: 0,
    kind,
    prev,
    body,
    signatures: by.map(({ keys }) => signWith(keys, statement({ room, prev }, kind, body))),
    frame: frame(),
  });
  const give = async (order: Order, note: Uint8Array | null = null) => {
    const given = { ...order, seen: (await row())?.lastSeq ?? 0 };
    return readDone(await ask(writeAsk({ op: 'order', access, order: given, note })));
  };
  return { ask, post, women, room, key, sessions, access, place, tree, frame, row, signed, give };
}
const { frozen, unfrozen, destroyed, rotated, compacted, succeeded } = orderKinds;

describe('the server obeys two stewards (T11)', () => {
  it('one may freeze, once a week; two open it again; an order is not taken twice', async () => {
    const { women, row, signed, give, ask, access, frame } = await threeAndTheirRoom();
    const stranger = woman('Nadie');
    expect(await give(signed(frozen, writeTurn({ turn: 1 }), [stranger]))).toBe(0);
    const freeze = signed(frozen, writeTurn({ turn: 1 }), [women[0]]);
    expect(await give(freeze)).toBeGreaterThan(0);
    expect((await row())!.frozen).toBe(true);
    expect(readDone(await ask(writeAsk({ op: 'send', access, frame: frame() })))).toBe(0);
    const unproven = writeAsk({ op: 'read', access, after: 0, prev: '00'.repeat(32), proof: [] });
    expect('note' in readReply(await ask(unproven))).toBe(true);
    for (const by of [[], [women[1]], [women[1], women[1]], [women[1], stranger]])
      expect(await give(signed(unfrozen, writeTurn({ turn: 2 }), by))).toBe(0);
    const thaw = signed(unfrozen, writeTurn({ turn: 2 }), [women[1], women[2]]);
    expect(await give(thaw)).toBeGreaterThan(0);
    expect([await give(thaw), await give(freeze)]).toEqual([0, 0]);
    expect(await give(signed(frozen, writeTurn({ turn: 3 }), [women[0]]))).toBe(0);
    expect(await give(signed(frozen, writeTurn({ turn: 3 }), [women[1]]))).toBeGreaterThan(0);
  });

  it('one changes no key, and none is changed with another note, a skipped epoch, or the order of another room', async () => {
    const { women, row, signed, give, sessions } = await threeAndTheirRoom();
    const next = new Uint8Array(randomBytes(32));
    const { order, note } = rotationOf(sessions[0].state!, next);
    const two = [women[0], women[1]];
    const before = await row();
    expect(await give(signed(rotated, writeRotation(order), [women[0]]), note)).toBe(0);
    expect(await give(signed(rotated, writeRotation(order), two), new Uint8Array(noteLength))).toBe(0);
    expect(await give(signed(rotated, writeRotation(order), two), null)).toBe(0);
    expect(await give(signed(rotated, writeRotation({ ...order, epoch: 3 }), two), note)).toBe(0);
    const other = await threeAndTheirRoom();
    expect(await give(other.signed(rotated, writeRotation(order), two), note)).toBe(0);
    expect(await row()).toEqual(before);
    expect(await give(signed(rotated, writeRotation(order), two), note)).toBeGreaterThan(0);
    expect((await row())!.epoch).toBe(2);
  });

  it('one destroys nothing; two destroy everything', async () => {
    const { women, row, signed, give, room } = await threeAndTheirRoom();
    expect(await give(signed(destroyed, writeTurn({ turn: 1 }), [women[0]]))).toBe(0);
    expect(await give(signed(destroyed, writeTurn({ turn: 1 }), [women[0], women[2]]))).toBe(1);
    expect(await row()).toBeUndefined();
    expect(await given.db.select().from(roomFrames).where(eq(roomFrames.room, room))).toEqual([]);
  });

  it('a draft’s older frames go when two members prove themselves, never for one', async () => {
    const { women, room, sessions, signed, ask, access, tree } = await threeAndTheirRoom();
    await sessions[0].say('draft', bytesOf('uno'));
    const body = writeCompaction({ epoch: 1, seqs: [2] });
    const proof = (one: Woman) => membersTree(sessions[0].state!, tree).proof(one.sign);
    const [ana, berta] = [women[0], women[1]];
    const compact = async (by: Woman[], of: Woman[]) =>
      readDone(
        await ask(
          writeAsk({ op: 'compact', access, order: signed(compacted, body, by), proofs: of.map(proof) }),
        ),
      );
    expect(await compact([ana], [ana])).toBe(0);
    expect(await compact([ana], [ana, ana])).toBe(0);
    expect(await compact([ana], [ana, berta])).toBe(0);
    expect(await compact([ana, berta], [ana, berta])).toBeGreaterThan(0);
    const left = await given.db
      .select({ seq: roomFrames.seq })
      .from(roomFrames)
      .where(eq(roomFrames.room, room));
    expect(left.map(({ seq }) => seq)).not.toContain(2);
  });

  it('two thirds of the members put other stewards, after seven days', async () => {
    const { women, sessions, signed, ask, access, tree, row } = await threeAndTheirRoom();
    const [ana, berta] = [women[0], women[1]];
    const body = writeSuccession({ turn: 1, stewards: [ana.sign, berta.sign].sort() });
    const all = membersTree(sessions[0].state!, tree);
    const succeed = async (by: Woman[], members: number) =>
      readDone(
        await ask(
          writeAsk({
            op: 'succeed',
            access,
            order: { ...signed(succeeded, body, by), seen: (await row())!.lastSeq },
            members,
            salt: countSalt(tree),
            proofs: by.map(({ sign }) => all.proof(sign)),
          }),
        ),
      );
    expect(await succeed([ana], 3)).toBe(0);
    // Said to be fewer than they are.
    expect(await succeed([ana], 1)).toBe(0);
    expect(await succeed([ana, berta], 3)).toBeGreaterThan(0);
    const { stewards, successors } = (await row())!;
    expect([stewards.length, successors!.length]).toEqual([3, 2]);
  });
});

describe('a lying server', () => {
  it('that bends, repeats, mixes up or invents frames brings nothing in', async () => {
    const { sessions, room } = await threeAndTheirRoom();
    await sessions[0].say('words', bytesOf('una vez'));
    await sessions[1].catchUp();
    const [kept] = await given.db
      .select()
      .from(roomFrames)
      .where(sql`${roomFrames.room} = ${room} and ${roomFrames.seq} = 2`);
    const heard = sessions[1].heard.length;
    sessions[1].take({ seq: 50, epoch: 1, bytes: kept!.bytes });
    expect(sessions[1].alarms).toEqual(['replayed']);
    const bent = kept!.bytes.slice();
    bent[100]! ^= 1;
    sessions[1].take({ seq: 51, epoch: 1, bytes: bent });
    sessions[1].take({ seq: 52, epoch: 2, bytes: kept!.bytes });
    sessions[1].take({ seq: 53, epoch: 1, bytes: randomBytes(296) });
    expect(sessions[1].heard.length).toBe(heard);
  });

  it('that keeps an event back is seen at the next word of whoever knows it', async () => {
    const { sessions, room } = await threeAndTheirRoom();
    const id = 'ee'.repeat(32);
    await sessions[0].enter(sessions[0].signed({ kind: 'invited', by: sessions[0].me, id, key: id }));
    await sessions[0].catchUp();
    await sessions[0].say('words', bytesOf('después'));
    const all = await given.db.select().from(roomFrames).where(eq(roomFrames.room, room));
    for (const one of all.filter(({ seq }) => seq === 3)) sessions[2].take(one);
    expect(sessions[2].alarms).toEqual(['unknown_head']);
    expect(sessions[2].heard).toEqual([]);
  });

  it('that gives an older note again leads nobody anywhere', async () => {
    const { sessions, ask } = await threeAndTheirRoom();
    const old = sessions[2].reading();
    await sessions[1].complete(sessions[0].propose([], sessions[1].me));
    const first = readReply(await ask(old));
    await Promise.all(sessions.map((one) => one.catchUp()));
    expect('note' in first && sessions[2].goOver(first.note)).toBe(false);
    expect(sessions[2].epoch).toBe(2);
  });
});

describe('a lying member or steward', () => {
  it('speaks as nobody else', async () => {
    const { women, sessions, place } = await threeAndTheirRoom();
    const mine = {
      kind: 'words' as const,
      head: sessions[0].state!.head,
      session: new Uint8Array(8),
      counter: 9,
      body: bytesOf('soy Luna'),
    };
    const sealed = sealFrame(place, women[1].keys, mine);
    expect(openFrame(place, sealed).by).toBe(women[1].sign);
    // Another name in it, under her own signature.
    const stolen = { ...women[1].keys, sign: randomBytes(32) };
    sessions[2].take({ seq: 40, epoch: 1, bytes: sealFrame(place, stolen, mine) });
    expect(sessions[2].heard).toEqual([]);
  });

  it('is not obeyed by the co-steward where her order is not what the roster says', async () => {
    const { sessions } = await threeAndTheirRoom();
    const honest = sessions[0].state!;
    const spy = woman('Sombra');
    // She computes a note with a box for a woman whom nobody has let in.
    sessions[0].state = {
      ...honest,
      members: [...honest.members, { sign: spy.sign, seal: spy.seal, name: spy.name, vouches: 5 }],
    };
    const proposal = sessions[0].propose([], sessions[1].me);
    sessions[0].state = honest;
    expect(await sessions[1].complete(proposal)).toBe(false);
  });

  it('and where two stewards do it together, every other member sees it and does not go along', async () => {
    const { sessions, women, room, give, signed } = await threeAndTheirRoom();
    const honest = sessions[0].state!;
    const spy = woman('Sombra');
    const false_ = {
      ...honest,
      members: [...honest.members, { sign: spy.sign, seal: spy.seal, name: spy.name, vouches: 5 }],
    };
    const next = new Uint8Array(randomBytes(32));
    const { order, note } = rotationOf(false_, next);
    const act: Act = { kind: 'rotated', ...order };
    const event: SignedEvent = { prev: honest.head, act, signatures: [] };
    event.signatures = [women[0], women[1]].map(({ keys }) => signWith(keys, messageOf(room, event)));
    const writer = new Writer();
    writer.list([event], (one) => writer.bytes(writeEvent(one)));
    const frame = sealFrame({ room, epoch: 2, words: epochKeys(room, 2, next).words }, women[0].keys, {
      kind: 'roster',
      head: honest.head,
      session: new Uint8Array(randomBytes(8)),
      counter: 1,
      body: writer.done(),
    });
    const given = signed(rotated, writeRotation(order), [women[0], women[1]]);
    expect(await give({ ...given, frame: { ...given.frame, bytes: frame } }, note)).toBeGreaterThan(0);
    await sessions[2].catchUp();
    expect(sessions[2].alarms).toContain('wrong_rotation');
    expect(sessions[2].state!.members).toHaveLength(3);
    // She says nothing under a key that a stranger may have.
    expect(await sessions[2].say('words', bytesOf('secreto'))).toBeNull();
  });
});

describe('an invite', () => {
  it('is opened by its eight words, knocked at once, answered once; elsewhere lies as much of nothing', async () => {
    const { ask, access } = await threeAndTheirRoom();
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
  it('and a frame are gone when their days are over', async () => {
    const { sessions, room } = await threeAndTheirRoom();
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
});

it('no key of a woman in one room is hers in another (T9)', async () => {
  const { ask } = await openBoxes(given.db);
  const names: [string, string, string] = ['Luna', 'Cerro', 'Quena'];
  const twice = [names.map(woman), names.map(woman)] as [Woman[], Woman[]];
  for (const women of twice) await foundRoom(ask, women as [Woman, Woman, Woman]);
  const rows = await given.db.select({ stewards: rooms.stewards }).from(rooms);
  const keys = rows.flatMap(({ stewards }) => stewards);
  expect(new Set(keys).size).toBe(keys.length);
});

it('whatever bytes come, they are answered as what is not done, and nothing has changed', async () => {
  const { post, access, row } = await threeAndTheirRoom();
  const before = await row();
  const nothing = await post(new Uint8Array(0));
  await fc.assert(
    fc.asyncProperty(fc.nat(11), fc.uint8Array({ maxLength: 600 }), fc.boolean(), async (op, rest, known) => {
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
