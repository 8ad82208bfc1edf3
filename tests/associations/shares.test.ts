import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Group, publicCount, shareOfWomen } from '~/server/associations/rules/shares';

const told = (groups: Group[]) => {
  const { total, byGroup } = shareOfWomen(groups);
  return [total, ...groups.map(({ key }) => byGroup.get(key) ?? null)];
};

describe('the share of women', () => {
  it.each<[string, Group[], (number | null)[]]>([
    ['nobody', [], [null]],
    ['nine', [{ key: 'puno', women: 9, declared: 9 }], [null, null]],
    ['ten', [{ key: 'puno', women: 5, declared: 10 }], [50, 50]],
    ['ten, one of them a man', [{ key: 'puno', women: 9, declared: 10 }], [null, null]],
    ['a hundred women', [{ key: 'puno', women: 100, declared: 100 }], [null, null]],
    ['thirteen, in steps of five', [{ key: 'puno', women: 8, declared: 13 }], [60, 60]],
    [
      'two large groups',
      [
        { key: 'puno', women: 5, declared: 10 },
        { key: 'cusco', women: 15, declared: 20 },
      ],
      [65, 50, 75],
    ],
    [
      'two small groups',
      [
        { key: 'puno', women: 3, declared: 6 },
        { key: 'cusco', women: 3, declared: 6 },
      ],
      [50, null, null],
    ],
    [
      'one small beside large ones: the smallest of these keeps it company',
      [
        { key: 'puno', women: 5, declared: 10 },
        { key: 'cusco', women: 10, declared: 20 },
        { key: 'ica', women: 1, declared: 2 },
      ],
      [50, null, 50, null],
    ],
    [
      'a group of women alone, which the total would give away',
      [
        { key: 'puno', women: 10, declared: 20 },
        { key: 'ica', women: 12, declared: 12 },
      ],
      [70, null, null],
    ],
  ])('of %s', (_whom, groups, expected) => {
    expect(told(groups)).toEqual(expected);
  });

  it('never leaves few people, or few of one side, to be found by subtraction', () => {
    const group = fc
      .integer({ min: 0, max: 30 })
      .chain((declared) => fc.integer({ min: 0, max: declared }).map((women) => ({ women, declared })));
    const safe = ({ women, declared }: { women: number; declared: number }) =>
      declared >= 10 && women >= 5 && declared - women >= 5;
    fc.assert(
      fc.property(fc.array(group, { maxLength: 8 }), (list) => {
        const groups = list.map((one, i) => ({ key: String(i), ...one }));
        const { total, byGroup } = shareOfWomen(groups);
        const hidden = groups.filter(({ key }) => byGroup.get(key) === null);
        const left = hidden.reduce(
          (sum, { women, declared }) => ({ women: sum.women + women, declared: sum.declared + declared }),
          { women: 0, declared: 0 },
        );
        expect(total === null || left.declared === 0 || safe(left)).toBe(true);
        for (const one of groups) if (!safe(one)) expect(byGroup.get(one.key)).toBeNull();
        for (const share of [total, ...byGroup.values()]) if (share !== null) expect(share % 5).toBe(0);
      }),
    );
  });

  it('a public count begins at ten', () => {
    expect([0, 1, 9, 10, 200].map(publicCount)).toEqual([null, null, null, 10, 200]);
  });
});
