import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, id, moment, now, thisDay } from './columns';

/** A person. The number is printed on her card and stands where others ask for an e-mail. */
export const persons = pgTable(
  'persons',
  {
    id: id(),
    number: text('number').notNull(),
    name: text('name').notNull(),
    /** Self-declared, optional, never shown for one person. */
    sex: text('sex', { enum: ['mujer', 'hombre', 'otra', 'prefiere_no_decir'] }),
    locale: text('locale', { enum: ['es', 'en'] })
      .notNull()
      .default('es'),
    passphraseHash: text('passphrase_hash'),
    enrolledBy: uuid('enrolled_by'),
    createdAt: moment('created_at').notNull().default(now()),
  },
  (t) => [uniqueIndex('persons_number').on(t.number)],
);

/** One-time card codes. Only the hash is kept; a new card revokes the older ones. Days, never hours. */
export const cards = pgTable(
  'cards',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    codeHash: bytea('code_hash').notNull(),
    issuedBy: uuid('issued_by').references(() => persons.id),
    issuedAt: moment('issued_at').notNull().default(thisDay()),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [uniqueIndex('cards_code').on(t.codeHash), index('cards_person').on(t.personId)],
);

/** A signed-in phone. Ending the row ends the session everywhere at once. Days, never hours. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    device: text('device').notNull(),
    createdAt: moment('created_at').notNull().default(thisDay()),
    seenOn: text('seen_on').notNull(),
    expiresAt: moment('expires_at').notNull(),
    endedAt: moment('ended_at'),
  },
  (t) => [index('sessions_person').on(t.personId)],
);

/**
 * A keyring for every account from its enrolment on, used or not: one length, no time. Salt, verifier, whether it was
 * made and what it holds are all inside, under a key that is not in the database (docs/decisions/108).
 */
export const keyrings = pgTable(
  'keyrings',
  {
    personId: uuid('person_id')
      .primaryKey()
      .references(() => persons.id),
    sealed: bytea('sealed').notNull(),
  },
  () => [check('keyrings_one_length', sql`octet_length(sealed) = 16471`)],
);

/** Forum roles. In force when confirmed and not ended (contract.md, Roles). */
export const forumRoles = pgTable(
  'forum_roles',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    role: text('role', { enum: ['admin', 'forumSecretary', 'credentials', 'editor', 'liaison'] }).notNull(),
    /** The State office a liaison speaks for. */
    officeId: uuid('office_id'),
    appointedBy: uuid('appointed_by').references(() => persons.id),
    appointedAt: moment('appointed_at').notNull().default(now()),
    confirmedBy: uuid('confirmed_by').references(() => persons.id),
    confirmedAt: moment('confirmed_at'),
    endedAt: moment('ended_at'),
  },
  (t) => [
    uniqueIndex('forum_roles_one').on(t.personId, t.role).where(sql`ended_at is null`),
    check('forum_roles_office', sql`(role = 'liaison') = (office_id is not null)`),
    check(
      'forum_roles_two_people',
      sql`confirmed_by is null or appointed_by is null or confirmed_by <> person_id`,
    ),
  ],
);
