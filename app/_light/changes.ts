import { owner } from './page';
import { bytesOf, seal, textOf, unseal } from './sealed';

// Changes of drafts that the forum has not written down yet: sealed and bound to their owner like all that the phone
// keeps (docs/decisions/070), in IndexedDB, which says when a thing has really been written. Of open spaces only.

/** One stretch of writing: what it does to the text, and its words, which can be read without the text. */
export type Change = { id: string; room: string; at: number; update: Uint8Array<ArrayBuffer>; words: string };
type Sealed = Omit<Change, 'id' | 'update'> & { update: string };

const base = 'cambios';
const hers = (id: string) => `${owner} ${id}`;
const mine = () => IDBKeyRange.bound(hers(''), hers('\uffff'));

// Says at once, and without opening anything, whether something of hers lies here: most pages of most people ask
// in vain. Like all of hers it goes with her (store.ts).
const sign = `${base} ${owner} `;
const signed = () => {
  try {
    return owner !== '' && localStorage.getItem(sign) !== null;
  } catch {
    return false;
  }
};
/** Whether changes of hers may wait here. */
export const anyChanges = signed;

const leaving = 'olvida';
let over = false;
addEventListener(leaving, () => {
  over = true;
});

function open(make: boolean): Promise<IDBDatabase> {
  return new Promise((resolve, fail) => {
    const asked = indexedDB.open(base, 1);
    asked.onupgradeneeded = () => {
      // Who has never kept anything leaves no trace of having looked.
      if (make) asked.result.createObjectStore(base);
      else asked.transaction!.abort();
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => fail(asked.error);
    asked.onblocked = () => fail(asked.error);
  });
}

/** Does something with what is kept; resolves when it is on the phone, and not before. */
async function within<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opened = await open(mode === 'readwrite');
  try {
    return await new Promise<T>((resolve, fail) => {
      const moved = opened.transaction(base, mode);
      const asked = act(moved.objectStore(base));
      moved.oncomplete = () => resolve(asked.result);
      moved.onabort = () => fail(moved.error);
    });
  } finally {
    opened.close();
  }
}

/** Keeps a change, or what has become of it; says whether it is on the phone. */
export async function keepChange({ id, update, ...rest }: Change): Promise<boolean> {
  try {
    if (!owner || over) return false;
    const place = hers(id);
    const sealed = await seal(place, { ...rest, update: textOf(update) } satisfies Sealed);
    if (over) return false;
    localStorage.setItem(sign, '');
    await within('readwrite', (store) => store.put(sealed, place));
    // Another window may have found nothing meanwhile, and taken the sign away.
    if (!over) localStorage.setItem(sign, '');
    return !over;
  } catch {
    return false;
  }
}

export async function dropChange(id: string): Promise<void> {
  try {
    await within('readwrite', (store) => store.delete(hers(id)));
    if ((await countChanges()) === 0) localStorage.removeItem(sign);
  } catch {
    // It is sent once more, which harms nothing.
  }
}

// As which bytes a change lay there when it was read.
const asRead = new WeakMap<Change, Uint8Array>();
const same = (a: Uint8Array, b: Uint8Array | undefined) =>
  a.length === b?.length && a.every((byte, i) => byte === b[i]);

/**
 * Lets go of a change that the forum has, or that she has seen and does not want: unless another window has written
 * more into it since. Says whether it is gone.
 */
export async function dropAsRead(change: Change): Promise<boolean> {
  const place = hers(change.id);
  const before = asRead.get(change);
  let gone = true;
  try {
    // Within one transaction: nothing is written between the look and the deletion. A seal is another each time.
    await within<Uint8Array | undefined>('readwrite', (store) => {
      const asked = store.get(place) as IDBRequest<Uint8Array | undefined>;
      asked.onsuccess = () => {
        gone = asked.result === undefined || !before || same(before, asked.result);
        if (gone) store.delete(place);
      };
      return asked;
    });
    if ((await countChanges()) === 0) localStorage.removeItem(sign);
  } catch {
    // It is sent once more, which harms nothing.
  }
  return gone;
}

/** How many changes of hers wait; 0 where nothing can be kept. */
export async function countChanges(): Promise<number> {
  try {
    return signed() ? await within('readonly', (store) => store.count(mine())) : 0;
  } catch {
    return 0;
  }
}

// Under another key, or spoiled: nobody will ever read it. Anything else that fails may go well the next time.
const isSealedForEver = (error: unknown) => error instanceof DOMException && error.name === 'OperationError';

/** Her changes, the oldest first. What can no longer be opened blocks nothing, and goes; what cannot be read now stays. */
export async function keptChanges(): Promise<Change[]> {
  const found: Change[] = [];
  try {
    const keys = signed() ? await within('readonly', (store) => store.getAllKeys(mine())) : [];
    for (const key of keys) {
      const id = String(key).slice(hers('').length);
      try {
        const sealed = await within<Uint8Array<ArrayBuffer>>('readonly', (store) => store.get(key));
        const { update, ...rest } = await unseal<Sealed>(String(key), sealed);
        const change = { ...rest, id, update: bytesOf(update) };
        asRead.set(change, sealed);
        found.push(change);
      } catch (error) {
        if (isSealedForEver(error)) await dropChange(id);
      }
    }
  } catch {
    // Nothing has ever been kept here, or nothing may be.
  }
  return found.sort((a, b) => a.at - b.at);
}

/** Takes no more, in any script of this page, and forgets hers; with `everything`, anybody's. */
export async function forgetChanges(everything: boolean): Promise<void> {
  dispatchEvent(new Event(leaving));
  // The sign goes with the rest of hers, at once.
  const some = signed();
  try {
    if (everything) indexedDB.deleteDatabase(base);
    else if (some) await within('readwrite', (store) => store.delete(mine()));
  } catch {
    // There is nothing of ours in it.
  }
}
