import * as Y from 'yjs';
import type { Db } from '~/db/client';
import { documentOf, type Part } from './document';
import { textState } from './log';
import { markOf } from './protocol';
import { isPacked, pack, unpack } from './snapshots';

/** A text as one update, with its state vector, as it was at this seq of its log and with the mark of that. */
export type State = { seq: number; mark: number; update: Uint8Array; vector: Uint8Array };
/** The same as it lies in a snapshot (`snapshots.ts`). */
export type Packed = { seq: number; mark: number; packed: Uint8Array };

/** What is known of a text: as an update, packed, or both; each is made from the other when somebody asks for it. */
type Known = {
  seq: number;
  mark: number;
  plain: { update: Uint8Array; vector: Uint8Array } | null;
  packed: Uint8Array | null;
};
type Plain = NonNullable<Known['plain']>;

const nothing: Known = {
  seq: 0,
  mark: 0,
  plain: { update: new Uint8Array([0, 0]), vector: new Uint8Array([0]) },
  packed: null,
};

const size = ({ plain, packed }: Known) => (plain?.update.length ?? 0) + (packed?.length ?? 0);
const parts = ({ plain, packed }: Known): Part[] => (plain ? [plain.update] : packed ? [unpack(packed)] : []);

function plainOf(doc: Y.Doc): Plain {
  return { update: Y.encodeStateAsUpdate(doc), vector: Y.encodeStateVector(doc) };
}

function through<T>(all: Part[], make: (doc: Y.Doc) => T): T {
  const doc = documentOf(all);
  const made = make(doc);
  doc.destroy();
  return made;
}

/**
 * Texts as one piece each, made from their logs when somebody opens them. The document that merges is dropped
 * at once; the bytes of the texts opened last are kept, up to `bytesAtMost`, so that the next one who comes
 * costs only what was written since. (Merging the updates themselves would take far longer: drafting.md 2.3.)
 */
export function startStates(db: Db, bytesAtMost = 16 * 1024 * 1024) {
  const known = new Map<string, Known>();
  const running = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<Known>>();
  let bytes = 0;

  function drop(textId: string): void {
    const old = known.get(textId);
    if (old && known.delete(textId)) bytes -= size(old);
  }

  function keep(textId: string, state: Known): void {
    drop(textId);
    known.set(textId, state);
    bytes += size(state);
    for (const id of known.keys()) {
      if (bytes <= bytesAtMost) break;
      drop(id);
    }
  }

  async function renew(textId: string): Promise<Known> {
    const before = known.get(textId) ?? nothing;
    const { updates, seq, last, packed } = (await textState(db, textId, undefined, before.seq))!;
    if (updates.length === 0) return before;
    const mark = last ? markOf(last) : 0;
    const state: Known =
      packed && isPacked(packed)
        ? { seq, mark, plain: null, packed }
        : { seq, mark, plain: through([...parts(before), ...updates], plainOf), packed: null };
    keep(textId, state);
    return state;
  }

  /**
   * What is known with everything that was in the log when it was asked for. One look at the log at a time for each
   * text, and the next one is for all who have come meanwhile: fifty who come at once cost two.
   */
  function look(textId: string): Promise<Known> {
    const waiting = next.get(textId);
    if (waiting) return waiting;
    const mine = (running.get(textId) ?? Promise.resolve())
      .catch(() => {})
      .then(() => {
        next.delete(textId);
        return renew(textId);
      });
    next.set(textId, mine);
    running.set(textId, mine);
    const done = () => {
      if (running.get(textId) === mine) running.delete(textId);
    };
    mine.then(done, done);
    return mine;
  }

  /** Adds what was made of a state to it, where it is still the one that is known. */
  function complete(textId: string, state: Known, made: Partial<Known>): void {
    const before = size(state);
    Object.assign(state, made);
    if (known.get(textId) === state) bytes += size(state) - before;
  }

  async function of(textId: string): Promise<State> {
    const state = await look(textId);
    if (!state.plain) complete(textId, state, { plain: through(parts(state), plainOf) });
    return { seq: state.seq, mark: state.mark, ...state.plain! };
  }

  async function packed(textId: string): Promise<Packed> {
    const state = await look(textId);
    if (!state.packed) complete(textId, state, { packed: through(parts(state), pack) });
    return { seq: state.seq, mark: state.mark, packed: state.packed! };
  }

  return {
    of,
    packed,
    /** Only how far the log goes, and about how long the whole text is; nothing is made of it. */
    async end(textId: string): Promise<{ seq: number; mark: number; length: number }> {
      const state = await look(textId);
      return { seq: state.seq, mark: state.mark, length: state.plain?.update.length ?? state.packed!.length };
    },
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
