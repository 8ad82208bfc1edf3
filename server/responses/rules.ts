import { limaDay } from '../day';

export const kinds = ['acogida', 'acogida_con_cambios', 'no_acogida', 'en_estudio'] as const;
export type Kind = (typeof kinds)[number];

/** How long an office may study before it says more. */
export const studyAtMost = 90;

/**
 * The day by which the State owes words: the one it was asked for, or the one that «en estudio» named itself.
 * @param last the wording that stands, if any. @returns null where it has answered.
 */
export const owedBy = (dueOn: string, last: { until: string | null } | undefined): string | null =>
  last ? last.until : dueOn;

/** That day has passed and nothing more was said: the silence that is marked publicly. */
export const isOverdue = (owed: string | null, today: string): boolean => owed !== null && today > owed;

/** The first answer came after its day. */
export const isLate = (dueOn: string, firstAnsweredAt: Date): boolean => limaDay(firstAnsweredAt) > dueOn;
