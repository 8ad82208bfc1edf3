import { hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { Malformed, type Reader, type Writer } from '~/server/rooms/rules/bytes';
import { type Hex, hashHex, readHex } from '~/server/rooms/rules/orders';
import { parcelSizes, sealOverhead } from '~/server/rooms/rules/sizes';
import { derive, eraseToken, type MemberKeys, pad, seal, unpad, unseal } from '../protocol/keys';

/** What a message says of something that lies apart: the key to it, and what each part of it must be. */
export type Label = { key: Uint8Array; size: number; parts: Hex[] };
/** A part as the server keeps it, at a place that only who has the label can name. */
export type Part = { place: Uint8Array; sealed: Uint8Array };

/** What one part carries, beside four bytes that say how much it is. */
const partAtMost = parcelSizes.at(-1)! - 4;
export const partsAtMost = 5;
export const parcelAtMost = partsAtMost * partAtMost;

const keyOf = ({ key }: Pick<Label, 'key'>, place: number, purpose: string) =>
  derive(key, `parcel/${purpose}/${place}`);
const aadOf = (room: Hex, place: number, count: number) => utf8ToBytes(`parcel/${room}/${place}/${count}`);

/** Where each part of it lies. */
export const placesOf = (label: Label): Uint8Array[] =>
  label.parts.map((_part, place) => keyOf(label, place, 'place'));

/** By what each part is erased: as a frame is, as if the parts had been said in a sitting of their own. */
export const eraseLinesOf = ({ key, parts }: Label): { session: Uint8Array; counter: number }[] => {
  const session = derive(key, 'parcel/sitting').slice(0, 8);
  return parts.map((_part, counter) => ({ session, counter }));
};
/** With these its author, and nobody else, has the parts erased, also at a later sitting. */
export const eraseTokensOf = (mine: Pick<MemberKeys, 'erase'>, label: Label): Uint8Array[] =>
  eraseLinesOf(label).map(({ session, counter }) => eraseToken(mine, session, counter));

/** Cuts, fills up and seals, under a key that is drawn for it alone. @throws Malformed for what is too much */
export function makeParcel(
  room: Hex,
  bytes: Uint8Array,
  key: Uint8Array = randomBytes(32),
): { label: Label; parts: Part[] } {
  const count = Math.ceil(bytes.length / partAtMost);
  if (count < 1 || count > partsAtMost) throw new Malformed();
  const parts = Array.from({ length: count }, (_none, place) => {
    const plain = pad(bytes.subarray(place * partAtMost, (place + 1) * partAtMost), parcelSizes);
    const sealed = seal(keyOf({ key }, place, 'seal'), aadOf(room, place, count), plain);
    return { place: keyOf({ key }, place, 'place'), sealed };
  });
  return { label: { key, size: bytes.length, parts: parts.map(({ sealed }) => hashHex(sealed)) }, parts };
}

/**
 * One part as it came. The hash stands in a message that its author has signed: nobody who can read the message can put
 * something else in its place.
 * @throws Malformed for whatever is not this part of this parcel
 */
export function openPart(room: Hex, label: Label, place: number, sealed: Uint8Array): Uint8Array {
  if (sealed.length < sealOverhead || hashHex(sealed) !== label.parts[place]) throw new Malformed();
  return unpad(unseal(keyOf(label, place, 'seal'), aadOf(room, place, label.parts.length), sealed));
}

/** All parts in their order. @throws Malformed where they are not as much as the label says */
export function joined(label: Label, parts: readonly Uint8Array[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  if (parts.length !== label.parts.length || size !== label.size) throw new Malformed();
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function writeLabel(writer: Writer, { key, size, parts }: Label): Writer {
  writer.fixed(key, 32).u32(size);
  writer.list(parts, (part) => writer.fixed(hexToBytes(part), 32));
  return writer;
}
/** @throws Malformed */
export function readLabel(reader: Reader): Label {
  const [key, size] = [reader.fixed(32), reader.u32()];
  const parts = reader.list(partsAtMost, () => readHex(reader, 32));
  if (parts.length === 0 || parts.length !== Math.ceil(size / partAtMost)) throw new Malformed();
  return { key, size, parts };
}
