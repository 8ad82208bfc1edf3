import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { RoomEntry } from '~/server/ballots/rules/room';
import { ballotQuestions, ballots } from './ballots';
import { id } from './columns';
import { persons } from './people';

/** What one of the two who count has entered, each time they counted. It stays, also where the two did not agree. */
export const roomCounts = pgTable(
  'room_counts',
  {
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    questionId: uuid('question_id')
      .notNull()
      .references(() => ballotQuestions.id),
    /** From 1; a difference begins the next. */
    attempt: integer('attempt').notNull(),
    counterId: uuid('counter_id')
      .notNull()
      .references(() => persons.id),
    entry: jsonb('entry').notNull().$type<RoomEntry>(),
  },
  (t) => [primaryKey({ columns: [t.questionId, t.attempt, t.counterId] })],
);

/** An objection to a consensus, in the words in which it was said. */
export const roomObjections = pgTable(
  'room_objections',
  {
    id: id(),
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    questionId: uuid('question_id')
      .notNull()
      .references(() => ballotQuestions.id),
    words: text('words').notNull(),
    /** By who made it, before those who object were counted. */
    withdrawn: boolean('withdrawn').notNull().default(false),
    /** Taken out of sight by the forum's secretaries, with why: words that name a person. */
    hiddenWhy: text('hidden_why'),
  },
  (t) => [index('room_objections_question').on(t.questionId)],
);
