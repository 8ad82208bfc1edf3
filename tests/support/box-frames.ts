import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { Session } from '~/app/_room/session';
import type { Kept } from '~/server/rooms/rules/wire';

// What no honest phone sends: made from what honest ones have sent, so that it comes as far as it can.

/** How a question is spoilt. `at`, `bit`, `size` are taken modulo what there is. */
export type Spoilt = { of: number; other: number; how: (typeof ways)[number]; at: number; bit: number };
const ways = ['cut', 'flip', 'again', 'longer', 'mixed', 'stranger', 'huge', 'byte'] as const;

export const spoilt: fc.Arbitrary<Spoilt> = fc.record({
  of: fc.nat(),
  other: fc.nat(),
  how: fc.constantFrom(...ways),
  at: fc.nat(),
  bit: fc.nat(7),
});

/** @param said what was really sent, of this room and of another @param access the present key of a room */
export function spoil(
  { of, other, how, at, bit }: Spoilt,
  said: readonly Uint8Array[],
  access: Uint8Array,
): Uint8Array {
  const one = said[of % said.length]!;
  const place = at % one.length;
  switch (how) {
    case 'cut':
      return one.slice(0, place);
    case 'flip':
      return one.map((byte, i) => (i === place ? byte ^ (1 << bit) : byte));
    case 'again':
      return one;
    case 'longer':
      return Buffer.concat([one, randomBytes(1 + (at % 300))]);
    case 'mixed': {
      const two = said[other % said.length]!;
      return Buffer.concat([one.slice(0, place), two.slice(place)]);
    }
    // What was said in another room, with the key of this one where a key stands.
    case 'stranger':
      return one.length > 33 ? Buffer.concat([one.slice(0, 1), access, one.slice(33)]) : one;
    case 'huge':
      return Buffer.concat([one, Buffer.alloc(200_000, bit)]);
    case 'byte':
      return Buffer.concat([Buffer.from([at % 256]), one.slice(1)]);
  }
}

/** The frames as a lying server gives them: in another order, some twice, some not at all, some bent. */
export const misdealt = (frames: readonly Kept[]): fc.Arbitrary<Kept[]> =>
  fc
    .record({
      // Mostly the true ones, in their order, from which she may believe something at all.
      honest: fc.nat(frames.length),
      deals: fc.array(
        fc.record({ of: fc.nat(), renumber: fc.nat(4), bend: fc.option(fc.nat(), { freq: 2, nil: null }) }),
        { maxLength: frames.length * 2 },
      ),
    })
    .map(({ honest, deals }) => [
      ...frames.slice(0, honest),
      ...deals.map(({ of, renumber, bend }, turn) => {
        const kept = frames[of % frames.length]!;
        const bytes = kept.bytes.slice();
        if (bend !== null) bytes[bend % bytes.length]! ^= 1 << (bend % 8);
        return { ...kept, bytes, seq: renumber > 0 ? 1000 + turn : kept.seq };
      }),
    ]);

/** What she believes, in a form that can be compared. */
export const believes = ({ state, heard }: Session) => ({
  head: state?.head ?? null,
  members: state?.members.map(({ name }) => name) ?? [],
  said: heard.map(({ by, body }) => `${by} ${Buffer.from(body).toString('hex')}`),
});
