import { z } from 'zod';
import { optional, page, paragraph, uuid } from '../input';
import { sides } from './rules';

export { nothing } from '../input';
export const wordsAtMost = 600;
const count = () => z.coerce.number().int().min(1).max(1_000_000);
const words = paragraph(3, wordsAtMost);

export const byId = z.object({ id: uuid() });
export const ofArticle = z.object({ versionArticleId: uuid() });
export const ofPlace = z.object({ number: count(), article: count(), page: page() });
export const waiting = z.object({ page: page() });

export const comment = z.object({
  key: uuid(),
  versionArticleId: uuid(),
  side: z.enum(sides, 'failures.field.choose'),
  words,
  associationId: optional(uuid()),
});
export const reword = z.object({ id: uuid(), words });
export const report = z.object({ id: uuid(), reason: paragraph(5, 300) });
export const hide = z.object({ id: uuid(), reason: paragraph(10, 300) });
