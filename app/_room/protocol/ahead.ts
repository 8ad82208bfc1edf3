import { hexToBytes } from '@noble/hashes/utils.js';
import type { Hex, Signature } from '~/server/rooms/rules/orders';

/** A signature under what was read of a frame: all there is to be looked at. */
export type Signed = { message: Uint8Array; signature: Signature };

// Which frames' signatures the browser itself has found good, and for which place.
const good = new WeakMap<Uint8Array, string>();
type Place = { room: Hex; epoch: number };
const nameOf = ({ room, epoch }: Place) => `${room}/${epoch}`;

/** Whether this frame was found good ahead, for this place. False says nothing: then it is looked at as ever. */
export const isGoodAhead = (place: Place, sealed: Uint8Array): boolean => good.get(sealed) === nameOf(place);

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
  if (!subtle) return;
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
