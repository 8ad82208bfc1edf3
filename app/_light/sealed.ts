import { phoneKey } from './page';

// What the phone keeps for somebody is sealed (AES-GCM) under a key that only her own pages bring. Whoever else takes
// up the phone finds neither her words nor her name in it; where the browser has no WebCrypto, nothing is kept.

export const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
export const textOf = (bytes: Uint8Array) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const nonceLength = 12;

let imported: Promise<CryptoKey> | undefined;
function key(): Promise<CryptoKey> {
  imported ??= crypto.subtle.importKey('raw', bytesOf(phoneKey), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]) as Promise<CryptoKey>;
  return imported;
}
// A sealed thing opens in its own place only.
const cipher = (place: string, iv: Uint8Array<ArrayBuffer>) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(place),
});

/** @throws where there is no WebCrypto. */
export async function seal(place: string, value: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceLength));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const sealed = await crypto.subtle.encrypt(cipher(place, nonce), await key(), plain);
  return new Uint8Array([...nonce, ...new Uint8Array(sealed)]);
}

/** @throws where it was sealed for another place or person, or is no longer whole. */
export async function unseal<T>(place: string, sealed: Uint8Array<ArrayBuffer>): Promise<T> {
  const how = cipher(place, sealed.slice(0, nonceLength));
  const opened = await crypto.subtle.decrypt(how, await key(), sealed.slice(nonceLength));
  return JSON.parse(new TextDecoder().decode(opened)) as T;
}
