import type { Hex } from '~/server/rooms/rules/orders';
import { type EpochKeys, epochKeys, type MemberKeys } from './protocol/keys';
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
  /** Who came in with a change of key and whose answer may not lie at her door yet (newcomers.ts). */
  owed?: Owed[];
};
/** A newcomer's invite, and the epoch in which she is in. */
export type Owed = { id: Hex; key: Hex; epoch: number };
type Named = { sign: Hex; name: string };
/** Who was let in by a change of key: her invite, and the note that opens for her, where it is at hand. */
export type Admitted = Owed & { note: Uint8Array | null };

/** How an epoch was reached, until its first frame has been proven; `from`: where the first frame of it stands. */
export type Reached = {
  key: Uint8Array;
  unproven: { note: Uint8Array; checkpoint: State } | null;
  from?: number;
  /** What follows from the key, once it was asked for: to derive it for each frame would take as long as the frame. */
  derived?: EpochKeys | undefined;
};
export const keysOf = (room: Hex, epoch: number, reached: Reached): EpochKeys => {
  reached.derived ??= epochKeys(room, epoch, reached.key);
  return reached.derived;
};
/** Overwrites what an epoch is opened with; what was opened ahead with it (frames.ts) is taken by nobody any more. */
export function wipe(reached: Reached): void {
  for (const one of [reached.key, ...Object.values(reached.derived ?? {})]) one.fill(0);
  reached.derived = undefined;
}

const [pastKeysAtMost, formerAtMost, headsAtMost] = [12, 24, 8];
export const owedAtMost = 8;
type Known = {
  state: State | null;
  after: number;
  former: ReadonlyMap<Hex, string>;
  admitted: readonly Admitted[];
};

/** What the keyring is to hold from now on: all that she has weighed, up to the last key that was proven. */
export function holdOf(
  held: Held,
  { state, after, former, admitted }: Known,
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
  const owed = admitted.slice(-owedAtMost).map(({ id, key, epoch }) => ({ id, key, epoch }));
  return { room, mine, epoch, after: weighed, state, key: epochs.get(epoch)!.key, past, owed };
}
