import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Content } from '~/server/releases/rules';
import { bytea } from './columns';

// What the blind server keeps (docs/decisions/109). No person, no name, no clock: days alone, and only for what ends.

/** A room as the server knows it: how to be let in now, and whose signatures give orders. */
export const rooms = pgTable('rooms', {
  id: text('id').primaryKey(),
  /** SHA-256 of the access key of the epoch. */
  access: text('access').notNull().unique(),
  epoch: integer('epoch').notNull(),
  turn: integer('turn').notNull(),
  lastSeq: integer('last_seq').notNull(),
  bytes: integer('bytes').notNull(),
  /** How many frames it holds: counted where they come and go, so that nobody waits for a count. */
  frames: integer('frames').notNull().default(0),
  /** How many times room for more bytes was paid for with a blind token. */
  paid: integer('paid').notNull().default(0),
  stewards: text('stewards').array().notNull(),
  /** Root of the tree of the members’ keys, and hash of their number. */
  tree: text('tree').notNull(),
  count: text('count').notNull(),
  frozen: boolean('frozen').notNull().default(false),
  /** Day on which each steward last froze it. */
  freezes: jsonb('freezes').notNull().$type<Record<string, string>>().default({}),
  /** Other stewards, that two thirds of the members want, and the day from which on they are. */
  successors: text('successors').array(),
  succeedOn: text('succeed_on'),
});

export const roomFrames = pgTable(
  'room_frames',
  {
    room: text('room')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    epoch: integer('epoch').notNull(),
    bytes: bytea('bytes').notNull(),
    /** SHA-256 of the token with which its author may have it erased. */
    erase: text('erase').notNull(),
    /** The last day on which it is kept. */
    until: text('until').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.room, t.seq] }),
    index('room_frames_erase').on(t.erase),
    index('room_frames_until').on(t.until),
  ],
);

/** Parts of voices and pictures. `place`: SHA-256 of what names it to the members; none of them has a number in the room. */
export const roomParts = pgTable(
  'room_parts',
  {
    room: text('room')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    place: text('place').notNull(),
    bytes: bytea('bytes').notNull(),
    erase: text('erase').notNull(),
    until: text('until').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.room, t.place] }),
    index('room_parts_erase').on(t.erase),
    index('room_parts_until').on(t.until),
  ],
);

/** What is answered to who still holds an old key. */
export const roomRekeys = pgTable(
  'room_rekeys',
  {
    access: text('access').primaryKey(),
    room: text('room')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    note: bytea('note').notNull(),
  },
  (t) => [index('room_rekeys_room').on(t.room)],
);

/** A place where a code leads to; of no room, as far as the server knows. */
export const roomInvites = pgTable('room_invites', {
  id: text('id').primaryKey(),
  sealed: bytea('sealed').notNull(),
  knock: bytea('knock'),
  answer: bytea('answer'),
  until: text('until').notNull(),
});

/** Tokens that were given up and texts that are gone, each once and for good: `until` is the same day for all. */
export const spentTokens = pgTable('spent_tokens', {
  hash: text('hash').primaryKey(),
  until: text('until').notNull(),
});

/** What stays of a text that could not appear: that it could not. */
export type Emptied = { kind: 'emptied' };
/**
 * A text that a room has let out, until it appears (docs/decisions/115). It names no room and no pseudonym, and knows
 * days alone; when it has appeared, its row is gone.
 */
export const releases = pgTable('releases', {
  /** Under which it will stand in the forum: drawn from a secret of the room, so that the room finds it again. */
  id: uuid('id').primaryKey(),
  content: jsonb('content').notNull().$type<Content | Emptied>(),
  notBefore: text('not_before').notNull(),
  /** Why it could not appear; null: it waits. */
  refused: text('refused', { enum: ['same', 'name', 'no_version'] }),
});
