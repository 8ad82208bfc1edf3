import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { purseOf, withPurse } from '~/app/_keyring/frame/purse';
import { entryKinds } from '~/app/_room/entry';
import { cover, isOver, Purse, payFor, paying, publicKeys, uncover } from '~/app/_room/release/tokens';
import { Session } from '~/app/_room/session';
import { rooms, spentTokens } from '~/db/schema/rooms';
import { tokenKeys } from '~/db/schema/tokens';
import { expire } from '~/server/rooms/commands/frames';
import { Writer } from '~/server/rooms/rules/bytes';
import { roomBytesOf } from '~/server/rooms/rules/sizes';
import { type Token, writeToken } from '~/server/rooms/rules/tokens';
import { readDone, writeAsk } from '~/server/rooms/rules/wire';
import { dropKeys, signGate } from '~/server/tokens/commands';
import { foundRoom, openBoxes } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';
import { aPurse, oneToken } from '~/tests/support/tokens';

const given = testDatabase();
const three = () => ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
const bytesOf = (text: string) => new TextEncoder().encode(text);
const nobodys = (key: string): Token => ({
  key,
  nonce: new Uint8Array(32).fill(7),
  signature: new Uint8Array(256).fill(9),
});
const gateOf = async (ask: Parameters<typeof publicKeys>[0]) =>
  (await publicKeys(ask)).find(({ purpose }) => purpose === 'gate')!;

describe('blind tokens', () => {
  it('are signed without being seen: what the signer is shown tells nothing of what is spent', async () => {
    const { ask } = await openBoxes(given.db);
    const gate = await gateOf(ask);
    const name = new Uint8Array(32).fill(3);
    const [one, other] = [await cover(gate, name), await cover(gate, name)];
    expect(one.blinded).not.toEqual(other.blinded);
    const signed = await signGate(given.db, gate.id, [one.blinded, other.blinded]);
    const tokens = await Promise.all([one, other].map((each, at) => uncover(gate, each, signed![at]!)));
    // Two covers of one name lead to one token: nothing of the cover is left in it.
    expect(tokens[0]).toEqual(tokens[1]);
    expect(await uncover(gate, one, signed![1]!)).toBeNull();
  });

  it('a cover that another made is seen to be over this name and no other', async () => {
    const { ask } = await openBoxes(given.db);
    const gate = await gateOf(ask);
    const covered = await cover(gate);
    expect(await isOver(gate, covered)).toBe(true);
    expect(await isOver(gate, { ...covered, name: new Uint8Array(32).fill(1) })).toBe(false);
    expect(await isOver(gate, { ...covered, blinded: covered.inverse })).toBe(false);
    const other = await cover(gate);
    expect(await isOver(gate, { ...covered, inverse: other.inverse })).toBe(false);
  });

  it('no room is founded without one, nor twice with the same', async () => {
    const { ask } = await openBoxes(given.db);
    const { asked } = await withAsked(ask);
    const gate = await gateOf(ask);
    const before = await given.db.$count(rooms);
    const replayed = { ...asked, room: '77'.repeat(16) };
    for (const token of [nobodys(gate.id), nobodys('00'.repeat(8)), asked.token])
      expect(readDone(await ask(writeAsk({ ...replayed, token })))).toBe(0);
    expect(await given.db.$count(rooms)).toBe(before);
  });

  it('one that was spent is spent for good, and when its key is gone it opens nothing at all', async () => {
    const { ask } = await openBoxes(given.db);
    const { sessions, room } = await foundRoom(ask, three());
    const purse = await aPurse(ask, 1);
    const [token] = purse.tokens as [Token];
    await given.db
      .update(rooms)
      .set({ bytes: roomBytesOf(0) })
      .where(eq(rooms.id, room));
    expect(await payFor(ask, sessions[0].access(), purse)).toBe(true);
    await given.db
      .update(rooms)
      .set({ bytes: roomBytesOf(1) })
      .where(eq(rooms.id, room));
    expect(await payFor(ask, sessions[0].access(), new Purse([token]))).toBe(false);
    await expire(given.db);
    expect(await payFor(ask, sessions[0].access(), new Purse([token]))).toBe(false);
    // Whatever was spent for whatever, no row tells of it.
    const rows = await given.db.select().from(spentTokens);
    expect(new Set(rows.map(({ until }) => until))).toEqual(new Set(['9999-12-31']));
    await given.db.update(tokenKeys).set({ until: '2020-01-01' });
    await expire(given.db);
    await dropKeys(given.db);
    const { ask: later } = await openBoxes(given.db);
    expect(await payFor(later, sessions[0].access(), new Purse([token]))).toBe(false);
  });

  it('the keys are the same for whoever asks, and no copy of the database holds one that signs', async () => {
    const { ask } = await openBoxes(given.db);
    const [one, other] = [await publicKeys(ask), await publicKeys(ask)];
    expect(one).toEqual(other);
    expect(one.map(({ purpose }) => purpose)).toEqual(['gate', 'release']);
    for (const { sealed } of await given.db.select().from(tokenKeys))
      expect(Buffer.from(sealed).includes(Buffer.from('06092a864886f70d010101', 'hex'))).toBe(false);
  });
});

