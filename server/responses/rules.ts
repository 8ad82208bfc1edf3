export const kinds = ['acogida', 'acogida_con_cambios', 'no_acogida', 'en_estudio'] as const;
export type Kind = (typeof kinds)[number];

/** The day it is in Lima, YYYY-MM-DD: days for answers are counted there. */
export const limaDay = (when: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Lima', dateStyle: 'short' }).format(when);

/** The day has passed and nothing was said: the silence that is marked publicly. */
export const isOverdue = (dueOn: string, today: string, revisions: number): boolean =>
  revisions === 0 && today > dueOn;

/** The first answer came after its day. */
export const isLate = (dueOn: string, firstAnsweredAt: Date): boolean => limaDay(firstAnsweredAt) > dueOn;

/** Whole days between two days; positive when `later` comes after `earlier`. */
export const daysBetween = (earlier: string, later: string): number =>
  Math.round((Date.parse(`${later}T00:00:00Z`) - Date.parse(`${earlier}T00:00:00Z`)) / 86_400_000);
