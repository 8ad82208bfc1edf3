import type * as Y from 'yjs';
import { Draft } from '~/app/_room/drafts';
import type { AskServer, Session } from '~/app/_room/session';
import { Writer } from '~/server/rooms/rules/bytes';
import type { Token } from '~/server/rooms/rules/tokens';
import { foundRoom, letIn } from './box';
import { type Woman, woman } from './rooms';
import { bytesOf } from './three';

/** Words that stand in this room and nowhere else in the world. */
export const canaries = {
  title: 'Sala zumbambico de las orquetas',
  pseudonym: 'Chirriquitina',
  message: 'nos vemos junto al chamburgo tallado',
  deleted: 'lo vio mi hermana desde la paragüilla',
  draft: 'pedimos que nadie cobre la cuncuna',
  fileName: 'mi-guaguachuma-0417.jpg',
  exif: 'ExifCanary/Xiaomi-Bolambulia lat -14.6315',
};

/** Words as the room’s screen writes them: what they are, the day, the text. */
export const spoken = (text: string) => new Writer().u8(1).u32(20_000).text(text).done();
/** A picture as a phone takes it, before anything has been cleaned from it: its name and its EXIF are canaries. */
const picture = () => bytesOf(`${canaries.fileName}\0\xff\xd8\xff\xe1Exif\0\0${canaries.exif}\0`);

const insert = (at: number, words: string) => (doc: Y.Doc) => doc.getText('t').insert(at, words);

/** What a woman has before her: the text as the frames she has heard make it. */
export function at(session: Session, id: string) {
  const draft = new Draft(id, session);
  let read = 0;
  return {
    draft,
    async hear() {
      await session.catchUp();
      for (; read < session.heard.length; read++) draft.take(session.heard[read]!);
    },
  };
}

/**
 * A room that has been founded and used for everything that the server takes part in: a woman let in, talk, a picture,
 * a text written together and compacted, something erased, a woman taken out, a freeze and its end. All through the
 * server that `ask` leads to.
 */
export async function usedRoom(ask: AskServer, pay?: (ask: AskServer) => Promise<Token>) {
  const founders = [canaries.pseudonym, 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { room, key, sessions } = await foundRoom(ask, founders, pay);
  const [luna, cerro, quena] = sessions;
  const all: Session[] = [...sessions];
  const everybody = () => Promise.all(all.map((one) => one.catchUp()));
  const spy = await letIn(ask, room, all, woman('Sombra'));
  all.push(spy);
  const must = (done: unknown, what: string) => {
    if (!done) throw new Error(`${what} was not done`);
  };
  must(await luna.say('words', new Uint8Array([2, ...bytesOf(canaries.title)])), 'naming the room');
  must(await luna.say('words', spoken(canaries.message)), 'talking');
  must(await cerro.say('words', picture()), 'sending a picture');
  const token = await quena.say('words', spoken(`esto se borra: ${canaries.deleted}`));
  must(token, 'talking');
  await everybody();
  await quena.erase(token!);

  const id = 'd7'.repeat(16);
  const [one, two] = [at(luna, id), at(cerro, id)];
  const write = async (change: (doc: Y.Doc) => void) => {
    must(await one.draft.write(change), 'writing');
    await one.hear();
    await two.hear();
  };
  await write(insert(0, `${canaries.draft}. `));
  await write(insert(0, `${canaries.deleted}. `));
  await write((doc) => doc.getText('t').delete(0, canaries.deleted.length + 2));
  must(await one.draft.offer(), 'offering a snapshot');
  await one.hear();
  await two.hear();
  must(await two.draft.settle(), 'agreeing to it');
  await everybody();

  const stale = spy.reading();
  const old = spy.access();
  const removal = luna.signed({ kind: 'removed', target: spy.me, lapses: [] });
  must(await cerro.complete(luna.propose([removal], cerro.me)), 'taking her out');
  all.pop();
  await everybody();
  must(await luna.give(luna.signed({ kind: 'frozen', by: luna.me, turn: luna.state!.turn + 1 })), 'freezing');
  await everybody();
  const thaw = cerro.signed({ kind: 'unfrozen', turn: cerro.state!.turn + 1 });
  must(await quena.give(quena.coSigned(thaw)), 'opening again');
  await everybody();
  must(await quena.say('words', spoken(canaries.message)), 'talking after it');
  await everybody();
  return {
    room,
    firstKey: key,
    founders,
    sessions,
    /** She who was taken out, what she would ask with, and the key that was hers. */
    spy,
    stale,
    old,
    /** What names anything of this room, for who searches. */
    names: [room, luna.me, luna.state!.head, ...Object.values(canaries)],
  };
}
export type UsedRoom = Awaited<ReturnType<typeof usedRoom>>;
