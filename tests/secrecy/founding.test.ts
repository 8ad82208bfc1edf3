import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { Founding, isStillHers, spelled } from '~/app/_room/founding';
import { comeIn, knockAt, layInvite, lookForKnock, lookUp } from '~/app/_room/joining';
import { readFounding, readRoom, writeFounding, writeRoom } from '~/app/_room/kept';
import { meetingOf, type Plan } from '~/app/_room/meeting';
import { newCode, newMemberKeys } from '~/app/_room/protocol/keys';
import { gateKey } from '~/app/_room/release/tokens';
import { type AskServer, Session } from '~/app/_room/session';
import { foundRoom, letIn, openBoxes } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';
import { payer } from '~/tests/support/tokens';

const given = testDatabase();
const bytesOf = (text: string) => new TextEncoder().encode(text);
const talk = (one: Session) =>
  one.heard.filter(({ kind }) => kind === 'words').map(({ body }) => new TextDecoder().decode(body));
const rooms = async () =>
  (await given.db.execute<{ n: number }>(sql`select count(*)::int as n from rooms`))[0]!.n;

function three(ask: AskServer, code = newCode(), names = ['Luna', 'Cerro', 'Quena']) {
  const women = names.map((name) => ({ name, keys: newMemberKeys() }));
  const phones = women.map(({ name, keys }) => new Founding(code, keys, name, ask, payer(ask)));
  return { women, phones: phones as [Founding, Founding, Founding], code };
}
/** What she is shown lies in her keyring when she signs. */
const signs = (phone: Founding, plan: Plan) => phone.sign(plan, phone.drawn(plan));

it('Luna, Cerro and Quena found a room from three phones, which meet under eight words and leave no place behind', async () => {
  const { ask } = await openBoxes(given.db);
  const before = await rooms();
  const { phones } = three(ask);
  const [luna, cerro, quena] = phones;
  expect(await cerro.arrive()).toBe(false);
  expect(await luna.open()).toBe(true);
  for (const phone of phones) expect(await phone.arrive()).toBe(true);
  const all = (await luna.look())!;
  expect(all.here.map(({ name }) => name)).toEqual(['Luna', 'Cerro', 'Quena']);
  expect([luna.isFirst(all), cerro.isFirst(all)]).toEqual([true, false]);
  await luna.draw(all, 'Las de arriba');

  const plans = await Promise.all(phones.map(async (phone) => (await phone.look())!.plan!));
  expect(plans.map(({ title }) => title)).toEqual(Array(3).fill('Las de arriba'));
  const said = plans.map((plan) => spelled(plan).join(' '));
  expect([said[0]!.split(' ').length, new Set(said).size]).toEqual([8, 1]);

  await signs(luna, plans[0]!);
  await signs(cerro, plans[1]!);
  expect(await luna.found((await luna.look())!)).toBeNull();
  await signs(quena, plans[2]!);
  const sessions: Session[] = [];
  for (const phone of [quena, luna, cerro]) {
    const held = (await phone.found((await phone.look())!))!;
    const session = new Session(held, ask);
    expect(await session.catchUp()).toBe(true);
    sessions.push(session);
    await phone.leave();
  }
  expect(sessions.map(({ state }) => state!.head)).toEqual(Array(3).fill(sessions[0]!.state!.head));
  expect(sessions[0]!.state!.members.map(({ name }) => name).sort()).toEqual(['Cerro', 'Luna', 'Quena']);
  // Only the room is left: the place where they met is destroyed.
  expect(await rooms()).toBe(before + 1);
  expect(await luna.look()).toBeNull();
  await sessions[0]!.say('words', bytesOf('la primera palabra'));
  await sessions[1]!.catchUp();
  expect(talk(sessions[1]!)).toEqual(['la primera palabra']);
});

