import type { Purpose } from '~/server/rooms/rules/tokens';
import { dayAfter } from '../day';

/** So many tokens at once, for everybody; and so many times a day. */
export const tokensAtOnce = 4;

const monthOf = (day: string) => `${day.slice(0, 7)}-01`;
const nextMonth = (day: string) => monthOf(dayAfter(monthOf(day), 32));

/**
 * The time of the key of a day. A gate’s token is of a month and good until the end of the next one, so that whoever
 * spends one is one of all who were given any in all that time.
 */
export function periodOf(purpose: Purpose, day: string): { day: string; until: string } {
  if (purpose === 'release') return { day, until: releaseCloses(day) };
  const next = nextMonth(day);
  return { day: monthOf(day), until: dayAfter(nextMonth(next), -1) };
}

/** A text may leave its room from the day after the next on: at least 24 whole hours in which any member can hold it. */
export const releaseOpens = (signedOn: string): string => dayAfter(signedOn, 2);
/** And so many days after the signatures nobody can let it out any more. */
export const releaseCloses = (signedOn: string): string => dayAfter(signedOn, 14);
