import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { id, moment, now } from './columns';
import { concerns } from './concerns';
import { drafts, texts } from './drafts';
import { persons } from './people';

/** A chapter of the one document: one area, in the order of position. */
export const chapters = pgTable(
  'chapters',
  {
    id: id(),
    area: text('area').notNull(),
    position: integer('position').notNull(),
  },
  (t) => [uniqueIndex('chapters_area').on(t.area)],
);

/** An article in the making. Its identity is its id; its number is its place. */
export const articles = pgTable(
  'articles',
  {
    id: id(),
    chapterId: uuid('chapter_id')
      .notNull()
      .references(() => chapters.id),
    position: integer('position').notNull(),
    title: text('title').notNull(),
    textId: uuid('text_id')
      .notNull()
      .references(() => texts.id),
    summary: text('summary').notNull().default(''),
    areas: text('areas').array().notNull(),
    /** «Lo que dice la ley / lo que pasa aquí». */
    law: text('law').notNull().default(''),
    reality: text('reality').notNull().default(''),
    /** Slugs of db/reference/authorities and db/reference/library. */
    addressees: text('addressees').array().notNull().default(sql`'{}'`),
    library: text('library').array().notNull().default(sql`'{}'`),
    /** how it touches women miners, or why that is waived. */
    genderCheck: text('gender_check').notNull().default(''),
    genderWaived: boolean('gender_waived').notNull().default(false),
    territory: boolean('territory').notNull().default(false),
    /** Counts the changes of its fields and place: who saved from an older one is told, and overwrites nobody. */
    revision: integer('revision').notNull().default(1),
    createdBy: uuid('created_by').references(() => persons.id),
    createdAt: moment('created_at').notNull().default(now()),
    retiredAt: moment('retired_at'),
    /** The article that it was joined into, and the last seq of its log whose words went along. */
    mergedInto: uuid('merged_into').references((): AnyPgColumn => articles.id),
    mergedSeq: bigint('merged_seq', { mode: 'number' }),
  },
  (t) => [index('articles_chapter').on(t.chapterId, t.position), uniqueIndex('articles_text').on(t.textId)],
);

/** From which draft, at which sequence number of its log, an article was taken. */
export const articleSources = pgTable(
  'article_sources',
  {
    id: id(),
    articleId: uuid('article_id')
      .notNull()
      .references(() => articles.id),
    draftId: uuid('draft_id')
      .notNull()
      .references(() => drafts.id),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    takenBy: uuid('taken_by').references(() => persons.id),
    takenAt: moment('taken_at').notNull().default(now()),
    /** Undone, or gone along with the words into another article; the row stays. */
    endedAt: moment('ended_at'),
  },
  (t) => [index('article_sources_article').on(t.articleId), index('article_sources_draft').on(t.draftId)],
);

export const articleConcerns = pgTable(
  'article_concerns',
  {
    id: id(),
    articleId: uuid('article_id')
      .notNull()
      .references(() => articles.id),
    concernId: uuid('concern_id')
      .notNull()
      .references(() => concerns.id),
    linkedBy: uuid('linked_by').references(() => persons.id),
    linkedAt: moment('linked_at').notNull().default(now()),
    endedAt: moment('ended_at'),
  },
  (t) => [
    uniqueIndex('article_concerns_one').on(t.articleId, t.concernId).where(sql`ended_at is null`),
    index('article_concerns_concern').on(t.concernId),
  ],
);

/** A frozen version. The database refuses to change it (drizzle/0001). */
export const versions = pgTable(
  'versions',
  {
    id: id(),
    number: integer('number').notNull(),
    title: text('title').notNull(),
    /** RFC 8785 canonical JSON on NFC text; the hash is of these bytes. */
    canonical: text('canonical').notNull(),
    sha256: text('sha256').notNull(),
    frozenBy: uuid('frozen_by').references(() => persons.id),
    frozenAt: moment('frozen_at').notNull().default(now()),
  },
  (t) => [uniqueIndex('versions_number').on(t.number)],
);

/** What is searched of a frozen article, without accents and by word stems. */
export const searched = sql`to_tsvector('public.forum_es', title || ' ' || summary || ' ' || "text" || ' ' || law || ' ' || reality)`;

export const versionArticles = pgTable(
  'version_articles',
  {
    id: id(),
    versionId: uuid('version_id')
      .notNull()
      .references(() => versions.id),
    articleId: uuid('article_id')
      .notNull()
      .references(() => articles.id),
    number: integer('number').notNull(),
    area: text('area').notNull(),
    areas: text('areas').array().notNull(),
    title: text('title').notNull(),
    text: text('text').notNull(),
    summary: text('summary').notNull(),
    law: text('law').notNull(),
    reality: text('reality').notNull(),
    addressees: text('addressees').array().notNull(),
    library: text('library').array().notNull(),
    genderCheck: text('gender_check').notNull(),
    genderWaived: boolean('gender_waived').notNull(),
    territory: boolean('territory').notNull(),
    /** The concerns that stood behind it when it was frozen. */
    concernIds: uuid('concern_ids').array().notNull(),
    sha256: text('sha256').notNull(),
  },
  (t) => [
    uniqueIndex('version_articles_number').on(t.versionId, t.number),
    uniqueIndex('version_articles_article').on(t.versionId, t.articleId),
    index('version_articles_search').using('gin', searched),
  ],
);
