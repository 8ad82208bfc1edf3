import { z } from 'zod';
import { areas } from '~/db/reference/areas';
import { barriers } from '~/db/reference/barriers';
import { departments, provinces } from '~/db/reference/places';
import { line, list, optional, page, paragraph, uuid } from '../input';
import { dimensions, groupKinds, states } from './rules/board';

const slugs = <T extends string>(items: readonly { readonly slug: T }[]) =>
  z.enum(items.map((item) => item.slug) as [T, ...T[]], { error: 'failures.field.choose' });

export const area = slugs(areas);
export const barrier = slugs(barriers);
/** INEI department (two digits) or province (four), or our code of a Bolivian department. */
export const place = z.enum([...departments, ...provinces].map(({ code }) => code) as [string, ...string[]], {
  error: 'failures.field.choose',
});
export const state = z.enum(states);
/** Why a concern is not taken up. */
export const reasonCode = z.enum(['fuera-de-tema', 'repetida', 'ya-en-ley', 'sin-acuerdo', 'otra-via'], {
  error: 'failures.field.choose',
});

export const wordsAtMost = 1500;

export const raise = z.object({
  key: uuid(),
  words: paragraph(10, wordsAtMost),
  areas: list(area, 1, 3),
  place,
  barrier,
  associationId: optional(uuid()),
  spaceId: optional(uuid()),
  audience: z.enum(['public', 'space']).default('public'),
});
export const byId = z.object({ id: uuid() });
export const reword = z.object({ id: uuid(), words: paragraph(10, wordsAtMost) });
export const setAside = z.object({ id: uuid(), reasonCode, reason: paragraph(10, 1000) });

export const search = z.object({
  q: optional(line(0, 200)).catch(undefined),
  area: optional(area).catch(undefined),
  department: optional(z.enum(departments.map(({ code }) => code) as [string, ...string[]])).catch(undefined),
  barrier: optional(barrier).catch(undefined),
  state: optional(state).catch(undefined),
  kind: optional(z.enum(groupKinds)).catch(undefined),
  page: page(),
});

export const board = z
  .object({
    by: optional(z.enum(dimensions)).catch(undefined),
    area: search.shape.area,
    department: search.shape.department,
    kind: search.shape.kind,
  })
  .default({});

export const together = 50;
export const groupTitle = line(5, 120);
/** New with a title of its own or without one; or into a group that is there. */
export const group = z.object({
  key: uuid(),
  groupId: optional(uuid()),
  title: optional(groupTitle),
  concernIds: list(uuid(), 1, together),
});
export const nameGroup = z.object({ id: uuid(), title: groupTitle });
/** One of its members, or all of them. */
export const ungroup = z.object({ id: uuid(), concernId: optional(uuid()) });
export const setAsideGroup = z.object({ id: uuid(), reasonCode, reason: setAside.shape.reason });
/** `id` is not like the others. */
export const notAlike = z.object({ id: uuid(), otherIds: list(uuid(), 1, together) });
export const suggestions = z
  .object({
    /** Only what is like this one. */
    of: optional(uuid()).catch(undefined),
    /** Only concerns behind this number. */
    after: z.coerce.number().int().min(0).catch(0).default(0),
  })
  .default({ after: 0 });
export const paged = z.object({ page: page() }).default({ page: 1 });

export const appeal = z.object({ key: uuid(), id: uuid(), words: paragraph(10, 1000) });
export const decideAppeal = z.object({
  id: uuid(),
  verdict: z.enum(['upheld', 'refused'], { error: 'failures.field.choose' }),
  answer: paragraph(10, 1000),
});
