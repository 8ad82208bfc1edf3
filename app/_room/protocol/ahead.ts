import { hexToBytes } from '@noble/hashes/utils.js';
import type { Hex, Signature } from '~/server/rooms/rules/orders';
import { goodAmong } from './batch';

/** A signature under what was read of a frame: all there is to be looked at. */
export type Signed = { message: Uint8Array; signature: Signature };

// Which frames' signatures the browser itself has found good, and for which place.
const good = new WeakMap<Uint8Array, string>();
type Place = { room: Hex; epoch: number };
const nameOf = ({ room, epoch }: Place) => `${room}/${epoch}`;

/** Whether this frame was found good ahead, for this place. False says nothing: then it is looked at as ever. */
export const isGoodAhead = (place: Place, sealed: Uint8Array): boolean => good.get(sealed) === nameOf(place);

/** Whether the browser knows Ed25519: most do since 2025, and phones that get no newer one never will. */
async function knowsHow(subtle: SubtleCrypto): Promise<boolean> {
  const some = hexToBytes('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  const raw = some as Uint8Array<ArrayBuffer>;
  return subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify']).then(
    () => true,
    () => false,
  );
}

const heap = 200;
/** Where it does not, the script looks at them in heaps, which takes a tenth of the time; between two the screen lives. */
async function lookInHeaps(frames: Parameters<typeof lookAhead>[0]): Promise<void> {
  for (let at = 0; at < frames.length; at += heap) {
    for (const { sealed, place } of goodAmong(frames.slice(at, at + heap))) good.set(sealed, nameOf(place));
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/**
 * Lets the browser look at the signatures of many frames at once: off the page's own thread and some twenty times as
 * fast as a script can, so that a room of a thousand messages opens in seconds on a slow phone, not in half a minute.
 * Only a «yes» counts; what a browser does not know or calls bad is looked at as ever. And what it calls good our own
 * check calls good too, for every key that a member can have: no two women see two rosters.
 */
export async function lookAhead(
  frames: readonly { place: Place; sealed: Uint8Array; signed: Signed }[],
): Promise<void> {
  const { subtle } = globalThis.crypto ?? {};
  const knows = subtle && (await knowsHow(subtle));
  if (!knows) return lookInHeaps(frames);
  const keys = new Map<Hex, Promise<CryptoKey>>();
  const keyOf = (by: Hex) => {
    const there = keys.get(by);
    if (there) return there;
    const raw = hexToBytes(by) as Uint8Array<ArrayBuffer>;
    const made = subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify']);
    keys.set(by, made);
    return made;
  };
  const look = async ({ place, sealed, signed: { message, signature } }: (typeof frames)[number]) => {
    const key = await keyOf(signature.by);
    const bytes = signature.bytes as Uint8Array<ArrayBuffer>;
    if (await subtle.verify({ name: 'Ed25519' }, key, bytes, message as Uint8Array<ArrayBuffer>))
      good.set(sealed, nameOf(place));
  };
  await Promise.all(frames.map((frame) => look(frame).catch(() => {})));
}
