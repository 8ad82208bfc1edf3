import { z } from 'zod';
import { line, optional } from '../input';

export const kinds = ['ley', 'decreto', 'tratado', 'plan', 'guia', 'ayuda'] as const;
export const search = z.object({
  q: optional(line(0, 100)).catch(undefined),
  country: optional(z.enum(['PE', 'BO', 'INT'])).catch(undefined),
  kind: optional(z.enum(kinds)).catch(undefined),
});
export const bySlug = z.object({ slug: z.string().max(80) });
