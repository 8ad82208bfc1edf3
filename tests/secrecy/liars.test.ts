import { randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { type Act, hashOf, messageOf, type SignedEvent, writeEvents } from '~/app/_room/protocol/events';
import { type FrameKind, openFrame, sealFrame } from '~/app/_room/protocol/frames';
import { epochKeys, signWith } from '~/app/_room/protocol/keys';
import { rotationOf } from '~/app/_room/protocol/notes';
import { Session } from '~/app/_room/session';
import { roomFrames } from '~/db/schema/rooms';
import { hashHex, orderKinds, writeRotation } from '~/server/rooms/rules/orders';
import { readDone, readReply, writeAsk } from '~/server/rooms/rules/wire';
import { testDatabase } from '~/tests/support/db';
import { woman } from '~/tests/support/rooms';
import { bytesOf, threeAndTheirRoom } from '~/tests/support/three';

const given = testDatabase();

describe('a lying server', () => {
  it('that bends, repeats, mixes up or invents frames brings nothing in', async () => {
    const { sessions, room } = await threeAndTheirRoom(given.db);
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
    const { sessions, room } = await threeAndTheirRoom(given.db);
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
    const { sessions, ask } = await threeAndTheirRoom(given.db);
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
    const { women, sessions, place } = await threeAndTheirRoom(given.db);
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
    const { sessions } = await threeAndTheirRoom(given.db);
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
    const { sessions } = await twoBoughtStewards([]);
    await sessions[2].catchUp();
    expect(sessions[2].alarms).toContain('wrong_rotation');
    expect(sessions[2].state!.members).toHaveLength(3);
    // She says nothing under a key that a stranger may have.
    expect(await sessions[2].say('words', bytesOf('secreto'))).toBeNull();
  });

  it('and she sees it again on every other day, whatever true event came before it in the same frame', async () => {
    const invite = 'ee'.repeat(32);
    const { sessions, ask, next, frameOf } = await twoBoughtStewards([
      { kind: 'invited', id: invite, key: invite },
    ]);
    const [luna, , quena] = sessions;
    const words = frameOf('words', bytesOf('todo está bien'), luna.state!.head, 2);
    const { access } = epochKeys(luna.held.room, 2, next);
    expect(readDone(await ask(writeAsk({ op: 'send', access, frame: words })))).toBeGreaterThan(0);
    await quena.catchUp();
    let held = quena.hold();
    // The true event has moved the head: so the room is written into her keyring.
    expect(held.state!.head).not.toBe(luna.state!.head);
    for (let day = 0; day < 3; day++) {
      const again = new Session(held, ask);
      await again.catchUp();
      expect([again.alarms.includes('wrong_rotation'), again.heard]).toEqual([true, []]);
      expect(await again.say('words', bytesOf('secreto'))).toBeNull();
      held = again.hold();
    }
    // Nor does a keyring that was written too far, before this was seen to.
    const far = new Session({ ...held, after: 99 }, ask);
    await far.catchUp();
    expect([far.alarms.includes('wrong_rotation'), far.heard]).toEqual([true, []]);
  });
});

/** Luna and Cerro change the key together so that a stranger gets it too; `before`: what Luna enters in the same frame. */
async function twoBoughtStewards(before: { kind: 'invited'; id: string; key: string }[]) {
  const { sessions, women, room, give, signed, ask } = await threeAndTheirRoom(given.db);
  const honest = sessions[0].state!;
  const spy = woman('Sombra');
  const events = before.map((act) => sessions[0].signed({ ...act, by: sessions[0].me }));
  const head = events.length > 0 ? hashOf(room, events[0]!) : honest.head;
  const false_ = {
    ...honest,
    head,
    members: [...honest.members, { sign: spy.sign, seal: spy.seal, name: spy.name, vouches: 5 }],
  };
  const next = new Uint8Array(randomBytes(32));
  const { order, note } = rotationOf(false_, next);
  const act: Act = { kind: 'rotated', ...order };
  const event: SignedEvent = { prev: head, act, signatures: [] };
  event.signatures = [women[0], women[1]].map(({ keys }) => signWith(keys, messageOf(room, event)));
  const session = new Uint8Array(randomBytes(8));
  const place = { room, epoch: 2, words: epochKeys(room, 2, next).words };
  const frameOf = (kind: FrameKind, body: Uint8Array, at: string, counter: number) => ({
    bytes: sealFrame(place, women[0].keys, { kind, head: at, session, counter, body }),
    erase: hashHex(randomBytes(32)),
    days: 30,
  });
  const { bytes } = frameOf('roster', writeEvents([...events, event]), honest.head, 1);
  const ordered = signed(orderKinds.rotated, writeRotation(order), [women[0], women[1]]);
  expect(await give({ ...ordered, frame: { ...ordered.frame, bytes } }, note)).toBeGreaterThan(0);
  return { sessions, ask, next, frameOf };
}
