import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Content } from '~/server/releases/rules';
import { Malformed, readAll, Writer } from '~/server/rooms/rules/bytes';
import { readContent, writeContent } from '~/server/rooms/rules/contents';
import {
  type Hex,
  hashHex,
  readHex,
  readSignatures,
  type Signature,
  writeSignatures,
} from '~/server/rooms/rules/orders';
import { contentLengths } from '~/server/rooms/rules/sizes';
import { modulusLength, releaseName } from '~/server/rooms/rules/tokens';
import { filledUp, shortened } from './filled';

/** What is said in a room about letting a text out: the first byte of what is said in talk, 32–47. */
export const releaseTypes = {
  proposed: 32,
  agreed: 33,
  signed: 34,
  bought: 35,
  held: 36,
  deposited: 37,
  withdrawn: 38,
  laid: 39,
} as const;

/** A text as it is proposed, under a salt that stays in the room. */
export type Proposal = { name: Hex; salt: Uint8Array; bytes: Uint8Array; content: Content };
/** What the first steward has covered, for the second to look under. */
export type Cover = { key: Hex; day: string; blinded: Uint8Array; inverse: Uint8Array; signature: Signature };
/** What the two have bought: the signature that lets this text out, from a day on. */
export type Bought = { key: Hex; day: string; modulus: Uint8Array; signature: Uint8Array };
export type ReleaseWord =
  | ({ type: 'proposed' } & Proposal)
  | ({ type: 'signed'; name: Hex } & Cover)
  | ({ type: 'bought'; name: Hex } & Bought)
  | { type: 'deposited' | 'laid'; name: Hex; day: string }
  | { type: 'agreed' | 'held' | 'withdrawn'; name: Hex };

export const nameOf = (salt: Uint8Array, bytes: Uint8Array): Hex =>
  bytesToHex(releaseName(salt, hashHex(bytes)));

export const proposalOf = (salt: Uint8Array, given: Content): Proposal => {
  const bytes = writeContent(given);
  return { name: nameOf(salt, bytes), salt, bytes, content: readContent(bytes) };
};

export function writeReleaseWord(word: ReleaseWord): { type: number; body: Uint8Array } {
  const writer = new Writer();
  if (word.type === 'proposed') writer.fixed(word.salt, 32).bytes(shortened(word.bytes));
  else writer.fixed(hexToBytes(word.name), 32);
  if (word.type === 'signed') {
    writer.fixed(hexToBytes(word.key), 8).text(word.day);
    writer.fixed(word.blinded, modulusLength).fixed(word.inverse, modulusLength);
    writeSignatures(writer, [word.signature]);
  } else if (word.type === 'bought') {
    writer.fixed(hexToBytes(word.key), 8).text(word.day);
    writer.fixed(word.modulus, modulusLength).fixed(word.signature, modulusLength);
  } else if (word.type === 'deposited' || word.type === 'laid') writer.text(word.day);
  return { type: releaseTypes[word.type], body: writer.done() };
}

const typeOf = new Map<number, ReleaseWord['type']>(
  Object.entries(releaseTypes).map(([name, type]) => [type, name as ReleaseWord['type']]),
);
const isDay = (day: string) => /^\d{4}-\d\d-\d\d$/.test(day);
/** @returns null for what is of another kind, or was not written as it must be */
export function readReleaseWord(number: number, body: Uint8Array): ReleaseWord | null {
  const type = typeOf.get(number);
  if (!type) return null;
  try {
    return readAll(body, (reader): ReleaseWord => {
      if (type === 'proposed') {
        const [salt, bytes] = [reader.fixed(32), filledUp(reader.bytes(contentLengths[1]))];
        return { type, salt, bytes, name: nameOf(salt, bytes), content: readContent(bytes) };
      }
      const name = readHex(reader, 32);
      if (type === 'agreed' || type === 'held' || type === 'withdrawn') return { type, name };
      const onlyDay = type === 'deposited' || type === 'laid';
      const key = onlyDay ? '' : readHex(reader, 8);
      const day = reader.text(10);
      if (!isDay(day)) throw new Malformed();
      if (onlyDay) return { type, name, day };
      if (type === 'bought') {
        const [modulus, signature] = [reader.fixed(modulusLength), reader.fixed(modulusLength)];
        return { type, name, key, day, modulus, signature };
      }
      const [blinded, inverse] = [reader.fixed(modulusLength), reader.fixed(modulusLength)];
      const [signature] = readSignatures(reader, 1);
      if (!signature) throw new Malformed();
      return { type, name, key, day, blinded, inverse, signature };
    });
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}
