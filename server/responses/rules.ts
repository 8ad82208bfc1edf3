import { limaDay } from '../day';

export const kinds = ['acogida', 'acogida_con_cambios', 'no_acogida', 'en_estudio'] as const;
export type Kind = (typeof kinds)[number];

/** The day has passed and nothing was said: the silence that is marked publicly. */
export const isOverdue = (dueOn: string, today: string, revisions: number): boolean =>
  revisions === 0 && today > dueOn;

/** The first answer came after its day. */
export const isLate = (dueOn: string, firstAnsweredAt: Date): boolean => limaDay(firstAnsweredAt) > dueOn;
