import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { Malformed, type Reader, Writer } from './bytes';
import type { Hex } from './orders';
import { membersAtMost } from './sizes';

/** That a key is one of the members’, told without telling of the others. */
export type Proof = { key: Hex; salt: Uint8Array; place: number; path: Uint8Array[] };

const depth = Math.log2(membersAtMost);
const leaf = (salt: Uint8Array, key: Hex) => sha256(concatBytes(new Uint8Array([0]), salt, hexToBytes(key)));
const join = (left: Uint8Array, right: Uint8Array) => sha256(concatBytes(new Uint8Array([1]), left, right));

function levels(leaves: Uint8Array[]): Uint8Array[][] {
  const all = [leaves];
  for (let level = leaves; level.length > 1; ) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < level.length; at += 2) above.push(join(level[at]!, level[at + 1]!));
    all.push(above);
    level = above;
  }
  return all;
}

/**
 * The tree over the members’ keys, always of the same size.
 * @param salt of each place, known to the members alone: without it a leaf tells nothing of its key
 */
export function treeOf(keys: readonly Hex[], salt: (place: number) => Uint8Array) {
  if (keys.length > membersAtMost) throw new Malformed();
  const leaves = Array.from({ length: membersAtMost }, (_, place) =>
    keys[place] ? leaf(salt(place), keys[place]) : sha256(concatBytes(new Uint8Array([2]), salt(place))),
  );
  const all = levels(leaves);
  return {
    root: bytesToHex(all.at(-1)![0]!),
    proof(key: Hex): Proof {
      const place = keys.indexOf(key);
      if (place < 0) throw new Malformed();
      const path = all.slice(0, -1).map((level, height) => level[(place >> height) ^ 1]!);
      return { key, salt: salt(place), place, path };
    },
  };
}

export function isProven(root: Hex, { key, salt, place, path }: Proof): boolean {
  if (path.length !== depth || place >= membersAtMost) return false;
  const top = path.reduce(
    (hash, other, height) => ((place >> height) & 1 ? join(other, hash) : join(hash, other)),
    leaf(salt, key),
  );
  return bytesToHex(top) === root;
}

export function writeProof(writer: Writer, { key, salt, place, path }: Proof): void {
  writer.fixed(hexToBytes(key), 32).fixed(salt, 16).u8(place);
  for (const hash of path) writer.fixed(hash, 32);
}
export function readProof(reader: Reader): Proof {
  const key = bytesToHex(reader.fixed(32));
  const [salt, place] = [reader.fixed(16), reader.u8()];
  return { key, salt, place, path: Array.from({ length: depth }, () => reader.fixed(32)) };
}

/** Hides how many members there are until they choose to say it. */
export const countHash = (salt: Uint8Array, members: number): Hex =>
  bytesToHex(sha256(new Writer().fixed(salt, 16).u8(members).done()));
