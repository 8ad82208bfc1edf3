import { x25519 } from '@noble/curves/ed25519.js';
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { Malformed } from '~/server/rooms/rules/bytes';
import { countSigned, type Hex, hashHex, type Rotation, writeRotation } from '~/server/rooms/rules/orders';
import { boxLength, checkpointLength, membersAtMost, noteLength } from '~/server/rooms/rules/sizes';
import { countHash, treeOf } from '~/server/rooms/rules/tree';
import { authenticate, type SignedEvent } from './events';
import { boxTo, derive, epochKeys, type MemberKeys, openBox, pad, seal, unpad, unseal } from './keys';
import { afterRotation, ledBy } from './roster';
import { readState, type State, writeState } from './state';

// A box is opened before it is known of which epoch it is: it is bound to its room alone, and its key to its epoch.
const aadOf = (room: Hex) => concatBytes(utf8ToBytes('note'), hexToBytes(room));
const noteKey = (room: Hex, key: Uint8Array) => derive(key, 'note', hexToBytes(room));
const compare = (a: Uint8Array, b: Uint8Array) => {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at < 0 ? 0 : a[at]! - b[at]!;
};

function boxes(room: Hex, key: Uint8Array, members: State['members']): Uint8Array[] {
  const secretOf = (whose: string) => derive(key, `passing/${whose}`, hexToBytes(room));
  const made = members.map(({ seal: to }) => boxTo(to, aadOf(room), key, secretOf(to)));
  for (let at = made.length; at < membersAtMost; at++) {
    // Nobody's: a true passing key, and bytes that look like what is sealed.
    const passing = x25519.getPublicKey(secretOf(`nobody/${at}`));
    made.push(concatBytes(passing, derive(key, `nobody/${at}`, hexToBytes(room), boxLength - 32)));
  }
  // By their passing keys, which are as good as drawn: the place tells nothing of who it is for.
  return made.sort(compare);
}

/**
 * The note of a rotation: the new key to each member, unlabelled and always as many, and under it the state from which a
 * newcomer starts. It follows from key and state alone, so that every member makes it again and compares.
 */
export function makeNote(before: State, key: Uint8Array): Uint8Array {
  const after = afterRotation(before);
  const nonce = derive(key, 'note-nonce', hexToBytes(after.room), 24);
  const checkpoint = pad(writeState(after), [checkpointLength]);
  const sealed = seal(noteKey(after.room, key), aadOf(after.room), checkpoint, nonce);
  return concatBytes(...boxes(after.room, key, after.members), sealed);
}

/** The tree that lets members prove, to a blind server, that they are among them. */
export const membersTree = (state: State, treeKey: Uint8Array) =>
  treeOf([...state.members.map(({ sign }) => sign), ...state.gone].sort(), (place) =>
    derive(treeKey, `leaf/${place}`, new Uint8Array(0), 16),
  );
export const countSalt = (treeKey: Uint8Array) => derive(treeKey, 'count', new Uint8Array(0), 16);

/** The one right order for going over to `key`: whoever co-signs computes it too and compares. */
export function rotationOf(before: State, key: Uint8Array): { order: Rotation; note: Uint8Array } {
  const after = afterRotation(before);
  const keys = epochKeys(after.room, after.epoch, key);
  const note = makeNote(before, key);
  const { epoch, turn, stewards } = after;
  const order = {
    epoch,
    turn,
    stewards,
    access: hashHex(keys.access),
    note: hashHex(note),
    tree: membersTree(after, keys.tree).root,
    count: countHash(countSalt(keys.tree), after.members.length),
  };
  return { order, note };
}

/** @returns the new key and the state it begins with; null where no box is hers. */
export function openNote(
  room: Hex,
  mine: MemberKeys,
  note: Uint8Array,
): { key: Uint8Array; state: State } | null {
  if (note.length !== noteLength) return null;
  for (let at = 0; at < membersAtMost; at++) {
    const key = openBox(mine, aadOf(room), note.subarray(at * boxLength, (at + 1) * boxLength));
    if (key) return readNote(room, key, note);
  }
  return null;
}

function readNote(room: Hex, key: Uint8Array, note: Uint8Array) {
  try {
    const sealed = note.subarray(membersAtMost * boxLength);
    const state = readState(unpad(unseal(noteKey(room, key), aadOf(room), sealed)));
    return state.room === room ? { key, state } : null;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

type Reached = { key: Uint8Array; unproven: { note: Uint8Array; checkpoint: State } | null };
/**
 * Makes all of a change of key again and compares: boxes for a stranger, or one left out, would be seen here.
 * @param trusted whom a newcomer believes, who has no state to make it from
 */
export function isTrueRotation(
  room: Hex,
  state: State | null,
  event: SignedEvent,
  reached: Reached | undefined,
  trusted: readonly Hex[],
): boolean {
  const { act, prev } = event;
  if (act.kind !== 'rotated' || !reached?.unproven || act.note !== hashHex(reached.unproven.note))
    return false;
  if (state)
    return (
      hashHex(writeRotation(rotationOf(ledBy(state, act.stewards), reached.key).order)) ===
      hashHex(writeRotation(act))
    );
  const { checkpoint } = reached.unproven;
  const signers = authenticate(room, event);
  return checkpoint.head === prev && act.epoch === checkpoint.epoch && countSigned(signers, trusted) >= 2;
}
