import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, id, moment, now } from './columns';
import { concerns } from './concerns';
import { persons } from './people';
import { spaces } from './spaces';

/** A co-written text: one flat Y.Text named 'text' (drafting.md 4). Drafts and articles alike. */
export const texts = pgTable('texts', {
  id: id(),
  kind: text('kind', { enum: ['draft', 'article'] }).notNull(),
  /** The newest seq of its log; stays when the log is compacted, so that no number is given twice. */
  lastSeq: bigint('last_seq', { mode: 'number' }).notNull().default(0),
  createdAt: moment('created_at').notNull().default(now()),
  /** Deleted for good: its log is gone and nothing is ever taken for it again. */
  erasedAt: moment('erased_at'),
});

/** The append-only log of Yjs updates. seq is given under a lock on the text's row. */
export const textUpdates = pgTable(
  'text_updates',
  {
    textId: uuid('text_id')
      .notNull()
      .references(() => texts.id),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** The socket's actor, never a Yjs client id. */
    author: uuid('author').references(() => persons.id),
    bytes: bytea('bytes').notNull(),
    at: moment('at').notNull().default(now()),
  },
  (t) => [primaryKey({ columns: [t.textId, t.seq] })],
);

/** What the compacted part of a log comes to: everything up to and with `seq`, deleted words dropped. */
export const textSnapshots = pgTable('text_snapshots', {
  textId: uuid('text_id')
    .primaryKey()
    .references(() => texts.id),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  /** Yjs state, update format v2, compressed with brotli. */
  state: bytea('state').notNull(),
  at: moment('at').notNull().default(now()),
});

/**
 * Who brought which letters, of the compacted part of a log: Yjs item ids from `clock` on, `length` of them.
 * For what is still in the log its rows say so.
 */
export const textAuthors = pgTable(
  'text_authors',
  {
    textId: uuid('text_id')
      .notNull()
      .references(() => texts.id),
    client: bigint('client', { mode: 'number' }).notNull(),
    clock: bigint('clock', { mode: 'number' }).notNull(),
    length: integer('length').notNull(),
    author: uuid('author').references(() => persons.id),
  },
  (t) => [primaryKey({ columns: [t.textId, t.client, t.clock] })],
);

export const drafts = pgTable(
  'drafts',
  {
    id: id(),
    spaceId: uuid('space_id')
      .notNull()
      .references(() => spaces.id),
    textId: uuid('text_id')
      .notNull()
      .references(() => texts.id),
    title: text('title').notNull(),
    /** `erased`: deleted for good; the row stays so that the audit points at something, its words do not. */
    state: text('state', { enum: ['open', 'closed', 'erased'] })
      .notNull()
      .default('open'),
    createdBy: uuid('created_by').references(() => persons.id),
    createdAt: moment('created_at').notNull().default(now()),
    closedAt: moment('closed_at'),
  },
  (t) => [index('drafts_space').on(t.spaceId), uniqueIndex('drafts_text').on(t.textId)],
);

/** A draft takes up concerns; undone links stay, ended. */
export const draftConcerns = pgTable(
  'draft_concerns',
  {
    id: id(),
    draftId: uuid('draft_id')
      .notNull()
      .references(() => drafts.id),
    concernId: uuid('concern_id')
      .notNull()
      .references(() => concerns.id),
    linkedBy: uuid('linked_by').references(() => persons.id),
    linkedAt: moment('linked_at').notNull().default(now()),
    endedAt: moment('ended_at'),
  },
  (t) => [
    uniqueIndex('draft_concerns_one').on(t.draftId, t.concernId).where(sql`ended_at is null`),
    index('draft_concerns_concern').on(t.concernId),
  ],
);

/** A state of a draft's text that somebody has given a name; it stands by itself, whatever becomes of the log. */
export const draftVersions = pgTable(
  'draft_versions',
  {
    id: id(),
    draftId: uuid('draft_id')
      .notNull()
      .references(() => drafts.id),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    name: text('name').notNull(),
    /** The flat text as a Quill-style delta: inserts with their attributes. */
    delta: jsonb('delta').notNull().$type<{ insert: string; attributes?: Record<string, unknown> }[]>(),
    createdBy: uuid('created_by').references(() => persons.id),
    createdAt: moment('created_at').notNull().default(now()),
  },
  (t) => [index('draft_versions_draft').on(t.draftId, t.seq)],
);

/**
 * A change that somebody proposes: an edit made upon the text as it was at `seq`, not in the log until it is
 * accepted. What it would do is always shown upon the text as it stands now.
 */
export const draftSuggestions = pgTable(
  'draft_suggestions',
  {
    id: id(),
    draftId: uuid('draft_id')
      .notNull()
      .references(() => drafts.id),
    author: uuid('author').references(() => persons.id),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** A Yjs update; null once it has been decided: then `removed` and `inserted` say what it was about. */
    update: bytea('update'),
    removed: text('removed').notNull(),
    inserted: text('inserted').notNull(),
    reason: text('reason').notNull().default(''),
    state: text('state', { enum: ['open', 'accepted', 'rejected', 'withdrawn'] })
      .notNull()
      .default('open'),
    answer: text('answer').notNull().default(''),
    decidedBy: uuid('decided_by').references(() => persons.id),
    decidedAt: moment('decided_at'),
    createdAt: moment('created_at').notNull().default(now()),
  },
  (t) => [index('draft_suggestions_draft').on(t.draftId, t.state)],
);

/** A remark at some words of a draft; it stays with the words while they are edited. */
export const draftComments = pgTable(
  'draft_comments',
  {
    id: id(),
    draftId: uuid('draft_id')
      .notNull()
      .references(() => drafts.id),
    /** The remark this one answers; answers have no answers. */
    parentId: uuid('parent_id'),
    author: uuid('author').references(() => persons.id),
    words: text('words').notNull(),
    /** The words it was put at, as they were; null in an answer. */
    quote: text('quote'),
    /** Yjs relative positions of the first letter and behind the last; null in an answer. */
    anchorFrom: bytea('anchor_from'),
    anchorTo: bytea('anchor_to'),
    createdAt: moment('created_at').notNull().default(now()),
    resolvedAt: moment('resolved_at'),
    resolvedBy: uuid('resolved_by').references(() => persons.id),
  },
  (t) => [index('draft_comments_draft').on(t.draftId), index('draft_comments_parent').on(t.parentId)],
);
