import * as encoding from 'lib0/encoding';
import { openClient, updateFrame } from './client';
import { editOf } from './edits';
import type { Ground } from './ground';
import type { Shelf } from './opening';
import type { Server } from './servers';
import { frameOf } from './socket';
import type { Trace } from './traces';

/** Bytes on the wire, both ways, after the handshake. */
export type Bytes = {
  /** A client that has everything comes back: what it gets, and what it sends. */
  backDown: number;
  backUp: number;
  /** For each letter of somebody who types with a cursor that others see: what she sends, and what a reader gets. */
  letterUp: number;
  letterDown: number;
};

const letters = 50;
const everyMs = 100;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What y-prosemirror and y-codemirror tell of a cursor. */
const cursorOf = (writer: number, clock: number) => {
  const place = { type: null, tname: 'text', item: { client: 2 ** 31 + writer, clock }, assoc: 0 };
  const user = { name: 'Flor de Cuarzo', color: '#1d5a1d' };
  return encoding.encode((encoder) => {
    for (const number of [1, 2 ** 31 + writer, clock + 1]) encoding.writeVarUint(encoder, number);
    encoding.writeVarString(encoder, JSON.stringify({ user, cursor: { anchor: place, head: place } }));
  });
};

/** Counts bytes; nothing here depends on how fast anything is. */
export async function countBytes(ground: Ground, server: Server, shelf: Shelf, trace: Trace): Promise<Bytes> {
  const { vector, answer } = trace;
  const text = () => ground.door(server, shelf.of(trace).alone);
  const there = await openClient(text(), { expected: trace.state.length / 8 });
  await pause(1500);
  const back = await openClient(text(), { own: { vector, answer }, place: there.place });
  await pause(1500);
  const [backDown, backUp] = [back.wire.received, back.wire.sent];
  await Promise.all([there.wire.end(), back.wire.end()]);

  const { room } = await ground.place(server.name);
  const door = ground.door(server, room);
  const [writer, reader] = [await openClient(door), await openClient(ground.door(server, room))];
  const { speech } = door;
  const say = (i: number) => writer.write(frameOf(speech.presence(room, cursorOf(0, i))));
  say(0);
  await pause(500);
  const [down, up] = [reader.wire.received, writer.wire.sent];
  for (let i = 0; i < letters; i++) {
    writer.write(updateFrame(door, editOf(0, i)));
    say(i + 1);
    await pause(everyMs);
  }
  await pause(1500);
  const letterDown = (reader.wire.received - down) / letters;
  const letterUp = (writer.wire.sent - up) / letters;
  await Promise.all([writer.wire.end(), reader.wire.end()]);
  return { backDown, backUp, letterUp, letterDown };
}
