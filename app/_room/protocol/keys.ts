import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { trackerWords } from '~/db/reference/tracker-words';
import { Malformed, Writer } from '~/server/rooms/rules/bytes';
import type { Hex } from '~/server/rooms/rules/orders';
import { sealOverhead } from '~/server/rooms/rules/sizes';

/** One woman’s keys in one room, made for it alone: no two rooms can be laid side by side. */
export type MemberKeys = { sign: Uint8Array; seal: Uint8Array; erase: Uint8Array };
export type PublicKeys = { sign: Hex; seal: Hex };

const empty = new Uint8Array(0);

/** A key for one purpose, of which nothing can be learned about any other. */
export const derive = (from: Uint8Array, purpose: string, salt: Uint8Array = empty, size = 32): Uint8Array =>
  hkdf(sha256, from, salt, utf8ToBytes(`frente-unido/sala/1/${purpose}`), size);

export const newMemberKeys = (): MemberKeys => ({
  sign: randomBytes(32),
  seal: randomBytes(32),
  erase: randomBytes(32),
});
export const publicOf = ({ sign, seal }: Pick<MemberKeys, 'sign' | 'seal'>): PublicKeys => ({
  sign: bytesToHex(ed25519.getPublicKey(sign)),
  seal: bytesToHex(x25519.getPublicKey(seal)),
});
export const signerOf = ({ sign }: Pick<MemberKeys, 'sign'>): Hex => bytesToHex(ed25519.getPublicKey(sign));
export const signWith = (mine: Pick<MemberKeys, 'sign'>, message: Uint8Array) => ({
  by: signerOf(mine),
  bytes: ed25519.sign(message, mine.sign),
});

/** What the key of an epoch opens: the server’s door, and the words. */
export type EpochKeys = { access: Uint8Array; words: Uint8Array; tree: Uint8Array };
export function epochKeys(room: Hex, epoch: number, key: Uint8Array): EpochKeys {
  const salt = concatBytes(hexToBytes(room), new Writer().u32(epoch).done());
  return {
    access: derive(key, 'access', salt),
    words: derive(key, 'words', salt),
    tree: derive(key, 'tree', salt),
  };
}

/** Under a key and bound to where it belongs; the nonce is drawn anew and goes before. */
export function seal(
  key: Uint8Array,
  aad: Uint8Array,
  plain: Uint8Array,
  nonce: Uint8Array = randomBytes(24),
): Uint8Array {
  return concatBytes(nonce, xchacha20poly1305(key, nonce, aad).encrypt(plain));
}
/** @throws Malformed for whatever was not sealed with this key for this place. */
export function unseal(key: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (sealed.length < sealOverhead) throw new Malformed();
  try {
    return xchacha20poly1305(key, sealed.subarray(0, 24), aad).decrypt(sealed.subarray(24));
  } catch {
    throw new Malformed();
  }
}

/**
 * To one woman’s key, from nobody. @param secret of the passing pair; given where every member must be able to make the
 * same box again.
 */
export function boxTo(
  to: Hex,
  aad: Uint8Array,
  plain: Uint8Array,
  secret: Uint8Array = randomBytes(32),
): Uint8Array {
  const passing = x25519.getPublicKey(secret);
  const key = derive(
    x25519.getSharedSecret(secret, hexToBytes(to)),
    'box',
    concatBytes(passing, hexToBytes(to)),
  );
  // The key serves once: its nonce may be the same always.
  return concatBytes(passing, xchacha20poly1305(key, new Uint8Array(24), aad).encrypt(plain));
}
/** @returns null where it is not for her */
export function openBox(
  { seal }: Pick<MemberKeys, 'seal'>,
  aad: Uint8Array,
  box: Uint8Array,
): Uint8Array | null {
  try {
    const passing = box.subarray(0, 32);
    const shared = x25519.getSharedSecret(seal, passing);
    const key = derive(shared, 'box', concatBytes(passing, x25519.getPublicKey(seal)));
    return xchacha20poly1305(key, new Uint8Array(24), aad).decrypt(box.subarray(32));
  } catch {
    return null;
  }
}

/** Fills up to one of `sizes`, with the true length before. @throws Malformed where it does not fit. */
export function pad(plain: Uint8Array, sizes: readonly number[]): Uint8Array {
  const size = sizes.find((one) => plain.length + 4 <= one);
  if (!size) throw new Malformed();
  const padded = new Uint8Array(size);
  padded.set(new Writer().bytes(plain).done());
  return padded;
}
export function unpad(padded: Uint8Array): Uint8Array {
  if (padded.length < 4) throw new Malformed();
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (length > padded.length - 4) throw new Malformed();
  // What fills up is nothing: else it could carry something. A plain loop: a room has millions of these.
  for (let at = 4 + length; at < padded.length; at++) if (padded[at] !== 0) throw new Malformed();
  return padded.slice(4, 4 + length);
}

/** Eight words to be said in person; eight times eight bits, and each guess costs what a phone does in a tenth second. */
export const newCode = (): string[] => [...randomBytes(8)].map((byte) => trackerWords[byte]!);

/** What a code opens: the place where the invite lies, and what it is sealed with. @throws Malformed for what is none. */
export function codeKeys(words: readonly string[]) {
  const known = words.map((word) => trackerWords.indexOf(word.trim().toLowerCase()));
  if (known.length !== 8 || known.some((at) => at < 0)) throw new Malformed();
  const slow = scrypt(new Uint8Array(known), utf8ToBytes('frente-unido/sala/1/code'), {
    N: 2 ** 14,
    r: 8,
    p: 1,
    dkLen: 32,
  });
  return { id: derive(slow, 'invite'), key: derive(slow, 'invite-key') };
}

/** Eight words that stand for a woman’s keys in this room, to be read aloud. */
export const fingerprint = (room: Hex, { sign, seal }: PublicKeys): string[] =>
  [...derive(concatBytes(hexToBytes(sign), hexToBytes(seal)), 'fingerprint', hexToBytes(room), 8)].map(
    (byte) => trackerWords[byte]!,
  );

/** With this she may have one frame of hers erased, later and without saying who she is. */
export const eraseToken = (
  { erase }: Pick<MemberKeys, 'erase'>,
  session: Uint8Array,
  counter: number,
): Uint8Array => derive(erase, 'erase', concatBytes(session, new Writer().u32(counter).done()));
