import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { tokensIn } from '~/app/_room/erasing';
import { saidBy } from '~/app/_room/leaving';
import { changeOfKey, Proposals, putBefore } from '~/app/_room/proposals';
import { openFrame } from '~/app/_room/protocol/frames';
import { epochKeys, eraseToken } from '~/app/_room/protocol/keys';
import { agree, propose, releasesOf, sign, withdraw } from '~/app/_room/release/acts';
import { releaseTypes } from '~/app/_room/release/messages';
import { remainsOf } from '~/app/_room/release/remains';
import { Session } from '~/app/_room/session';
import { roomFrames } from '~/db/schema/rooms';
import { foundRoom, openBoxes } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { aConcern } from '~/tests/support/releases';
import { type Woman, woman } from '~/tests/support/rooms';

const given = testDatabase();
const canary = 'el chamburgo tallado de la quebrada';

it('a text that was taken back, who agreed to it and what was signed for it stand nowhere in the raw bytes (T6)', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, key, sessions } = await foundRoom(ask, women);
  const [luna, cerro, quena] = sessions;
  const everybody = () => Promise.all(sessions.map((one) => one.catchUp()));
  const only = (one: Session) => releasesOf(one)[0]!;
  const words = new TextEncoder();
  await propose(luna, aConcern({ words: `Pedimos agua limpia junto a ${canary}.` }));
  await propose(quena, aConcern({ words: 'Este otro texto sigue su camino, y nadie lo retira.' }));
  await cerro.say('words', words.encode('\u0001lo dicho se queda'));
  await everybody();
  for (const one of [cerro, quena]) expect(await agree(one, only(one))).toBe('done');
  await everybody();
  expect(await sign(cerro, ask, only(cerro))).toBe('done');
  await everybody();
  expect(sessions.map((one) => remainsOf(one).length)).toEqual([0, 0, 0]);
  expect(await withdraw(luna, only(luna))).toBe('done');
  await everybody();

  const { words: opens } = epochKeys(room, 1, key);
  /** All that is left, for who has the key: what kind each is of, and its bytes. */
  const raw = async () => {
    const rows = await given.db.select().from(roomFrames).where(eq(roomFrames.room, room));
    const bodies = rows.map(({ bytes }) => openFrame({ room, epoch: 1, words: opens }, bytes).body);
    return {
      text: Buffer.concat(bodies).toString('utf8'),
      types: bodies.map(([type]) => type!).filter((type) => type >= 32 && type < 48),
    };
  };
  expect((await raw()).text).toContain(canary);
  // Hers: the text. Cerro's: that she agreed, and her cover. Quena's: that she agreed, and not her own text.
  expect(sessions.map((one) => remainsOf(one).length)).toEqual([1, 2, 1]);
  // Who goes takes it along with what else she said.
  expect(tokensIn(saidBy(cerro))).toHaveLength(3);
  for (const one of sessions)
    for (const { session, counter } of remainsOf(one))
      expect(await one.erase(eraseToken(one.held.mine, session, counter))).toBe(true);
  const left = await raw();
  expect(left.text).not.toContain(canary);
  expect(left.text).toContain('lo dicho se queda');
  expect(left.types.sort()).toEqual([releaseTypes.proposed, releaseTypes.withdrawn]);

  // Who opens the room afterwards finds the other text alone; who had heard it all knows that it was taken back.
  const again = new Session({ room, epoch: 1, key, mine: women[2].keys, after: 0, state: null }, ask);
  await again.catchUp();
  expect(releasesOf(again).map(({ withdrawn, by }) => [withdrawn, by])).toEqual([[false, quena.me]]);
  expect(releasesOf(luna).map(({ withdrawn }) => withdrawn)).toEqual([true, false]);
});

it('what a steward proposed goes when the roster has gone on, and not before; who leaves takes it along', async () => {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, sessions } = await foundRoom(ask, women);
  const [luna, cerro, quena] = sessions;
  const everybody = () => Promise.all(sessions.map((one) => one.catchUp()));
  const lapsed = () => sessions.map((one) => new Proposals(one).lapsed().map(({ kind, by }) => [kind, by]));
  for (const one of [luna, quena]) expect(await putBefore(one, changeOfKey(one, []))).toBe(true);
  await everybody();
  expect(lapsed()).toEqual([[], [], []]);
  expect(tokensIn(saidBy(luna))).toHaveLength(1);
  const theirs = new Proposals(cerro);
  expect(await theirs.sign(theirs.waiting().find(({ by }) => by === luna.me)!)).toBe(true);
  await everybody();
  // Luna's was signed, Quena's was not: neither is for anything any more.
  expect(lapsed()).toEqual([[['whisper', luna.me]], [], [['whisper', quena.me]]]);
  const count = () => given.db.$count(roomFrames, eq(roomFrames.room, room));
  const before = await count();
  for (const one of [luna, quena])
    for (const { session, counter } of new Proposals(one).lapsed())
      expect(await one.erase(eraseToken(one.held.mine, session, counter))).toBe(true);
  expect(await count()).toBe(before - 2);
  expect(await quena.say('words', new TextEncoder().encode('seguimos'))).not.toBeNull();
});
