import { pippenger } from '@noble/curves/abstract/curve.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes, randomBytes } from '@noble/hashes/utils.js';
import type { Hex } from '~/server/rooms/rules/orders';
import type { Signed } from './ahead';

const { Point } = ed25519;
const { Fn } = Point;
/** Fewer than so many are looked at one by one: a heap is halved down to them, so that one bad one costs little. */
const tooFew = 6;

/** A number as Ed25519 writes it, the lowest byte first. */
function numberOf(bytes: Uint8Array): bigint {
  let hex = '';
  for (let at = bytes.length - 1; at >= 0; at--) hex += bytes[at]!.toString(16).padStart(2, '0');
  return BigInt(`0x${hex}`);
}

/**
 * Whether all of these are good, in one reckoning: each equation times a number that nobody could know beforehand, summed.
 * The equation is the one that a single check makes (RFC 8032 with the cofactor, strictly written points, no key of small
 * order): it calls nothing good that a single check would not, but for one case in 2¹²⁸.
 */
export function areAllGood(all: readonly Signed[]): boolean {
  try {
    const keys = new Map<Hex, { point: InstanceType<typeof Point>; times: bigint }>();
    const points: InstanceType<typeof Point>[] = [];
    const times: bigint[] = [];
    let base = 0n;
    for (const { message, signature } of all) {
      const by = hexToBytes(signature.by);
      const [r, s] = [signature.bytes.subarray(0, 32), numberOf(signature.bytes.subarray(32))];
      if (signature.bytes.length !== 64 || !Fn.isValid(s)) return false;
      const key = keys.get(signature.by) ?? { point: Point.fromBytes(by), times: 0n };
      keys.set(signature.by, key);
      const factor = numberOf(randomBytes(16));
      const asked = Fn.create(numberOf(sha512(concatBytes(r, by, message))));
      points.push(Point.fromBytes(r));
      times.push(factor);
      key.times = Fn.add(key.times, Fn.mul(factor, asked));
      base = Fn.add(base, Fn.mul(factor, s));
    }
    for (const { point, times: of } of keys.values()) {
      if (point.isSmallOrder()) return false;
      points.push(point);
      times.push(of);
    }
    points.push(Point.BASE);
    times.push(Fn.neg(base));
    return pippenger(Point, points, times).clearCofactor().is0();
  } catch {
    return false;
  }
}

/** Those that are good, as far as heaps tell: what shares a small heap with a bad one is left to be looked at alone. */
export function goodAmong<One extends { signed: Signed }>(all: readonly One[]): One[] {
  if (all.length < tooFew) return [];
  if (areAllGood(all.map(({ signed }) => signed))) return [...all];
  const half = Math.ceil(all.length / 2);
  return [...goodAmong(all.slice(0, half)), ...goodAmong(all.slice(half))];
}
