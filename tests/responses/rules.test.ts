import { describe, expect, it } from 'vitest';
import { daysBetween, limaDay } from '~/server/day';
import { isLate, isOverdue } from '~/server/responses/rules';

describe('the day of an answer', () => {
  it.each([
    ['the day itself', '2026-11-23', '2026-11-23', 0, false],
    ['the day after, in silence', '2026-11-23', '2026-11-24', 0, true],
    ['the day after, answered', '2026-11-23', '2026-11-24', 1, false],
    ['over the end of a year', '2026-12-31', '2027-01-01', 0, true],
  ])('%s', (_name, dueOn, today, revisions, overdue) => {
    expect(isOverdue(dueOn, today, revisions)).toBe(overdue);
  });

  it('is counted in Lima: the evening of the 23rd there is the 24th in London', () => {
    const evening = new Date('2026-11-24T03:30:00Z');
    expect(limaDay(evening)).toBe('2026-11-23');
    expect(isLate('2026-11-23', evening)).toBe(false);
    expect(isLate('2026-11-23', new Date('2026-11-24T05:00:00Z'))).toBe(true);
  });

  it('is told in whole days', () => {
    expect(daysBetween('2026-11-23', '2026-12-03')).toBe(10);
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysBetween('2026-11-23', '2026-11-20')).toBe(-3);
  });
});
