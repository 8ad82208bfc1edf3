import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AnyRule, Outcome, Round } from '~/server/ballots/rules/charter';
import type { Published } from '~/server/ballots/rules/exposure';
import { amendments } from './amendments';
import { associations } from './associations';
import { bytea, id, moment, now, thisDay } from './columns';
import { versionArticles, versions } from './document';
import { persons } from './people';

/** A ballot on one frozen version. From the opening on, only its state moves: the database sees to it. */
export const ballots = pgTable(
  'ballots',
  {
    id: id(),
    versionId: uuid('version_id')
      .notNull()
      .references(() => versions.id),
    title: text('title').notNull(),
    /** Whole text only, or each article and then the whole. */
    scope: text('scope', { enum: ['whole', 'articles', 'returned'] }).notNull(),
    /** As data, fixed before the opening: two numbers of the assembly's own, or a charter that looks at groups too. */
    rule: jsonb('rule').notNull().$type<AnyRule>(),
    /** The first vote, the second call after one without quorum, or the second vote on what came back. */
    round: text('round', { enum: ['first', 'second_call', 'second_vote'] })
      .notNull()
      .default('first')
      .$type<Round>(),
    /** The ballot that this one takes up again. */
    follows: uuid('follows').references((): AnyPgColumn => ballots.id),
    /** Secret; or in the room: hands counted, nobody against, or each by name. Never changed once it is open. */
    method: text('method', { enum: ['secret', 'hands', 'consensus', 'roll_call'] })
      .notNull()
      .default('secret'),
    /** Of a vote in the room: who presides, and the two who count. */
    presides: uuid('presides').references(() => persons.id),
    counterOne: uuid('counter_one').references(() => persons.id),
    counterTwo: uuid('counter_two').references(() => persons.id),
    state: text('state', { enum: ['prepared', 'open', 'closing', 'closed'] })
      .notNull()
      .default('prepared'),
    closesAt: moment('closes_at').notNull(),
    /** Open for less than the ordinary time; in force when a second secretary has confirmed it. */
    urgent: boolean('urgent').notNull().default(false),
    urgencyConfirmedBy: uuid('urgency_confirmed_by').references(() => persons.id),
    /** Canonical JSON of version, rule, roll and questions; null until the opening. */
    manifest: text('manifest'),
    manifestSha256: text('manifest_sha256'),
    preparedBy: uuid('prepared_by').references(() => persons.id),
    preparedAt: moment('prepared_at').notNull().default(now()),
    openedAt: moment('opened_at'),
    closedAt: moment('closed_at'),
  },
  (t) => [
    index('ballots_version').on(t.versionId),
    // What is taken up again is taken up once.
    uniqueIndex('ballots_follows').on(t.follows),
    check('ballots_rounds', sql`(round = 'first') = (follows is null)`),
    check(
      'ballots_room',
      sql`(method = 'secret') = (presides is null) and (presides is null) = (counter_one is null)
        and (counter_one is null) = (counter_two is null) and (counter_one is null or counter_one <> counter_two)`,
    ),
    check('ballots_two_people', sql`urgency_confirmed_by is null or urgency_confirmed_by <> prepared_by`),
  ],
);

/** A ballot that lost its key and could not be counted: who said so, why, and when. It is closed without a tally. */
export const ballotAnnulments = pgTable('ballot_annulments', {
  ballotId: uuid('ballot_id')
    .primaryKey()
    .references(() => ballots.id),
  reason: text('reason').notNull(),
  annulledBy: uuid('annulled_by').references(() => persons.id),
  annulledAt: moment('annulled_at').notNull().default(now()),
});

export const ballotQuestions = pgTable(
  'ballot_questions',
  {
    id: id(),
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    position: integer('position').notNull(),
    /** Null: the whole text, or an article that only an amendment wants. */
    versionArticleId: uuid('version_article_id').references(() => versionArticles.id),
    /** A rejected amendment that stands beside that article as a rival text, and is asked about here. */
    amendmentId: uuid('amendment_id').references(() => amendments.id),
  },
  (t) => [uniqueIndex('ballot_questions_position').on(t.ballotId, t.position)],
);

/**
 * The roll: who may vote, fixed at opening. No time, no choice; `voted` is written by the closing job alone,
 * for everybody at once (docs/decisions/020).
 */
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
    /**
     * The place of her group in each dimension of the plan, in the plan's order. Null where no group is counted, and from
     * the count on, where the roll says no more with whom anybody was counted.
     */
    places: integer('places').array(),
  },
  (t) => [primaryKey({ columns: [t.ballotId, t.personId] }), index('roll_entries_person').on(t.personId)],
);

/**
 * Who agreed that her own word about her sex be counted in ballots, as a group and never alone. No day and no hour: how many
 * ballots had been opened before she did, so that each of them knows for ever whether she was counted in it.
 */
export const countedAs = pgTable('counted_as', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => persons.id),
  behind: integer('behind').notNull(),
});

