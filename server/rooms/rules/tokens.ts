import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { Malformed, type Reader, readAll, Writer } from './bytes';
import { type Hex, hashHex, readHex } from './orders';

// Blind tokens (RFC 9474, RSABSSA-SHA384-PSSZERO-Deterministic): what they are, on both sides of the wire.

export const modulusLength = 256;
/** `gate`: given daily to every account. `release`: bought with two stewards’ signatures for one text. */
export type Purpose = 'gate' | 'release';
/** A key everybody is told. `day`: the first of its time. */
export type PublicKey = { id: Hex; purpose: Purpose; day: string; modulus: Uint8Array };
/** `nonce`: drawn by who asks for it, or the name of a text; the signer has seen neither. */
export type Token = { key: Hex; nonce: Uint8Array; signature: Uint8Array };

/** What the rooms’ server is lent of the keys; it knows nobody to whom one was given. */
export type Tokens = {
  /** Those of today. */
  keys(): Promise<PublicKey[]>;
  /** Whether it is good today, for what, and until when its key is. */
  check(token: Token): Promise<{ purpose: Purpose; day: string; until: string } | null>;
  /** Signs without seeing, with today’s key for releases and no other. */
  sign(key: Hex, blinded: Uint8Array): Promise<Uint8Array | null>;
};

/** A token spent: the same for every token, so that it tells nothing of what for. */
export const spentName = ({ key, nonce }: Pick<Token, 'key' | 'nonce'>): Hex =>
  hashHex(concatBytes(utf8ToBytes('frente-unido/ficha/1'), hexToBytes(key), nonce));

export const keyIdOf = (modulus: Uint8Array): Hex => bytesToHex(sha256(modulus).subarray(0, 8));

export function writeToken(writer: Writer, { key, nonce, signature }: Token): void {
  writer.fixed(hexToBytes(key), 8).fixed(nonce, 32).fixed(signature, modulusLength);
}
export const readToken = (reader: Reader): Token => ({
  key: readHex(reader, 8),
  nonce: reader.fixed(32),
  signature: reader.fixed(modulusLength),
});

const keysLength = 1024;
const purposes: Purpose[] = ['gate', 'release'];
/** The keys of today, always as long. */
export function writePublicKeys(keys: readonly PublicKey[]): Uint8Array {
  const writer = new Writer();
  writer.list(keys, ({ purpose, day, modulus }) =>
    writer.u8(purposes.indexOf(purpose)).text(day).fixed(modulus, modulusLength),
  );
  const reply = new Uint8Array(keysLength);
  reply.set(writer.done());
  return reply;
}
/** @throws Malformed */
export const readPublicKeys = (reply: Uint8Array): PublicKey[] =>
  readAll(reply, (reader) => {
    const keys = reader.list(3, () => {
      const purpose = purposes[reader.u8()];
      if (!purpose) throw new Malformed();
      const [day, modulus] = [reader.text(10), reader.fixed(modulusLength)];
      return { id: keyIdOf(modulus), purpose, day, modulus };
    });
    reader.rest();
    return keys;
  });

/** What two stewards sign for: a name they have covered, and the key that is to sign it. */
export type Purchase = { key: Hex; blinded: Uint8Array };
export const writePurchase = ({ key, blinded }: Purchase): Uint8Array =>
  new Writer().fixed(hexToBytes(key), 8).fixed(blinded, modulusLength).done();
export const readPurchase = (body: Uint8Array): Purchase =>
  readAll(body, (reader) => ({ key: readHex(reader, 8), blinded: reader.fixed(modulusLength) }));

/** The name of a text under the room’s own salt: nobody who has not both can make it, or find it again. */
export const releaseName = (salt: Uint8Array, content: Hex): Uint8Array =>
  sha256(concatBytes(utf8ToBytes('frente-unido/llevar/1'), salt, hexToBytes(content)));

/** Under which id it appears: a UUID like any other, which only the room can tell beforehand. */
export function publicId(name: Uint8Array): string {
  const bytes = sha256(concatBytes(utf8ToBytes('frente-unido/llevar/1/id'), name)).slice(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
