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
    ['ten', [{ key: 'puno', women: 7, declared: 10 }], [70, 70]],
    [
      'two large groups',
      [
        { key: 'puno', women: 5, declared: 10 },
        { key: 'cusco', women: 20, declared: 20 },
      ],
      [83, 50, 100],
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
  ])('of %s', (_whom, groups, expected) => {
    expect(told(groups)).toEqual(expected);
  });

  it('never leaves fewer than ten people to be found by subtraction', () => {
    const group = fc
      .integer({ min: 0, max: 30 })
      .chain((declared) => fc.integer({ min: 0, max: declared }).map((women) => ({ women, declared })));
    fc.assert(
      fc.property(fc.array(group, { maxLength: 8 }), (list) => {
        const groups = list.map((one, i) => ({ key: String(i), ...one }));
        const { total, byGroup } = shareOfWomen(groups);
        const hidden = groups.filter(({ key }) => byGroup.get(key) === null);
        const left = hidden.reduce((sum, { declared }) => sum + declared, 0);
        expect(total === null || left === 0 || left >= 10).toBe(true);
        for (const { key, declared } of groups) if (declared < 10) expect(byGroup.get(key)).toBeNull();
      }),
    );
  });

  it('a public count begins at ten', () => {
    expect([0, 1, 9, 10, 200].map(publicCount)).toEqual([null, null, null, 10, 200]);
  });
});
