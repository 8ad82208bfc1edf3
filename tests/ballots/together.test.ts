import { describe, expect, it } from 'vitest';
import { byBox, type Counted, tellTogether } from '~/server/ballots/rules/together';

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

describe('what the box holds decides', () => {
  const rows = (...stands: boolean[]) =>
    ['water', 'water, as Sabina wants it', 'whole'].map((id, i) => row(id, 12, { stands: stands[i]! }));
  const says = (rows: Counted[], plain: string[], sealed: string[]) =>
    byBox(rows, questions, { plain: new Set(plain), sealed: new Set(sealed) }).map(({ stands }) => stands);
  const rival = 'water, as Sabina wants it';
  it.each([
    // found now, in plain, sealed, so it is told
    [[true, true, false], [], [], [true, true, false]],
    [[false, true, false], ['water', rival], ['whole'], [true, true, false]],
    [[true, true, true], ['whole'], ['water', rival], [false, false, true]],
    // Cut short between two texts side by side: the one that is written decides for the other.
    [[false, false, false], ['water'], [], [true, true, false]],
  ])('found %j, in plain %j, sealed %j: told %j', (found, plain, sealed, told) => {
    expect(says(rows(...found), plain, sealed)).toEqual(told);
  });
  it('is ended first where texts side by side lie half and half', () => {
    expect(() => says(rows(true, true, true), ['water'], [rival])).toThrow('half');
  });
  it('what stands only because it lies in plain tells of no group', () => {
    const least = { level: 'no_sums' } as Counted['least'];
    const bare = { level: 'no_findings' } as Counted['bare'];
    const [told] = tellTogether([row('whole', 12, { told: least, least, bare })], questions);
    expect([told!.yes, told!.told]).toEqual([12, bare]);
  });
});
