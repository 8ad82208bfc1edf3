import { dayAfter, daysBetween } from '../../day';

/** How long one may ask that a set-aside concern be looked at again, and how long the committee has to answer. */
export const appealWithin = 30;
export const answerWithin = 15;

type Asked = { state: 'waiting' | 'upheld' | 'refused' | 'met'; day: string };

/**
 * How it stands with the last set-aside of a concern.
 * - `open`: may be asked, until a day; `late`: that day is over; `waiting`: asked, to be answered by a day;
 * - `overdue`: asked, and that day is over; `upheld`, `refused`, `met`: as it was decided.
 */
export type Standing = {
  state: 'open' | 'late' | 'waiting' | 'overdue' | 'upheld' | 'refused' | 'met';
  by: string;
};

/**
 * All days are Lima's, YYYY-MM-DD; a term's last day counts whole.
 * @param setAside the day on which it was set aside. @param asked the appeal against it, where there is one.
 */
export function standingOf(setAside: string, asked: Asked | null, today: string): Standing {
  const until = dayAfter(setAside, appealWithin);
  if (!asked) return { state: daysBetween(today, until) >= 0 ? 'open' : 'late', by: until };
  const due = dayAfter(asked.day, answerWithin);
  if (asked.state !== 'waiting') return { state: asked.state, by: due };
  return { state: daysBetween(today, due) >= 0 ? 'waiting' : 'overdue', by: due };
}

/** Where a concern goes that is looked at again: back to the debate that holds it, else among those received. */
export const afterwards = (heldByDraft: boolean): 'en_debate' | 'recibida' =>
  heldByDraft ? 'en_debate' : 'recibida';
