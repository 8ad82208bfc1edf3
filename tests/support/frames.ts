import * as Y from 'yjs';
import type { Db } from '~/db/client';
import { currentText } from '~/server/drafts/queries';
import { Malformed } from '~/server/realtime/document';
import { decode, step1Frame, step2Frame, updateFrame, upToFrame } from '~/server/realtime/protocol';
import { type Place, rawSocket, signIn, until } from '~/tests/support/clients';
import { buildDraft } from '~/tests/support/drafts';
import { buildPerson, buildSpace, buildSpaceRole } from '~/tests/support/factories';

/** Honest frames of somebody who writes, to be broken. */
export function honestFrames() {
  const writer = new Y.Doc();
  const text = writer.getText('text');
  const updates: Uint8Array[] = [];
  writer.on('update', (update: Uint8Array) => updates.push(update));
  text.insert(0, 'Artículo primero ⛏️');
  text.insert(3, 'x', { bold: true });
  text.delete(5, 4);
  const frames = [
    ...updates.map(updateFrame),
    step2Frame(Y.encodeStateAsUpdate(writer)),
    step1Frame(Y.encodeStateVector(writer)),
    upToFrame(2 ** 30),
    new Uint8Array([3]),
  ];
  return { writer, frames };
}

/** Numbers that are the same in every run, so that a fall can be had again (mulberry32). */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) % below;
  };
}

function broken(frame: Uint8Array, roll: ReturnType<typeof dice>): Uint8Array {
  const made = frame.slice(0, roll(4) === 0 ? roll(frame.length + 1) : frame.length);
  for (let changes = roll(6); changes > 0 && made.length > 0; changes--) made[roll(made.length)] = roll(256);
  return made;
}

const canary = 'CANARIO-de-la-mesa-privada';
// A text is exchanged for a new one before it is made of nothing but noise.
const takenAtMost = 1000;
// Of those that cannot be read each closes a socket, and a new one costs: one in so many is sent, the others are
// given to the same `decode` as in the server.
const sentOneIn = 500;

/**
 * Breaks honest frames and sends them to an open text, beside a private one that nobody here may see.
 * @returns how many could be read, how many sockets were closed for those that could not, and whether a byte of the
 *   private text came back.
 */
export async function brokenFrames(given: {
  db: Db;
  place: Place;
  frames: number;
  seed?: number;
  every?: number;
  say?: (done: number) => void;
}) {
  const { db, place, frames, seed = 1, every = 100_000, say = () => {} } = given;
  const roll = dice(seed);
  const [open, closed] = [await buildSpace(db), await buildSpace(db, { private: true })];
  const person = await buildPerson(db);
  await buildSpaceRole(db, open.id, person.id, 'writer');
  const secret = await buildDraft(db, closed.id, { text: canary });
  const { cookie } = await signIn(db, person.id);
  const seeds = honestFrames().frames;
  const count = { read: 0, refused: 0, closed: 0, leaked: 0, foreign: 0 };
  let draft = await buildDraft(db, open.id, { text: 'De todos.' });
  let socket: ReturnType<typeof rawSocket> | null = null;
  let taken = 0;

  const collect = () => {
    if (socket && Buffer.concat(socket.frames).includes(canary)) count.leaked++;
    if (socket) socket.frames.length = 0;
  };
  async function fresh() {
    collect();
    socket?.ws.terminate();
    socket = rawSocket(place, `draft:${draft.id}`, cookie);
    await socket.admitted();
    return socket;
  }
  await fresh();
  for (let done = 1; done <= frames; done++) {
    const frame = broken(seeds[roll(seeds.length)]!, roll);
    let readable = true;
    try {
      decode(frame);
    } catch (error) {
      readable = false;
      if (!(error instanceof Malformed)) count.foreign++;
    }
    if (readable) {
      count.read++;
      if (socket!.ws.readyState !== socket!.ws.OPEN) await fresh();
      socket!.ws.send(frame);
      if (++taken % takenAtMost === 0) {
        // Everything before it has been worked on when this question is answered.
        const had = socket!.frames.length;
        socket!.ws.send(step1Frame(new Uint8Array([0])));
        await until('answered', () => socket!.frames.length > had || socket!.ws.readyState === 3, 60_000);
        draft = await buildDraft(db, open.id, { text: 'De todos.' });
        await fresh();
      }
    } else if (++count.refused % sentOneIn === 0) {
      const one = await fresh();
      one.ws.send(frame);
      if ((await one.end).code === 4400) count.closed++;
      await fresh();
    }
    if (done % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    if (done % every === 0) say(done);
  }
  collect();
  const sentBroken = Math.floor(count.refused / sentOneIn);
  const untouched = (await currentText(db, secret.textId)).text === canary;
  return { ...count, sentBroken, untouched };
}
