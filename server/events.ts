import { EventEmitter } from 'node:events';
import { logError } from './log';

/**
 * What happened, told after the commit. `access.*` events name whose sockets are decided again;
 * an empty scope is a programming error, since it would cut off everybody.
 */
export type ForumEvent =
  | { type: 'access.session.ended'; sessionIds: string[] }
  | { type: 'access.person.changed'; personIds: string[] }
  | { type: 'access.text.closed'; textIds: string[] }
  /** Deleted for good: who has it open is sent away and need not come back. */
  | { type: 'access.text.erased'; textIds: string[] }
  | { type: 'text.appended'; textId: string; author: string | null; bytes: Uint8Array }
  /** A keyring stands under a new value: the old one is to be destroyed. */
  | { type: 'keyring.written'; personIds: string[] }
  | { type: 'job.added'; kind: string };

// Next's bundle and the server's are two module graphs in one process: they meet on globalThis.
const key = Symbol.for('frente-unido.events');
const holder = globalThis as { [key]?: EventEmitter };
function bus(): EventEmitter {
  if (!holder[key]) {
    holder[key] = new EventEmitter();
    holder[key].setMaxListeners(50);
  }
  return holder[key];
}

/** Delivers an event to every listener of this process; a listener's fault is logged, never thrown. */
export function publish(event: ForumEvent): void {
  const scope = Object.values(event).find(Array.isArray);
  if (scope && scope.length === 0) throw new Error(`empty scope in ${event.type}`);
  bus().emit('event', event);
}

/** @returns a function that stops listening. */
export function subscribe(listener: (event: ForumEvent) => void): () => void {
  const safe = (event: ForumEvent) => {
    try {
      listener(event);
    } catch (error) {
      logError(event.type, error);
    }
  };
  bus().on('event', safe);
  return () => bus().off('event', safe);
}
