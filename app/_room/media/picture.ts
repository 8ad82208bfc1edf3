import { concatBytes } from '@noble/hashes/utils.js';
import { Malformed } from '~/server/rooms/rules/bytes';

export const pictureKinds = ['image/webp', 'image/jpeg'] as const;
export type PictureKind = (typeof pictureKinds)[number];
export type Picture = { kind: PictureKind; width: number; height: number; bytes: Uint8Array };

/** The longer side, in points: enough for a page that was photographed, little enough for a phone. */
export const sideAtMost = 1280;

const word = (bytes: Uint8Array, at: number) => new TextDecoder('latin1').decode(bytes.subarray(at, at + 4));
function checked(picture: Picture): Picture {
  const sides = [picture.width, picture.height];
  if (sides.some((side) => side < 1 || side > sideAtMost)) throw new Malformed();
  return picture;
}

// Tables, the frame, its scans: all that a picture needs. What names a camera, a place or a program stands elsewhere.
const keptMarkers = new Set([0xdb, 0xc4, 0xdd, 0xc0, 0xc2, 0xda]);

/** A JPEG of its picture alone. @throws Malformed */
export function bareJpeg(bytes: Uint8Array): Picture {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new Malformed();
  const parts = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  for (let at = 2; ; ) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined) throw new Malformed();
    // What stands behind the end is not read.
    if (marker === 0xd9) break;
    const length = (bytes[at + 2] ?? 0) * 256 + (bytes[at + 3] ?? 0);
    let end = at + 2 + length;
    if (length < 2 || end > bytes.length) throw new Malformed();
    if (marker === 0xc0 || marker === 0xc2) {
      if (size || length < 8 || bytes[at + 4] !== 8) throw new Malformed();
      const side = (from: number) => bytes[from]! * 256 + bytes[from + 1]!;
      size = { height: side(at + 5), width: side(at + 7) };
    }
    if (marker === 0xda) end = endOfScan(bytes, end);
    if (keptMarkers.has(marker)) parts.push(bytes.subarray(at, end));
    at = end;
  }
  if (!size) throw new Malformed();
  const bare = concatBytes(...parts, Uint8Array.of(0xff, 0xd9));
  return checked({ kind: 'image/jpeg', ...size, bytes: bare });
}
/** Where the next marker stands that is none of the scan’s own. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1]!;
    if (bytes[at] === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new Malformed();
}

/** A WebP of its picture alone. @throws Malformed for one that is not of the simple kind a canvas makes */
export function bareWebp(bytes: Uint8Array): Picture {
  if (word(bytes, 0) !== 'RIFF' || word(bytes, 8) !== 'WEBP') throw new Malformed();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > bytes.length) throw new Malformed();
    if (word(bytes, at) === 'VP8 ') return vp8(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  throw new Malformed();
}
function vp8(frame: Uint8Array): Picture {
  // A key frame, its mark, its two sides (RFC 6386, 9.1).
  if (frame.length < 10 || frame[0]! & 1 || frame[3] !== 0x9d || frame[4] !== 1 || frame[5] !== 0x2a)
    throw new Malformed();
  const side = (at: number) => (frame[at]! + 256 * frame[at + 1]!) & 0x3fff;
  const filled = frame.length + (frame.length % 2);
  const bare = new Uint8Array(20 + filled);
  bare.set(new TextEncoder().encode('RIFF    WEBPVP8 '));
  const view = new DataView(bare.buffer);
  view.setUint32(4, 12 + filled, true);
  view.setUint32(16, frame.length, true);
  bare.set(frame, 20);
  return checked({ kind: 'image/webp', width: side(6), height: side(8), bytes: bare });
}

/** Of either kind. Whoever is shown it asks again: only a bare picture is given to a decoder. @throws Malformed */
export const barePicture = (bytes: Uint8Array): Picture =>
  bytes[0] === 0xff ? bareJpeg(bytes) : bareWebp(bytes);
