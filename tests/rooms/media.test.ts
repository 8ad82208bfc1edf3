import { readFileSync } from 'node:fs';
import { concatBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eraseLinesOfSaid,
  mediaTypes,
  readPictureNote,
  readVoiceNote,
  writePictureNote,
  writeVoiceNote,
} from '~/app/_room/media/notes';
import { readOgg, writeOgg } from '~/app/_room/media/ogg';
import { readVoice, samplesOf, secondsAtMost, secondsOf, writeVoice } from '~/app/_room/media/opus';
import {
  eraseTokensOf,
  joined,
  makeParcel,
  openPart,
  parcelAtMost,
  placesOf,
} from '~/app/_room/media/parcel';
import { bareJpeg, barePicture, bareWebp, sideAtMost } from '~/app/_room/media/picture';
import { readWebm } from '~/app/_room/media/webm';
import { eraseToken } from '~/app/_room/protocol/keys';
import { Malformed, readAll } from '~/server/rooms/rules/bytes';
import { parcelLengths } from '~/server/rooms/rules/sizes';
import { room, woman } from '~/tests/support/rooms';

const recorded = new Uint8Array(readFileSync('tests/data/tone.webm'));
const tone = readWebm(recorded);
const canary = new TextEncoder().encode('CANARIO-Sabina-Ananea-2026');
const holds = (bytes: Uint8Array, part: Uint8Array | string) =>
  Buffer.from(bytes).includes(Buffer.from(typeof part === 'string' ? new TextEncoder().encode(part) : part));
/** What it makes of broken bytes: a value, or Malformed, and nothing else. */
const survives = (read: (bytes: Uint8Array) => unknown) => (bytes: Uint8Array) => {
  try {
    read(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(Malformed);
  }
};
/** An honest thing with some bytes turned, and perhaps cut off. */
const brokenOf = (honest: Uint8Array) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(honest.length - 1), fc.nat(255)), { maxLength: 8 }),
      fc.option(fc.nat(honest.length), { nil: honest.length }),
    )
    .map(([turned, length]) => {
      const bytes = honest.slice();
      for (const [at, value] of turned) bytes[at] = value;
      return bytes.slice(0, length);
    });
const fuzzed = (honest: Uint8Array, read: (bytes: Uint8Array) => unknown) =>
  fc.assert(fc.property(fc.oneof(brokenOf(honest), fc.uint8Array({ maxLength: 300 })), survives(read)), {
    numRuns: 400,
  });

