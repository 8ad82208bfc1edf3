import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { Malformed, readAll, Writer } from '~/server/rooms/rules/bytes';
import { type Hex, isSigned, readHex } from '~/server/rooms/rules/orders';
import { frameLengths, frameSizes } from '~/server/rooms/rules/sizes';
import { type MemberKeys, pad, seal, signWith, unpad, unseal } from './keys';

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
  const by = signWith(mine, new Uint8Array(0)).by;
  const content = written(frame, by);
  const { bytes } = signWith(mine, signed(place.room, place.epoch, content));
  return seal(place.words, aadOf(place.room, place.epoch), pad(concatBytes(bytes, content), frameSizes));
}

/** @throws Malformed for what was not sealed for this room and epoch, or not signed by who it says. */
export function openFrame(place: { room: Hex; epoch: number; words: Uint8Array }, sealed: Uint8Array): Frame {
  if (!frameLengths.includes(sealed.length)) throw new Malformed();
  const plain = unpad(unseal(place.words, aadOf(place.room, place.epoch), sealed));
  return readAll(plain, (reader) => {
    const signature = reader.fixed(64);
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
    if (!isSigned(message, { by, bytes: signature })) throw new Malformed();
    return frame;
  });
}
