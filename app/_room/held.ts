import type { Hex } from '~/server/rooms/rules/orders';
import type { MemberKeys } from './protocol/keys';
import type { State } from './protocol/state';

/** What keeps a woman in a room; all of it stands in her keyring, none of it anywhere else. */
export type Held = {
  room: Hex;
  epoch: number;
  key: Uint8Array;
  mine: MemberKeys;
  after: number;
  state: State | null;
  /**
   * What lets her read again, on another day, what she has weighed already: the keys from before, who was a member, the
   * last heads. Where it is there, reading begins at the beginning.
   */
  past?: { keys: { epoch: number; key: Uint8Array }[]; former: Named[]; heads: Hex[] };
};
type Named = { sign: Hex; name: string };
/** Who was let in by a change of key: her invite, and the note that opens for her. */
export type Admitted = { id: Hex; key: Hex; note: Uint8Array };

/** How an epoch was reached, until its first frame has been proven; `from`: where the first frame of it stands. */
export type Reached = {
  key: Uint8Array;
  unproven: { note: Uint8Array; checkpoint: State } | null;
  from?: number;
};

const [pastKeysAtMost, formerAtMost, headsAtMost] = [12, 24, 8];
type Known = { state: State | null; after: number; former: ReadonlyMap<Hex, string> };

/** What the keyring is to hold from now on: all that she has weighed, up to the last key that was proven. */
export function holdOf(
  held: Held,
  { state, after, former }: Known,
  epochs: ReadonlyMap<number, Reached>,
  heads: ReadonlySet<Hex>,
): Held {
  const epoch = state?.epoch ?? held.epoch;
  const known = [...epochs].filter(([one, { unproven }]) => one < epoch && !unproven);
  const past = {
    keys: known.slice(-pastKeysAtMost).map(([one, { key }]) => ({ epoch: one, key })),
    former: [...former].slice(-formerAtMost).map(([sign, name]) => ({ sign, name })),
    heads: [...heads].slice(-headsAtMost),
  };
  const { room, mine } = held;
  // A change of key that is false is judged anew on each day, or it would be forgotten with this sitting.
  const doubtful = [...epochs.values()].flatMap(({ unproven, from }) => (unproven && from ? [from - 1] : []));
  const weighed = Math.min(Math.max(after, held.after), ...doubtful);
  return { room, mine, epoch, after: weighed, state, key: epochs.get(epoch)!.key, past };
}
