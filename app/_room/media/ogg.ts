import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { Malformed } from '~/server/rooms/rules/bytes';
import { checked, readHead, recorded, samplesOf, type Voice } from './opus';

// Ogg (RFC 3533) with Opus in it (RFC 7845): what Firefox records, and what every browser that knows Opus plays.

const table = Uint32Array.from({ length: 256 }, (_none, at) => {
  let value = at << 24;
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value & 0x80000000 ? 0x04c11db7 : 0);
  return value;
});
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = (sum << 8) ^ table[((sum >>> 24) ^ byte) & 0xff]!;
  return sum >>> 0;
}

/** How a packet's length is said: as often 255 as it goes, and the rest. */
const lacing = (packet: Uint8Array): number[] => [
  ...Array<number>(Math.floor(packet.length / 255)).fill(255),
  packet.length % 255,
];

function page(place: number, flags: number, samples: number, packets: readonly Uint8Array[]): Uint8Array {
  const lengths = packets.flatMap(lacing);
  const head = new Uint8Array(27);
  head.set(utf8ToBytes('OggS'));
  const view = new DataView(head.buffer);
  head[5] = flags;
  view.setUint32(6, samples, true);
  // The stream's number, which others draw, is always the same.
  view.setUint32(14, 1, true);
  view.setUint32(18, place, true);
  head[26] = lengths.length;
  const made = concatBytes(head, Uint8Array.from(lengths), ...packets);
  new DataView(made.buffer, made.byteOffset).setUint32(22, checksum(made), true);
  return made;
}

/** A file that a browser plays, the same for the same sound; its tags name nobody and no program. */
export function writeOgg(given: Voice): Uint8Array {
  const { channels, preSkip, packets } = checked(given);
  const head = new Uint8Array(19);
  head.set(utf8ToBytes('OpusHead'));
  const view = new DataView(head.buffer);
  head[8] = 1;
  head[9] = channels;
  view.setUint16(10, preSkip, true);
  view.setUint32(12, 48_000, true);
  const pages = [
    page(0, 2, 0, [head]),
    page(1, 0, 0, [concatBytes(utf8ToBytes('OpusTags'), new Uint8Array(8))]),
  ];
  let samples = 0;
  for (let from = 0; from < packets.length; ) {
    const here: Uint8Array[] = [];
    for (let lengths = 0; from < packets.length && here.length < 50; from++) {
      const packet = packets[from]!;
      lengths += lacing(packet).length;
      if (lengths > 255) break;
      here.push(packet);
      samples += samplesOf(packet);
    }
    pages.push(page(pages.length, from < packets.length ? 0 : 4, samples, here));
  }
  return concatBytes(...pages);
}

/** The sound out of what Firefox's recorder wrote. @throws Malformed for everything else */
export function readOgg(bytes: Uint8Array): Voice {
  const packets: Uint8Array[] = [];
  let begun: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lengths = bytes.subarray(at + 27, at + 27 + (bytes[at + 26] ?? 0));
    let from = at + 27 + lengths.length;
    const end = from + lengths.reduce((sum, length) => sum + length, 0);
    const mark = new TextDecoder('latin1').decode(bytes.subarray(at, at + 4));
    if (mark !== 'OggS' || bytes[at + 4] !== 0 || end > bytes.length) throw new Malformed();
    for (const length of lengths) {
      begun.push(bytes.slice(from, from + length));
      from += length;
      if (length === 255) continue;
      packets.push(concatBytes(...begun));
      begun = [];
    }
    at = end;
  }
  const [head, tags, ...sound] = packets;
  if (!head || !tags || begun.length > 0) throw new Malformed();
  // Now and then a recorder leaves a packet of nothing.
  return recorded({ ...readHead(head), packets: sound.filter((packet) => packet.length > 0) });
}
