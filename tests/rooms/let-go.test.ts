import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Entry } from '~/app/_keyring/lock';
import type { Ctx } from '~/app/_room/frame/context';
import { lookAfter } from '~/app/_room/frame/release/apart';
import { type Laid, laidIn, laidName, withLaid } from '~/app/_room/release/laid';
import { proposalOf } from '~/app/_room/release/messages';
import { Purse } from '~/app/_room/release/tokens';
import { aConcern } from '../support/releases';

// What Luna's phone does with a text in her keyring when another of the room holds it.
const board = vi.hoisted(() => ({ held: [] as string[] }));
vi.mock('~/app/_room/release/acts', async (original) => ({
  ...(await original<typeof import('~/app/_room/release/acts')>()),
  releasesOf: () => board.held.map((name) => ({ name, heldBy: 'c3', laid: new Map() })),
}));
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', globalThis);
  board.held = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function aText(fill: number): Laid {
  const { salt, bytes, name } = proposalOf(new Uint8Array(32).fill(fill), aConcern());
  const nonce = Uint8Array.from(Buffer.from(name, 'hex'));
  const token = { key: '0a'.repeat(8), nonce, signature: new Uint8Array(256) };
  return { room: '11'.repeat(16), salt, bytes, token, day: '2026-11-10', from: 0 };
}
function phone(writes: () => boolean = () => true) {
  let entries: Entry[] = withLaid(withLaid([], aText(5)), aText(6));
  const asked: number[] = [];
  const purse = new Purse();
  const host = {
    entries: () => entries,
    purse: () => purse,
    async keep(change: (all: readonly Entry[]) => Entry[]) {
      asked.push(Date.now());
      if (!writes()) throw new Error('not written');
      entries = change(entries);
    },
  };
  const session = { state: null, me: 'a1', held: { room: '11'.repeat(16) } };
  const ctx = { session, host, said: () => [] } as unknown as Ctx;
  return { ctx, asked, left: () => laidIn(entries).map(laidName) };
}
const [first, second] = [laidName(aText(5)), laidName(aText(6))];

it('it goes out of her keyring, but not beside the word that holds it', async () => {
  const { ctx, asked, left } = phone();
  board.held = [first];
  const heardAt = Date.now();
  for (let frame = 0; frame < 5; frame++) lookAfter(ctx, () => false);
  await vi.advanceTimersByTimeAsync(19_000);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.map((at) => at - heardAt >= 20_000)).toEqual([true]);
  expect(left()).toEqual([second]);
});

it('where it is not written, no frame that is heard brings it about again in that sitting', async () => {
  const { ctx, asked, left } = phone(() => false);
  board.held = [first];
  for (let frame = 0; frame < 20; frame++) {
    lookAfter(ctx, () => false);
    await vi.advanceTimersByTimeAsync(10_000);
  }
  expect([asked.length, left()]).toEqual([1, [first, second]]);
});

it('where she has gone out of the room meanwhile, it is left to another sitting', async () => {
  const { ctx, asked } = phone();
  board.held = [first];
  lookAfter(ctx, () => true);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(asked).toEqual([]);
});
