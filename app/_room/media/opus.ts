import { Malformed, type Reader, readAll, Writer } from '~/server/rooms/rules/bytes';
import { parcelAtMost } from './parcel';

/** What is left of a recording: the sound alone. Who made it, with what and when is nowhere in it. */
export type Voice = { channels: number; preSkip: number; packets: Uint8Array[] };

/** Opus counts in samples of 48 kHz, whatever the microphone gave. */
export const rate = 48_000;
export const secondsAtMost = 120;
/** The longest packet there is lasts 120 ms; ours hold one frame or a few. */
const packetAtMost = 4000;
const packetsAtMost = secondsAtMost * 400;

const frameSamples = (toc: number): number => {
  const config = toc >> 3;
  if (config < 12) return [480, 960, 1920, 2880][config % 4]!;
  if (config < 16) return [480, 960][config % 2]!;
  return [120, 240, 480, 960][config % 4]!;
};

/** What fills a packet up is nothing: else it could carry something. */
function checkPadding(packet: Uint8Array): void {
  if (!(packet[1]! & 0x40)) return;
  let padding = 0;
  for (let at = 2; ; at++) {
    const byte = packet[at];
    if (byte === undefined) throw new Malformed();
    padding += byte === 255 ? 254 : byte;
    if (byte !== 255) break;
  }
  if (padding > packet.length || packet.subarray(packet.length - padding).some((byte) => byte !== 0))
    throw new Malformed();
}

/** How long a packet sounds, in samples (RFC 6716, 3.1). @throws Malformed */
export function samplesOf(packet: Uint8Array): number {
  const toc = packet[0];
  if (toc === undefined || packet.length > packetAtMost) throw new Malformed();
  const code = toc & 3;
  if (code < 3) return frameSamples(toc) * (code === 0 ? 1 : 2);
  if (packet.length < 2) throw new Malformed();
  const frames = packet[1]! & 0x3f;
  const samples = frames * frameSamples(toc);
  if (frames === 0 || samples > 5760) throw new Malformed();
  checkPadding(packet);
  return samples;
}

/** @throws Malformed for what is no sound, and for what lasts longer than a note may. */
export function checked(voice: Voice): Voice {
  if (voice.channels < 1 || voice.channels > 2 || voice.preSkip > 0xffff || voice.packets.length === 0)
    throw new Malformed();
  if (voice.packets.reduce((sum, packet) => sum + samplesOf(packet), 0) > secondsAtMost * rate)
    throw new Malformed();
  return voice;
}

/** What a recorder gave, up to where a note may go: it stops a little late now and then. @throws Malformed */
export function recorded(voice: Voice): Voice {
  let [samples, bytes] = [0, 9];
  const within = (packet: Uint8Array) => {
    samples += samplesOf(packet);
    bytes += packet.length + 2;
    return samples <= secondsAtMost * rate && bytes <= parcelAtMost;
  };
  const end = voice.packets.findIndex((packet) => !within(packet));
  return checked({ ...voice, packets: end < 0 ? voice.packets : voice.packets.slice(0, end) });
}

/** Whole seconds, and never none. */
export const secondsOf = ({ packets }: Voice): number =>
  Math.max(1, Math.round(packets.reduce((sum, packet) => sum + samplesOf(packet), 0) / rate));

/** OpusHead (RFC 7845, 5.1), of which a note keeps what it takes to play it. @throws Malformed */
export function readHead(bytes: Uint8Array): Pick<Voice, 'channels' | 'preSkip'> {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 8));
  // Other mappings than the first are of many channels.
  if (head !== 'OpusHead' || bytes.length !== 19 || bytes[8] !== 1 || bytes[18] !== 0) throw new Malformed();
  return { channels: bytes[9]!, preSkip: bytes[10]! + 256 * bytes[11]! };
}

/** One way to write each note: the same sound is the same bytes. */
export function writeVoice(given: Voice): Uint8Array {
  const { channels, preSkip, packets } = checked(given);
  const writer = new Writer().u8(channels).u32(preSkip).u32(packets.length);
  for (const packet of packets)
    writer
      .u8(packet.length >> 8)
      .u8(packet.length % 256)
      .fixed(packet, packet.length);
  return writer.done();
}
const readPacket = (reader: Reader) => {
  const length = reader.u8() * 256 + reader.u8();
  return reader.fixed(length);
};
/** @throws Malformed */
export const readVoice = (bytes: Uint8Array): Voice =>
  checked(
    readAll(bytes, (reader) => {
      const [channels, preSkip, count] = [reader.u8(), reader.u32(), reader.u32()];
      if (count > packetsAtMost) throw new Malformed();
      const packets: Uint8Array[] = [];
      while (packets.length < count) packets.push(readPacket(reader));
      return { channels, preSkip, packets };
    }),
  );