describe('a recording', () => {
  it('of two seconds is read, and what is kept of it is the sound alone', () => {
    expect([tone.channels, secondsOf(tone)]).toEqual([1, 2]);
    const kept = writeVoice(tone);
    expect(readVoice(kept)).toEqual(tone);
    // The recorder names its program and draws a number for the track.
    expect(holds(recorded, 'Chrome')).toBe(true);
    const uid = recorded.indexOf(0x73);
    for (const made of [kept, writeOgg(tone)]) {
      expect(holds(made, 'Chrome')).toBe(false);
      expect(holds(made, recorded.slice(uid + 3, uid + 10))).toBe(false);
    }
  });
  it('with tags and a day in it loses them', () => {
    // Tags and DateUTC, as another program would write them, between the parts.
    const element = (name: number[], content: Uint8Array) =>
      concatBytes(Uint8Array.from([...name, 0x80 + content.length]), content);
    const cluster = Buffer.from(recorded).lastIndexOf(Buffer.from('1f43b675', 'hex'));
    const tagged = concatBytes(
      recorded.slice(0, cluster),
      element([0x12, 0x54, 0xc3, 0x67], canary),
      element([0x44, 0x61], new Uint8Array(8).fill(7)),
      recorded.slice(cluster),
    );
    expect(holds(tagged, canary)).toBe(true);
    expect(writeVoice(readWebm(tagged))).toEqual(writeVoice(tone));
  });
  it('comes back from Ogg as it was, whatever the tags said', () => {
    const file = writeOgg(tone);
    expect(readOgg(file)).toEqual(tone);
    const tags = Buffer.from(file).indexOf('OpusTags');
    const tagged = concatBytes(
      file.slice(0, tags - 1),
      Uint8Array.of(16 + canary.length),
      file.slice(tags, tags + 16),
    );
    const named = concatBytes(tagged, canary, file.slice(tags + 16));
    expect(readOgg(named)).toEqual(tone);
  });
  it('any sound there is goes through a note and through Ogg', () => {
    const packet = fc
      .tuple(
        fc.integer({ min: 0, max: 31 }),
        fc.integer({ min: 0, max: 2 }),
        fc.uint8Array({ maxLength: 700 }),
      )
      .map(([config, code, rest]) => Uint8Array.of(config * 8 + code, ...rest));
    fc.assert(
      fc.property(
        fc.array(packet, { minLength: 1, maxLength: 120 }),
        fc.integer({ min: 1, max: 2 }),
        fc.nat(0xffff),
        (packets, channels, preSkip) => {
          const voice = { channels, preSkip, packets };
          expect(readVoice(writeVoice(voice))).toEqual(voice);
          expect(readOgg(writeOgg(voice))).toEqual(voice);
        },
      ),
      { numRuns: 40 },
    );
  });
  it.each([
    ['20 ms of one frame', [0x08], 960],
    ['60 ms', [0x18], 2880],
    ['two frames of 20 ms', [0x09], 1920],
    ['2.5 ms', [0x80], 120],
    ['three frames of 10 ms, with their number', [0x03, 3], 1440],
    ['filled up with nothing', [0x03, 0x41, 2, 9, 0, 0], 480],
  ])('counts %s', (_what, bytes, samples) => expect(samplesOf(Uint8Array.from(bytes))).toBe(samples));
  it.each([
    ['nothing', []],
    ['frames without their number', [0x03]],
    ['no frame', [0x03, 0]],
    ['more than 120 ms', [0x1b, 3]],
    ['filled up with a message', [0x03, 0x41, 2, 9, 0, 7]],
    ['filled up beyond its end', [0x03, 0x41, 200, 9, 0, 0]],
  ])('refuses %s', (_what, bytes) => expect(() => samplesOf(Uint8Array.from(bytes))).toThrow(Malformed));
  it('longer than a note may be is none', () => {
    const second = Array.from({ length: 50 }, () => Uint8Array.of(0x08, 1));
    const lasting = (seconds: number) => ({
      channels: 1,
      preSkip: 0,
      packets: Array.from({ length: seconds }, () => second).flat(),
    });
    expect(readVoice(writeVoice(lasting(secondsAtMost))).packets.length).toBe(secondsAtMost * 50);
    expect(() => writeVoice(lasting(secondsAtMost + 1))).toThrow(Malformed);
  });
  it('that was broken is Malformed and no other fault', () => {
    fuzzed(recorded, readWebm);
    fuzzed(writeOgg(tone), readOgg);
    fuzzed(writeVoice(tone), readVoice);
  });
});

