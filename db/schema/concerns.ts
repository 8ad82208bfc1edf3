import { type SQL, sql } from 'drizzle-orm';
import { bigint, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { associations } from './associations';
import { id, moment, now, tsvector } from './columns';
import { persons } from './people';
import { spaces } from './spaces';

export const concernStates = ['recibida', 'en_debate', 'recogida', 'no_recogida'] as const;

/** A concern (planteamiento): it has one state and any number of links, for life. */
export const concerns = pgTable(
  'concerns',
  {
    id: id(),
    number: bigint('number', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    words: text('words').notNull(),
    areas: text('areas').array().notNull(),
    country: text('country', { enum: ['PE', 'BO'] }).notNull(),
    department: text('department').notNull(),
    province: text('province'),
    barrier: text('barrier').notNull(),
    /** Who raised it: never shown to others; the collective name is. */
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    associationId: uuid('association_id').references(() => associations.id),
    spaceId: uuid('space_id').references(() => spaces.id),
    /** 'space': only the members of its private space see it. */
    audience: text('audience', { enum: ['public', 'space'] })
      .notNull()
      .default('public'),
    state: text('state', { enum: concernStates }).notNull().default('recibida'),
    reasonCode: text('reason_code'),
    reason: text('reason'),
    createdAt: moment('created_at').notNull().default(now()),
    /** When its space let it out; null where it never was kept in one. */
    publishedAt: moment('published_at'),
    search: tsvector('search').generatedAlwaysAs((): SQL => sql`to_tsvector('public.forum_es', words)`),
  },
  (t) => [
    uniqueIndex('concerns_number').on(t.number),
    index('concerns_search').using('gin', t.search),
    index('concerns_areas').using('gin', t.areas),
    index('concerns_list').on(t.audience, t.createdAt.desc(), t.id),
    index('concerns_person').on(t.personId),
  ],
);

/** Each change of state with who and when; the current one is repeated on the concern. */
export const concernDecisions = pgTable(
  'concern_decisions',
  {
    id: id(),
    concernId: uuid('concern_id')
      .notNull()
      .references(() => concerns.id),
    state: text('state', { enum: concernStates }).notNull(),
    reasonCode: text('reason_code'),
    reason: text('reason'),
    decidedBy: uuid('decided_by').references(() => persons.id),
    decidedAt: moment('decided_at').notNull().default(now()),
  },
  (t) => [index('concern_decisions_concern').on(t.concernId)],
);
