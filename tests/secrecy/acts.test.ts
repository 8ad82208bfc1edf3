import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Entry } from '~/app/_keyring/lock';
import { entryKinds } from '~/app/_room/entry';
import { begun, type Erasing, erasingEntries, readErasing, tokensIn } from '~/app/_room/erasing';
import { goOut } from '~/app/_room/frame/acts/going';
import { writeRoom } from '~/app/_room/kept';
import { leave, saidBy } from '~/app/_room/leaving';
import { chained, changeOfKey, destruction, Proposals, putBefore, whisperAad } from '~/app/_room/proposals';
import { openBox } from '~/app/_room/protocol/keys';
import { isMember, isSteward } from '~/app/_room/protocol/roster';
import { releaseTypes } from '~/app/_room/release/messages';
import { Session } from '~/app/_room/session';
import { Successions } from '~/app/_room/succession';
import { roomFrames, rooms } from '~/db/schema/rooms';
import { readAll } from '~/server/rooms/rules/bytes';
import { ops } from '~/server/rooms/rules/wire';
import { foundRoom, letIn, openBoxes } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';

const given = testDatabase();
const bytesOf = (text: string) => new TextEncoder().encode(text);
const words = (one: Session) =>
  one.heard.filter(({ kind }) => kind === 'words').map(({ body }) => new TextDecoder().decode(body));

/** Luna, Cerro and Quena look after the room; Río is in it, and Tuna where a story needs her. */
async function five(withTuna = true) {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena', 'Río', 'Tuna'].map(woman) as [Woman, Woman, Woman, Woman, Woman];
  const { room, sessions } = await foundRoom(ask, [women[0], women[1], women[2]]);
  const rio = await letIn(ask, room, [...sessions], women[3]);
  const tuna = withTuna ? await letIn(ask, room, [...sessions, rio], women[4]) : rio;
  const all = withTuna ? [...sessions, rio, tuna] : [...sessions, rio];
  const [luna, cerro, quena] = sessions;
  const everybody = async () => {
    for (const one of all) await one.catchUp();
  };
  await everybody();
  return { ask, room, women, luna, cerro, quena, rio, tuna, all, everybody };
}
/** One steward proposes, the other finds it waiting and signs. */
async function twoSign(first: Session, second: Session, propose: () => Parameters<typeof putBefore>[1]) {
  expect(await putBefore(first, propose())).toBe(true);
  await second.catchUp();
  const hers = new Proposals(second);
  const [waiting] = hers.waiting();
  expect(waiting).toMatchObject({ by: first.me });
  return hers.sign(waiting!);
}

it('Luna proposes to take Río out; it waits for every other steward, and for nobody else; Quena signs', async () => {
  const { luna, cerro, quena, rio, everybody } = await five(false);
  const before = chained(luna, [{ kind: 'removed', target: rio.me, lapses: [] }]);
  expect(await putBefore(luna, changeOfKey(luna, before))).toBe(true);
  await everybody();
  const waiting = [luna, cerro, quena, rio].map((one) => new Proposals(one).waiting());
  expect(waiting.map((one) => one.length)).toEqual([1, 1, 1, 0]);
  const hers = new Proposals(luna);
  expect(hers.maySign(waiting[0]![0]!)).toBe(false);
  // Signed twice by herself it is signed once.
  expect(await hers.sign(waiting[0]![0]!)).toBe(false);
  const others = new Proposals(quena);
  expect(others.maySign(waiting[2]![0]!)).toBe(true);
  expect(await others.sign(others.waiting()[0]!)).toBe(true);
  for (const one of [luna, cerro, quena]) await one.catchUp();
  expect(isMember(cerro.state!, rio.me)).toBe(false);
  // What Cerro had before her is done, and waits no more.
  expect(new Proposals(cerro).waiting()).toEqual([]);
  expect([luna, cerro, quena].flatMap(({ alarms }) => alarms)).toEqual([]);
});