it('what Quena wrote before she signed opens the room, though nothing was written after, the place is gone and the key another', async () => {
  const { ask } = await openBoxes(given.db);
  const { women, phones, code } = three(ask);
  const [luna, cerro, quena] = phones;
  await luna.open();
  for (const phone of phones) await phone.arrive();
  await luna.draw((await luna.look())!, 'Las de arriba');
  const plan = (await quena.look())!.plan!;
  const kept = writeFounding({
    ...{ title: plan.title, code: [], name: 'Quena', mine: women[2]!.keys },
    drawn: { ...quena.drawn(plan)!, gate: 'a1'.repeat(8) },
  });
  // Before the three have signed it leads nowhere.
  const early = readFounding(kept);
  expect(await quena.stands(early.drawn!)).toBeNull();
  for (const phone of phones) await signs(phone, plan);
  const sessions: Session[] = [];
  for (const phone of [luna, cerro]) {
    const session = new Session((await phone.found((await phone.look())!))!, ask);
    await session.catchUp();
    sessions.push(session);
  }
  await luna.end();
  const [first, second] = sessions as [Session, Session];
  expect(await second.complete(first.propose([], second.me))).toBe(true);
  await second.catchUp();

  const { drawn, mine, title, name } = readFounding(kept);
  expect([title, name, drawn!.gate]).toEqual(['Las de arriba', 'Quena', 'a1'.repeat(8)]);
  const held = (await new Founding(code, mine, name, ask).stands(drawn!))!;
  const hers = new Session(held, ask);
  expect(await hers.catchUp()).toBe(true);
  expect([hers.epoch, hers.state!.head, hers.alarms]).toEqual([2, second.state!.head, []]);
  // An entry from before rooms were kept beforehand is read as it was.
  const old = { title: 'x', code: [1, 2, 3], name: 'Ana', mine, drawn: null };
  expect(readFounding(writeFounding(old))).toEqual(old);
});

it('Luna is not led to sign for a second room under the same words: the one in her keyring is the one she opens', async () => {
  const { ask } = await openBoxes(given.db);
  const { phones, women, code } = three(ask);
  const [luna, cerro, quena] = phones;
  await luna.open();
  for (const phone of phones) await phone.arrive();
  await luna.draw((await luna.look())!, '');
  const first = (await luna.look())!;
  const hers = luna.drawn(first.plan!)!;
  await luna.sign(first.plan!, hers);

  // Days later what was said there is gone, or a server shows it without the plan: on her phone it is over, nothing is drawn.
  const place = meetingOf(code).room;
  await given.db.execute(sql`delete from room_frames where room = ${place} and seq > 1`);
  expect(isStillHers(hers, (await luna.look())!)).toBe(false);
  for (const phone of phones) await phone.arrive();
  const again = new Founding(code, women[0]!.keys, 'Luna', ask, payer(ask));
  await again.draw((await again.look())!, '');
  const second = (await luna.look())!;
  expect(second.plan!.room).not.toBe(hers.room);
  expect([isStillHers(hers, second), isStillHers(null, second)]).toEqual([false, true]);
  expect(await luna.sign(second.plan!, hers)).toBe(false);
  expect(await luna.sign(second.plan!, null)).toBe(false);
  for (const phone of [cerro, quena]) expect(await signs(phone, second.plan!)).toBe(true);
  expect(await quena.found((await quena.look())!)).toBeNull();
});

it('a phone that was given tokens under another key reads other words aloud', async () => {
  const { ask } = await openBoxes(given.db);
  const { phones } = three(ask);
  const [luna] = phones;
  await luna.open();
  for (const phone of phones) await phone.arrive();
  await luna.draw((await luna.look())!, '');
  const plan = (await luna.look())!.plan!;
  const { id } = await gateKey(ask);
  expect(spelled(plan, id)).toEqual(spelled(plan, id));
  expect(spelled(plan, 'ab'.repeat(8))).not.toEqual(spelled(plan, id));
});

it('who was cut off anywhere begins again with the same words and finds what stands', async () => {
  const server = await openBoxes(given.db);
  let left = Number.POSITIVE_INFINITY;
  const ask: AskServer = async (body) => {
    const answer = await server.ask(body);
    // It was done, and the answer is lost: what she knows least of.
    if (left-- <= 0) throw new Error('no network');
    return answer;
  };
  // No step asks more than three questions: cut off at each of them, she goes on from another phone of hers.
  for (let cut = 0; cut < 3; cut++) {
    const { women, phones, code } = three(server.ask);
    const [, cerro, quena] = phones;
    const luna = () => new Founding(code, women[0]!.keys, 'Luna', ask, payer(ask));
    const doAll = async (work: (phone: Founding) => Promise<unknown>) => {
      left = cut;
      await work(luna()).catch(() => {});
      left = Number.POSITIVE_INFINITY;
      return work(luna());
    };
    await doAll((phone) => phone.open());
    await doAll((phone) => phone.arrive());
    for (const phone of [cerro, quena]) await phone.arrive();
    await doAll(async (phone) => {
      const all = (await phone.look())!;
      if (!all.plan) await phone.draw(all, '');
    });
    for (const phone of [cerro, quena]) await signs(phone, (await phone.look())!.plan!);
    await doAll(async (phone) => signs(phone, (await phone.look())!.plan!));
    const held = await doAll(async (phone) => phone.found((await phone.look())!));
    const session = new Session(held as Parameters<typeof writeRoom>[0]['held'], server.ask);
    expect(await session.catchUp()).toBe(true);
    expect(session.state!.members).toHaveLength(3);
  }
}, 60_000);