describe('a purse', () => {
  const token = (at: number): Token => ({ ...nobodys('00'.repeat(8)), nonce: new Uint8Array(32).fill(at) });
  const ages = (tokens: readonly Token[]) => tokens.map(({ nonce }) => nonce[0]);

  it('whose answer was lost pays with the next one, the oldest first, and keeps what is worth nothing no more', async () => {
    const purse = new Purse([1, 2, 3].map(token));
    const spent = new Set<Token>();
    const door = async (one: Token) => !spent.has(one) && spent.add(one).size > 0;
    const lost = async (one: Token) => {
      await door(one);
      throw new Error('no answer');
    };
    await expect(purse.spend(lost)).rejects.toThrow();
    expect(ages(purse.tokens)).toEqual([1, 2, 3]);
    expect(await purse.spend(door)).toBe(true);
    expect([ages(purse.tokens), ages(purse.spent)]).toEqual([[3], [1, 2]]);
    expect(await purse.spend(async () => false)).toBe(false);
    expect(ages(purse.tokens)).toEqual([3]);
  });

  it('writes no keyring when it pays: what is spent goes with the next writing', async () => {
    const writer = new Writer().text('2026-11-27');
    writer.list([1, 2].map(token), (one) => writeToken(writer, one));
    const entries = [{ kind: entryKinds.tokens, bytes: writer.done() }];
    const purse = purseOf({ entries: () => entries });
    expect(withPurse(entries, purse)).toBe(entries);
    expect(await purse.spend(async () => true)).toBe(true);
    const later = purseOf({ entries: () => withPurse(entries, purse) });
    expect(ages(later.tokens)).toEqual([2]);
  });
});

describe('bytes above a small share', () => {
  it('are paid for by whoever writes, when the room is nearly full; before that nothing is taken', async () => {
    const { ask } = await openBoxes(given.db);
    const { room, sessions } = await foundRoom(ask, three());
    const [luna, cerro] = sessions;
    const purse = await aPurse(ask, 2);
    expect(await payFor(ask, luna.access(), purse)).toBe(false);
    expect(purse.tokens).toHaveLength(2);
    await given.db
      .update(rooms)
      .set({ bytes: roomBytesOf(0) })
      .where(eq(rooms.id, room));
    expect(await cerro.say('words', bytesOf('no cabe'))).toBeNull();
    const held = { ...luna.hold(), state: luna.state };
    const rich = new Session(
      held,
      paying(ask, () => purse),
    );
    await rich.catchUp();
    expect(await rich.say('words', bytesOf('ahora cabe'))).not.toBeNull();
    expect(purse.tokens).toHaveLength(1);
    await cerro.catchUp();
    expect(await cerro.say('words', bytesOf('y esto también'))).not.toBeNull();
  });
});

/** A founding, and what was asked for it. */
async function withAsked(ask: (body: Uint8Array) => Promise<Uint8Array>) {
  let sent: Uint8Array | null = null;
  const listening = (body: Uint8Array) => {
    if (body[0] === 0) sent = body;
    return ask(body);
  };
  await foundRoom(listening, three());
  const { readAsk } = await import('~/server/rooms/rules/wire');
  const asked = readAsk(sent!);
  if (asked.op !== 'found') throw new Error('no founding');
  return { asked, token: await oneToken(ask) };
}
