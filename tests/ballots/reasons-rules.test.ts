import { describe, expect, it } from 'vitest';
import { charters, reasonsUntil } from '~/server/ballots/rules/charter';
import type { Plan } from '~/server/ballots/rules/plan';
import type { Told } from '~/server/ballots/rules/publication';
import { askedForReasons, herGroups, maySignAsBase, takesReasons } from '~/server/ballots/rules/reasons';

const women = { dimension: 'women', label: 'women' };
const puno = { dimension: 'region', label: '21' };
const outside = { dimension: 'cooperative', label: 'outside' };
const told = (groups: (boolean | null)[], over: Partial<Told> = {}): Told => ({
  outcome: 'vuelve',
  findings: { quorum: [true, true], overall: [true], groups },
  women: null,
  groups: [
    { ...puno, favour: false },
    { dimension: 'region', label: '04', favour: true },
    { dimension: 'region', label: '15', favour: null },
    { dimension: 'cooperative', label: 'inside', favour: true },
    { ...outside, favour: false },
  ],
  ...over,
});

describe('who is asked for reasons', () => {
  it.each([
    ['the women, when theirs was the no', told([false, true, true]), [women]],
    [
      'the regions that were against, and nobody of those that were for it',
      told([true, false, true]),
      [puno],
    ],
    ['those outside cooperatives', told([true, true, false]), [outside]],
    ['several groups', told([false, false, false]), [women, puno, outside]],
    ['everybody, where it is not told whose no it was', told([null, null, null]), [null]],
    ['everybody, where the regions are not told of', told([true, false, true], { groups: null }), [null]],
    ['nobody, where it did not go back', told([false, true, true], { outcome: 'no_aprobado' }), []],
  ])('%s', (_who, one, groups) => {
    expect(askedForReasons(charters.frente, 'first', one)).toEqual(groups);
  });
  it('nobody by a rule of two numbers', () => {
    expect(askedForReasons({ quorumPercent: 50, majorityPercent: 50 }, 'first', null)).toEqual([]);
  });
});

const plan: Plan = {
  least: 10,
  margin: 3,
  dimensions: [
    { dimension: 'region', publish: 'verdict', groups: [{ label: '21', holds: ['21'], roll: 12 }] },
    {
      dimension: 'women',
      publish: 'counts',
      groups: [
        { label: 'women', holds: ['women'], roll: 11 },
        { label: 'others', holds: ['others'], roll: 20 },
      ],
    },
  ],
};

describe('a person belongs to a group by the roll alone', () => {
  it.each([
    ['a woman of Puno', [0, 0], [women, puno]],
    ['another of Puno', [0, 1], [puno]],
    ['nobody placed', null, []],
  ])('%s', (_who, places, groups) => {
    expect(herGroups([women, puno], plan, places)).toEqual(groups);
  });
  it('everybody, where everybody is asked', () => expect(herGroups([null], null, null)).toEqual([null]));
});

describe('a base signs', () => {
  it.each([
    ['three of a base, a region', puno, 3, true],
    ['two of a base: the name would be a person’s', puno, 2, false],
    ['the women: never, since it would tell who let herself be counted', women, 30, false],
    ['everybody asked', null, 3, true],
  ])('%s', (_case, group, n, may) => expect(maySignAsBase(group, n)).toBe(may));
});

describe('the days', () => {
  it('end with the last day of Lima', () => {
    const closedAt = new Date('2026-11-02T03:00:00Z');
    expect(reasonsUntil(charters.frente, closedAt)).toBe('2026-11-15');
    expect(reasonsUntil(charters.mayoria, closedAt)).toBeNull();
  });
  it.each([
    ['2026-11-15', false, true],
    ['2026-11-16', false, false],
    ['2026-11-15', true, false],
  ])('on %s, the second vote open: %s', (today, taken, takes) =>
    expect(takesReasons('2026-11-15', today, taken)).toBe(takes),
  );
});
