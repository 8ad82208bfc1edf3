import { z } from 'zod';
import { line, list as listOf, optional, page, prose, uuid } from '../input';

export const textAtMost = 100_000;
const title = line(4, 160);
const seq = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const byId = z.object({ id: uuid() });
export const list = z.object({ page: page(), state: optional(z.enum(['open', 'closed'])).catch(undefined) });
export const ofSpace = z.object({ spaceId: uuid() });
export const candidates = z.object({ spaceId: uuid() });

export const create = z.object({
  key: uuid(),
  spaceId: uuid(),
  title,
  concernIds: listOf(uuid(), 0, 50),
});
export const retitle = z.object({ id: uuid(), title });
export const link = z.object({ id: uuid(), concernId: uuid() });
/** `seq`: what of the log the person had before her when she began to write. */
export const editByForm = z.object({ id: uuid(), key: uuid(), seq, text: prose(textAtMost) });