/**
 * The box. No person, no time, no order. Until the close a paper has a blind handle and a sealed choice;
 * from then on a plain choice and no handle.
 */
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
    /** What the publication plan counts: everybody, and each dimension of the rule by itself. */
    dimension: text('dimension').notNull().default('overall'),
    label: text('label').notNull().default(''),
    choice: text('choice', { enum: ['si', 'no', 'abstencion'] }),
    handle: bytea('handle'),
    sealed: bytea('sealed'),
  },
  (t) => [
    uniqueIndex('papers_handle').on(t.handle),
    index('papers_question').on(t.questionId),
    check(
      'papers_sealed_or_plain',
      sql`(handle is null) = (sealed is null) and (handle is null) = (choice is not null)`,
    ),
  ],
);

/** One for each sheet handed in; the words themselves stand here only after the close. They join to nothing. */
export const receipts = pgTable(
  'receipts',
  {
    id: id(),
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    handle: bytea('handle'),
    tracker: text('tracker'),
  },
  (t) => [
    uniqueIndex('receipts_handle').on(t.handle),
    uniqueIndex('receipts_tracker').on(t.ballotId, t.tracker),
    check('receipts_blind_or_plain', sql`(handle is null) = (tracker is not null)`),
  ],
);

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
    /** All three null where, beside an earlier result on the same text, they would say how somebody voted. */
    yes: integer('yes'),
    no: integer('no'),
    abstain: integer('abstain'),
    verdict: text('verdict').notNull().$type<Outcome>(),
    /** What is told of groups, by the plan; null where the rule looks at none. */
    told: jsonb('told').$type<Published>(),
    /** Of texts side by side whose counts are not told, whether this one holds; null where the counts say it. */
    holds: boolean('holds'),
  },
  (t) => [
    uniqueIndex('tallies_question').on(t.questionId),
    check('tallies_whole', sql`(yes is null) = (no is null) and (no is null) = (abstain is null)`),
  ],
);

/**
 * Why a group said no to an article that went back, in its own words. No person and no hour, and no way back to
 * either: a base's name stands here only where enough of it are on the roll.
 */
export const ballotReasons = pgTable(
  'ballot_reasons',
  {
    id: id(),
    questionId: uuid('question_id')
      .notNull()
      .references(() => ballotQuestions.id),
    /** The group of the plan; both null where everybody was asked. */
    dimension: text('dimension'),
    label: text('label'),
    associationId: uuid('association_id').references(() => associations.id),
    words: text('words').notNull(),
    day: moment('day').notNull().default(thisDay()),
    /** Taken out of sight by the forum's secretaries, with why: words that name a person. */
    hiddenWhy: text('hidden_why'),
  },
  (t) => [
    index('ballot_reasons_question').on(t.questionId),
    check('ballot_reasons_group', sql`(dimension is null) = (label is null)`),
    check('ballot_reasons_women', sql`dimension is distinct from 'women' or association_id is null`),
  ],
);

/** The chamber of associations: which bases have a seat in this ballot, by their name of then. Fixed at the opening. */
export const chamberSeats = pgTable(
  'chamber_seats',
  {
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    associationId: uuid('association_id')
      .notNull()
      .references(() => associations.id),
    name: text('name').notNull(),
  },
  (t) => [primaryKey({ columns: [t.ballotId, t.associationId] })],
);

/** A base's position until the close: under a blind handle and sealed, so that nobody follows the leader. */
export const chamberPapers = pgTable(
  'chamber_papers',
  {
    id: id(),
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    handle: bytea('handle').notNull(),
    sealed: bytea('sealed').notNull(),
  },
  (t) => [uniqueIndex('chamber_papers_handle').on(t.handle), index('chamber_papers_ballot').on(t.ballotId)],
);

/** After the close: what each base said, by its name, for everybody. */
export const chamberPositions = pgTable(
  'chamber_positions',
  {
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    questionId: uuid('question_id')
      .notNull()
      .references(() => ballotQuestions.id),
    associationId: uuid('association_id')
      .notNull()
      .references(() => associations.id),
    choice: text('choice', { enum: ['si', 'no', 'abstencion'] }).notNull(),
    /** The base that spoke for it, by its proxy. */
    via: uuid('via').references(() => associations.id),
  },
  (t) => [primaryKey({ columns: [t.questionId, t.associationId] })],
);

/** A base lets another speak for it in the chamber of one ballot; it may take that back until the close. */
export const proxies = pgTable(
  'proxies',
  {
    id: id(),
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    giverId: uuid('giver_id')
      .notNull()
      .references(() => associations.id),
    holderId: uuid('holder_id')
      .notNull()
      .references(() => associations.id),
    givenAt: moment('given_at').notNull().default(now()),
    revokedAt: moment('revoked_at'),
  },
  (t) => [
    uniqueIndex('proxies_one').on(t.ballotId, t.giverId).where(sql`revoked_at is null`),
    check('proxies_two', sql`giver_id <> holder_id`),
  ],
);

/**
 * Who asks, before the opening, that an article be voted by itself or in secret. The names go when it opens: what
 * was asked for by enough stands in the manifest.
 */
export const ballotClaims = pgTable(
  'ballot_claims',
  {
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id, { onDelete: 'cascade' }),
    versionArticleId: uuid('version_article_id')
      .notNull()
      .references(() => versionArticles.id),
    wants: text('wants', { enum: ['separate', 'secret'] }).notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
  },
  (t) => [primaryKey({ columns: [t.ballotId, t.versionArticleId, t.wants, t.personId] })],
);
