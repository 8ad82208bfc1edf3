import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { argon2idAsync } from '@noble/hashes/argon2.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bareWord, pictureWords } from '~/db/reference/words';

/** How many picture-words a clave has: 576⁶ is 55 bits. */
export const wordsAtOnce = 6;
/** What is handed to the forum is always this long, whatever it holds. */
export const keyringBytes = 16_384;
const [nonceBytes, tagBytes] = [24, 16];
/** What fits in: the kinds, lengths and bytes of the entries, before padding. */
export const roomBytes = keyringBytes - nonceBytes - tagBytes;

// RFC 9106's second profile scaled to a phone with 2 GB: 19 MiB, two passes (measured: docs/decisions/108).
const cost = { m: 19_456, t: 2, p: 1, dkLen: 32 };
const text = new TextEncoder();
const bound = text.encode('frente-unido/llavero/1');

export type Keys = {
  /** What the forum checks; it opens nothing by itself. */
  auth: Uint8Array;
  /** What opens the keyring; it never leaves the frame. */
  wrap: Uint8Array;
};
/** Something kept in the keyring: what it is stands in `kind`, and the rest is its owner's business. */
export type Entry = { kind: number; bytes: Uint8Array };

export const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));

/** New words, drawn and never chosen: every clave is as likely as every other. */
export function drawWords(draw: (bytes: number) => Uint8Array = random): number[] {
  const most = 65_536 - (65_536 % pictureWords.length);
  const drawn: number[] = [];
  while (drawn.length < wordsAtOnce) {
    const [high, low] = draw(2);
    const number = high! * 256 + low!;
    // What is left over at the top would make some words likelier than others.
    if (number < most) drawn.push(number % pictureWords.length);
  }
  return drawn;
}

/** The two keys of some words. @param progress told from 0 to 1, since it takes a phone a second. */
export async function derive(
  words: readonly number[],
  salt: Uint8Array,
  progress: (share: number) => void = () => {},
): Promise<Keys> {
  const secret = text.encode(words.map(bareWord).join(' '));
  const root = await argon2idAsync(secret, salt, { ...cost, asyncTick: 20, onProgress: progress });
  const key = (what: string) => hkdf(sha256, root, salt, text.encode(`frente-unido/${what}`), 32);
  const keys = { auth: key('auth'), wrap: key('wrap') };
  wipe(secret, root);
  return keys;
}

/** Overwrites keys that are not needed any more. A browser may have copied them: it is the best a page can do. */
export const wipe = (...all: Uint8Array[]): void => {
  for (const bytes of all) bytes.fill(0);
};

/** How much of it some entries take. */
export const sizeOf = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { bytes }) => sum + 3 + bytes.length, 3);

/**
 * Seals the entries: one byte of version, how many, then kind, length and bytes of each, and zeros to the end.
 * @throws RangeError where they do not fit; what stood before is to be kept then.
 */
export function sealKeyring(wrap: Uint8Array, entries: readonly Entry[]): Uint8Array {
  const plain = new Uint8Array(roomBytes);
  const view = new DataView(plain.buffer);
  if (sizeOf(entries) > roomBytes || entries.some(({ bytes }) => bytes.length > 0xffff))
    throw new RangeError('the keyring is full');
  view.setUint8(0, 1);
  view.setUint16(1, entries.length);
  let at = 3;
  for (const { kind, bytes } of entries) {
    view.setUint8(at, kind);
    view.setUint16(at + 1, bytes.length);
    plain.set(bytes, at + 3);
    at += 3 + bytes.length;
  }
  const sealed = new Uint8Array(keyringBytes);
  sealed.set(random(nonceBytes));
  sealed.set(xchacha20poly1305(wrap, sealed.slice(0, nonceBytes), bound).encrypt(plain), nonceBytes);
  wipe(plain);
  return sealed;
}

/** What a keyring holds; null where the key is not its own, or a byte of it was changed. */
export function openKeyring(wrap: Uint8Array, sealed: Uint8Array): Entry[] | null {
  if (sealed.length !== keyringBytes) return null;
  let plain: Uint8Array;
  try {
    plain = xchacha20poly1305(wrap, sealed.slice(0, nonceBytes), bound).decrypt(sealed.slice(nonceBytes));
  } catch {
    return null;
  }
  const view = new DataView(plain.buffer, plain.byteOffset, plain.length);
  if (view.getUint8(0) !== 1) return null;
  const entries: Entry[] = [];
  for (let at = 3, left = view.getUint16(1); left > 0; left--) {
    const length = view.getUint16(at + 1);
    entries.push({ kind: view.getUint8(at), bytes: plain.slice(at + 3, at + 3 + length) });
    at += 3 + length;
  }
  wipe(plain);
  return entries;
}

/** By what a write says which keyring it was made from. */
export const markOf = (sealed: Uint8Array): Uint8Array => sha256(sealed);
