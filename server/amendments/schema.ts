import { z } from 'zod';
import { areaSlug } from '../document/schema';
import { day, flag, line, optional, page, paragraph, prose, uuid } from '../input';
import { kinds } from './rules';

export { nothing } from '../input';
export const textAtMost = 40_000;
export const whyAtMost = 1500;
const count = () => z.coerce.number().int().min(1).max(1_000_000);

export const byId = z.object({ id: uuid() });
export const onePage = byId.extend({ page: page() });
export const ofVersion = z.object({ number: count(), page: page() });
export const ofPlace = z.object({ number: count(), article: count(), page: page() });
export const ofArticle = z.object({ versionArticleId: uuid() });

/** In whose name, as one choice of a form: `base:ID` or `mesa:ID`. */
const name = z
  .string('failures.field.choose')
  .regex(/^(base|mesa):[0-9a-f-]{36}$/, 'failures.field.choose')
  .transform((value) => {
    const [kind, id] = value.split(':') as ['base' | 'mesa', string];
    return { associationId: kind === 'base' ? id : null, spaceId: kind === 'mesa' ? id : null };
  });

export const propose = z.object({
  key: uuid(),
  kind: z.enum(kinds, 'failures.field.choose'),
  name,
  /** The frozen article that was on the screen; none for a new one. */
  versionArticleId: optional(uuid()),
  area: optional(areaSlug),
  /** Of a new one: the article it comes behind; the first of its chapter where it is left out. */
  after: optional(uuid()),
  title: optional(line(3, 160)),
  text: prose(textAtMost).optional(),
  why: paragraph(10, whyAtMost),
  actaReference: optional(line(3, 160)),
  actaDate: optional(day()),
});

export const back = z.object({ id: uuid(), associationId: uuid() });
export const reject = z.object({ id: uuid(), reason: paragraph(10, whyAtMost) });
export const accept = z.object({
  id: uuid(),
  reason: optional(paragraph(0, whyAtMost)),
  /** Written by the committee, where the article has changed so that the words do not fit any more. */
  text: prose(textAtMost).optional(),
  /** The seq of the article's text that was on the screen then. */
  base: optional(z.coerce.number().int().min(0)),
  /** As where an article's text is written: the mark of the numbers on the screen, and what they meant. */
  numbering: optional(z.string().max(64)),
  names: optional(z.string().max(200_000)),
  /** The article has changed, and is to go all the same. */
  sure: flag().optional(),
});
