import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
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
    state: text('state', { enum: ['open', 'closed'] })
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