it('a steward who is to be taken out is not given the proposal, for it holds the new key', async () => {
  const { luna, cerro, quena, room } = await five(false);
  const out = () => changeOfKey(luna, chained(luna, [{ kind: 'removed', target: quena.me, lapses: [] }]));
  const proposal = out();
  expect(await putBefore(luna, proposal)).toBe(true);
  await quena.catchUp();
  expect(new Proposals(quena).waiting()).toEqual([]);
  const whisper = quena.heard.findLast(({ kind }) => kind === 'whisper')!;
  const boxes = readAll(whisper.body, (reader) => reader.list(33, () => reader.bytes(65_536)));
  expect(boxes).toHaveLength(2);
  expect(boxes.map((box) => openBox(quena.held.mine, whisperAad, box))).toEqual([null, null]);
  await cerro.catchUp();
  const hers = new Proposals(cerro);
  expect(await hers.sign(hers.waiting()[0]!)).toBe(true);
  expect([await luna.catchUp(), await quena.catchUp(), luna.held.room]).toEqual([true, false, room]);
});

it('what was proposed before the roster went on is none any more, and can be proposed again', async () => {
  const { luna, cerro, quena, everybody, rio } = await five(false);
  const remove = () => changeOfKey(luna, chained(luna, [{ kind: 'removed', target: rio.me, lapses: [] }]));
  await putBefore(luna, remove());
  await everybody();
  await quena.enter(
    quena.signed({ kind: 'invited', by: quena.me, id: 'ee'.repeat(32), key: 'ee'.repeat(32) }),
  );
  const late = new Proposals(cerro).waiting()[0]!;
  expect(await new Proposals(cerro).sign(late)).toBe(false);
  await everybody();
  expect(new Proposals(cerro).waiting()).toEqual([]);
  expect(await twoSign(luna, cerro, remove)).toBe(true);
});

it('a word that comes while a pause is on its way, and is heard before the answer, does not lose the pause', async () => {
  const { ask, luna, cerro } = await five(false);
  let between: (() => Promise<void>) | null = null;
  const hers: Session = new Session(luna.hold(), async (body) => {
    if (body[0] === ops.indexOf('order') && between) {
      const first = between;
      between = null;
      await first();
    }
    return ask(body);
  });
  await hers.catchUp();
  between = async () => {
    expect(await cerro.say('words', bytesOf('llegó antes'))).not.toBeNull();
    await hers.catchUp();
  };
  expect(await hers.give(hers.signed({ kind: 'frozen', by: hers.me, turn: hers.state!.turn + 1 }))).toBe(
    true,
  );
  expect(words(hers)).toContain('llegó antes');
});

it('frozen, the stewards still agree in the room: they take out, change the key and open it; a member tells nothing', async () => {
  const { luna, cerro, quena, rio, room } = await five(false);
  const row = async () => (await given.db.select().from(rooms).where(eq(rooms.id, room)))[0]!;
  await luna.give(luna.signed({ kind: 'frozen', by: luna.me, turn: luna.state!.turn + 1 }));
  for (const one of [luna, cerro, quena]) expect(await one.catchUp()).toBe(true);
  // Río does not know of it yet, and afterwards pretends that she may.
  const { lastSeq } = await row();
  expect(await rio.say('whisper', bytesOf('¿?'))).toBeNull();
  rio.state = { ...rio.state!, frozen: true };
  expect(await rio.say('whisper', bytesOf('¿?'))).toBeNull();
  expect((await row()).lastSeq).toBe(lastSeq);

  const remove = () => changeOfKey(luna, chained(luna, [{ kind: 'removed', target: rio.me, lapses: [] }]));
  expect(await twoSign(luna, cerro, remove)).toBe(true);
  for (const one of [luna, cerro, quena]) await one.catchUp();
  const thaw = () => ({
    kind: 'event' as const,
    event: quena.signed({ kind: 'unfrozen', turn: quena.state!.turn + 1 }),
  });
  expect(await twoSign(quena, luna, thaw)).toBe(true);
  for (const one of [luna, cerro, quena])
    expect([await one.catchUp(), one.state!.frozen]).toEqual([true, false]);
  expect(await luna.say('words', bytesOf('otra vez aquí'))).not.toBeNull();
});

it('two destroy a room: nothing is left of it, and to everybody it is as if there had never been one', async () => {
  const { luna, cerro, rio, room } = await five(false);
  expect(await twoSign(luna, cerro, () => destruction(luna))).toBe(true);
  expect(await given.db.select().from(rooms).where(eq(rooms.id, room))).toEqual([]);
  expect(await given.db.select().from(roomFrames).where(eq(roomFrames.room, room))).toEqual([]);
  for (const one of [luna, rio]) expect([await one.catchUp(), one.alarms]).toEqual([false, ['closed']]);
});

