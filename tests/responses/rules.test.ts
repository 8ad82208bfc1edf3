import { describe, expect, it } from 'vitest';
import { daysBetween, limaDay } from '~/server/day';
import { isLate, isOverdue, owedBy } from '~/server/responses/rules';

describe('the day of an answer', () => {
  it.each([
    ['the day itself', undefined, '2026-11-23', false],
    ['the day after, in silence', undefined, '2026-11-24', true],
    ['the day after, answered', { until: null }, '2026-11-24', false],
    ['under study, on its own last day', { until: '2026-12-31' }, '2026-12-31', false],
    ['under study, beyond its own last day', { until: '2026-12-31' }, '2027-01-01', true],
  ])('%s', (_name, last, today, overdue) => {
    expect(isOverdue(owedBy('2026-11-23', last), today)).toBe(overdue);
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
