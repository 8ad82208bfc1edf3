import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { Malformed, readAll, Writer } from '~/server/rooms/rules/bytes';
import { type Hex, isSigned, readHex } from '~/server/rooms/rules/orders';
import { frameLengths, frameSizes } from '~/server/rooms/rules/sizes';
import type { Kept } from '~/server/rooms/rules/wire';
import { isGoodAhead, lookAhead, type Signed } from './ahead';
import { type MemberKeys, pad, seal, signerOf, signWith, unpad, unseal } from './keys';

export const frameKinds = ['roster', 'words', 'draft', 'snapshot', 'cosign', 'whisper', 'accord'] as const;
export type FrameKind = (typeof frameKinds)[number];
/** `head`: the last event of the roster that its author had seen. */
export type Frame = {
  kind: FrameKind;
  by: Hex;
  head: Hex;
  session: Uint8Array;
  counter: number;
  body: Uint8Array;
};

const bodyAtMost = frameSizes.at(-1)!;

/** Every kind of frame is sealed alike; the kind is under the seal, and under the signature. */
const aadOf = (room: Hex, epoch: number) =>
  concatBytes(utf8ToBytes('frame'), hexToBytes(room), new Writer().u32(epoch).done());

function written(frame: Omit<Frame, 'by'>, by: Hex): Uint8Array {
  const writer = new Writer().u8(frameKinds.indexOf(frame.kind)).fixed(hexToBytes(by), 32);
  writer.fixed(hexToBytes(frame.head), 32).fixed(frame.session, 8).u32(frame.counter).bytes(frame.body);
  return writer.done();
}
const signed = (room: Hex, epoch: number, content: Uint8Array) => concatBytes(aadOf(room, epoch), content);

/** One frame, signed by its author, filled up, sealed: what the server sees of it is one of five lengths. */
export function sealFrame(
  place: { room: Hex; epoch: number; words: Uint8Array },
  mine: MemberKeys,
  frame: Omit<Frame, 'by'>,
): Uint8Array {
  const by = signerOf(mine);
  const content = written(frame, by);
  const { bytes } = signWith(mine, signed(place.room, place.epoch, content));
  return seal(place.words, aadOf(place.room, place.epoch), pad(concatBytes(bytes, content), frameSizes));
}

type Place = { room: Hex; epoch: number; words: Uint8Array };

type Read = { frame: Frame; signed: Signed };
// What was opened when a page was looked at, until it is asked for: nothing is deciphered twice. Bound to the very key.
const opened = new WeakMap<Uint8Array, { words: Uint8Array; read: Read }>();

function readSealed(place: Place, sealed: Uint8Array): Read {
  if (!frameLengths.includes(sealed.length)) throw new Malformed();
  const plain = unpad(unseal(place.words, aadOf(place.room, place.epoch), sealed));
  return readAll(plain, (reader) => {
    const bytes = reader.fixed(64);
    const kind = frameKinds[reader.u8()];
    if (!kind) throw new Malformed();
    const [by, head] = [readHex(reader, 32), readHex(reader, 32)];
    const frame = {
      kind,
      by,
      head,
      session: reader.fixed(8),
      counter: reader.u32(),
      body: reader.bytes(bodyAtMost),
    };
    const message = signed(place.room, place.epoch, plain.subarray(64));
    return { frame, signed: { message, signature: { by, bytes } } };
  });
}

/** @throws Malformed for what was not sealed for this room and epoch, or not signed by who it says. */
export function openFrame(place: Place, sealed: Uint8Array): Frame {
  const ahead = opened.get(sealed);
  opened.delete(sealed);
  const { frame, signed } = ahead?.words === place.words ? ahead.read : readSealed(place, sealed);
  if (!isGoodAhead(place, sealed) && !isSigned(signed.message, signed.signature)) throw new Malformed();
  return frame;
}

/**
 * Looks at the signatures of a whole page before its frames are opened one by one.
 * @param wordsOf what opens the words of an epoch; null where she has no key to it
 */
export async function lookAtFrames(
  room: Hex,
  wordsOf: (epoch: number) => Uint8Array | null,
  frames: readonly Kept[],
): Promise<void> {
  const read = frames.flatMap(({ epoch, bytes }) => {
    const words = wordsOf(epoch);
    if (!words) return [];
    const place = { room, epoch, words };
    try {
      const read = readSealed(place, bytes);
      opened.set(bytes, { words, read });
      return [{ place, sealed: bytes, signed: read.signed }];
    } catch {
      // What cannot be read is dropped where it is opened.
      return [];
    }
  });
  await lookAhead(read);
}
