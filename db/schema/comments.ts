import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { associations } from './associations';
import { id, moment, now } from './columns';
import { versionArticles } from './document';
import { persons } from './people';
import { offices } from './responses';

/** For or against an article of a frozen version; nobody answers anybody. */
export const comments = pgTable(
  'comments',
  {
    id: id(),
    versionArticleId: uuid('version_article_id')
      .notNull()
      .references(() => versionArticles.id),
    side: text('side', { enum: ['for', 'against'] }).notNull(),
    words: text('words').notNull(),
    personId: uuid('person_id').references(() => persons.id),
    /** In the name of her base, where she wants it to be told. */
    associationId: uuid('association_id').references(() => associations.id),
    /** Of a liaison: the office of the State that speaks, told apart and never counted with the bases. */
    officeId: uuid('office_id').references(() => offices.id),
    writtenAt: moment('written_at').notNull().default(now()),
    editedAt: moment('edited_at'),
    withdrawnAt: moment('withdrawn_at'),
    /** Hidden by a secretary; why is told to everybody. */
    hiddenReason: text('hidden_reason'),
    hiddenBy: uuid('hidden_by').references(() => persons.id),
    hiddenAt: moment('hidden_at'),
  },
  (t) => [
    index('comments_article').on(t.versionArticleId, t.side),
    uniqueIndex('comments_one').on(t.versionArticleId, t.personId).where(sql`withdrawn_at is null`),
    check('comments_one_name', sql`association_id is null or office_id is null`),
    check('comments_hidden', sql`(hidden_at is null) = (hidden_reason is null)`),
  ],
);

/** Somebody says that a comment breaks the rules of how we speak to each other. */
export const commentReports = pgTable(
  'comment_reports',
  {
    id: id(),
    commentId: uuid('comment_id')
      .notNull()
      .references(() => comments.id),
    personId: uuid('person_id').references(() => persons.id),
    reason: text('reason').notNull(),
    reportedAt: moment('reported_at').notNull().default(now()),
    /** A secretary has looked at it: hidden, or left as it is. */
    settledAt: moment('settled_at'),
  },
  (t) => [
    uniqueIndex('comment_reports_one').on(t.commentId, t.personId).where(sql`settled_at is null`),
    index('comment_reports_waiting').on(t.settledAt),
  ],
);
