import { createHash, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { countSalt, membersTree, rotationOf } from '~/app/_room/protocol/notes';
import { keyrings, persons } from '~/db/schema/people';
import { roomFrames } from '~/db/schema/rooms';
import { limaDay } from '~/server/day';
import { keyringOf, settleKeyrings } from '~/server/people/commands/keyring';
import { readValues } from '~/server/people/commands/values';
import { wrapKeyring } from '~/server/people/rules/keyring';
import {
  orderKinds,
  writeCompaction,
  writeRotation,
  writeSuccession,
  writeTurn,
} from '~/server/rooms/rules/orders';
import { noteLength } from '~/server/rooms/rules/sizes';
import { readDone, readReply, writeAsk } from '~/server/rooms/rules/wire';
import { actionTable } from '~/server/root';
import { runtime } from '~/server/runtime';
import { samples } from '~/tests/access/samples';
import { callAs, problemOf } from '~/tests/support/call';
import { testDatabase } from '~/tests/support/db';
import { forumWorld } from '~/tests/support/people';
import { type Woman, woman } from '~/tests/support/rooms';
import { bytesOf, threeAndTheirRoom } from '~/tests/support/three';

const given = testDatabase();

const { frozen, unfrozen, destroyed, rotated, compacted, succeeded } = orderKinds;

describe('the server obeys two stewards (T11)', () => {
  it('one may freeze, once a week; two open it again; an order is not taken twice', async () => {
    const { women, row, signed, give, ask, access, frame } = await threeAndTheirRoom(given.db);
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
    const { women, row, signed, give, sessions } = await threeAndTheirRoom(given.db);
    const next = new Uint8Array(randomBytes(32));
    const { order, note } = rotationOf(sessions[0].state!, next);
    const two = [women[0], women[1]];
    const before = await row();
    expect(await give(signed(rotated, writeRotation(order), [women[0]]), note)).toBe(0);
    expect(await give(signed(rotated, writeRotation(order), two), new Uint8Array(noteLength))).toBe(0);
    expect(await give(signed(rotated, writeRotation(order), two), null)).toBe(0);
    expect(await give(signed(rotated, writeRotation({ ...order, epoch: 3 }), two), note)).toBe(0);
    const other = await threeAndTheirRoom(given.db);
    expect(await give(other.signed(rotated, writeRotation(order), two), note)).toBe(0);
    expect(await row()).toEqual(before);
    expect(await give(signed(rotated, writeRotation(order), two), note)).toBeGreaterThan(0);
    expect((await row())!.epoch).toBe(2);
  });

  it('one destroys nothing; two destroy everything', async () => {
    const { women, row, signed, give, room } = await threeAndTheirRoom(given.db);
    expect(await give(signed(destroyed, writeTurn({ turn: 1 }), [women[0]]))).toBe(0);
    expect(await give(signed(destroyed, writeTurn({ turn: 1 }), [women[0], women[2]]))).toBe(1);
    expect(await row()).toBeUndefined();
    expect(await given.db.select().from(roomFrames).where(eq(roomFrames.room, room))).toEqual([]);
  });

  it('a draft’s older frames go when two members prove themselves, never for one', async () => {
    const { women, room, sessions, signed, ask, access, tree } = await threeAndTheirRoom(given.db);
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
    const { women, sessions, signed, ask, access, tree, row } = await threeAndTheirRoom(given.db);
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

describe('who holds somebody’s account, and not her words', () => {
  const letters = (length: number, fill: number) => Buffer.alloc(length, fill).toString('base64url');
  const hers = { salt: letters(16, 1), auth: letters(32, 1), keyring: letters(16_384, 1) };
  const theirs = { salt: letters(16, 2), auth: letters(32, 2), keyring: letters(16_384, 2) };
  const passphrase = 'oro agua mujer';
  let world: Awaited<ReturnType<typeof forumWorld>>;
  let street = 0;
  const as = (personId: string | null) => callAs(given.db, personId, `203.0.113.${++street}`);

  beforeAll(async () => {
    world = await forumWorld(given.db);
    const forum = await as(world.people.sabina.id);
    await forum.people.makeKeyring(hers);
    await settleKeyrings(given.db, [world.people.sabina.id]);
  });
  /** Wrong words; they are made already; wrong words. */
  const nothing = ['people.keyring_wrong', 'people.keyring_made', 'people.keyring_wrong'];
  /** What a phone with a session of hers, and without her words, gets of her keyring. */
  async function gets(personId: string) {
    const forum = await as(personId);
    const opened = await problemOf(forum.people.openKeyring({ auth: theirs.auth }));
    const made = await problemOf(forum.people.makeKeyring(theirs));
    const mark = createHash('sha256').update(Buffer.alloc(16_384, 1)).digest('base64url');
    const changed = await problemOf(forum.people.changeKeyring({ old: theirs.auth, was: mark, ...theirs }));
    return [opened.code, made.code, changed.code];
  }
  const stillHers = async () =>
    expect(await (await as(world.people.sabina.id)).people.openKeyring({ auth: hers.auth })).toEqual({
      keyring: hers.keyring,
    });

  it('the secretary who gives out a new card in her name, and signs in with it, opens nothing', async () => {
    const { sabina, ysabel } = world.people;
    const secretary = await as(ysabel.id);
    const { code } = await secretary.people.reissueCard({ personId: sabina.id });
    const entered = await (await as(null)).people.enterWithCard({ code, passphrase, agent: 'curl/8' });
    expect(entered.personId).toBe(sabina.id);
    expect(await gets(sabina.id)).toEqual(nothing);
    await stillHers();
  });

  it('who holds her telephone number and passphrase opens nothing either', async () => {
    const { sabina } = world.people;
    const [row] = await given.db.select().from(persons).where(eq(persons.id, sabina.id));
    const entered = await (await as(null)).people.signIn({
      number: row!.number,
      passphrase,
      agent: 'curl/8',
    });
    expect(entered.personId).toBe(sabina.id);
    expect(await gets(sabina.id)).toEqual(nothing);
    await stillHers();
  });

  it('a reset that they ask for is seen by her, takes seven days, and then empties: what was in it they never have', async () => {
    const { sabina } = world.people;
    const forum = await as(sabina.id);
    await forum.people.askKeyringReset();
    expect((await forum.people.keyring()).opensOn).not.toBeNull();
    expect(await gets(sabina.id)).toEqual(nothing);
    // Seven days later she has not looked.
    const of = { ...(await keyringOf(given.db, sabina.id)), opensOn: limaDay(new Date()) };
    const sealed = wrapKeyring(runtime().secrets.keyrings, readValues(sabina.id)!.current, sabina.id, of);
    await given.db.update(keyrings).set({ sealed }).where(eq(keyrings.personId, sabina.id));
    await (await as(sabina.id)).people.makeKeyring(theirs);
    const opened = await (await as(sabina.id)).people.openKeyring({ auth: theirs.auth });
    expect(opened).toEqual({ keyring: theirs.keyring });
  });

  it('no procedure of an administrator names a keyring or a room of somebody else', () => {
    const named = actionTable()
      .map(({ path }) => path)
      .filter((path) => /keyring|room|sala|llavero/i.test(path));
    expect(named.filter((path) => !/^people\.|^ballots\./.test(path))).toEqual([]);
    // All of them are about her who asks: none takes a person.
    for (const path of named.filter((one) => one.startsWith('people.')))
      expect([path, Object.values(samples[path]?.input ?? {}).includes('personId')]).toEqual([path, false]);
  });
});
