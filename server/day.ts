const lima = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Lima', dateStyle: 'short' });

/** The day it is in Lima, YYYY-MM-DD: in the evening there, London already counts the next one. */
export const limaDay = (when: Date): string => lima.format(when);

/** Whole days between two days; positive when `later` comes after `earlier`. */
export const daysBetween = (earlier: string, later: string): number =>
  Math.round((Date.parse(`${later}T00:00:00Z`) - Date.parse(`${earlier}T00:00:00Z`)) / 86_400_000);

/** The day so many days after a day. */
export const dayAfter = (day: string, days: number): string =>
  limaDay(new Date(Date.parse(`${day}T12:00:00-05:00`) + days * 86_400_000));
