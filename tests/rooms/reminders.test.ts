import { describe, expect, it } from 'vitest';
import type { State } from '~/app/_room/protocol/state';
import { awayOf, type Days, daysSeen, remindersOf } from '~/app/_room/reminders';
import { foundedBy, type Woman, woman } from '~/tests/support/rooms';

const [ana, berta, celia] = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
const founded = foundedBy([ana, berta, celia]);
const days: Days = {
  epoch: 1,
  keySince: '2026-03-01',
  term: 0,
  termSince: '2026-03-01',
  used: '2026-03-01',
  followSince: '',
};
const heirs = [ana.sign, berta.sign].sort();

describe('a room reminds each of its women by what her own phone has seen', () => {
  const cases: [string, Partial<State>, string, Partial<Days>, string[]][] = [
    ['of nothing at first', {}, '2026-04-14', {}, []],
    ['to change the key when half of its days are over', {}, '2026-04-15', {}, ['renew_key']],
    [
      'sooner where words stay for less',
      { settings: { ...founded.settings, retentionDays: 10 } },
      '2026-03-06',
      {},
      ['renew_key'],
    ],
    ['to change the key when somebody went', { dirty: true }, '2026-03-01', {}, ['change_key']],
    ['that there are two stewards only', { stewards: heirs }, '2026-03-01', {}, ['few_stewards']],
    [
      'that one alone can change no key: others must follow',
      { stewards: [ana.sign], dirty: true },
      '2026-03-01',
      {},
      ['no_stewards'],
    ],
    ['of a new term after half a year', {}, '2026-09-01', { keySince: '2026-09-01' }, ['new_term']],
    [
      'that others are to follow',
      { successors: heirs },
      '2026-03-07',
      { followSince: '2026-03-01' },
      ['follow_soon'],
    ],
    [
      'that they can, on the eighth day',
      { successors: heirs },
      '2026-03-08',
      { followSince: '2026-03-01' },
      ['follow'],
    ],
  ];
  it.each(cases)('%s', (_, state, today, known, expected) => {
    expect(remindersOf({ ...founded, ...state }, ana.sign, { ...days, ...known }, today)).toEqual(expected);
  });
  it('a term is the stewards’ matter', () => {
    const member = remindersOf(founded, 'ab'.repeat(32), { ...days, keySince: '2026-09-01' }, '2026-09-01');
    expect(member).toEqual([]);
  });
  it('counts anew with each key and each term, and not with each visit', () => {
    const later = daysSeen(days, founded, '2026-04-01');
    expect(later).toEqual({ ...days, used: '2026-04-01' });
    expect(daysSeen(days, { ...founded, epoch: 2 }, '2026-04-01').keySince).toBe('2026-04-01');
    const asked = daysSeen(days, { ...founded, successors: heirs }, '2026-04-01');
    expect(daysSeen(asked, { ...founded, successors: heirs }, '2026-04-09').followSince).toBe('2026-04-01');
    expect(daysSeen(asked, founded, '2026-04-09').followSince).toBe('');
  });
  it.each([
    ['2026-04-29', null],
    ['2026-04-30', 'away'],
    ['2026-05-29', 'away'],
    ['2026-05-30', 'long_away'],
  ])('who has not been inside since March the first is asked on %s: %s', (today, verdict) => {
    expect(awayOf(days, today)).toBe(verdict);
  });
});
