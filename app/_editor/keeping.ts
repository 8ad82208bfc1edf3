import * as Y from 'yjs';
import type { Change } from '../_light/changes';

/** Where changes are kept on the phone: `hold` says whether they really lie there. */
export type Shelf = {
  hold(change: Change): Promise<boolean>;
  /** `read`: only as it lay there then, since another window may write on in it. */
  release(id: string, read?: Change): Promise<unknown>;
  all(): Promise<Change[]>;
};

type Batch = {
  id: string;
  at: number;
  updates: Uint8Array[];
  words: string;
  bytes: number;
  timer: ReturnType<typeof setTimeout> | null;
  /** How many of its updates are on the phone. */
  kept: number;
  writing: Promise<void>;
  settled: boolean;
  /** As an earlier page, or another window, has left it. */
  read?: Change;
};

// What the forum confirms sooner is never written to the phone.
const soon = 300;
// A pause, or a lot of words, ends one change and begins the next.
const pause = 2_000;
const updatesAtMost = 200;
// A change is sent from any page in one frame, of which the forum takes 256 kB (server/realtime/protocol.ts).
const bytesAtMost = 200_000;

/**
 * Keeps own edits on the phone until the forum has them, as a few changes of several edits each.
 * @param told when more has come to lie on the phone.
 */
export function startKeeping(room: string, shelf: Shelf, told: () => void) {
  const batches = new Map<string, Batch>();
  let current: Batch | null = null;
  let last = 0;

  function write(batch: Batch): void {
    if (batch.timer) clearTimeout(batch.timer);
    batch.timer = null;
    const { id, at, words } = batch;
    const count = batch.updates.length;
    batch.writing = batch.writing.then(async () => {
      if (batch.settled) return;
      const update = Y.mergeUpdates(batch.updates.slice(0, count)) as Uint8Array<ArrayBuffer>;
      if (await shelf.hold({ id, room, at, update, words })) batch.kept = count;
      if (batch.settled) await shelf.release(id);
      else told();
    });
  }

  return {
    /** One edit and its words; @returns the change that it belongs to. */
    add(update: Uint8Array, words: string, joins: boolean): string {
      const now = Date.now();
      const full =
        current !== null &&
        (current.updates.length >= updatesAtMost || current.bytes + update.length > bytesAtMost);
      if (!current || current.settled || now - last > pause || full) {
        const id = crypto.randomUUID();
        const none = { updates: [], words: '', bytes: 0, timer: null, kept: 0, settled: false };
        current = { id, at: now, writing: Promise.resolve(), ...none };
        batches.set(id, current);
      }
      last = now;
      const batch = current;
      batch.updates.push(update);
      batch.bytes += update.length;
      batch.words += joins || !batch.words || !words ? words : `\n${words}`;
      batch.timer ??= setTimeout(() => write(batch), soon);
      return batch.id;
    },
    /** The forum has every edit of all changes but these: what lies on the phone of the others goes. */
    settle(open: ReadonlySet<string | null>): void {
      for (const [id, batch] of batches) {
        if (open.has(id)) continue;
        batch.settled = true;
        batches.delete(id);
        if (batch.timer) clearTimeout(batch.timer);
        if (batch.kept > 0) void batch.writing.then(() => shelf.release(id, batch.read));
      }
    },
    /** How many changes wait; 0 unless every one of these lies on the phone, whole. */
    kept(open: ReadonlySet<string | null>): number {
      const whole = [...open].every((id) => {
        const batch = id === null ? undefined : batches.get(id);
        return batch && batch.kept === batch.updates.length;
      });
      return whole ? open.size : 0;
    },
    /** What an earlier page of hers has left on this phone for this text. */
    async left(): Promise<Change[]> {
      const all = await shelf.all();
      const found = all.filter((change) => change.room === room && !batches.has(change.id));
      for (const change of found) {
        const { id, at, update, words } = change;
        const known = {
          updates: [update],
          words,
          bytes: update.length,
          timer: null,
          kept: 1,
          settled: false,
        };
        batches.set(id, { id, at, read: change, writing: Promise.resolve(), ...known });
      }
      return found;
    },
    /** The page is about to be left: what has not been written to the phone is written now. */
    flush(): void {
      for (const batch of batches.values()) if (batch.timer) write(batch);
    },
  };
}
export type Keeping = ReturnType<typeof startKeeping>;
