import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signed } from '~/app/_room/protocol/ahead';
import { areAllGood, goodAmong } from '~/app/_room/protocol/batch';
import { signWith } from '~/app/_room/protocol/keys';
import { isSigned } from '~/server/rooms/rules/orders';
import { woman } from '~/tests/support/rooms';

const women = ['Luna', 'Cerro', 'Quena'].map(woman);
const signed: Signed[] = Array.from({ length: 40 }, (_, at) => {
  const message = new TextEncoder().encode(`palabra ${at}`);
  return { message, signature: signWith(women[at % 3]!.keys, message) };
});
const isGood = ({ message, signature }: Signed) => isSigned(message, signature);
/** The same with one bit turned: of what was said, of who said it, of what stands under it. */
function bent(one: Signed, where: 'message' | 'by' | 'bytes', bit: number): Signed {
  const turn = (bytes: Uint8Array) => {
    const turned = bytes.slice();
    turned[(bit >> 3) % bytes.length]! ^= 1 << (bit & 7);
    return turned;
  };
  const { message, signature } = one;
  if (where === 'message') return { message: turn(message), signature };
  if (where === 'bytes') return { message, signature: { ...signature, bytes: turn(signature.bytes) } };
  return { message, signature: { ...signature, by: bytesToHex(turn(Buffer.from(signature.by, 'hex'))) } };
}

describe('signatures looked at in a heap', () => {
  it('are good together when each of them is', () => {
    expect(areAllGood(signed)).toBe(true);
    expect(goodAmong(signed.map((one) => ({ signed: one })))).toHaveLength(40);
  });

  it('whatever is bent and wherever it lies: nothing is called good that a single check does not call good', () => {
    const where = fc.constantFrom('message' as const, 'by' as const, 'bytes' as const);
    const bends = fc.array(fc.tuple(fc.nat(signed.length - 1), where, fc.nat(511)), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(bends, (all) => {
        const heap = signed.map((one, at) => {
          const bend = all.find(([place]) => place === at);
          return { at, signed: bend ? bent(one, bend[1], bend[2]) : one };
        });
        const good = goodAmong(heap);
        const bad = new Set(heap.filter((one) => one.signed !== signed[one.at] && !isGood(one.signed)));
        expect(good.filter((one) => bad.has(one))).toEqual([]);
        // One bad one takes only its own small heap with it.
        expect(good.length).toBeGreaterThanOrEqual(signed.length - all.length * 10);
        expect(areAllGood(heap.map((one) => one.signed))).toBe(bad.size === 0);
      }),
      { numRuns: 12 },
    );
  });

  it('two that are bad do not make up for each other', () => {
    const { Fn } = ed25519.Point;
    const shifted = (one: Signed, by: bigint): Signed => {
      const bytes = one.signature.bytes.slice();
      bytes.set(Fn.toBytes(Fn.add(Fn.fromBytes(bytes.subarray(32)), Fn.create(by))), 32);
      return { ...one, signature: { ...one.signature, bytes } };
    };
    const [a, b, ...rest] = signed as [Signed, Signed, ...Signed[]];
    expect(areAllGood([shifted(a, 5n), shifted(b, -5n), ...rest])).toBe(false);
    expect(areAllGood([shifted(a, 0n), b, ...rest])).toBe(true);
  });

  it('nor is what a strict check refuses for how it is written: a key of small order, a number that is too large', () => {
    const identity = new Uint8Array(32);
    identity[0] = 1;
    const nobody = { by: bytesToHex(identity), bytes: new Uint8Array([...identity, ...new Uint8Array(32)]) };
    const small = { message: new Uint8Array(3), signature: nobody };
    expect([isGood(small), areAllGood([...signed, small])]).toEqual([false, false]);
    const [one] = signed as [Signed];
    const bytes = one.signature.bytes.slice();
    let carry = ed25519.Point.Fn.ORDER;
    for (let at = 32, over = 0; at < 64; at++, carry >>= 8n) {
      const sum = bytes[at]! + Number(carry & 255n) + over;
      bytes[at] = sum & 255;
      over = sum >> 8;
    }
    const larger = { ...one, signature: { ...one.signature, bytes } };
    expect([isGood(larger), areAllGood([larger, ...signed])]).toEqual([false, false]);
    const short = { ...one, signature: { ...one.signature, bytes: bytes.slice(0, 63) } };
    expect(areAllGood([short, ...signed])).toBe(false);
  });
});