describe('a picture', () => {
  const segment = (marker: number, content: Uint8Array) =>
    concatBytes(Uint8Array.of(0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255), content);
  const sof = (width: number, height: number, marker = 0xc0) =>
    segment(marker, Uint8Array.of(8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0));
  const start = Uint8Array.of(0xff, 0xd8);
  const end = Uint8Array.of(0xff, 0xd9);
  const scan = concatBytes(
    segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)),
    Uint8Array.of(1, 2, 0xff, 0, 3, 0xff, 0xd0, 4),
  );
  const table = segment(0xdb, new Uint8Array(65).fill(1));
  const bare = concatBytes(start, table, sof(640, 480), scan, end);

  it('keeps no camera, place, comment, profile, nor what hangs behind its end', () => {
    const told = concatBytes(
      start,
      ...[0xe0, 0xe1, 0xe2, 0xed, 0xee, 0xfe].map((marker) => segment(marker, canary)),
      table,
      sof(640, 480),
      segment(0xfe, canary),
      scan,
      end,
      canary,
    );
    expect(bareJpeg(told)).toEqual({ kind: 'image/jpeg', width: 640, height: 480, bytes: bare });
    expect(barePicture(bare).bytes).toEqual(bare);
  });
  it('of several scans keeps them all', () => {
    const several = concatBytes(start, table, sof(9, 9, 0xc2), scan, scan, end);
    expect(bareJpeg(several).bytes).toEqual(several);
  });
  it('in WebP keeps its frame alone', () => {
    const chunk = (name: string, content: Uint8Array) => {
      const head = new Uint8Array(8);
      head.set(new TextEncoder().encode(name));
      new DataView(head.buffer).setUint32(4, content.length, true);
      return concatBytes(head, content, new Uint8Array(content.length % 2));
    };
    const frame = Uint8Array.of(0x10, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0xe0, 1, 5, 6, 7);
    const file = (...chunks: Uint8Array[]) => {
      const inside = concatBytes(new TextEncoder().encode('WEBP'), ...chunks);
      const head = new Uint8Array(8);
      head.set(new TextEncoder().encode('RIFF'));
      new DataView(head.buffer).setUint32(4, inside.length, true);
      return concatBytes(head, inside);
    };
    const plain = file(chunk('VP8 ', frame));
    const told = file(
      chunk('VP8X', new Uint8Array(10)),
      chunk('ICCP', canary),
      chunk('VP8 ', frame),
      chunk('EXIF', canary),
      chunk('XMP ', canary),
    );
    expect(bareWebp(told)).toEqual({ kind: 'image/webp', width: 640, height: 480, bytes: plain });
    expect(barePicture(plain).bytes).toEqual(plain);
    fuzzed(told, barePicture);
  });
  it.each([
    ['too wide', concatBytes(start, sof(sideAtMost + 1, 9), scan, end)],
    ['of no height', concatBytes(start, sof(9, 0), scan, end)],
    ['without a frame', concatBytes(start, scan, end)],
    ['without an end', concatBytes(start, sof(9, 9), scan)],
    ['another kind', new TextEncoder().encode('GIF89a')],
    ['nothing', new Uint8Array(0)],
  ])('refuses one that is %s', (_what, bytes) => expect(() => barePicture(bytes)).toThrow(Malformed));
  it('that was broken is Malformed and no other fault', () => fuzzed(bare, barePicture));
});

