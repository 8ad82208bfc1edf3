import { z } from 'zod';
import { line, list as listOf, optional, page, paragraph, prose, uuid } from '../input';

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
  /** A file of a word processor whose words it begins with; a form sends an empty one where none was chosen. */
  file: z.preprocess(
    (given) => (given instanceof File && given.size > 0 ? given : undefined),
    z.instanceof(File).optional(),
  ),
});
export const retitle = z.object({ id: uuid(), title });
export const link = z.object({ id: uuid(), concernId: uuid() });
/** `seq`: what of the log the person had before her when she began to write. */
export const editByForm = z.object({
  id: uuid(),
  key: uuid(),
  seq,
  text: prose(textAtMost),
  /** Which lines of the text as it was these are, of a text that is written part by part: the first, and the next after. */
  from: optional(z.coerce.number().int().min(0).max(textAtMost)),
  to: optional(
    z.coerce
      .number()
      .int()
      .min(0)
      .max(textAtMost + 1),
  ),
});

/** How long what is said beside a text may be. */
export const remarkAtMost = 1000;
/** So that nobody is buried under what one person proposes. */
export const suggestionsAtMost = 20;
/** How much longer than the line that it is for a suggestion may be: ten of them stand on one page. */
export const suggestedAtMost = 3000;
const at = z.coerce.number().int().min(0).max(textAtMost);

/** `at`: which line of the text as it was at `seq`; `text`: what shall stand there. */
export const suggest = z.object({
  id: uuid(),
  key: uuid(),
  seq,
  at,
  text: prose(textAtMost),
  reason: paragraph(0, remarkAtMost).default(''),
});
/** `seen`: what it would do, as it was shown to who accepts it. */
export const acceptSuggestion = z.object({ id: uuid(), key: uuid(), seen: line(1, 80) });
export const rejectSuggestion = z.object({ id: uuid(), answer: paragraph(3, remarkAtMost) });
export const suggestions = z.object({ id: uuid(), page: page().default(1), decided: page().default(1) });
export const passage = z.object({ id: uuid(), at });

/** So that nobody fills a draft with remarks. */
export const commentsAtMost = 100;
/** `quote`: the words of that line which it is about; the whole line where it is left empty. */
export const comment = z.object({
  id: uuid(),
  key: uuid(),
  seq,
  at,
  quote: line(0, textAtMost).default(''),
  words: paragraph(2, remarkAtMost),
});
export const answerComment = z.object({ id: uuid(), key: uuid(), words: paragraph(2, remarkAtMost) });
export const comments = z.object({
  id: uuid(),
  page: page().default(1),
  state: optional(z.enum(['open', 'resolved'])).catch(undefined),
});

export const versionsAtMost = 200;
export const nameVersion = z.object({ id: uuid(), key: uuid(), name: line(2, 80) });
export const versions = z.object({ id: uuid(), page: page().default(1) });
/** Which part of a long text. */
export const version = z.object({ id: uuid(), versionId: uuid(), part: page().default(1) });
const state = z.union([z.literal('ahora'), uuid()]);
/** Two states of a draft: named versions, or as it stands now. */
export const comparison = z.object({ id: uuid(), from: state, to: state, page: page().default(1) });

export const authorship = z.object({ id: uuid(), part: page().default(1) });

/** What has to be typed, in either language, so that nothing is deleted by a slip. */
export const eraseWords = ['borrar', 'delete'];
export const erase = z.object({
  id: uuid(),
  key: uuid(),
  reason: paragraph(10, remarkAtMost),
  word: line(0, 40).default(''),
});
export const erasures = z.object({ spaceId: uuid() });
