import type { PublicList } from '../../release/board';
import { NoNetwork } from '../net';

const freshMs = 60_000;
let last: { list: PublicList; at: number } | null = null;

/** What everybody reads of what has appeared: the whole list, so that nobody is told which one is looked for. */
export async function publicList(): Promise<PublicList> {
  if (last && Date.now() - last.at < freshMs) return last.list;
  try {
    const answer = await fetch('/api/open/released.json', {
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    if (!answer.ok) throw new NoNetwork();
    last = { list: (await answer.json()) as PublicList, at: Date.now() };
    return last.list;
  } catch {
    throw new NoNetwork();
  }
}
/** The same as it was last read; null where it never was. */
export const knownList = (): PublicList | null => last?.list ?? null;