it('two settle for how many days words stay and begin a new term; other stewards come with a change of the key', async () => {
  const { luna, cerro, quena, rio, everybody, room } = await five(false);
  const settings = { ...luna.state!.settings, retentionDays: 30, term: 1 };
  const settled = () => ({ kind: 'event' as const, event: luna.signed({ kind: 'settled', settings }) });
  expect(await twoSign(luna, cerro, settled)).toBe(true);
  await everybody();
  expect([
    rio.state!.settings.retentionDays,
    rio.state!.members.every(({ vouches }) => vouches === 5),
  ]).toEqual([30, true]);
  const change = () =>
    changeOfKey(
      cerro,
      chained(cerro, [
        { kind: 'chosen', target: rio.me },
        { kind: 'released', target: luna.me },
      ]),
    );
  // Luna cannot be the second under her own going: the members would not count her any more.
  expect(await twoSign(cerro, luna, change)).toBe(false);
  expect(await twoSign(cerro, quena, change)).toBe(true);
  await everybody();
  expect([isSteward(luna.state!, rio.me), isSteward(luna.state!, luna.me)]).toEqual([true, false]);
  // The server knows it as well: Río may freeze, Luna may not.
  const [{ stewards } = { stewards: [] as string[] }] = await given.db
    .select()
    .from(rooms)
    .where(eq(rooms.id, room));
  expect(stewards).toEqual(rio.state!.stewards);
  const freeze = (one: Session) => one.signed({ kind: 'frozen', by: one.me, turn: one.state!.turn + 1 });
  expect([await luna.give(freeze(luna)), await rio.give(freeze(rio))]).toEqual([false, true]);
});

it('two thirds put others in the place of lost stewards; after seven days these change the key and look after the room', async () => {
  const { luna, cerro, quena, rio, tuna, room, everybody } = await five();
  const days = (day: string) => given.db.update(rooms).set({ succeedOn: day }).where(eq(rooms.id, room));
  const asks = new Successions(rio);
  expect(await asks.ask([rio.me, tuna.me])).toBe(true);
  await everybody();
  for (const one of [tuna, luna]) {
    const theirs = new Successions(one);
    expect(theirs.standing()[0]).toMatchObject({ by: rio.me, stewards: [rio.me, tuna.me].sort() });
    await theirs.join(theirs.standing()[0]!);
    await rio.catchUp();
  }
  // Three of five are not two thirds.
  expect([asks.needed, await asks.carry(asks.standing()[0]!)]).toEqual([4, false]);
  const last = new Successions(quena);
  await quena.catchUp();
  await last.join(last.standing()[0]!);
  await quena.catchUp();
  expect(await last.carry(last.standing()[0]!)).toBe(true);
  await everybody();
  expect(cerro.state).toMatchObject({ successors: [rio.me, tuna.me].sort(), dirty: false });
  expect(await cerro.say('words', bytesOf('seguimos hablando'))).not.toBeNull();

  const follow = () => changeOfKey(rio, [], rio.state!.successors);
  expect(await twoSign(rio, tuna, follow)).toBe(false);
  await days('2020-01-01');
  await everybody();
  // Those who were, give no orders any more.
  expect(await cerro.give(cerro.signed({ kind: 'frozen', by: cerro.me, turn: cerro.state!.turn + 1 }))).toBe(
    false,
  );
  expect(await twoSign(rio, tuna, follow)).toBe(true);
  await everybody();
  expect(cerro.state).toMatchObject({ stewards: [rio.me, tuna.me].sort(), successors: [] });
  const choose = () => changeOfKey(tuna, chained(tuna, [{ kind: 'chosen', target: luna.me }]));
  expect(await twoSign(tuna, rio, choose)).toBe(true);
  await everybody();
  expect([luna, cerro, quena, rio, tuna].flatMap(({ alarms }) => alarms)).toEqual([]);
});

