import * as Y from 'yjs';
import type { Db } from '~/db/client';
import { documentOf } from './document';
import { textState } from './log';
import { markOf } from './protocol';

/** A text as one update, with its state vector, as it was at this seq of its log and with the mark of that. */
export type State = { seq: number; mark: number; update: Uint8Array; vector: Uint8Array };

const nothing: State = { seq: 0, mark: 0, update: new Uint8Array([0, 0]), vector: new Uint8Array([0]) };

/**
 * Texts as one update each, made from their logs when somebody opens them. The document that merges is dropped
 * at once; the bytes of the texts opened last are kept, up to `bytesAtMost`, so that the next one who comes
 * costs only what was written since. (Merging the updates themselves would take far longer: drafting.md 2.3.)
 */
export function startStates(db: Db, bytesAtMost = 16 * 1024 * 1024) {
  const known = new Map<string, State>();
  const running = new Map<string, Promise<unknown>>();
  let bytes = 0;

  function keep(textId: string, state: State): void {
    const old = known.get(textId);
    if (old) bytes -= old.update.length;
    known.delete(textId);
    known.set(textId, state);
    bytes += state.update.length;
    for (const [id, oldest] of known) {
      if (bytes <= bytesAtMost) break;
      known.delete(id);
      bytes -= oldest.update.length;
    }
  }

  async function renew(textId: string): Promise<State> {
    const before = known.get(textId) ?? nothing;
    const { updates, seq, last } = (await textState(db, textId, undefined, before.seq))!;
    if (updates.length === 0) return before;
    const doc = documentOf([before.update, ...updates]);
    const state = {
      seq,
      mark: last ? markOf(last) : 0,
      update: Y.encodeStateAsUpdate(doc),
      vector: Y.encodeStateVector(doc),
    };
    doc.destroy();
    keep(textId, state);
    return state;
  }

  /** The state with everything that was in the log when it was asked for; one at a time for each text. */
  function of(textId: string): Promise<State> {
    const mine = (running.get(textId) ?? Promise.resolve()).catch(() => {}).then(() => renew(textId));
    running.set(textId, mine);
    const done = () => {
      if (running.get(textId) === mine) running.delete(textId);
    };
    mine.then(done, done);
    return mine;
  }

  function drop(textId: string): void {
    const old = known.get(textId);
    if (old && known.delete(textId)) bytes -= old.update.length;
  }

  return {
    of,
    /** Keeps nothing of a text that has been erased; one just being made is let go as well. */
    forget(textId: string): void {
      drop(textId);
      void running.get(textId)?.then(
        () => drop(textId),
        () => {},
      );
    },
    /** The part of an update that the log does not hold yet; null when it holds all of it. */
    async novel(textId: string, update: Uint8Array): Promise<Uint8Array | null> {
      const doc = documentOf([(await of(textId)).update]);
      const parts: Uint8Array[] = [];
      doc.on('update', (part: Uint8Array) => parts.push(part));
      Y.applyUpdate(doc, update);
      // What waits for a predecessor moves nothing yet; it is kept whole.
      const pending = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
      doc.destroy();
      if (pending) return update;
      return parts.length > 0 ? Y.mergeUpdates(parts) : null;
    },
  };
}
export type States = ReturnType<typeof startStates>;
