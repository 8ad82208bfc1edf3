import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** The phone's ciphertext: always this long. */
export const keyringBytes = 16_384;
const [dayBytes, saltBytes, hashBytes, nonceBytes, tagBytes] = [10, 16, 32, 12, 16];
const plainBytes = 1 + dayBytes + saltBytes + hashBytes + keyringBytes;
/** What stands in the database for every account, used or not. */
export const recordBytes = nonceBytes + plainBytes + tagBytes;
/** A reset waits so many days, for everybody. */
export const resetDays = 7;

export type Keyring = {
  /** Whether she has made her words; only who holds the forum's secret can read that. */
  made: boolean;
  /** The day from which she may make new words without the old ones. */
  opensOn: string | null;
  salt: Uint8Array;
  /** SHA-256 of what her words give the forum. */
  verifier: Uint8Array;
  keyring: Uint8Array;
};

/** What an account has before she makes her words: filled with chance, as long as any other. */
export const emptyKeyring = (): Keyring => ({
  made: false,
  opensOn: null,
  salt: randomBytes(saltBytes),
  verifier: randomBytes(hashBytes),
  keyring: randomBytes(keyringBytes),
});

const keyOf = (secret: Uint8Array, value: Uint8Array, personId: string) =>
  Buffer.from(hkdfSync('sha256', Buffer.concat([secret, value]), personId, 'frente-unido/llavero', 32));

/** Wraps it anew: other bytes each time, under the forum's secret and this account's value together. */
export function wrapKeyring(secret: Uint8Array, value: Uint8Array, personId: string, of: Keyring): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, value, personId), nonce);
  const plain = Buffer.concat([
    Buffer.from([of.made ? 1 : 0]),
    Buffer.from((of.opensOn ?? '').padEnd(dayBytes)),
    of.salt,
    of.verifier,
    of.keyring,
  ]);
  if (plain.length !== plainBytes) throw new RangeError('a keyring has one size');
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @returns null where it was wrapped under another value: an old backup, another account's row, a changed byte. */
export function unwrapKeyring(
  secret: Uint8Array,
  value: Uint8Array,
  personId: string,
  row: Uint8Array,
): Keyring | null {
  if (row.length !== recordBytes) return null;
  const cipher = createDecipheriv('aes-256-gcm', keyOf(secret, value, personId), row.subarray(0, nonceBytes));
  cipher.setAuthTag(row.subarray(-tagBytes));
  try {
    const plain = Buffer.concat([cipher.update(row.subarray(nonceBytes, -tagBytes)), cipher.final()]);
    const part = (from: number, length: number) => plain.subarray(from, from + length);
    const day = part(1, dayBytes).toString().trim();
    return {
      made: plain[0] === 1,
      opensOn: day || null,
      salt: part(1 + dayBytes, saltBytes),
      verifier: part(1 + dayBytes + saltBytes, hashBytes),
      keyring: part(1 + dayBytes + saltBytes + hashBytes, keyringBytes),
    };
  } catch {
    return null;
  }
}

export const hashOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** Whether these are her words. Compared in one time, also where she has made none. */
export const wordsFit = (of: Keyring, auth: Uint8Array): boolean =>
  timingSafeEqual(hashOf(auth), of.verifier) && of.made;

/** Whether new words may be made without the old ones: there are none yet, or the seven days are over. */
export const mayMake = (of: Pick<Keyring, 'made' | 'opensOn'>, today: string): boolean =>
  !of.made || (of.opensOn !== null && of.opensOn <= today);

/** Whether a write was made from what stands there now. */
export const isFrom = (of: Keyring, was: Uint8Array): boolean => timingSafeEqual(hashOf(of.keyring), was);
