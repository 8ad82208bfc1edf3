import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  choicesIn,
  type Entry,
  entryProblem,
  givingProblem,
  isFull,
  marks,
  mayGiveBack,
  papersIn,
  placesOf,
  reading,
  urnOf,
  wrongSum,
} from '~/server/ballots/rules/urns';
import { counted } from '../support/urns';

const by = (personId: string, round: number, yes: number, no = 10 - yes): Entry => ({
  personId,
  round,
  counts: [counted(yes, no)],
});

describe('an urn', () => {
  it.each([
    [0, false, true],
    [9, false, true],
    [10, true, false],
    [11, true, true],
  ])('with %i names: full %s; once its papers are out, somebody may be taken off %s', (names, full, back) => {
    expect([isFull(names), mayGiveBack(names, full)]).toEqual([full, back]);
    expect(mayGiveBack(names, false)).toBe(true);
  });

  it.each([
    [{ names: 9, given: false, first: null }, 'elvira', ['flor'], 'ballots.urn_few'],
    [{ names: 10, given: false, first: null }, 'elvira', ['flor'], null],
    [{ names: 10, given: false, first: null }, 'elvira', [], 'ballots.urn_no_base'],
    [{ names: 10, given: false, first: 'elvira' }, 'elvira', ['flor'], 'ballots.urn_said'],
    [{ names: 10, given: false, first: 'elvira' }, 'sabina', ['flor', 'vetas'], 'ballots.urn_same_base'],
    [{ names: 10, given: false, first: 'elvira' }, 'tomasa', ['vetas'], null],
    [{ names: 9, given: false, first: 'elvira' }, 'tomasa', ['vetas'], 'ballots.urn_few'],
    [{ names: 12, given: true, first: 'elvira' }, 'tomasa', ['vetas'], 'ballots.urn_given'],
  ])('%j: %s of %j says that papers be given out: %s', (now, who, bases, problem) => {
    expect(givingProblem(now, who, bases, now.first ? ['flor'] : [])).toBe(problem);
  });

  it('is that of the places in the plan, and one for all where no group is counted', () => {
    expect([urnOf(null), urnOf([]), urnOf([1, 0, 12])]).toEqual(['', '', '1.0.12']);
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 4 }), (places) => {
        expect(placesOf(urnOf(places))).toEqual(places);
      }),
    );
  });
});

describe('how the counting stands', () => {
  it.each<[string, Entry[], string, number]>([
    ['nobody has counted', [], 'none', 1],
    ['one has', [by('nieves', 1, 7)], 'one', 1],
    ['two, alike', [by('nieves', 1, 7), by('rufino', 1, 7)], 'agreed', 1],
    ['two, one paper apart', [by('nieves', 1, 7), by('rufino', 1, 6)], 'differ', 2],
    ['again, one so far', [by('nieves', 1, 7), by('rufino', 1, 6), by('rufino', 2, 7)], 'one', 2],
    [
      'again, alike',
      [by('nieves', 1, 7), by('rufino', 1, 6), by('rufino', 2, 7), by('nieves', 2, 7)],
      'agreed',
      2,
    ],
    [
      'its numbers are in the box',
      [
        { personId: 'nieves', round: 1, counts: null },
        { personId: 'rufino', round: 1, counts: null },
      ],
      'agreed',
      1,
    ],
  ])('%s', (_what, entries, state, round) => {
    expect(reading(entries)).toMatchObject({ state, round });
    expect(reading([...entries].reverse())).toMatchObject({ state, round });
  });

  const first = reading([by('nieves', 1, 7)]);
  it.each([
    ['rufino', ['vetas'], ['flor'], null],
    ['nieves', ['flor'], ['flor'], 'ballots.urn_twice'],
    ['sabina', ['flor', 'otra'], ['flor'], 'ballots.urn_same_base'],
    ['gloria', [], ['flor'], 'ballots.urn_no_base'],
  ] as const)('after Nieves, %s of %j', (who, bases, others, problem) => {
    expect(entryProblem(first, who, bases, others)).toBe(problem);
  });
});

describe('the papers of an urn', () => {
  const count = fc.record({
    yes: fc.nat(30),
    no: fc.nat(30),
    abstain: fc.nat(30),
    blank: fc.nat(30),
    void: fc.nat(30),
  });
  it('all go into the box: blank and void say neither yes nor no', () => {
    fc.assert(
      fc.property(count, (one) => {
        const choices = choicesIn(one);
        const n = (choice: string) => choices.filter((own) => own === choice).length;
        expect(choices).toHaveLength(papersIn(one));
        expect([n('si'), n('no')]).toEqual([one.yes, one.no]);
      }),
    );
  });
  it('add up to those given out, in each question; else the first that does not is named', () => {
    expect(wrongSum([counted(7, 3), counted(0, 0, 4, 5, 1)], 10)).toBeNull();
    fc.assert(
      fc.property(
        fc.array(count, { minLength: 1, maxLength: 5 }),
        fc.nat(4),
        fc.constantFrom(...marks),
        (all, at, mark) => {
          const level = all.map((one) => ({ ...one, yes: one.yes + 200 - papersIn(one) }));
          expect(wrongSum(level, 200)).toBeNull();
          const i = at % all.length;
          level[i] = { ...level[i]!, [mark]: level[i]![mark] + 1 };
          expect(wrongSum(level, 200)).toBe(i + 1);
        },
      ),
    );
  });
});
