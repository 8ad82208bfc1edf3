import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Named, pairProblem, stateOf } from '~/server/booths/rules';

const gloria = 'gloria';
const who = (personId: string, over: Partial<Named> = {}): Named => ({
  personId,
  entitled: true,
  bases: [personId === 'tomasa' ? 'Tres Vetas' : 'Flor de Cuarzo'],
  busy: false,
  ...over,
});

describe('who stands by a booth that Gloria opens', () => {
  const cases: [string, Named, Named, string | null, string?][] = [
    ['Elvira of Flor de Cuarzo and Tomasa of Tres Vetas', who('elvira'), who('tomasa'), null],
    ['Elvira and Ysabel, of one base', who('elvira'), who('ysabel'), 'booths.same_base', 'second'],
    [
      'Elvira, and Ysabel who is of two',
      who('elvira'),
      who('ysabel', { bases: ['Tres Vetas', 'Flor de Cuarzo'] }),
      'booths.same_base',
      'second',
    ],
    ['Tomasa twice', who('tomasa'), who('tomasa'), 'booths.twice', 'second'],
    ['Gloria herself', who(gloria), who('tomasa'), 'booths.self', 'first'],
    ['Gloria herself, as the second', who('tomasa'), who(gloria), 'booths.self', 'second'],
    ['the administrator', who('amador', { entitled: false }), who('tomasa'), 'booths.office', 'first'],
    ['somebody of no base', who('tomasa'), who('emilia', { bases: [] }), 'booths.no_base', 'second'],
    ['Elvira, who stands by another', who('elvira', { busy: true }), who('tomasa'), 'booths.busy', 'first'],
  ];
  it.each(cases)('%s', (_name, first, second, code, field) => {
    expect(pairProblem(first, second, gloria)).toEqual(code === null ? null : { code, field });
  });

  it('are in any case two, of no common base, neither of them her, whatever is named', () => {
    const anyone = fc.record({
      personId: fc.constantFrom('gloria', 'elvira', 'tomasa', 'nieves'),
      entitled: fc.boolean(),
      bases: fc.subarray(['Flor de Cuarzo', 'Tres Vetas', 'Doce de Mayo']),
      busy: fc.boolean(),
    });
    fc.assert(
      fc.property(anyone, anyone, (first, second) => {
        if (pairProblem(first, second, gloria) !== null) return;
        expect(new Set([first.personId, second.personId, gloria]).size).toBe(3);
        expect(first.bases.length * second.bases.length).toBeGreaterThan(0);
        expect(first.bases.filter((base) => second.bases.includes(base))).toEqual([]);
        expect([first.entitled, second.entitled, first.busy, second.busy]).toEqual([
          true,
          true,
          false,
          false,
        ]);
      }),
    );
  });
});

it.each([
  [{ closed: false, entered: false, ballotOpen: true }, 'waiting'],
  [{ closed: false, entered: true, ballotOpen: true }, 'open'],
  [{ closed: false, entered: true, ballotOpen: false }, 'closed'],
  [{ closed: true, entered: false, ballotOpen: true }, 'closed'],
] as const)('a booth with %o is %s', (booth, state) => {
  expect(stateOf(booth)).toBe(state);
});
