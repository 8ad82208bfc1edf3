import { z } from 'zod';
import { uuid } from '../input';

export const ofConcern = z.object({ id: uuid() });
export const ofDraft = z.object({ id: uuid() });
/** An article as it stands in one frozen version. */
export const ofVersionArticle = z.object({ id: uuid() });

export const citing = z.object({ slug: z.string().max(80) });