it('a fourth who overheard the words is seen by all; who comes in another’s place spells other words', async () => {
  const { ask } = await openBoxes(given.db);
  const { phones, code } = three(ask);
  const [luna, cerro, quena] = phones;
  await luna.open();
  for (const phone of [luna, cerro]) await phone.arrive();
  const spy = new Founding(code, newMemberKeys(), 'Quena', ask);
  await spy.arrive();
  // Quena finds her own name taken, and that she is not there.
  await quena.arrive();
  expect((await quena.look())!.here).toHaveLength(3);
  const other = new Founding(code, newMemberKeys(), 'Quena de verdad', ask);
  await other.arrive();
  for (const phone of [luna, cerro, quena]) expect((await phone.look())!.crowded).toBe(true);
});

it('Dora knocks with her eight words; what was said before stays hers alone to learn; a used code knocks for nobody else', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Ana', 'Berta', 'Celia'].map(woman) as [Woman, Woman, Woman];
  const { room, sessions } = await foundRoom(ask, women);
  const [ana] = sessions;
  const { words, act } = (await layInvite(ana, ask))!;
  await ana.enter(ana.signed(act));
  await ana.catchUp();
  expect(await lookUp(newCode(), ask)).toBeNull();
  const { stewards } = (await lookUp(words, ask))!;
  expect(stewards).toEqual(ana.state!.stewards);
  const invite = ana.state!.invites[0]!;
  expect(await lookForKnock(ana, ask, invite)).toBeNull();
  const dora = { words, room, name: 'Dora', mine: newMemberKeys() };
  const elsa = { ...dora, name: 'Elsa', mine: newMemberKeys() };
  expect(await knockAt(dora, ask)).toBe('hers');
  expect(await knockAt(dora, ask)).toBe('hers');
  expect(await knockAt(elsa, ask)).toBe('another');
  expect(await lookForKnock(ana, ask, invite)).toMatchObject({ kind: 'knocked', name: 'Dora' });
  expect(await comeIn({ ...dora, stewards }, ask)).toBeNull();
});

it('what the keyring keeps opens the room again on another day, with all that was said, also before a change of the key', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Nube', 'Piedra', 'Trueno', 'Lluvia'].map(woman) as [Woman, Woman, Woman, Woman];
  const { room, sessions } = await foundRoom(ask, [women[0], women[1], women[2]]);
  await sessions[1].say('words', bytesOf('antes'));
  await letIn(ask, room, [...sessions], women[3]);
  await sessions[0].say('words', bytesOf('después'));
  for (const one of sessions) await one.catchUp();

  const kept = writeRoom({ title: 'La nuestra', held: sessions[0].hold() });
  const again = (bytes: Uint8Array) => {
    const { title, held } = readRoom(bytes);
    expect(title).toBe('La nuestra');
    return new Session(held, ask);
  };
  const first = again(kept);
  expect(await first.catchUp()).toBe(true);
  expect(talk(first)).toEqual(['antes', 'después']);
  expect([first.state, first.alarms]).toEqual([sessions[0].state, []]);

  // Meanwhile somebody is taken out, and the key is changed: the same entry follows.
  await sessions[1].say('words', bytesOf('mientras no estaba'));
  const proposal = sessions[2].propose(
    [sessions[2].signed({ kind: 'removed', target: women[3].sign, lapses: [] })],
    women[1].sign,
  );
  await sessions[1].catchUp();
  await sessions[2].catchUp();
  expect(await sessions[1].complete(proposal)).toBe(true);
  const second = again(kept);
  expect(await second.catchUp()).toBe(true);
  expect(talk(second)).toEqual(['antes', 'después', 'mientras no estaba']);
  expect([second.former.get(women[3].sign), second.alarms]).toEqual(['Lluvia', []]);
  const third = again(writeRoom({ title: 'La nuestra', held: second.hold() }));
  expect(await third.catchUp()).toBe(true);
  expect(talk(third)).toEqual(['antes', 'después', 'mientras no estaba']);
  expect(third.state).toEqual(second.state);

  third.forget();
  expect([third.heard, third.state]).toEqual([[], null]);
});

it('two looks at once over a change of the key both come in, and no door is told to be closed', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Arena', 'Brisa', 'Roca'].map(woman) as [Woman, Woman, Woman];
  const { sessions } = await foundRoom(ask, women);
  expect(await sessions[1].complete(sessions[0].propose([], women[1].sign))).toBe(true);
  const both = await Promise.all([sessions[2].catchUp(), sessions[2].catchUp(), sessions[2].catchUp()]);
  expect([both, sessions[2].epoch, sessions[2].alarms]).toEqual([[true, true, true], 2, []]);
});
