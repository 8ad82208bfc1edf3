import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { associations } from './associations';
import { bytea, id, moment, now } from './columns';
import { versionArticles, versions } from './document';
import { persons } from './people';

/** A ballot on one frozen version. From the opening on, only its state moves (drizzle/0001). */
export const ballots = pgTable('ballots', {
  id: id(),
  versionId: uuid('version_id')
    .notNull()
    .references(() => versions.id),
  title: text('title').notNull(),
  /** Whole text only, or each article and then the whole. */
  scope: text('scope', { enum: ['whole', 'articles'] }).notNull(),
  /** Fractions in hundredths of the roll and of the votes cast: fixed before the opening. */
  rule: jsonb('rule').notNull().$type<{ quorumPercent: number; majorityPercent: number }>(),
  state: text('state', { enum: ['prepared', 'open', 'closing', 'closed'] })
    .notNull()
    .default('prepared'),
  closesAt: moment('closes_at').notNull(),
  /** Canonical JSON of version, rule, roll and questions; null until the opening. */
  manifest: text('manifest'),
  manifestSha256: text('manifest_sha256'),
  preparedBy: uuid('prepared_by').references(() => persons.id),
  preparedAt: moment('prepared_at').notNull().default(now()),
  openedAt: moment('opened_at'),
  closedAt: moment('closed_at'),
});

export const ballotQuestions = pgTable(
  'ballot_questions',
  {
    id: id(),
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    position: integer('position').notNull(),
    /** Null: the whole text. */
    versionArticleId: uuid('version_article_id').references(() => versionArticles.id),
  },
  (t) => [uniqueIndex('ballot_questions_position').on(t.ballotId, t.position)],
);

/** The roll: who may vote, fixed at opening, and whether she has. No time, no choice. */
export const rollEntries = pgTable(
  'roll_entries',
  {
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    associationId: uuid('association_id')
      .notNull()
      .references(() => associations.id),
    voted: boolean('voted').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.ballotId, t.personId] })],
);

/** The box. No person, no time, no order. The handle is blind and erased at the close. */
export const papers = pgTable(
  'papers',
  {
    id: id(),
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    questionId: uuid('question_id')
      .notNull()
      .references(() => ballotQuestions.id),
    /** What the publication plan counts; this stage counts only 'overall'. */
    dimension: text('dimension').notNull().default('overall'),
    label: text('label').notNull().default(''),
    choice: text('choice', { enum: ['si', 'no', 'abstencion'] }).notNull(),
    handle: bytea('handle'),
  },
  (t) => [uniqueIndex('papers_handle').on(t.handle), index('papers_question').on(t.questionId)],
);

/** Trackers handed out, published after the close. They join to nothing. */
export const receipts = pgTable('receipts', {
  tracker: text('tracker').primaryKey(),
  ballotId: uuid('ballot_id')
    .notNull()
    .references(() => ballots.id),
});

export const tallies = pgTable(
  'tallies',
  {
    id: id(),
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    questionId: uuid('question_id')
      .notNull()
      .references(() => ballotQuestions.id),
    yes: integer('yes').notNull(),
    no: integer('no').notNull(),
    abstain: integer('abstain').notNull(),
    verdict: text('verdict', { enum: ['aprobado', 'no_aprobado', 'sin_quorum'] }).notNull(),
  },
  (t) => [uniqueIndex('tallies_question').on(t.questionId)],
);
