import { describe, expect, it } from 'vitest';
import { type Counted, tellTogether } from '~/server/ballots/rules/together';

const row = (questionId: string, yes: number, over: Partial<Counted> = {}): Counted => ({
  ...{
    questionId,
    yes,
    no: 10,
    abstain: 0,
    verdict: 'aprobado',
    told: null,
    least: null,
    bare: null,
    stands: true,
  },
  ...over,
});
const questions = [
  { id: 'water', article: 'a1' },
  { id: 'water, as Sabina wants it', article: 'a1' },
  { id: 'new article', article: null },
  { id: 'whole', article: null },
];

describe('texts that stand beside each other', () => {
  it('are told with all their numbers, where each can be', () => {
    const told = tellTogether([row('water', 12), row('water, as Sabina wants it', 14)], questions);
    expect(told.map(({ yes, holds }) => [yes, holds])).toEqual([
      [12, undefined],
      [14, undefined],
    ]);
  });
  it.each([
    [
      [12, 14],
      [false, true],
    ],
    [
      [14, 14],
      [true, false],
    ],
  ])('of %j yes, none is told where one cannot be, and which holds is said', (yes, holds) => {
    const told = tellTogether(
      [row('water', yes[0]!, { stands: false }), row('water, as Sabina wants it', yes[1]!)],
      questions,
    );
    expect(told.map((one) => [one.yes, one.no, one.abstain])).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
    expect(told.map((one) => one.holds)).toEqual(holds);
    expect(told.map((one) => one.verdict)).toEqual(['aprobado', 'aprobado']);
  });
  it('where none was adopted, none holds', () => {
    const fell = { verdict: 'no_aprobado' as const, stands: false };
    const told = tellTogether([row('water', 5, fell), row('water, as Sabina wants it', 6, fell)], questions);
    expect(told.map(({ holds }) => holds)).toEqual([false, false]);
  });
  it('a new article and the whole text stand beside nothing', () => {
    const told = tellTogether([row('new article', 12, { stands: false }), row('whole', 20)], questions);
    expect(told.map(({ yes, holds }) => [yes, holds])).toEqual([
      [null, null],
      [20, undefined],
    ]);
  });
});