it('a steward who is there all the same answers a succession with a change of key; nothing is asked any more', async () => {
  const { luna, cerro, quena, rio, everybody, room } = await five(false);
  await new Successions(rio).ask([rio.me, quena.me]);
  await everybody();
  for (const one of [luna, quena]) {
    const theirs = new Successions(one);
    await theirs.join(theirs.standing()[0]!);
  }
  await rio.catchUp();
  const asked = new Successions(rio);
  expect(await asked.carry(asked.standing()[0]!)).toBe(true);
  await everybody();
  expect(await twoSign(luna, cerro, () => changeOfKey(luna, []))).toBe(true);
  await everybody();
  expect(rio.state!.successors).toEqual([]);
  const [row] = await given.db.select().from(rooms).where(eq(rooms.id, room));
  expect([row!.successors, row!.stewards]).toEqual([null, luna.state!.stewards]);
});

it('two stewards leave before anybody changes the key: those who are left are enough to put others', async () => {
  const { ask, luna, cerro, quena, rio, tuna, room } = await five();
  for (const one of [luna, cerro]) expect(await leave(one)).toBe(true);
  // Quena opens the room on another day, and has what was signed from reading it again.
  await quena.catchUp();
  const again = new Session(quena.hold(), ask);
  const three = [again, rio, tuna];
  for (const one of three) await one.catchUp();
  expect(again.parted()).toHaveLength(2);
  expect(await again.say('words', bytesOf('no se puede'))).toBeNull();
  const asks = new Successions(rio);
  await asks.ask([again.me, rio.me, tuna.me]);
  for (const one of [again, tuna]) {
    await one.catchUp();
    const theirs = new Successions(one);
    expect(theirs.needed).toBe(2);
    await theirs.join(theirs.standing()[0]!);
  }
  await rio.catchUp();
  expect(await asks.carry(asks.standing()[0]!)).toBe(true);
  await given.db.update(rooms).set({ succeedOn: '2020-01-01' }).where(eq(rooms.id, room));
  for (const one of three) await one.catchUp();
  expect(await twoSign(rio, again, () => changeOfKey(rio, [], rio.state!.successors))).toBe(true);
  for (const one of three) expect([await one.catchUp(), one.state!.dirty]).toEqual([true, false]);
  expect(await tuna.say('words', bytesOf('otra vez aquí'))).not.toBeNull();
});

it('Río closes her access: her words go one by one, the texts stay, and nobody writes until the key is changed', async () => {
  const { luna, cerro, rio, room, everybody } = await five(false);
  for (const text of ['uno', 'dos', 'tres']) await rio.say('words', bytesOf(text));
  // What she said of a text on its way out holds for all, whoever goes.
  await rio.say('words', new Uint8Array([releaseTypes.held, ...new Uint8Array(32)]));
  await luna.say('words', bytesOf('lo mío'));
  await rio.say('draft', bytesOf('lo de todas'));
  await everybody();
  const hers = saidBy(rio);
  expect(hers.said).toHaveLength(3);
  const count = async () =>
    (
      await given.db
        .select({ n: sql<number>`count(*)::int` })
        .from(roomFrames)
        .where(eq(roomFrames.room, room))
    )[0]!.n;
  const before = await count();
  expect(await leave(rio)).toBe(true);
  // A second time, because she did not hear the answer, it is done already.
  expect(await leave(rio)).toBe(true);
  await everybody();
  expect(await luna.say('words', bytesOf('todavía no'))).toBeNull();

  // She goes away after the first; the rest lies in her keyring and is asked for on another day, without any key.
  const [entry] = erasingEntries(hers);
  const kept: Erasing = readErasing(entry!.bytes);
  expect(kept).toEqual(hers);
  const [first, ...rest] = tokensIn(kept);
  expect([await luna.erase(first!), await count()]).toEqual([true, before]);
  // Asked for twice, it is gone once.
  expect([await luna.erase(first!), await count()]).toEqual([true, before]);
  for (const token of rest) expect(await luna.erase(token)).toBe(true);
  // One event of the roster more, three words less.
  expect(await count()).toBe(before + 1 - 3);

  expect(await twoSign(cerro, luna, () => changeOfKey(cerro, []))).toBe(true);
  await everybody();
  expect(isMember(luna.state!, rio.me)).toBe(false);
  expect(await luna.say('words', bytesOf('ahora sí'))).not.toBeNull();
  expect(await rio.catchUp()).toBe(false);
});

