import { z } from 'zod';
import { day, line, nothing, optional, page, paragraph, uuid } from '../input';
import { kinds } from './rules';

export { nothing };
export const byId = z.object({ id: uuid() });
export const byArticle = z.object({ versionArticleId: uuid() });
export const deskInput = z.object({
  /** Which requests: all, or those that wait, are overdue, or are answered. */
  state: z.enum(['all', 'waiting', 'overdue', 'answered']).catch('all'),
  page: page(),
});

export const createOfficeInput = z.object({
  key: uuid(),
  name: line(3, 160),
  country: z.enum(['PE', 'BO']),
});
export const askInput = z.object({ key: uuid(), versionArticleId: uuid(), officeId: uuid(), dueOn: day() });

const kind = z.enum(kinds, 'failures.field.choose');
export const wordsAtMost = 8000;
const words = paragraph(10, wordsAtMost);
/** Asked for with «en estudio»; beside another answer it says nothing. */
const until = optional(day());
export const respondInput = z.object({ key: uuid(), id: uuid(), kind, words, until });
export const reviseInput = z.object({
  key: uuid(),
  id: uuid(),
  /** The number of the wording that was on the screen. */
  revision: z.coerce.number().int().min(1),
  kind,
  words,
  until,
});
