import type { Host } from '~/app/_keyring/frame/host';
import type { Hex } from '~/server/rooms/rules/orders';
import { type AskServer, type Held, Session } from '../session';

/** A room that she has left for «Mi espacio», as it was heard so far; `gone`: what of hers she had erased. */
export type Parked = { session: Session; gone: Set<number> };
// In this frame's memory and nowhere else, for as long as the keyring is open: a lock forgets it with the keys.
const parked = new Map<Hex, Parked>();

/**
 * Her sitting in a room. Where she was in it since she opened her keyring, it is the same one: only what is new is
 * read then, and nothing is weighed twice. What another phone wrote into the keyring meanwhile is heard from the room.
 */
export function sitDown(host: Pick<Host, 'onLock'>, held: Held, server: AskServer): Parked {
  const there = parked.get(held.room);
  // Taken out and in again, she has other keys, and hears from her joining on.
  if (there && same(there.session.held.mine.sign, held.mine.sign)) {
    for (const key of [held.key, ...Object.values(held.mine)]) key.fill(0);
    return there;
  }
  getUp(held.room);
  const fresh = { session: new Session(held, server), gone: new Set<number>() };
  parked.set(held.room, fresh);
  host.onLock(() => getUp(held.room));
  return fresh;
}

const same = (one: Uint8Array, other: Uint8Array) => one.join() === other.join();

/** Forgets it: the frame locks, or she is out of the room. */
export function getUp(room: Hex): void {
  parked.get(room)?.session.forget();
  parked.delete(room);
}
