import { sql } from 'drizzle-orm';
import { check, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { UrnCount } from '~/server/ballots/rules/urns';
import { ballots } from './ballots';
import { id } from './columns';
import { persons } from './people';

/** Who sits at the table of a ballot: gives papers out while it is open, and counts the urns afterwards. */
export const ballotTellers = pgTable(
  'ballot_tellers',
  {
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    namedBy: uuid('named_by').references(() => persons.id),
  },
  (t) => [primaryKey({ columns: [t.ballotId, t.personId] })],
);

/**
 * Who of the roll votes on paper, and into which urn: that of her places in the plan, and from the count on one for all.
 * No time. While an urn has fewer than ten names nobody has a paper yet, and what is in the box for them stands
 * (docs/decisions/106).
 */
export const paperVoters = pgTable(
  'paper_voters',
  {
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    // Not a reference to her entry in the roll: that would lock it, and leave its mark on the row.
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    urn: text('urn').notNull(),
    handedBy: uuid('handed_by')
      .notNull()
      .references(() => persons.id),
  },
  (t) => [
    primaryKey({ columns: [t.ballotId, t.personId] }),
    check('paper_voters_another', sql`handed_by <> person_id`),
  ],
);

/**
 * The papers of an urn are given out: one of the table says so, and another one of another base. Until then its names
 * only wait, and each of them can be taken off again.
 */
export const urnsGiven = pgTable(
  'urns_given',
  {
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    urn: text('urn').notNull(),
    firstBy: uuid('first_by')
      .notNull()
      .references(() => persons.id),
    secondBy: uuid('second_by').references(() => persons.id),
  },
  (t) => [
    primaryKey({ columns: [t.ballotId, t.urn] }),
    check('urns_given_two_people', sql`second_by is null or second_by <> first_by`),
  ],
);

/** What one of the table counted in an urn, for each question in order. The numbers go when they are in the box. */
export const urnCounts = pgTable(
  'urn_counts',
  {
    id: id(),
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    urn: text('urn').notNull(),
    /** From 1: two counts that differ are followed by another round. */
    round: integer('round').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    counts: jsonb('counts').$type<UrnCount[]>(),
  },
  (t) => [uniqueIndex('urn_counts_one').on(t.ballotId, t.urn, t.round, t.personId)],
);

/** An urn that was lost or opened by the wrong hands: with a reason that everybody reads, by two people. */
export const urnsAside = pgTable(
  'urns_aside',
  {
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    urn: text('urn').notNull(),
    reason: text('reason').notNull(),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => persons.id),
    confirmedBy: uuid('confirmed_by').references(() => persons.id),
  },
  (t) => [
    primaryKey({ columns: [t.ballotId, t.urn] }),
    check('urns_aside_two_people', sql`confirmed_by is null or confirmed_by <> asked_by`),
  ],
);
