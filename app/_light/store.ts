import { forgetChanges } from './changes';
import { owner } from './page';
import { bytesOf, seal, textOf, unseal } from './sealed';

/** Where a thing of this owner lies: its kind, her tag, its name. */
export const placeOf = (kind: string, name: string) => `${kind} ${owner} ${name}`;

// Sealing takes a moment: what has been dropped or written anew in the meantime is not brought back.
const turns = new Map<string, number>();
const turn = (place: string) => {
  const next = (turns.get(place) ?? 0) + 1;
  turns.set(place, next);
  return next;
};
let over = false;
/** Whether this page has forgotten all that is hers, and is on its way out. */
export const hasForgotten = () => over;

/** What lies there; null for nothing, and for what cannot be opened. */
export async function read<T>(place: string): Promise<T | null> {
  try {
    return await unseal<T>(place, bytesOf(localStorage.getItem(place)!));
  } catch {
    return null;
  }
}

/** Seals and keeps; says whether it held. A full or forbidden storage does not. */
export async function write(place: string, value: unknown): Promise<boolean> {
  const mine = turn(place);
  try {
    const sealed = await seal(place, value);
    if (over || turns.get(place) !== mine) return false;
    localStorage.setItem(place, textOf(sealed));
    return true;
  } catch {
    return false;
  }
}

export function drop(place: string): void {
  turn(place);
  try {
    localStorage.removeItem(place);
  } catch {
    // Storage is forbidden here: there is nothing of ours in it.
  }
}

/** The places of one kind, of this owner alone. */
export function placesOf(kind: string): string[] {
  try {
    return owner ? Object.keys(localStorage).filter((place) => place.startsWith(placeOf(kind, ''))) : [];
  } catch {
    return [];
  }
}

/**
 * Forgets this owner's things and takes no more; with `everything`, whatever this site has kept for anybody.
 * @returns when the changes of texts are gone too; who leaves at once does not wait for it.
 */
export function forget(everything: boolean): Promise<unknown> {
  over = true;
  const changes = forgetChanges(everything);
  try {
    sessionStorage.clear();
    if (everything) localStorage.clear();
    else
      for (const place of Object.keys(localStorage))
        if (place.includes(` ${owner} `)) localStorage.removeItem(place);
  } catch {
    // As above.
  }
  return changes;
}
