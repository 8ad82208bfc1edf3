import { sql } from 'drizzle-orm';
import { check, date, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, moment, now } from './columns';
import { versionArticles } from './document';
import { persons } from './people';

/** An office of the State, named on its responses; its liaisons are forum roles. */
export const offices = pgTable('offices', {
  id: id(),
  name: text('name').notNull(),
  country: text('country', { enum: ['PE', 'BO'] }).notNull(),
  createdAt: moment('created_at').notNull().default(now()),
});

/** The forum asks an office to answer an article of a frozen version by a day. */
export const responseRequests = pgTable(
  'response_requests',
  {
    id: id(),
    versionArticleId: uuid('version_article_id')
      .notNull()
      .references(() => versionArticles.id),
    officeId: uuid('office_id')
      .notNull()
      .references(() => offices.id),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    askedBy: uuid('asked_by').references(() => persons.id),
    askedAt: moment('asked_at').notNull().default(now()),
  },
  (t) => [uniqueIndex('response_requests_one').on(t.versionArticleId, t.officeId)],
);

/** An official response. Never edited: each wording is a further row. */
export const responses = pgTable(
  'responses',
  {
    id: id(),
    requestId: uuid('request_id')
      .notNull()
      .references(() => responseRequests.id),
    revision: integer('revision').notNull(),
    kind: text('kind', { enum: ['acogida', 'acogida_con_cambios', 'no_acogida', 'en_estudio'] }).notNull(),
    words: text('words').notNull(),
    /** «En estudio» says until when; nothing else does. */
    until: date('until', { mode: 'string' }),
    writtenBy: uuid('written_by').references(() => persons.id),
    writtenAt: moment('written_at').notNull().default(now()),
  },
  (t) => [
    uniqueIndex('responses_revision').on(t.requestId, t.revision),
    index('responses_request').on(t.requestId),
    check('responses_until', sql`until is null or kind = 'en_estudio'`),
  ],
);
