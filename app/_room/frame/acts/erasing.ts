import type { Host } from '~/app/_keyring/frame/host';
import type { Entry } from '~/app/_keyring/lock';
import { writeAsk } from '~/server/rooms/rules/wire';
import { entryKinds } from '../../entry';
import { type Erasing, eraseSpreadOut, partsOf, readErasing, writeErasing } from '../../leaving';
import { ask } from '../net';

const [leastMs, mostMs] = [2000, 20_000];
/** After so many, what is left is written: the frame locks sooner than most are done. */
const writeAfter = 5;
const running = new Set<string>();

export const erasingEntries = (erasing: Erasing): Entry[] =>
  partsOf(erasing).map((part) => ({ kind: entryKinds.erasing, bytes: writeErasing(part) }));
const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, at) => byte === b[at]);
type Keyring = Pick<Host, 'entries' | 'keep' | 'onLock'>;

/**
 * Goes on erasing what women of this phone have asked for, as long as the keyring is open; what is left stays in it. It
 * asks with pauses of chance, so that who watches sees no bundle that is one woman's.
 */
export function goOnErasing(host: Keyring): void {
  for (const entry of host.entries()) {
    if (entry.kind !== entryKinds.erasing || running.has(entry.bytes.join())) continue;
    void run(host, entry.bytes.slice());
  }
}

async function run(host: Keyring, first: Uint8Array): Promise<void> {
  let bytes = first;
  running.add(bytes.join());
  let locked = false;
  let wake = () => {};
  host.onLock(() => {
    locked = true;
    wake();
  });
  const wait = () =>
    locked
      ? Promise.resolve()
      : new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, leastMs + Math.random() * (mostMs - leastMs));
        });
  const { seed, said } = readErasing(bytes);
  let written = said.length;
  const write = async (left: Erasing['said']) => {
    const [was, now] = [bytes, left.length > 0 ? writeErasing({ seed, said: left }) : null];
    if (now) running.add(now.join());
    // Where another phone of hers has gone on with it, what that one wrote stays.
    const change = (entries: readonly Entry[]) =>
      entries.flatMap((one): Entry[] => {
        if (one.kind !== entryKinds.erasing || !same(one.bytes, was)) return [one];
        return now ? [{ kind: entryKinds.erasing, bytes: now.slice() }] : [];
      });
    try {
      await host.keep(change);
      running.delete(was.join());
      bytes = now ?? was;
      written = left.length;
    } catch {
      // Where it cannot be written, it is asked for once more another day: erasing twice is erasing once.
      if (now) running.delete(now.join());
    }
  };
  const pause = async (left: Erasing['said']) => {
    await wait();
    if (!locked && written - left.length >= writeAfter) {
      // Between two, not beside one of them.
      await write(left);
      await wait();
    }
    return !locked;
  };
  try {
    const erase = (token: Uint8Array) => ask(writeAsk({ op: 'erase', token }));
    const left = await eraseSpreadOut({ seed, said }, erase, pause);
    if (!locked) await write(left.said);
  } finally {
    running.delete(bytes.join());
  }
}
