import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { type Content, problemsOf, tidy } from '~/server/releases/rules';
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

/** What is let out, in bytes: the one way there is, filled up to one of two lengths. */
export const contentLengths = [8192, 65_536] as const;
export function writeContent(given: Content): Uint8Array {
  const content = tidy(given);
  const writer = new Writer().u8(content.kind === 'concern' ? 0 : 1).text(content.name);
  writer.u8(Number(content.womens));
  if (content.kind === 'concern') {
    writer.text(content.words).list(content.areas, (area) => writer.text(area));
    writer.text(content.place).text(content.barrier);
  } else writer.text(content.area).text(content.title).text(content.text).text(content.why);
  const plain = writer.done();
  const length = contentLengths.find((one) => plain.length <= one);
  if (!length) throw new Malformed();
  const filled = new Uint8Array(length);
  filled.set(plain);
  return filled;
}
/** @throws Malformed for what was written in another way, or may not be let out */
export function readContent(bytes: Uint8Array): Content {
  const content = readAll(bytes, (reader): Content => {
    const concern = !reader.flag();
    const named = { name: reader.text(400), womens: reader.flag() };
    const read: Content = concern
      ? {
          kind: 'concern',
          ...named,
          words: reader.text(8000),
          areas: reader.list(3, () => reader.text(80)),
          place: reader.text(8),
          barrier: reader.text(80),
        }
      : {
          kind: 'article',
          ...named,
          area: reader.text(80),
          title: reader.text(800),
          text: reader.text(50_000),
          why: reader.text(8000),
        };
    reader.rest();
    return read;
  });
  const again = writeContent(content);
  if (problemsOf(content).length > 0 || hashHex(again) !== hashHex(bytes)) throw new Malformed();
  return content;
}

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
