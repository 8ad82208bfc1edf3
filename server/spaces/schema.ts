import { z } from 'zod';
import { areas } from '~/db/reference/areas';
import { line, list, paragraph, uuid } from '../input';

const choose = 'failures.field.choose';
const area = z.enum(areas.map(({ slug }) => slug) as [string, ...string[]], { error: choose });
const title = line(3, 80);
const purpose = paragraph(10, 600);

export const byId = z.object({ id: uuid() });
export const createTable = z.object({
  key: uuid().optional(),
  title,
  purpose,
  areas: list(area, 1, areas.length),
  /** Credential number of who will coordinate it. */
  number: line(1, 30),
});
export const appointToSpace = z.object({
  id: uuid(),
  number: line(1, 30),
  role: z.enum(['coordinator', 'writer', 'reader'], { error: choose }),
});
export const endSpaceRole = z.object({ id: uuid(), personId: uuid() });
export const setPurpose = z.object({ id: uuid(), purpose, areas: list(area, 0, areas.length) });
export const setAttribution = z.object({
  id: uuid(),
  attribution: z.enum(['base', 'person', 'off'], { error: choose }),
});
export const closeSpace = byId;
