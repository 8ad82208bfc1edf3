import { createHash } from 'node:crypto';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { checkUpdate, Malformed } from './document';
import type { Stretch } from './pens';

// The frames of y-websocket 3.1 and y-protocols 1.0.
const sync = 0;
const awareness = 1;
const auth = 2;
const queryAwareness = 3;
const step1 = 0;
const step2 = 1;
const change = 2;
const permissionDenied = 0;
// Our own, as sub-types of `auth`: the plain client reads the sub-type and passes over those it does not know
// without a word, while an unknown message type would be an error in its console (docs/decisions/050).
const saved = 16;
const waiting = 17;
const right = 18;
const upTo = 19;
const packedWhole = 20;

/** The largest frame a client may send, in bytes; its answer to our step 1 holds all it wrote without a network. */
export const frameAtMost = 256 * 1024;
export const answerAtMost = 1024 * 1024;
export const isAnswer = (frame: Uint8Array) => frame[0] === sync && frame[1] === step2;

/** Close codes. y-websocket takes 4400–4499 as final and comes back after any other. */
export const closed = {
  malformed: 4400,
  refused: 4403,
  tooLarge: 4413,
  /** What was sent is written in the name of another's client: it is kept nowhere. */
  foreign: 4409,
  /** What was sent stands on words that the text does not have: it is kept nowhere. */
  adrift: 4424,
  again: 4500,
  restart: 1001,
} as const;

/** What one client says of itself or of another; `state` is null when that client has gone. */
export type Said = { client: number; clock: number; here: boolean };
export type Message =
  | { kind: 'step1'; vector: Uint8Array }
  | { kind: 'step2' | 'update'; bytes: Uint8Array; stretches: Stretch[] }
  | { kind: 'presence'; said: Said[] }
  | { kind: 'query' }
  | { kind: 'resume'; place: number }
  | { kind: 'whole' };

const saidAtMost = 1000;

function readPresence(bytes: Uint8Array): Said[] {
  const decoder = decoding.createDecoder(bytes);
  const count = decoding.readVarUint(decoder);
  if (count > saidAtMost) throw new Malformed('too many clients');
  const said = Array.from({ length: count }, () => ({
    client: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    // Of the state itself nothing is used: who somebody is, the server knows.
    here: decoding.readVarString(decoder) !== 'null',
  }));
  if (decoding.hasContent(decoder)) throw new Malformed('bytes left over');
  return said;
}

function readSync(decoder: decoding.Decoder): Message {
  const kind = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  if (kind === step1) {
    Y.decodeStateVector(bytes);
    return { kind: 'step1', vector: bytes };
  }
  if (kind !== step2 && kind !== change) throw new Malformed('unknown step');
  return { kind: kind === step2 ? 'step2' : 'update', bytes, stretches: checkUpdate(bytes) };
}

function readOurs(decoder: decoding.Decoder): Message {
  const kind = decoding.readVarUint(decoder);
  if (kind === upTo) return { kind: 'resume', place: decoding.readVarUint(decoder) };
  if (kind === packedWhole) return { kind: 'whole' };
  throw new Malformed('unknown word');
}

/**
 * Reads one frame of a client; looks into updates as far as is needed to know that no other client can
 * stumble over them.
 * @throws Malformed for everything else
 */
export function decode(frame: Uint8Array): Message {
  try {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    let message: Message;
    if (type === sync) message = readSync(decoder);
    else if (type === awareness)
      message = { kind: 'presence', said: readPresence(decoding.readVarUint8Array(decoder)) };
    else if (type === queryAwareness) message = { kind: 'query' };
    else if (type === auth) message = readOurs(decoder);
    else throw new Malformed('unknown type');
    if (decoding.hasContent(decoder)) throw new Malformed('bytes left over');
    return message;
  } catch (error) {
    throw error instanceof Malformed ? error : new Malformed('unreadable');
  }
}

