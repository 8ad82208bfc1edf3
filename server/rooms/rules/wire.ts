import { hexToBytes } from '@noble/hashes/utils.js';
import { Malformed, readAll, Writer } from './bytes';
import {
  type Hex,
  orderKinds,
  type Parting,
  type Rotation,
  readHex,
  readRotation,
  readSignatures,
  type Signature,
  writeRotation,
  writeSignatures,
} from './orders';
import {
  answerLength,
  blockLength,
  frameLengths,
  inviteLength,
  knockLength,
  membersAtMost,
  noteLength,
} from './sizes';
import { type Proof, readProof, writeProof } from './tree';

/** What is kept of one frame; `erase` is a hash, `until` how many days it is kept. */
export type Sent = { bytes: Uint8Array; erase: Hex; days: number };
/** `seen`: the last frame that whoever gives the order knows of. An order that something came before is none. */
export type Order = {
  seen: number;
  kind: number;
  prev: Hex;
  body: Uint8Array;
  signatures: Signature[];
  frame: Sent;
};
export type Ask =
  | { op: 'found'; room: Hex; order: Rotation; signatures: Signature[]; prev: Hex; frame: Sent }
  | { op: 'read'; access: Uint8Array; after: number; proof: Signature[]; prev: Hex }
  | { op: 'send'; access: Uint8Array; frame: Sent }
  /** A frame while the room is frozen, with the same proof as for reading then: from its stewards alone. */
  | { op: 'tell'; access: Uint8Array; frame: Sent; proof: Signature[]; prev: Hex }
  | { op: 'order'; access: Uint8Array; order: Order; note: Uint8Array | null }
  /** `left`: of those members, who has gone by herself since the key was changed. */
  | {
      op: 'succeed';
      access: Uint8Array;
      order: Order;
      members: number;
      salt: Uint8Array;
      proofs: Proof[];
      left?: Parting[];
    }
  | { op: 'compact'; access: Uint8Array; order: Order; proofs: Proof[] }
  | { op: 'erase'; token: Uint8Array }
  | { op: 'invite'; access: Uint8Array; id: Uint8Array; sealed: Uint8Array }
  | { op: 'ask'; id: Uint8Array }
  | { op: 'knock'; id: Uint8Array; knock: Uint8Array }
  | { op: 'answer'; access: Uint8Array; id: Uint8Array; answer: Uint8Array };

const ops: Ask['op'][] = [
  'found',
  'read',
  'send',
  'order',
  'succeed',
  'compact',
  'erase',
  'invite',
  'ask',
  'knock',
  'answer',
  'tell',
];
const orderNumbers = new Set<number>(Object.values(orderKinds));

function writeSent(writer: Writer, { bytes, erase, days }: Sent): void {
  writer.bytes(bytes).fixed(hexToBytes(erase), 32).u8(days);
}
function writeOrder(writer: Writer, { seen, kind, prev, body, signatures, frame }: Order): void {
  writer.u32(seen).u8(kind).fixed(hexToBytes(prev), 32).bytes(body);
  writeSignatures(writer, signatures);
  writeSent(writer, frame);
}

export function writeAsk(ask: Ask): Uint8Array {
  const writer = new Writer().u8(ops.indexOf(ask.op));
  if ('access' in ask) writer.fixed(ask.access, 32);
  if ('id' in ask) writer.fixed(ask.id, 32);
  switch (ask.op) {
    case 'found':
      writer.fixed(hexToBytes(ask.room), 16).fixed(hexToBytes(ask.prev), 32).bytes(writeRotation(ask.order));
      writeSignatures(writer, ask.signatures);
      writeSent(writer, ask.frame);
      break;
    case 'read':
      writer.u32(ask.after).fixed(hexToBytes(ask.prev), 32);
      writeSignatures(writer, ask.proof);
      break;
    case 'send':
      writeSent(writer, ask.frame);
      break;
    case 'tell':
      writer.fixed(hexToBytes(ask.prev), 32);
      writeSignatures(writer, ask.proof);
      writeSent(writer, ask.frame);
      break;
    case 'order':
      writeOrder(writer, ask.order);
      writer.list(ask.note ? [ask.note] : [], (note) => writer.fixed(note, noteLength));
      break;
    case 'succeed':
    case 'compact':
      writeOrder(writer, ask.order);
      writer.list(ask.proofs, (proof) => writeProof(writer, proof));
      if (ask.op === 'compact') break;
      writer.u8(ask.members).fixed(ask.salt, 16);
      writer.list(ask.left ?? [], ({ prev, signature }) => {
        writer.fixed(hexToBytes(prev), 32);
        writeSignatures(writer, [signature]);
      });
      break;
    case 'erase':
      writer.fixed(ask.token, 32);
      break;
    case 'invite':
      writer.fixed(ask.sealed, inviteLength);
      break;
    case 'knock':
      writer.fixed(ask.knock, knockLength);
      break;
    case 'answer':
      writer.fixed(ask.answer, answerLength);
      break;
    case 'ask':
  }
  return writer.done();
}

