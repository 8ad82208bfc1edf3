import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvent } from '~/app/_room/protocol/events';
import { openFrame, sealFrame } from '~/app/_room/protocol/frames';
import {
  boxTo,
  codeKeys,
  epochKeys,
  fingerprint,
  newCode,
  openBox,
  pad,
  unpad,
} from '~/app/_room/protocol/keys';
import { makeNote, membersTree, openNote, rotationOf } from '~/app/_room/protocol/notes';
import { readState } from '~/app/_room/protocol/state';
import { Malformed } from '~/server/rooms/rules/bytes';
import { frameLengths, frameSizes, noteLength } from '~/server/rooms/rules/sizes';
import { isProven } from '~/server/rooms/rules/tree';
import { foundedBy, room, type Woman, woman } from '~/tests/support/rooms';

const [ana, berta, celia, dora] = ['Luna', 'Cerro', 'Quena', 'Río'].map(woman) as [
  Woman,
  Woman,
  Woman,
  Woman,
];
const founded = foundedBy([ana, berta, celia]);
const key = new Uint8Array(32).fill(7);
const place = { room, epoch: 1, words: epochKeys(room, 1, key).words };
const frame = { kind: 'words' as const, head: founded.head, session: new Uint8Array(8), counter: 1 };
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('a frame', () => {
  it('comes back as it was said, with its author', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (body) => {
        const opened = openFrame(place, sealFrame(place, ana.keys, { ...frame, body }));
        expect(opened).toEqual({ ...frame, body, by: ana.sign });
      }),
      { numRuns: 30 },
    );
  });
  it('has one of five lengths whatever it says', () => {
    const lengths = ['', 'hola', 'x'.repeat(200), 'x'.repeat(60_000)].map(
      (text) => sealFrame(place, ana.keys, { ...frame, body: bytesOf(text) }).length,
    );
    expect(lengths.every((length) => frameLengths.includes(length))).toBe(true);
    expect(lengths[0]).toBe(lengths[1]);
  });
  it('of another room, another epoch or another key is nothing', () => {
    const sealed = sealFrame(place, ana.keys, { ...frame, body: bytesOf('hola') });
    for (const other of [
      { ...place, room: 'b2'.repeat(16) },
      { ...place, epoch: 2 },
      { ...place, words: key },
    ])
      expect(() => openFrame(other, sealed)).toThrow(Malformed);
  });
  it('with any one bit turned is nothing', () => {
    const sealed = sealFrame(place, ana.keys, { ...frame, body: bytesOf('hola') });
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const bent = sealed.slice();
        bent[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => openFrame(place, bent)).toThrow(Malformed);
      }),
      { numRuns: 100 },
    );
  });
});

describe('what is read', () => {
  it('is refused in one way, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        for (const read of [readEvent, readState, (given: Uint8Array) => openFrame(place, given)])
          expect(() => read(bytes)).toThrow(Malformed);
      }),
      { numRuns: 300 },
    );
  });
  it('is filled up with nothing but noughts', () => {
    const padded = pad(bytesOf('hola'), frameSizes);
    expect(unpad(padded)).toEqual(bytesOf('hola'));
    padded[200] = 1;
    expect(() => unpad(padded)).toThrow(Malformed);
  });
});

describe('the note of a rotation', () => {
  const note = makeNote(founded, key);
  it('is opened by each member, and by nobody else', () => {
    for (const one of [ana, berta, celia]) expect(openNote(room, one.keys, note)?.state.epoch).toBe(2);
    expect(openNote(room, dora.keys, note)).toBeNull();
  });
  it('is of one size, and the same whoever makes it: a box for a stranger would be seen', () => {
    expect(note).toHaveLength(noteLength);
    expect(makeNote(founded, key)).toEqual(note);
    const { seal, sign } = dora;
    const slipped = { ...founded, members: [...founded.members, { seal, sign, name: 'Río', vouches: 5 }] };
    expect(rotationOf(slipped, key).order.note).not.toBe(rotationOf(founded, key).order.note);
  });
});

it('a member proves that she is one, and a stranger cannot with her proof', () => {
  const tree = membersTree(founded, key);
  expect(isProven(tree.root, tree.proof(ana.sign))).toBe(true);
  expect(isProven(tree.root, { ...tree.proof(ana.sign), key: dora.sign })).toBe(false);
  expect(isProven(tree.root, { ...tree.proof(ana.sign), place: 5 })).toBe(false);
});
it('a box is opened by whom it is for, and only where it belongs', () => {
  const box = boxTo(ana.seal, key, bytesOf('hola'));
  expect(openBox(ana.keys, key, box)).toEqual(bytesOf('hola'));
  expect([openBox(berta.keys, key, box), openBox(ana.keys, new Uint8Array(1), box)]).toEqual([null, null]);
});
it('a code of eight words leads to one place; another word, to another', () => {
  const code = newCode();
  expect(codeKeys(code.map((word) => ` ${word.toUpperCase()} `))).toEqual(codeKeys(code));
  expect(() => codeKeys(['nadie', ...code.slice(1)])).toThrow(Malformed);
  expect(fingerprint(room, ana)).toHaveLength(8);
  expect(fingerprint(room, ana)).not.toEqual(fingerprint('b2'.repeat(16), ana));
});
