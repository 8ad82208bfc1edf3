import { owner, phoneKey } from './page';

// What the phone keeps for somebody is sealed (AES-GCM) under a key that only her own pages bring. Whoever else takes
// up the phone finds neither her words nor her name in it; where the browser has no WebCrypto, nothing is kept.

/** Where a thing of this owner lies: its kind, her tag, its name. */
export const placeOf = (kind: string, name: string) => `${kind} ${owner} ${name}`;

const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const textOf = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
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

// Sealing takes a moment: what has been dropped or written anew in the meantime is not brought back.
const turns = new Map<string, number>();
const turn = (place: string) => {
  const next = (turns.get(place) ?? 0) + 1;
  turns.set(place, next);
  return next;
};
let over = false;

/** What lies there; null for nothing, and for what cannot be opened. */
export async function read<T>(place: string): Promise<T | null> {
  try {
    const sealed = bytesOf(localStorage.getItem(place)!);
    const how = cipher(place, sealed.slice(0, nonceLength));
    const opened = await crypto.subtle.decrypt(how, await key(), sealed.slice(nonceLength));
    return JSON.parse(new TextDecoder().decode(opened)) as T;
  } catch {
    return null;
  }
}

/** Seals and keeps; says whether it held. A full or forbidden storage does not. */
export async function write(place: string, value: unknown): Promise<boolean> {
  const mine = turn(place);
  try {
    const nonce = crypto.getRandomValues(new Uint8Array(nonceLength));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const sealed = new Uint8Array(await crypto.subtle.encrypt(cipher(place, nonce), await key(), plain));
    if (over || turns.get(place) !== mine) return false;
    localStorage.setItem(place, textOf(nonce) + textOf(sealed));
    return true;
  } catch {
    return false;
  }
}

export function drop(place: string): void {
  turn(place);
  try {
    localStorage.removeItem(place);
  } catch {
    // Storage is forbidden here: there is nothing of ours in it.
  }
}

/** The places of one kind, of this owner alone. */
export function placesOf(kind: string): string[] {
  try {
    return owner ? Object.keys(localStorage).filter((place) => place.startsWith(placeOf(kind, ''))) : [];
  } catch {
    return [];
  }
}

/** Forgets this owner's things and takes no more; with `everything`, whatever this site has kept for anybody. */
export function forget(everything: boolean): void {
  over = true;
  try {
    sessionStorage.clear();
    if (everything) localStorage.clear();
    else
      for (const place of Object.keys(localStorage))
        if (place.includes(` ${owner} `)) localStorage.removeItem(place);
  } catch {
    // As above.
  }
}