/** @throws Malformed */
export const readAsk = (bytes: Uint8Array): Ask =>
  readAll(bytes, (reader): Ask => {
    const op = ops[reader.u8()];
    const key = () => reader.fixed(32);
    const sent = (): Sent => {
      const frame = {
        bytes: reader.bytes(frameLengths.at(-1)!),
        erase: readHex(reader, 32),
        days: reader.u8(),
      };
      if (!frameLengths.includes(frame.bytes.length) || frame.days < 1 || frame.days > 90)
        throw new Malformed();
      return frame;
    };
    const order = (): Order => {
      const [seen, kind] = [reader.u32(), reader.u8()];
      if (!orderNumbers.has(kind)) throw new Malformed();
      const [prev, body] = [readHex(reader, 32), reader.bytes(2048)];
      return { seen, kind, prev, body, signatures: readSignatures(reader, membersAtMost), frame: sent() };
    };
    const proofs = () => reader.list(membersAtMost, () => readProof(reader));
    switch (op) {
      case 'found': {
        const [room, prev, given] = [
          readHex(reader, 16),
          readHex(reader, 32),
          readRotation(reader.bytes(2048)),
        ];
        return { op, room, prev, order: given, signatures: readSignatures(reader, 3), frame: sent() };
      }
      case 'read': {
        const [access, after, prev] = [key(), reader.u32(), readHex(reader, 32)];
        return { op, access, after, prev, proof: readSignatures(reader, 1) };
      }
      case 'send':
        return { op, access: key(), frame: sent() };
      case 'tell': {
        const [access, prev] = [key(), readHex(reader, 32)];
        return { op, access, prev, proof: readSignatures(reader, 1), frame: sent() };
      }
      case 'order': {
        const [access, given] = [key(), order()];
        const [note = null] = reader.list(1, () => reader.fixed(noteLength));
        return { op, access, order: given, note };
      }
      case 'succeed': {
        const [access, given, all] = [key(), order(), proofs()];
        const [members, salt] = [reader.u8(), reader.fixed(16)];
        const left = reader.list(membersAtMost, (): Parting => {
          const [prev, [signature]] = [readHex(reader, 32), readSignatures(reader, 1)];
          if (!signature) throw new Malformed();
          return { prev, signature };
        });
        return { op, access, order: given, proofs: all, members, salt, left };
      }
      case 'compact':
        return { op, access: key(), order: order(), proofs: proofs() };
      case 'erase':
        return { op, token: key() };
      case 'invite':
        return { op, access: key(), id: key(), sealed: reader.fixed(inviteLength) };
      case 'ask':
        return { op, id: key() };
      case 'knock':
        return { op, id: key(), knock: reader.fixed(knockLength) };
      case 'answer':
        return { op, access: key(), id: key(), answer: reader.fixed(answerLength) };
      default:
        throw new Malformed();
    }
  });

export type Kept = { seq: number; epoch: number; bytes: Uint8Array };
/** `last`: the number of the room’s last frame, also where that one has been erased. */
export type Page = { epoch: number; turn: number; last: number; more: boolean; frames: Kept[] };

/** One block or more, filled up; the first byte says whether it is a page or a note. */
export function writePage({ epoch, turn, last, more, frames }: Page): Uint8Array {
  const writer = new Writer().u8(1).u32(epoch).u32(turn).u32(last).u8(Number(more)).u32(frames.length);
  for (const frame of frames) writer.u32(frame.seq).u32(frame.epoch).bytes(frame.bytes);
  const plain = writer.done();
  const padded = new Uint8Array(1 + Math.max(1, Math.ceil((plain.length - 1) / blockLength)) * blockLength);
  padded.set(plain);
  return padded;
}
export const writeNote = (note: Uint8Array): Uint8Array => new Writer().u8(0).fixed(note, noteLength).done();

/** @throws Malformed */
export const readReply = (bytes: Uint8Array): { note: Uint8Array } | { page: Page } =>
  readAll(bytes, (reader) => {
    if (!reader.flag()) return { note: reader.fixed(noteLength) };
    const page = {
      epoch: reader.u32(),
      turn: reader.u32(),
      last: reader.u32(),
      more: reader.flag(),
      frames: [] as Kept[],
    };
    for (let left = reader.u32(); left > 0; left--)
      page.frames.push({ seq: reader.u32(), epoch: reader.u32(), bytes: reader.bytes(frameLengths.at(-1)!) });
    if (reader.rest().some((byte) => byte !== 0)) throw new Malformed();
    return { page };
  });

/** Whatever was asked to be done: the number of the frame it was kept under, or nought for everything that was not done. */
export function writeDone(seq: number): Uint8Array {
  const reply = new Uint8Array(64);
  reply.set(new Writer().u32(seq).done());
  return reply;
}
export const readDone = (bytes: Uint8Array): number => {
  if (bytes.length !== 64) throw new Malformed();
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
};
/** An invite’s place: what lies there, the knock, the answer, each as long as it can be whether it is there or not. */
export const placeLength = inviteLength + knockLength + answerLength;
