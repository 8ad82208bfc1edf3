import { z } from 'zod';
import { areas } from '~/db/reference/areas';
import { authorities } from '~/db/reference/authorities';
import { library } from '~/db/reference/library';
import { flag, line, list, nothing, optional, page, paragraph, prose, uuid } from '../input';
import { wordings } from './rules/consolidation';

const slugOf = (items: readonly { slug: string }[]) => {
  const slugs = new Set(items.map((item) => item.slug));
  return z.string().refine((slug) => slugs.has(slug));
};
export const areaSlug = slugOf(areas);

const count = () => z.coerce.number().int().min(1).max(1_000_000);
/** The revision of the article that was on the screen when she began. */
const revision = count();

export const byId = z.object({ id: uuid() });
export const byNumber = z.object({ number: count() });
export const byPlace = z.object({ number: count(), article: count() });
export const canonicalOf = z.object({ number: optional(count()) });
/** Two versions by number (the last two where they are left out), whole or in one article. */
export const comparison = z.object({
  from: optional(count()),
  to: optional(count()),
  article: optional(uuid()),
  page: page(),
});
/** A version by number (the one in force where it is left out), or the document in the making. */
export const coverageOf = z.object({ number: optional(count()), making: flag().default(false) });
/** Where an article comes from: as it was last frozen, or as it stands in the making. */
export const originOf = z.object({ id: uuid(), making: flag().default(false) });
export const searchInside = z.object({
  /** The version in force where it is left out. */
  number: optional(count()),
  q: optional(line(0, 200)).catch(undefined),
  page: page(),
});
export { nothing };

export const deskInput = z.object({ area: optional(areaSlug), page: page() });

/** What is taken of a draft: all of it or a passage, and which of its concerns. */
const takenWords = {
  draftId: uuid(),
  /** The seq of the draft's log that was on the screen; the newest where it is left out. */
  seq: optional(z.coerce.number().int().min(0)),
  wording: z.enum(['all', 'passage']).default('all'),
  passage: paragraph(0, 40_000).default(''),
  /** `some`: of the draft's concerns only those in `concernIds`. */
  concerns: z.enum(['all', 'some']).default('all'),
  concernIds: list(uuid(), 0, 1000),
};

export const takeUpInput = z.object({
  key: uuid(),
  ...takenWords,
  area: areaSlug,
  title: line(3, 160),
});

/** A concern by its id, or by the number that people say. */
export const linkInput = z.object({
  id: uuid(),
  concernId: optional(uuid()),
  concernNumber: optional(count()),
});
export const linkGroupInput = z.object({ id: uuid(), groupId: uuid() });
export const unlinkInput = z.object({ id: uuid(), concernId: uuid() });

export const fieldsInput = z.object({
  id: uuid(),
  revision,
  title: line(3, 160),
  summary: line(0, 240),
  areas: list(areaSlug, 1, areas.length),
  law: paragraph(0, 4000),
  reality: paragraph(0, 4000),
  addressees: list(slugOf(authorities), 0, authorities.length),
  library: list(slugOf(library), 0, library.length),
  genderCheck: paragraph(0, 4000),
  genderWaived: flag(),
  territory: flag(),
});

export const textInput = z.object({
  key: uuid(),
  id: uuid(),
  /** The seq of the text's log that was on the screen. */
  base: z.coerce.number().int().min(0),
  text: prose(40_000),
});

export const placeInput = z.object({
  id: uuid(),
  revision,
  area: areaSlug,
  /** The article it comes after; first in the chapter where it is left out. */
  after: optional(uuid()),
});
export const retireInput = z.object({ id: uuid(), revision });

export const freezeInput = z.object({
  key: uuid(),
  title: line(3, 160),
  /** The number of the last version she saw; 0 for none. */
  after: z.coerce.number().int().min(0),
});

export const addDraftInput = z.object({
  key: uuid(),
  /** The article; its words come behind those that are there. */
  id: uuid(),
  revision,
  ...takenWords,
});

/** Whose words come first, or whose stand alone. */
export const mergeInput = z.object({
  key: uuid(),
  id: uuid(),
  revision,
  other: uuid(),
  otherRevision: revision,
  /** The seqs of both logs that were on the screen. */
  seq: z.coerce.number().int().min(0),
  otherSeq: z.coerce.number().int().min(0),
  title: line(3, 160),
  wording: z.enum(wordings),
});

export const splitInput = z.object({
  key: uuid(),
  id: uuid(),
  revision,
  seq: z.coerce.number().int().min(0),
  /** The first line of the new article, counted from 0. */
  line: z.coerce.number().int().min(1).max(1_000_000),
  title: line(3, 160),
  /** Of the concerns: those that go along, and those that stand behind both; the others stay. */
  go: list(uuid(), 0, 1000),
  both: list(uuid(), 0, 1000),
});

export const undoInput = z.object({ key: uuid(), id: uuid() });
export const actsInput = z.object({ page: page() });
export const mergePreviewInput = z.object({ id: uuid(), other: optional(uuid()) });
