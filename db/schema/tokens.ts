import { pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytea } from './columns';

export const tokenPurposes = ['gate', 'release'] as const;

/**
 * The keys that blind tokens are signed with (docs/decisions/115). Nothing here says who was given one, or for what
 * one was spent.
 */
export const tokenKeys = pgTable(
  'token_keys',
  {
    /** The beginning of the SHA-256 of its modulus. */
    id: text('id').primaryKey(),
    purpose: text('purpose', { enum: tokenPurposes }).notNull(),
    /** The first day of its time, and the last one on which what it signed is taken. */
    day: text('day').notNull(),
    until: text('until').notNull(),
    modulus: bytea('modulus').notNull(),
    /** The private key, wrapped under the forum's secret: a copy of the database signs nothing. */
    sealed: bytea('sealed').notNull(),
  },
  (t) => [uniqueIndex('token_keys_one').on(t.purpose, t.day)],
);
