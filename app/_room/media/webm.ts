import { Malformed } from '~/server/rooms/rules/bytes';
import { readHead, recorded, type Voice } from './opus';

// The few elements of Matroska (RFC 9559) that lead to the sound. Everything else is passed over and forgotten: the
// name of the program, the number by which it calls the track, the day, tags.
const opened = new Set([0x18538067, 0x1f43b675, 0x1654ae6b, 0xae, 0xa0]);
const [track, codec, privateData, simpleBlock, block] = [0xae, 0x86, 0x63a2, 0xa3, 0xa1];

class Walk {
  at = 0;
  constructor(readonly bytes: Uint8Array) {}

  /** A number that says its own length. @param marked whether that mark belongs to it, as in an element's name */
  number(marked: boolean, atMost: number): number | null {
    const first = this.bytes[this.at];
    if (!first) throw new Malformed();
    const length = Math.clz32(first) - 23;
    if (length > atMost || this.at + length > this.bytes.length) throw new Malformed();
    let value = marked ? first : first & (0xff >> length);
    let ones = (first & (0xff >> length)) === 0xff >> length;
    for (let i = 1; i < length; i++) {
      const byte = this.bytes[this.at + i]!;
      value = value * 256 + byte;
      ones &&= byte === 0xff;
    }
    this.at += length;
    // All ones: it goes on until something else begins.
    return !marked && ones ? null : value;
  }
  take(size: number): Uint8Array {
    if (this.at + size > this.bytes.length) throw new Malformed();
    this.at += size;
    return this.bytes.slice(this.at - size, this.at);
  }
}

function soundOf(bytes: Uint8Array): Uint8Array {
  const walk = new Walk(bytes);
  walk.number(false, 8);
  walk.take(2);
  const flags = walk.take(1)[0]!;
  // Several in one block: no browser writes sound like that.
  if (flags & 0x06) throw new Malformed();
  return bytes.slice(walk.at);
}

/** The sound out of what Chromium's recorder wrote. @throws Malformed for everything else */
export function readWebm(bytes: Uint8Array): Voice {
  const walk = new Walk(bytes);
  const packets: Uint8Array[] = [];
  let head: Pick<Voice, 'channels' | 'preSkip'> | null = null;
  let tracks = 0;
  while (walk.at < bytes.length) {
    const name = walk.number(true, 4)!;
    const size = walk.number(false, 8);
    if (name === track && ++tracks > 1) throw new Malformed();
    if (opened.has(name)) continue;
    if (size === null) throw new Malformed();
    const content = walk.take(size);
    if (name === codec && new TextDecoder().decode(content) !== 'A_OPUS') throw new Malformed();
    if (name === privateData) head = readHead(content);
    if (name === simpleBlock || name === block) packets.push(soundOf(content));
  }
  if (!head) throw new Malformed();
  return recorded({ ...head, packets });
}
