import { describe, expect, it } from 'vitest';
import {
  type GateKey,
  isSameSeen,
  readGateKey,
  readSeen,
  SeenKeys,
  type Told,
  type Verdict,
  verdictOf,
  writeGateKey,
  writeSeen,
} from '~/app/_room/release/keys';
import { Purse } from '~/app/_room/release/tokens';
import type { Token } from '~/server/rooms/rules/tokens';

const [k1, k2, k3] = ['a1', 'b2', 'c3'].map((one) => one.repeat(8)) as [string, string, string];
const november = (id: string): GateKey => ({ month: '2026-11-01', id });
const december = (id: string): GateKey => ({ month: '2026-12-01', id });
const luna = (key: GateKey): Told => ({ by: 'luna', ...key });
const cerro = (key: GateKey): Told => ({ by: 'cerro', ...key });

describe('a key beside what the others were told', () => {
  const table: [string, GateKey[], Told[], Verdict][] = [
    ['nobody has said anything', [november(k1)], [], 'alone'],
    ['another was told the same', [november(k1)], [luna(november(k1))], 'shared'],
    ['another was told another', [november(k1)], [luna(november(k2))], 'other'],
    ['one the same and one another', [november(k1)], [luna(november(k1)), cerro(november(k2))], 'other'],
    ['another month tells nothing', [november(k1)], [luna(december(k2))], 'alone'],
    [
      'made anew within the month, and told to all',
      [november(k1), november(k2)],
      [luna(november(k1)), luna(november(k2))],
      'shared',
    ],
    [
      'made anew, and the other has not opened hers since',
      [november(k1), november(k2)],
      [luna(november(k2))],
      'alone',
    ],
    [
      'a second key for her alone is not shared',
      [november(k1), november(k3)],
      [luna(november(k3)), cerro(november(k3))],
      'alone',
    ],
  ];
  it.each(table)('%s', (_what, mine, told, verdict) => {
    expect(verdictOf(mine[0]!, mine, told)).toBe(verdict);
  });
});

describe('a phone', () => {
  const token = (key: string): Token => ({
    key,
    nonce: new Uint8Array(32).fill(1),
    signature: new Uint8Array(256),
  });
  const spends = (purse: Purse, early = false) => (early ? purse.early() : purse).spend(async () => true);

  it('spends nothing under a key of its own; founding, which has no room to ask, it does', async () => {
    const seen = new SeenKeys();
    seen.see(november(k1));
    const purse = () => new Purse([token(k1)], seen);
    expect([await spends(purse()), purse().has(), await spends(purse(), true)]).toEqual([false, false, true]);
    expect(seen.compare([luna(november(k1))])).toBe(false);
    expect([await spends(purse()), purse().has()]).toEqual([true, true]);
    expect(seen.compare([luna(november(k2))])).toBe(true);
    expect([await spends(purse()), await spends(purse(), true)]).toEqual([false, false]);
  });

  it('keeps what it saw and what came of it', () => {
    const seen = new SeenKeys();
    for (const key of [november(k1), november(k1), december(k2)]) seen.see(key);
    seen.compare([luna(november(k1))]);
    const again = new SeenKeys(readSeen(writeSeen(seen.list())));
    expect(again.list()).toEqual([
      { ...november(k1), verdict: 'shared' },
      { ...december(k2), verdict: 'alone' },
    ]);
    expect(isSameSeen(again.list(), seen.list())).toBe(true);
    // Another room, where nobody has said anything yet, takes nothing back.
    again.compare([]);
    expect([again.maySpend(k1), again.maySpend(k2)]).toEqual([true, false]);
    expect(isSameSeen(again.list(), seen.list())).toBe(true);
    again.compare([luna(december(k2))]);
    expect(isSameSeen(again.list(), seen.list())).toBe(false);
  });

  it('compares when three found a room: her own of this month, where it is not the one everybody is told', () => {
    const seen = new SeenKeys();
    expect(seen.beside(november(k1))).toBe(k1);
    seen.see(november(k1));
    expect([seen.beside(november(k1)), seen.beside(december(k2))]).toEqual([k1, k2]);
    seen.see(december(k3));
    expect(seen.beside(december(k2))).toBe(k3);
  });

  it('what is said in the room fits into the least of the frames, and nothing else is read as it', () => {
    const said = writeGateKey(november(k1));
    expect(readGateKey(said)).toEqual(november(k1));
    expect(readGateKey(said.slice(1))).toBeNull();
    // Signature, author, head, place and lengths take 149 bytes of 256.
    expect(1 + said.length).toBeLessThanOrEqual(256 - 4 - 149);
  });
});
