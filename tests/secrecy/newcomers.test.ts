import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { comeIn } from '~/app/_room/joining';
import { readRoom, writeRoom } from '~/app/_room/kept';
import { answerNewcomers } from '~/app/_room/newcomers';
import { type AskServer, Session } from '~/app/_room/session';
import { roomInvites } from '~/db/schema/rooms';
import { hashHex } from '~/server/rooms/rules/orders';
import { noteLength } from '~/server/rooms/rules/sizes';
import { readAsk, writeDone, writeNote } from '~/server/rooms/rules/wire';
import { changedFor, foundRoom, openBoxes } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';

const given = testDatabase();
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Luna, Cerro and Quena have changed the key for Río, who waits at the door and has not been told. */
async function waitsAtTheDoor() {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, sessions } = await foundRoom(ask, women);
  const rio = woman('Río');
  const told = await changedFor(ask, room, [...sessions], rio);
  /** Another day: all that there is of her sitting is what lies in her keyring. */
  const anotherDay = async (one: Session, line: AskServer = ask) => {
    const { held } = readRoom(writeRoom({ title: '', held: one.hold() }));
    const again = new Session(held, line);
    expect(await again.catchUp()).toBe(true);
    return again;
  };
  const knocks = () => comeIn({ ...told, room, name: 'Río', mine: rio.keys }, ask);
  const door = eq(roomInvites.id, hashHex(Buffer.from(sessions[0].admitted[0]!.id, 'hex')));
  const answers = async () =>
    (await given.db.select().from(roomInvites).where(door)).filter(({ answer }) => answer).length;
  return { ask, door, room, sessions, anotherDay, knocks, answers };
}
type Line = (body: Uint8Array, ask: AskServer) => Promise<Uint8Array>;
const over =
  (ask: AskServer, line: Line): AskServer =>
  (body) =>
    line(body, ask);
const isAnswer = (body: Uint8Array) => readAsk(body).op === 'answer';
const noNetwork = async () => {
  throw new Error('no network');
};
const withLine = (one: Session, line: AskServer) => Object.assign(one, { server: line });

it('all phones lose the network after the change of key: on another day any of them lets her in, once', async () => {
  const { ask, sessions, anotherDay, knocks, answers } = await waitsAtTheDoor();
  for (const one of sessions) {
    withLine(
      one,
      over(ask, (body, good) => (isAnswer(body) ? noNetwork() : good(body))),
    );
    await expect(answerNewcomers(one)).rejects.toThrow('no network');
  }
  expect([await knocks(), await answers()]).toEqual([null, 0]);

  // Each keyring has been written since, with the change of key weighed: it is not weighed again, and she is not forgotten.
  const quena = await anotherDay(sessions[2]);
  expect(quena.admitted).toHaveLength(1);
  await answerNewcomers(quena);
  expect([quena.admitted, quena.hold().owed]).toEqual([[], []]);
  const rio = (await knocks())!;
  await quena.say('words', bytesOf('bienvenida'));
  expect(await rio.catchUp()).toBe(true);
  expect(rio.heard).toHaveLength(1);
  expect(await rio.say('words', bytesOf('aquí estoy'))).not.toBeNull();

  // The others find that it was done, and have nothing to do any more.
  for (const one of [sessions[0], sessions[1]]) {
    const again = await anotherDay(one);
    await answerNewcomers(again);
    await again.catchUp();
    expect([again.admitted, again.alarms]).toEqual([[], []]);
  }
  expect(await answers()).toBe(1);
  expect((await knocks())!.me).toBe(rio.me);
});

it.each(['before', 'after'] as const)(
  'wherever the line breaks, %s it was done: she is owed her answer until somebody has heard that it lies there',
  async (when) => {
    const { ask, sessions, anotherDay, knocks } = await waitsAtTheDoor();
    for (let at = 1; at < 9; at++) {
      let asked = 0;
      const line = over(ask, async (body, good) => {
        if (++asked !== at) return good(body);
        if (when === 'after') await good(body);
        return noNetwork();
      });
      const luna = withLine(await anotherDay(sessions[0]), line);
      const broke = await answerNewcomers(luna).then(
        () => false,
        () => true,
      );
      expect(luna.hold().owed).toHaveLength(broke ? 1 : 0);
      if (!broke) break;
      expect(at).toBeLessThan(8);
    }
    expect(await knocks()).not.toBeNull();
  },
);

it('a server that lies about the note, or says that nothing was done, is asked again; a door that is gone is not', async () => {
  const { ask, sessions, anotherDay, knocks, answers, door } = await waitsAtTheDoor();
  const [luna] = sessions;
  const lies: Record<string, Line> = {
    'a note for nobody': (body, good) =>
      readAsk(body).op === 'read' ? Promise.resolve(writeNote(new Uint8Array(noteLength))) : good(body),
    'nothing is done': (body, good) => (isAnswer(body) ? Promise.resolve(writeDone(0)) : good(body)),
  };
  for (const line of Object.values(lies)) {
    const again = withLine(await anotherDay(luna), over(ask, line));
    await answerNewcomers(again);
    expect([again.hold().owed?.length, await answers()]).toEqual([1, 0]);
  }
  expect(await knocks()).toBeNull();
  expect(await given.db.delete(roomInvites).where(door).returning()).toHaveLength(1);
  const again = await anotherDay(luna);
  await answerNewcomers(again);
  expect(again.hold().owed).toEqual([]);
});

it('a keyring from before this was kept is read as one in which nobody is owed anything', async () => {
  const { sessions } = await waitsAtTheDoor();
  const bytes = writeRoom({ title: 'Costura', held: { ...sessions[0].hold(), owed: [] } });
  expect(readRoom(bytes.slice(0, -1))).toEqual(readRoom(bytes));
});
