import { describe, expect, it } from 'vitest';
import type { Counts } from '~/server/ballots/rules';
import {
  type Condition,
  holds,
  type Quorum,
  quorumHolds,
  type Tables,
} from '~/server/ballots/rules/conditions';

// What other bodies' rules say of worked examples (voting.md 3): our data can express each, and comes out as they do.
const counts = (yes: number, no: number, abstain = 0): Counts => ({ yes, no, abstain });
const sum = (all: readonly Counts[]) =>
  all.reduce((a, b) => counts(a.yes + b.yes, a.no + b.no, a.abstain + b.abstain), counts(0, 0));
const cast = ({ yes, no, abstain }: Counts) => yes + no + abstain;

/** A house in groups; each is on the roll with as many as voted, unless a weight is given. */
function house(
  dimension: string,
  groups: Record<string, Counts>,
  weights: Record<string, number> = {},
): Tables {
  const all = Object.entries(groups).map(([label, own]) => ({
    label,
    roll: weights[label] ?? cast(own),
    counts: own,
  }));
  const overall = {
    label: '',
    roll: all.reduce((n, { roll }) => n + roll, 0),
    counts: sum(Object.values(groups)),
  };
  return { overall, by: { [dimension]: all } };
}
/** Bodies whose groups count even when they are silent say so: from no paper on. */
const passes = (rule: readonly Condition[], tables: Tables, least = 1) =>
  rule.every((one) => holds(one, tables, least));
const overall = (percent: number): Condition => ({ kind: 'majority', of: 'overall', percent });

describe('IRMA: two noes of one sector send it back', () => {
  const rule: Condition[] = [{ kind: 'noes', dimension: 'sector', fewerThan: 2 }];
  it.each([
    ['one no of each of four sectors passes', [1, 1, 1, 1, 0, 0], true],
    ['two noes of communities do not', [0, 0, 2, 0, 0, 0], false],
    ['no noes', [0, 0, 0, 0, 0, 0], true],
  ] as const)('%s', (_story, noes, said) => {
    const sectors = ['mining', 'buyers', 'communities', 'labour', 'ngo', 'finance'];
    const board = Object.fromEntries(sectors.map((sector, i) => [sector, counts(2 - noes[i]!, noes[i]!)]));
    expect(passes(rule, house('sector', board))).toBe(said);
  });
});

describe('FSC: three chambers weigh the same, whatever their size', () => {
  const rule: Condition[] = [{ kind: 'balanced', dimension: 'chamber', percent: 50 }];
  it.each([
    [
      'a large economic chamber alone does not carry it',
      counts(300, 0),
      counts(20, 40),
      counts(6, 42),
      false,
    ],
    ['two thirds of each do', counts(200, 100), counts(40, 20), counts(20, 10), true],
    ['exactly half in all is not more than half', counts(150, 150), counts(30, 30), counts(5, 5), false],
    ['a small chamber lifts it as much as a large one', counts(140, 160), counts(30, 30), counts(6, 4), true],
    [
      'a chamber that gives no vote lends its third to nobody',
      counts(300, 0),
      counts(20, 30),
      counts(0, 0),
      false,
    ],
  ])('%s', (_story, economic, environmental, social, said) => {
    expect(passes(rule, house('chamber', { economic, environmental, social }), 0)).toBe(said);
  });
});

describe('FSC Canada: more than half in each of four chambers, one of Aboriginal Peoples', () => {
  const rule: Condition[] = [{ kind: 'every', dimension: 'chamber', percent: 50 }];
  it.each([
    ['all four', [counts(9, 3), counts(8, 2), counts(5, 4), counts(3, 2)], true],
    ['half in one of them', [counts(9, 3), counts(8, 2), counts(5, 4), counts(2, 2)], false],
    [
      'everybody but the Aboriginal Peoples',
      [counts(90, 0), counts(80, 0), counts(50, 0), counts(1, 3)],
      false,
    ],
  ])('%s', (_story, given, said) => {
    const [economic, environmental, social, aboriginal] = given as [Counts, Counts, Counts, Counts];
    expect(passes(rule, house('chamber', { economic, environmental, social, aboriginal }))).toBe(said);
  });
});

describe('Northern Ireland: parallel consent, or sixty with forty of each', () => {
  const each = (percent: number): Condition => ({ kind: 'every', dimension: 'community', percent });
  const rule: Condition[] = [
    {
      kind: 'any',
      of: [
        [overall(50), each(50)],
        [overall(60), each(40)],
      ],
    },
  ];
  it.each([
    ['half of all and of each', counts(21, 19), counts(20, 18), counts(4, 4), true],
    ['sixty of all and forty of each', counts(16, 24), counts(35, 5), counts(8, 2), true],
    ['forty in a hundred of unionists, exactly', counts(16, 24), counts(38, 2), counts(8, 2), true],
    ['under forty of unionists', counts(15, 25), counts(38, 2), counts(8, 2), false],
    ['under sixty of all, without parallel consent', counts(16, 24), counts(28, 10), counts(8, 2), false],
  ])('%s', (_story, unionist, nationalist, other, said) => {
    const tables = house('community', { unionist, nationalist });
    const whole = { ...tables, overall: { ...tables.overall, counts: sum([unionist, nationalist, other]) } };
    expect(passes(rule, whole)).toBe(said);
  });
});

describe('EU Council: 55 % of states with 65 % of people; fewer than four cannot block', () => {
  const rule: Condition[] = [
    { kind: 'share', dimension: 'state', percent: 50, share: 55 },
    {
      kind: 'any',
      of: [
        [{ kind: 'mass', dimension: 'state', percent: 65 }],
        [{ kind: 'against', dimension: 'state', fewerThan: 4 }],
      ],
    },
  ];
  // Twenty-seven states; four large ones with 19, 15, 13 and 11 hundredths of the people, the rest with the others.
  const people = [190, 150, 130, 110, ...Array(22).fill(18), 24];
  it.each([
    ['fifteen states with 65 of a hundred', [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], true],
    ['fourteen states are too few', [14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26], false],
    ['the three largest hold 47 of a hundred, and are three only', [0, 1, 2], true],
    ['a fourth with them blocks', [0, 1, 2, 26], false],
    ['four that hold under 35 of a hundred do not', [3, 24, 25, 26], true],
  ] as const)('%s', (_story, against, said) => {
    const states = people.map((_, i) =>
      (against as readonly number[]).includes(i) ? counts(0, 0, 1) : counts(1, 0),
    );
    const named = Object.fromEntries(states.map((own, i) => [`state ${i}`, own]));
    const weights = Object.fromEntries(people.map((n, i) => [`state ${i}`, n]));
    expect(passes(rule, house('state', named, weights))).toBe(said);
  });
});

describe('ILO: void where fewer than half of the delegates attending say yes or no', () => {
  const rule: Quorum = { of: 'overall', percent: 50, abstentions: false };
  it.each([
    ['half, exactly', 400, counts(150, 50), true],
    ['one less', 400, counts(150, 49), false],
    ['abstentions do not make it', 400, counts(100, 50, 200), false],
    ['of an odd number, the larger half', 401, counts(200, 0), false],
  ])('%s', (_story, attending, given, said) => {
    expect(quorumHolds(rule, { overall: { label: '', roll: attending, counts: given }, by: {} }, 1)).toBe(
      said,
    );
  });
});
