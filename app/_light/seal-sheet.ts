import { type Bound, boundTo, derivedBits, layOut } from '~/server/ballots/rules/sealed';

// Seals a filled-in sheet to its ballot: whoever holds this phone, even she, cannot open it again (docs/decisions/111).
const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
const textOf = (bytes: Uint8Array) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');
const curve = { name: 'ECDH', namedCurve: 'P-256' };

/**
 * @param key public key of the ballot, in base64url
 * @param answers the place of each choice, from 1, in the order of the questions
 * @throws where there is no WebCrypto, or the key is none.
 */
export async function sealSheet(key: string, bound: Bound, answers: readonly number[]): Promise<string> {
  const { subtle } = crypto;
  const theirs = bytesOf(key);
  const own = (await subtle.generateKey(curve, false, ['deriveBits'])) as CryptoKeyPair;
  const point = new Uint8Array(await subtle.exportKey('raw', own.publicKey));
  const to = await subtle.importKey('raw', theirs, curve, false, []);
  const shared = await subtle.deriveBits({ name: 'ECDH', public: to }, own.privateKey, 256);
  const info = new TextEncoder().encode(boundTo(bound));
  const salt = new Uint8Array([...point, ...theirs]);
  const secret = await subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits']);
  const bits = await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, secret, derivedBits);
  const once = await subtle.importKey('raw', bits.slice(0, 32), 'AES-GCM', false, ['encrypt']);
  const how = { name: 'AES-GCM', iv: new Uint8Array(bits.slice(32)), additionalData: info };
  const body = await subtle.encrypt(how, once, layOut(answers));
  return textOf(new Uint8Array([...point, ...new Uint8Array(body)]));
}
