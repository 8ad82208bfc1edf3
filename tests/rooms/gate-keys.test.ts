import { describe, expect, it } from 'vitest';
import {
  type GateKey,
  isOfNow,
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
const [one, two, three] = ['1a', '2b', '3c'].map((sign) => sign.repeat(32)) as [string, string, string];
const luna = (key: GateKey): Told => ({ by: one, ...key });
const cerro = (key: GateKey): Told => ({ by: two, ...key });
const [above, below] = ['aa'.repeat(16), 'bb'.repeat(16)] as [string, string];
/** A phone hears what was said in a room of three. */
const hears = (seen: SeenKeys, told: Told[], room = above, members = [one, two, three]) =>
  seen.compare(room, members, told);

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
  const spends = (purse: Purse, early = false) =>
    (early ? purse.early(() => null) : purse).spend(async () => true);

  it('spends nothing under a key of its own; founding, which has no room to ask, it does', async () => {
    const seen = new SeenKeys();
    seen.see(november(k1));
    const purse = () => new Purse([token(k1)], seen);
    expect([await spends(purse()), purse().has(), await spends(purse(), true)]).toEqual([false, false, true]);
    expect(hears(seen, [luna(november(k1))])).toBe(false);
    expect([await spends(purse()), purse().has()]).toEqual([true, true]);
    expect(hears(seen, [luna(november(k2))])).toBe(true);
    expect([await spends(purse()), await spends(purse(), true)]).toEqual([false, false]);
  });

  it('keeps what it saw and what came of it', () => {
    const seen = new SeenKeys();
    for (const key of [november(k1), november(k1), december(k2)]) seen.see(key);
    hears(seen, [luna(november(k1))]);
    const again = new SeenKeys(readSeen(writeSeen(seen.list())));
    expect(again.list()).toEqual([
      { ...november(k1), verdict: 'shared' },
      { ...december(k2), verdict: 'alone' },
    ]);
    expect(isSameSeen(again.list(), seen.list())).toBe(true);
    // Another room, where nobody has said anything yet, takes nothing back.
    hears(again, [], below);
    expect([again.maySpend(k1), again.maySpend(k2)]).toEqual([true, false]);
    expect(isSameSeen(again.list(), seen.list())).toBe(true);
    hears(again, [luna(december(k2))]);
    expect(isSameSeen(again.list(), seen.list())).toBe(false);
  });

  it('compares when three found a room: her own of this month, where it is not the one everybody is told', () => {
    const seen = new SeenKeys();
    expect(seen.beside(november(k1))).toBe(k1);
    seen.see(november(k1));
    expect([seen.beside(november(k1)), seen.beside(december(k2))]).toEqual([k1, k2]);
    seen.see(december(k3));
    expect(seen.beside(december(k2))).toBe(k3);
    const k4 = 'd4'.repeat(8);
    seen.see(december(k4));
    expect([seen.beside(december(k3)), seen.beside(december(k2))]).toEqual([k3, k4]);
  });

  it('pays for the drawn room under the key that was read aloud, not under another of hers, of whatever month', async () => {
    const seen = new SeenKeys();
    // She was given one under a key that says to be of another time, as a forum would that wants to know her again.
    seen.see({ month: '2026-11-02', id: k3 });
    const aloud = seen.beside(november(k1));
    const pays = (id: string, of: string | null) =>
      new Purse([token(id)], seen).early(() => of).spend(async () => true);
    expect([aloud, await pays(k3, aloud), await pays(k3, '')]).toEqual([k1, false, false]);
    // Last month's, which was never compared, neither; once this month's came, that pays.
    expect(await pays(k3, null)).toBe(true);
    seen.see(november(k1));
    expect([await pays(k1, aloud), await pays(k3, aloud)]).toEqual([true, false]);
    // What a room has compared pays as well, also where the words were read on another day.
    hears(seen, [luna({ month: '2026-11-02', id: k3 })]);
    expect([await pays(k3, aloud), await pays(k1, '')]).toEqual([true, false]);
  });

  it('takes a key that it does not know any more for none that was compared: six others have pushed it out', async () => {
    const seen = new SeenKeys();
    expect(seen.maySpend(k1)).toBe(true);
    for (let key = 0; key < 7; key++) seen.see(november(`${key}${key}`.repeat(8)));
    expect([seen.list().length, seen.maySpend('00'.repeat(8)), seen.mayFound('00'.repeat(8), null)]).toEqual([
      ...[6, false, false],
    ]);
  });

  it('what one room found stands against what another says, on another day too', () => {
    const seen = new SeenKeys();
    seen.see(november(k1));
    expect(hears(seen, [luna(november(k2))])).toBe(true);
    const again = new SeenKeys(readSeen(writeSeen(seen.list())));
    expect(again.list()).toEqual(seen.list());
    expect(hears(again, [cerro(november(k1))], below)).toBe(false);
    expect(again.maySpend(k1)).toBe(false);
    // Nothing was heard yet today, or what Luna said has gone with its days.
    expect([hears(again, []), again.maySpend(k1)]).toEqual([true, false]);
  });

  it.each([
    ['who was told another is taken out', [], [two, three], 'alone'],
    ['she is taken out, and another says the same', [cerro(november(k1))], [two, three], 'shared'],
    [
      'she comes back and was given the new one too',
      [luna(november(k2)), luna(november(k1))],
      [one, two],
      'shared',
    ],
    ['she is still there, and another says the same', [cerro(november(k1))], [one, two, three], 'other'],
  ] as [string, Told[], string[], Verdict][])('is reckoned anew: %s', (_what, told, members, verdict) => {
    const seen = new SeenKeys();
    seen.see(november(k1));
    hears(seen, [luna(november(k2))]);
    expect(hears(seen, told, above, members)).toBe(verdict === 'other');
    expect(seen.list().map((key) => key.verdict)).toEqual([verdict]);
  });

  it('knows the month it is, and on the days beside its turn the other one', () => {
    const days: [string, string, boolean][] = [
      ['2026-11-01', '2026-11-27', true],
      ['2026-11-02', '2026-11-27', false],
      ['2026-10-01', '2026-11-02', false],
      ['2026-10-01', '2026-11-01', true],
      ['2026-11-01', '2026-10-31', true],
      ['2026-11-01', '2026-10-30', false],
      ['2027-01-01', '2026-12-31', true],
    ];
    for (const [month, today, is] of days)
      expect([month, today, isOfNow(month, today)]).toEqual([month, today, is]);
  });

  it('what is said in the room fits into the least of the frames, and nothing else is read as it', () => {
    const said = writeGateKey(november(k1));
    expect(readGateKey(said)).toEqual(november(k1));
    expect(readGateKey(said.slice(1))).toBeNull();
    // Signature, author, head, place and lengths take 149 bytes of 256.
    expect(1 + said.length).toBeLessThanOrEqual(256 - 4 - 149);
  });
});
