import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { ballots } from './ballots';
import { bytea, id, moment, now, thisDay } from './columns';
import { persons } from './people';

/**
 * A booth of a ballot: one tablet, and the two who stand by. Who votes in it leaves no row, here or anywhere
 * (docs/decisions/110). Days, and one hour: that at which the two were named, of which each of them is told.
 */
export const booths = pgTable(
  'booths',
  {
    id: id(),
    ballotId: uuid('ballot_id')
      .notNull()
      .references(() => ballots.id),
    firstId: uuid('first_id')
      .notNull()
      .references(() => persons.id),
    secondId: uuid('second_id')
      .notNull()
      .references(() => persons.id),
    openedBy: uuid('opened_by')
      .notNull()
      .references(() => persons.id),
    openedOn: moment('opened_on').notNull().default(thisDay()),
    /** The moment of the notice to the two: a day alone would be older than what they have seen on that day. */
    namedAt: moment('named_at').notNull().default(now()),
    /** Keyed hash of the code that is typed into the tablet; gone with its one use. */
    codeHash: bytea('code_hash'),
    /** Keyed hash of what the tablet holds; there is one from the use of the code to the closing. */
    tokenHash: bytea('token_hash'),
    closedBy: uuid('closed_by').references(() => persons.id),
    closedOn: moment('closed_on'),
  },
  (t) => [
    index('booths_ballot').on(t.ballotId),
    index('booths_first').on(t.firstId),
    index('booths_second').on(t.secondId),
    index('booths_opened_by').on(t.openedBy),
    uniqueIndex('booths_code').on(t.codeHash),
    uniqueIndex('booths_token').on(t.tokenHash),
    check('booths_two_people', sql`first_id <> second_id and opened_by not in (first_id, second_id)`),
    check('booths_code_once', sql`code_hash is null or token_hash is null`),
    check('booths_closed', sql`(closed_by is null) = (closed_on is null)`),
    check('booths_closed_opens_nothing', sql`closed_by is null or coalesce(code_hash, token_hash) is null`),
  ],
);

/** What somebody says who was named to stand by a booth: that she is not there, or was not. Never taken back. */
export const boothAbsences = pgTable(
  'booth_absences',
  {
    boothId: uuid('booth_id')
      .notNull()
      .references(() => booths.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    saidAt: moment('said_at').notNull().default(now()),
  },
  (t) => [primaryKey({ columns: [t.boothId, t.personId] })],
);
