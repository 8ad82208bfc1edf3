import type { Host } from '~/app/_keyring/frame/host';
import type { Entry } from '~/app/_keyring/lock';
import { writeAsk } from '~/server/rooms/rules/wire';
import { entryKinds } from '../../entry';
import { type Erasing, eraseSpreadOut, readErasing, writeErasing } from '../../leaving';
import { ask } from '../net';

const [leastMs, mostMs] = [2000, 20_000];
const running = new Set<string>();

export const erasingEntry = (erasing: Erasing): Entry => ({
  kind: entryKinds.erasing,
  bytes: writeErasing(erasing),
});
const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, at) => byte === b[at]);

/**
 * Goes on erasing what women of this phone have asked for, as long as the keyring is open; what is left stays in it. It
 * asks with pauses of chance, so that who watches sees no bundle that is one woman's.
 */
export function goOnErasing(host: Host): void {
  for (const entry of host.entries()) {
    if (entry.kind !== entryKinds.erasing) continue;
    const bytes = entry.bytes.slice();
    const name = bytes.join();
    if (running.has(name)) continue;
    running.add(name);
    void run(host, bytes).finally(() => running.delete(name));
  }
}

async function run(host: Host, bytes: Uint8Array): Promise<void> {
  let locked = false;
  let wake = () => {};
  host.onLock(() => {
    locked = true;
    wake();
  });
  const pause = async () => {
    await new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, leastMs + Math.random() * (mostMs - leastMs));
    });
    return !locked;
  };
  const left = await eraseSpreadOut(
    readErasing(bytes),
    (token) => ask(writeAsk({ op: 'erase', token })),
    pause,
  );
  if (locked) return;
  const change = (entries: readonly Entry[]) => {
    const rest = entries.filter((one) => one.kind !== entryKinds.erasing || !same(one.bytes, bytes));
    return left.said.length > 0 ? [...rest, erasingEntry(left)] : rest;
  };
  // Where it cannot be written, it is asked for once more another day: erasing twice is erasing once.
  await host.keep(change).catch(() => {});
}
