import * as Y from 'yjs';
import type { Commits, Outcome } from './commits';
import type { Entry } from './log';
import { startPresence } from './presence';
import { updateFrame } from './protocol';
import type { Socket } from './socket';
import type { State, States } from './state';

/** Those who have one text open: what one writes is told to the others at once and written down. */
export function gather(
  textId: string,
  { commits, states, empty }: { commits: Commits; states: States; empty: () => void },
) {
  const sockets = new Set<Socket>();
  const presence = startPresence(() => sockets);

  function relay(from: Socket | null, update: Uint8Array): void {
    const frame = updateFrame(update);
    for (const socket of sockets) if (socket !== from) socket.send(frame);
  }

  return {
    presence,
    join(socket: Socket): void {
      sockets.add(socket);
      presence.greet(socket);
    },
    part(socket: Socket): void {
      if (!sockets.delete(socket)) return;
      presence.leave(socket);
      if (sockets.size === 0) empty();
    },
    /** @param from who brought it; null: a form, whose update is in the log already. */
    relay,
    /** @returns false when too much waits to be written: then it is neither kept nor told. */
    accept(from: Socket, entry: Entry, settled: (outcome: Outcome) => void): boolean {
      if (!commits.add(textId, entry, settled)) return false;
      relay(from, entry.bytes);
      return true;
    },
    /** All that a client with this state vector lacks; what was relayed before now is in it. */
    async missing(vector: Uint8Array): Promise<{ state: State; update: Uint8Array }> {
      await commits.settled(textId);
      const state = await states.of(textId);
      const fresh = vector.length === 1 && vector[0] === 0;
      return { state, update: fresh ? state.update : Y.diffUpdate(state.update, vector) };
    },
    async novel(update: Uint8Array): Promise<Uint8Array | null> {
      await commits.settled(textId);
      return states.novel(textId, update);
    },
  };
}
export type Peers = ReturnType<typeof gather>;
