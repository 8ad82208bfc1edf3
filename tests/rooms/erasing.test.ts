import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Entry } from '~/app/_keyring/lock';
import { entryKinds } from '~/app/_room/entry';
import { erasingEntries, goOnErasing } from '~/app/_room/frame/acts/erasing';
import { type Erasing, partsOf, readErasing, writeErasing } from '~/app/_room/leaving';

const asked: string[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  vi.stubGlobal('fetch', async (_: string, { body }: { body: Uint8Array }) => {
    asked.push(body.join());
    return new Response(new Uint8Array([0]));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const words = (sittings: number, each: number): Erasing => ({
  seed: new Uint8Array(32).fill(7),
  said: Array.from({ length: sittings * each }, (_, at) => ({
    session: new Uint8Array(new Uint32Array([Math.floor(at / each), 1]).buffer),
    counter: (at % each) + 1,
  })),
});

/** A keyring that locks two minutes after it was opened, as a frame that nobody touches does. */
function keyring(entries: readonly Entry[]) {
  let kept = entries;
  let forget: (() => void)[] = [];
  const host = {
    entries: () => kept,
    keep: async (change: (now: readonly Entry[]) => Entry[]) => {
      kept = change(kept);
    },
    onLock: (one: () => void) => void forget.push(one),
  };
  const sitting = async () => {
    goOnErasing(host);
    // Asked for twice in one sitting, it is begun once.
    goOnErasing(host);
    await vi.advanceTimersByTimeAsync(120_000);
    for (const one of forget) one();
    forget = [];
    await vi.advanceTimersByTimeAsync(1000);
  };
  return { host, sitting };
}

it('forty words of hers are gone after some short sittings, and hardly one is asked for twice', async () => {
  const { host, sitting } = keyring(erasingEntries(words(8, 5)));
  let sittings = 0;
  for (; host.entries().length > 0 && sittings < 40; sittings++) await sitting();
  expect(host.entries()).toEqual([]);
  expect(new Set(asked).size).toBe(40);
  // Of each sitting at most the last few were not written down.
  expect(asked.length).toBeLessThanOrEqual(40 + sittings * 5);
});

it('what another phone wrote meanwhile stays', async () => {
  const { host, sitting } = keyring(erasingEntries(words(8, 5)));
  const other: Entry = { kind: entryKinds.erasing, bytes: writeErasing(words(1, 3)) };
  goOnErasing(host);
  await host.keep(() => [other]);
  await sitting();
  for (const { bytes } of host.entries()) expect(readErasing(bytes).said.length).toBeLessThanOrEqual(3);
});

it('however much she said, none of it is left out', () => {
  for (const erasing of [words(1, 600), words(600, 1), words(251, 3), words(2, 251)]) {
    const parts = partsOf(erasing).map((part) => readErasing(writeErasing(part)));
    const lines = parts.flatMap(({ said }) => said.map(({ session, counter }) => `${session}/${counter}`));
    expect(lines).toHaveLength(erasing.said.length);
    expect(new Set(lines)).toEqual(
      new Set(erasing.said.map(({ session, counter }) => `${session}/${counter}`)),
    );
  }
});
