import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { Malformed, type Reader, readAll, Writer } from './bytes';

export type Hex = string;
export type Signature = { by: Hex; bytes: Uint8Array };

/** Acts of the roster that the server must understand too; the others are numbered in the room’s own code. */
export const orderKinds = {
  rotated: 10,
  frozen: 11,
  unfrozen: 12,
  succeeded: 13,
  read: 14,
  destroyed: 15,
  compacted: 16,
  held: 17,
} as const;
export type OrderKind = keyof typeof orderKinds;

/** Where a statement stands: the room, and the head of the roster that whoever signs it has seen. */
export type Place = { room: Hex; prev: Hex };

export type Rotation = {
  epoch: number;
  turn: number;
  /** SHA-256 of the new access key. */
  access: Hex;
  /** SHA-256 of the note that seals the new key to each member. */
  note: Hex;
  stewards: Hex[];
  /** Root of the tree of the members’ keys (tree.ts). */
  tree: Hex;
  /** SHA-256 of salt and number of members. */
  count: Hex;
};
/** `turn` is one more than the last order’s, so that none can be given twice. */
export type Turn = { turn: number };
export type Succession = { turn: number; stewards: Hex[] };
export type Compaction = { epoch: number; seqs: number[] };

const domain = 'frente-unido/sala/1';
const stewardsAtMost = 16;
export const seqsAtMost = 250;

/** What is signed: never the same bytes for two rooms, two places or two acts. */
export function statement({ room, prev }: Place, kind: number, body: Uint8Array): Uint8Array {
  return new Writer()
    .text(domain)
    .fixed(hexToBytes(room), 16)
    .fixed(hexToBytes(prev), 32)
    .u8(kind)
    .bytes(body)
    .done();
}

export const hashHex = (bytes: Uint8Array): Hex => bytesToHex(sha256(bytes));

export const readHex = (reader: Reader, size: number): Hex => bytesToHex(reader.fixed(size));

/** Keys in rising order and each once: one set, one way to write it. */
export function writeKeys(writer: Writer, keys: readonly Hex[]): void {
  writer.list(keys, (key) => writer.fixed(hexToBytes(key), 32));
}
export function readKeys(reader: Reader, atMost: number): Hex[] {
  const keys = reader.list(atMost, () => readHex(reader, 32));
  if (keys.some((key, at) => at > 0 && key <= keys[at - 1]!)) throw new Malformed();
  return keys;
}

export function writeRotation(order: Rotation): Uint8Array {
  const writer = new Writer().u32(order.epoch).u32(order.turn);
  for (const hash of [order.access, order.note, order.tree, order.count]) writer.fixed(hexToBytes(hash), 32);
  writeKeys(writer, order.stewards);
  return writer.done();
}
export const readRotation = (body: Uint8Array): Rotation =>
  readAll(body, (reader) => {
    const [epoch, turn] = [reader.u32(), reader.u32()];
    const [access, note, tree, count] = [0, 0, 0, 0].map(() => readHex(reader, 32)) as [Hex, Hex, Hex, Hex];
    return { epoch, turn, access, note, tree, count, stewards: readKeys(reader, stewardsAtMost) };
  });

export const writeTurn = ({ turn }: Turn): Uint8Array => new Writer().u32(turn).done();
export const readTurn = (body: Uint8Array): Turn => readAll(body, (reader) => ({ turn: reader.u32() }));

export function writeSuccession({ turn, stewards }: Succession): Uint8Array {
  const writer = new Writer().u32(turn);
  writeKeys(writer, stewards);
  return writer.done();
}
export const readSuccession = (body: Uint8Array): Succession =>
  readAll(body, (reader) => ({ turn: reader.u32(), stewards: readKeys(reader, stewardsAtMost) }));

export function writeCompaction({ epoch, seqs }: Compaction): Uint8Array {
  const writer = new Writer().u32(epoch);
  writer.list(seqs, (seq) => writer.u32(seq));
  return writer.done();
}
export const readCompaction = (body: Uint8Array): Compaction =>
  readAll(body, (reader) => ({ epoch: reader.u32(), seqs: reader.list(seqsAtMost, () => reader.u32()) }));

export function writeSignatures(writer: Writer, signatures: readonly Signature[]): void {
  writer.list(signatures, ({ by, bytes }) => writer.fixed(hexToBytes(by), 32).fixed(bytes, 64));
}
export const readSignatures = (reader: Reader, atMost: number): Signature[] =>
  reader.list(atMost, () => ({ by: readHex(reader, 32), bytes: reader.fixed(64) }));

/** Whether the signature is good; strictly, so that one signature is not several. */
export function isSigned(message: Uint8Array, { by, bytes }: Signature): boolean {
  try {
    return ed25519.verify(bytes, message, hexToBytes(by), { zip215: false });
  } catch {
    return false;
  }
}

/** Whose good signatures stand under a message: each key once, however often it signed. */
export const signersOf = (message: Uint8Array, signatures: readonly Signature[]): Set<Hex> =>
  new Set(signatures.filter((signature) => isSigned(message, signature)).map(({ by }) => by));

/** The number of a woman’s own going in the roster; the server knows it where two thirds are to be counted. */
export const leftKind = 7;
/** What she signed when she went, and on what. */
export type Parting = { prev: Hex; signature: Signature };
export const isParting = (room: Hex, { prev, signature }: Parting): boolean =>
  isSigned(statement({ room, prev }, leftKind, hexToBytes(signature.by)), signature);

/** How many of `among` have signed. */
export const countSigned = (signers: ReadonlySet<Hex>, among: readonly Hex[]): number =>
  new Set(among.filter((key) => signers.has(key))).size;

/** Two thirds of the members, rounded up: they may put other stewards in the place of lost ones. */
export const twoThirds = (members: number): number => Math.ceil((members * 2) / 3);