const frame = (write: (encoder: encoding.Encoder) => void) => encoding.encode(write);

function syncFrame(kind: number, bytes: Uint8Array): Uint8Array {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, sync);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

export const step1Frame = (vector: Uint8Array) => syncFrame(step1, vector);
export const step2Frame = (update: Uint8Array) => syncFrame(step2, update);
export const updateFrame = (update: Uint8Array) => syncFrame(change, update);

/**
 * «The first `count` updates (sync step 2 and update frames) of this socket are durable», and the newest seq
 * of the log among them (0: none of them brought anything new).
 */
export const savedFrame = (count: number, seq: number) =>
  frame((encoder) => {
    for (const value of [auth, saved, count, seq]) encoding.writeVarUint(encoder, value);
  });

/** «What you sent is here but cannot be made durable now; keep it.» A `saved` frame follows when it can. */
export const waitingFrame = frame((encoder) => {
  for (const value of [auth, waiting]) encoding.writeVarUint(encoder, value);
});

/**
 * The first frame a client gets: whether it may write (1) or only read (0), and the tag of who the forum takes it for
 * (server/session.ts): a page of somebody else, left open on a shared phone, sends nothing after that.
 */
export const rightFrame = (writer: boolean, owner: string) =>
  frame((encoder) => {
    for (const value of [auth, right, writer ? 1 : 0]) encoding.writeVarUint(encoder, value);
    encoding.writeVarString(encoder, owner);
  });

const markBits = 2 ** 20;

/** What tells an update of the log from another under the same seq: after a backup was put back, numbers come again. */
export const markOf = (update: Uint8Array): number =>
  createHash('sha256').update(update).digest().readUIntBE(0, 3) % markBits;

/** A seq of a log and the mark of the update there, as one number that grows with the seq. */
export const placeOf = (seq: number, mark: number): number => seq * markBits + mark;
export const placeIn = (place: number) => ({ seq: Math.floor(place / markBits), mark: place % markBits });

/**
 * «You have been sent, or have sent, everything up to this place of the log.» A client that keeps what it has may
 * send it back in place of its sync step 1: `resume`.
 */
export const upToFrame = (place: number) =>
  frame((encoder) => {
    for (const value of [auth, upTo, place]) encoding.writeVarUint(encoder, value);
  });

/** The whole text up to this place, packed (`snapshots.ts`): the answer to who holds nothing and can unpack it. */
export const wholeFrame = (place: number, packed: Uint8Array) =>
  frame((encoder) => {
    for (const value of [auth, packedWhole, place]) encoding.writeVarUint(encoder, value);
    encoding.writeVarUint8Array(encoder, packed);
  });

/** y-protocols' own «permission denied», which the plain client shows as a warning. */
export const deniedFrame = (reason: string) =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, auth);
    encoding.writeVarUint(encoder, permissionDenied);
    encoding.writeVarString(encoder, reason);
  });

export type Present = { client: number; clock: number; state: object | null };

export const presenceFrame = (present: readonly Present[]) =>
  frame((encoder) => {
    encoding.writeVarUint(encoder, awareness);
    const inner = encoding.encode((list) => {
      encoding.writeVarUint(list, present.length);
      for (const { client, clock, state } of present) {
        encoding.writeVarUint(list, client);
        encoding.writeVarUint(list, clock);
        encoding.writeVarString(list, JSON.stringify(state));
      }
    });
    encoding.writeVarUint8Array(encoder, inner);
  });

/** Says nothing of anybody; keeps y-websocket's clock of the last message from running out. */
export const aliveFrame = presenceFrame([]);

/** A sync step 2 that brings nothing: it ends what the plain provider waits for. */
export const nothingFrame = step2Frame(new Uint8Array([0, 0]));

/** What a client tells of a log that it already knows: no structs, no deletions. */
export const isEmpty = (update: Uint8Array) => update.length === 2 && update[0] === 0 && update[1] === 0;