describe('a parcel', () => {
  const of = (size: number) => Uint8Array.from({ length: size }, (_none, at) => (at * 7 + (at >> 8)) & 255);

  it('comes back whole, in parts of three lengths', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: parcelAtMost }), (size) => {
        const { label, parts } = makeParcel(room, of(size));
        expect(parts.every(({ sealed }) => parcelLengths.includes(sealed.length))).toBe(true);
        expect(placesOf(label)).toEqual(parts.map(({ place }) => place));
        const opened = parts.map(({ sealed }, at) => openPart(room, label, at, sealed));
        expect(Buffer.compare(joined(label, opened), of(size))).toBe(0);
      }),
      { numRuns: 12 },
    );
  });
  it('of nothing, and of too much, is none', () => {
    expect(() => makeParcel(room, of(0))).toThrow(Malformed);
    expect(() => makeParcel(room, of(parcelAtMost + 1))).toThrow(Malformed);
  });

  const { label, parts } = makeParcel(room, of(140_000));
  it.each([
    ['another part of it', () => openPart(room, label, 0, parts[1]!.sealed)],
    ['a part cut off', () => openPart(room, label, 0, parts[0]!.sealed.slice(0, -1))],
    ['a part of another room', () => openPart('b2'.repeat(16), label, 0, parts[0]!.sealed)],
    ['a part too many', () => openPart(room, label, 3, parts[0]!.sealed)],
    [
      'one sealed again under the same key',
      () => {
        // Who can read the message has the key; the author has signed what it must be.
        const again = makeParcel(room, of(140_000), label.key);
        return openPart(room, label, 0, again.parts[0]!.sealed);
      },
    ],
    ['too few', () => joined(label, [of(65_532), of(65_532)])],
    ['too short', () => joined(label, [of(65_532), of(65_532), of(1)])],
  ])('takes nothing for it but its own: not %s', (_what, act) => expect(act).toThrow(Malformed));
  it('with any bit turned is nothing', () => {
    const small = makeParcel(room, of(300));
    const { sealed } = small.parts[0]!;
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const turned = sealed.slice();
        turned[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => openPart(room, small.label, 0, turned)).toThrow(Malformed);
      }),
      { numRuns: 50 },
    );
  });
  it('is erased by its author alone, and no two parcels of hers look alike', () => {
    const [ana, berta] = [woman('Luna'), woman('Cerro')];
    const again = makeParcel(room, of(140_000)).label;
    const hex = (all: Uint8Array[]) => all.map((one) => Buffer.from(one).toString('hex'));
    expect(hex(eraseTokensOf(ana.keys, label))).toEqual(hex(eraseTokensOf(ana.keys, label)));
    const all = [
      ...hex(eraseTokensOf(ana.keys, label)),
      ...hex(eraseTokensOf(berta.keys, label)),
      ...hex(placesOf(label)),
      ...hex(placesOf(again)),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('what a message says of it', () => {
  const { label } = makeParcel(room, new Uint8Array(70_000).fill(3));
  it('comes back', () => {
    const voice = { day: 330, seconds: 12, label };
    const picture = { day: 330, alt: 'La bocamina, con tres compañeras', label };
    expect(readAll(writeVoiceNote(voice), readVoiceNote)).toEqual(voice);
    expect(readAll(writePictureNote(picture), readPictureNote)).toEqual(picture);
  });
  it('is erased with what lies apart, by the same kind of token as everything she said', () => {
    const frame = { session: new Uint8Array(8).fill(4), counter: 7 };
    const saying = (type: number, body: Uint8Array) => Uint8Array.of(type, ...body);
    const voice = saying(mediaTypes.voice, writeVoiceNote({ day: 330, seconds: 12, label }));
    const [first, ...apart] = eraseLinesOfSaid({ ...frame, body: voice });
    expect(first).toEqual(frame);
    const { keys } = woman('Luna');
    const tokens = apart.map(({ session, counter }) => eraseToken(keys, session, counter));
    expect(tokens).toEqual(eraseTokensOf(keys, label));
    const picture = saying(mediaTypes.picture, writePictureNote({ day: 330, alt: '', label }));
    expect(eraseLinesOfSaid({ ...frame, body: picture }).length).toBe(1 + label.parts.length);
    for (const body of [saying(1, voice), saying(mediaTypes.voice, picture), new Uint8Array(0)])
      expect(eraseLinesOfSaid({ ...frame, body })).toEqual([frame]);
  });
  it.each([
    ['no second', { day: 1, seconds: 0, label }],
    ['too many seconds', { day: 1, seconds: secondsAtMost + 1, label }],
    ['no parts', { day: 1, seconds: 1, label: { ...label, parts: [] } }],
    ['other parts than its size has', { day: 1, seconds: 1, label: { ...label, size: 10 } }],
  ])('is refused with %s', (_what, voice) =>
    expect(() => readAll(writeVoiceNote(voice), readVoiceNote)).toThrow(Malformed),
  );
  it('that was broken is Malformed and no other fault', () => {
    fuzzed(writeVoiceNote({ day: 1, seconds: 12, label }), (bytes) => readAll(bytes, readVoiceNote));
    fuzzed(writePictureNote({ day: 1, alt: 'ñ', label }), (bytes) => readAll(bytes, readPictureNote));
  });
});