it('Luna lost her words: her old key is taken out, and vouched for again she is in under her name, with another key', async () => {
  const { ask, room, luna, cerro, quena, rio, everybody } = await five(false);
  const out = () => changeOfKey(cerro, chained(cerro, [{ kind: 'removed', target: luna.me, lapses: [] }]));
  expect(await twoSign(cerro, quena, out)).toBe(true);
  await everybody();
  const choose = () => changeOfKey(cerro, chained(cerro, [{ kind: 'chosen', target: rio.me }]));
  expect(await twoSign(cerro, quena, choose)).toBe(true);
  for (const one of [cerro, quena, rio]) await one.catchUp();
  const again = await letIn(ask, room, [rio, cerro, quena], woman('Luna'));
  expect(again.state!.members.map(({ name }) => name).sort()).toEqual(['Cerro', 'Luna', 'Quena', 'Río']);
  await quena.catchUp();
  await quena.say('words', bytesOf('bienvenida otra vez'));
  await again.catchUp();
  expect(words(again)).toContain('bienvenida otra vez');
  expect(await luna.catchUp()).toBe(false);
});

it('a steward who proposes what cannot be is not followed: another’s signature, a stranger, another note', async () => {
  const { luna, cerro, rio } = await five(false);
  const before = chained(luna, [{ kind: 'removed', target: rio.me, lapses: [] }]);
  const honest = changeOfKey(luna, before);
  const forged = structuredClone(honest);
  forged.events[0]!.signatures[0]!.bytes[3]! ^= 1;
  const strange = structuredClone(honest);
  strange.events[0]!.act = { kind: 'removed', target: 'ab'.repeat(32), lapses: [] };
  const bent = structuredClone(honest);
  (bent.events[1]!.act as { note: string }).note = 'cd'.repeat(32);
  await luna.catchUp();
  for (const bad of [forged, strange, bent]) {
    await putBefore(luna, bad);
    await cerro.catchUp();
    const hers = new Proposals(cerro);
    expect(await hers.sign(hers.waiting()[0]!)).toBe(false);
  }
  await rio.catchUp();
  expect([rio.epoch, rio.alarms]).toEqual([luna.epoch, []]);
});

it('Río goes while the line is bad: broken off after the room was told, what she wanted erased is still erased', async () => {
  const { rio, luna, everybody } = await five(false);
  for (const text of ['uno', 'dos']) await rio.say('words', bytesOf(text));
  await everybody();
  const { keep, entries, breakAfter } = aKeyring([
    { kind: entryKinds.room, bytes: writeRoom({ title: '', held: rio.hold() }) },
    {
      kind: entryKinds.room,
      bytes: writeRoom({ title: '', held: { ...luna.hold(), room: '11'.repeat(16) } }),
    },
  ]);
  const kinds = () => entries().map(({ kind }) => kind);
  // The keyring is written once, and the room is told; the second writing fails.
  breakAfter(1);
  await expect(goOut({ keep }, rio, saidBy(rio), () => false)).rejects.toThrow();
  expect(rio.state && (await leave(rio))).toBe(true);
  // Not begun as long as the room stands there.
  expect(begun(entries())).toEqual(entries());
  expect(kinds()).toEqual([entryKinds.room, entryKinds.room, entryKinds.waiting]);
  // She opens it again when the room has changed its key, and hears nothing of it any more.
  breakAfter(9);
  const again = new Session({ ...rio.hold(), state: rio.state }, rio.server);
  expect(await goOut({ keep }, again, null, () => true)).toBe(true);
  expect(kinds()).toEqual([entryKinds.room, entryKinds.erasing]);
  expect(readErasing(entries()[1]!.bytes)).toEqual(saidBy(rio));
});

/** A keyring in memory, whose writing can be broken. */
function aKeyring(first: readonly Entry[]) {
  let [kept, left] = [first, 9];
  return {
    entries: () => kept,
    breakAfter(writings: number) {
      left = writings;
    },
    async keep(change: (entries: readonly Entry[]) => Entry[]) {
      if (left-- <= 0) throw new Error('not written');
      kept = change(kept);
    },
  };
}
