import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charters } from '~/server/ballots/rules/charter';
import {
  countsOf,
  entryProblem,
  heldInRoom,
  type RoomEntry,
  roomVerdict,
  standing,
} from '~/server/ballots/rules/room';

const hands = (present: number, yes: number, no: number, abstain: number): RoomEntry => ({
  ...{ present, yes, no, abstain },
});
const by = (counter: string, entry: RoomEntry, attempt = 1) => ({ counter, entry, attempt });
const thirty = new Set(Array.from({ length: 30 }, (_, i) => `p${i}`));

describe('what may be held in a room', () => {
  it.each([
    ['two numbers', { quorumPercent: 50, majorityPercent: 50 }, true],
    ['a plain majority', charters.mayoria, true],
    ['two of three', charters.dos_tercios, true],
    ['a rule that counts the women', charters.con_mujeres, false],
    ['the rule of the front', charters.frente, false],
    ['the associations', charters.asociaciones, false],
  ])('%s', (_rule, rule, may) => expect(heldInRoom(rule)).toBe(may));
});

describe('one person’s count', () => {
  it.each([
    ['adds up', hands(20, 12, 5, 3), 0, null],
    ['does not add up', hands(20, 12, 5, 2), 0, 'room_sum'],
    ['more hands than the roll', hands(31, 31, 0, 0), 0, 'room_present'],
    ['as many objections as are written', { present: 20, objections: 2 }, 2, null],
    ['an objection that nobody wrote', { present: 20, objections: 2 }, 1, 'room_objections'],
    ['more objections than people', { present: 1, objections: 2 }, 2, 'room_sum'],
    ['names of the roll', { answers: { p1: 'si', p2: 'no' } }, 0, null],
    ['a name from outside', { answers: { p1: 'si', x: 'no' } }, 0, 'room_roll'],
  ] as [string, RoomEntry, number, string | null][])('%s', (_case, entry, objections, problem) =>
    expect(entryProblem(entry, { roll: thirty, objections })).toBe(problem),
  );
});

describe('two people count', () => {
  const same = hands(20, 12, 5, 3);
  const other = hands(20, 11, 6, 3);
  it.each([
    ['nobody yet', [], { state: 'counting', attempt: 1, entered: [] }],
    ['one alone', [by('ana', same)], { state: 'counting', attempt: 1, entered: ['ana'] }],
    ['both alike', [by('ana', same), by('luz', same)], { state: 'stands', entry: same }],
    [
      'both different: both are shown, and they count again',
      [by('ana', same), by('luz', other)],
      { state: 'differs', attempt: 2, last: [by('ana', same), by('luz', other)] },
    ],
    [
      'the second turn begun',
      [by('ana', same), by('luz', other), by('luz', same, 2)],
      { state: 'counting', attempt: 2, entered: ['luz'] },
    ],
    [
      'the second turn alike',
      [by('ana', same), by('luz', other), by('luz', other, 2), by('ana', other, 2)],
      { state: 'stands', entry: other },
    ],
  ])('%s', (_case, entries, found) => expect(standing(entries)).toEqual(found));

  it('names in another order are the same list', () => {
    const one = { answers: { p1: 'si', p2: 'no' } } as const;
    const two = { answers: { p2: 'no', p1: 'si' } } as const;
    expect(standing([by('ana', one), by('luz', two)]).state).toBe('stands');
  });

  it('nothing stands that two have not written alike, however often they count', () => {
    const entry = fc.constantFrom(same, other, hands(20, 20, 0, 0));
    fc.assert(
      fc.property(fc.array(fc.tuple(entry, entry), { maxLength: 8 }), (turns) => {
        const entries = [];
        for (const [i, [one, two]] of turns.entries()) {
          if (standing(entries).state === 'stands') break;
          entries.push(by('ana', one, i + 1), by('luz', two, i + 1));
        }
        const found = standing(entries);
        const [last, before] = [entries.at(-1), entries.at(-2)];
        expect(found.state === 'stands').toBe(last !== undefined && last.entry === before!.entry);
      }),
    );
  });
});

describe('the verdict of a room', () => {
  const rule = { quorumPercent: 50, majorityPercent: 50 };
  const first = { rule, round: 'first' } as const;
  it.each([
    ['more hands for it', { ...first, method: 'hands' }, hands(20, 12, 5, 3), 'aprobado'],
    ['too few there', { ...first, method: 'hands' }, hands(14, 14, 0, 0), 'sin_quorum'],
    [
      'two of three wanted',
      { ...first, rule: charters.dos_tercios, method: 'hands' },
      hands(20, 12, 8, 0),
      'no_aprobado',
    ],
    ['nobody objects', { ...first, method: 'consensus' }, { present: 20, objections: 0 }, 'aprobado'],
    ['one objects', { ...first, method: 'consensus' }, { present: 20, objections: 1 }, 'no_aprobado'],
    [
      'consensus without quorum',
      { ...first, method: 'consensus' },
      { present: 9, objections: 0 },
      'sin_quorum',
    ],
  ] as [string, Parameters<typeof roomVerdict>[0], RoomEntry, string][])('%s', (_case, ballot, entry, said) =>
    expect(roomVerdict(ballot, 30, countsOf(entry))).toBe(said),
  );
});
