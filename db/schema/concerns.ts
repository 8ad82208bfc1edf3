import { type SQL, sql } from 'drizzle-orm';
import { bigint, boolean, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
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
    /** Who raised it: never shown to others; the collective name is. Nobody, where a room let it out. */
    personId: uuid('person_id').references(() => persons.id),
    /** The name by which a room let it out (docs/decisions/115), and whether it says that it is a space of women. */
    collective: text('collective'),
    womens: boolean('womens').notNull().default(false),
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
    check('concerns_by_one', sql`(person_id is null) = (collective is not null)`),
    check(
      'concerns_of_rooms',
      sql`collective is null or (association_id is null and space_id is null and audience = 'public')`,
    ),
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

/**
 * Concerns that say alike, set side by side and never merged. It is called by its title, else by the words of the
 * concern that leads it.
 */
export const concernGroups = pgTable('concern_groups', {
  id: id(),
  title: text('title'),
  leadId: uuid('lead_id')
    .notNull()
    .references(() => concerns.id),
  madeBy: uuid('made_by').references(() => persons.id),
  madeAt: moment('made_at').notNull().default(now()),
  endedBy: uuid('ended_by').references(() => persons.id),
  endedAt: moment('ended_at'),
});

/** Which concern walks, or walked, in which group: in one at a time; what is over stays, ended. */
export const concernGroupMembers = pgTable(
  'concern_group_members',
  {
    id: id(),
    groupId: uuid('group_id')
      .notNull()
      .references(() => concernGroups.id),
    concernId: uuid('concern_id')
      .notNull()
      .references(() => concerns.id),
    addedBy: uuid('added_by').references(() => persons.id),
    since: moment('since').notNull().default(now()),
    endedBy: uuid('ended_by').references(() => persons.id),
    endedAt: moment('ended_at'),
  },
  (t) => [
    uniqueIndex('concern_group_members_one').on(t.concernId).where(sql`ended_at is null`),
    index('concern_group_members_group').on(t.groupId),
    index('concern_group_members_concern').on(t.concernId),
  ],
);

/** Two concerns of which the committee has said that they are not alike: not proposed again while it stands. */
export const concernUnlikes = pgTable(
  'concern_unlikes',
  {
    id: id(),
    /** The one of the two whose id comes first. */
    oneId: uuid('one_id')
      .notNull()
      .references(() => concerns.id),
    otherId: uuid('other_id')
      .notNull()
      .references(() => concerns.id),
    decidedBy: uuid('decided_by').references(() => persons.id),
    decidedAt: moment('decided_at').notNull().default(now()),
    endedBy: uuid('ended_by').references(() => persons.id),
    endedAt: moment('ended_at'),
  },
  (t) => [
    uniqueIndex('concern_unlikes_one').on(t.oneId, t.otherId).where(sql`ended_at is null`),
    index('concern_unlikes_other').on(t.otherId),
    check('concern_unlikes_order', sql`one_id < other_id`),
  ],
);

/** `met`: what was asked for came about before anybody decided. */
export const appealStates = ['waiting', 'upheld', 'refused', 'met'] as const;

/** Who raised a concern, or her base, asks that it be looked at again: once for each time it is set aside. */
export const concernAppeals = pgTable(
  'concern_appeals',
  {
    id: id(),
    concernId: uuid('concern_id')
      .notNull()
      .references(() => concerns.id),
    /** The decision it is about. */
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => concernDecisions.id),
    words: text('words').notNull(),
    /** Never shown. */
    raisedBy: uuid('raised_by')
      .notNull()
      .references(() => persons.id),
    raisedAt: moment('raised_at').notNull().default(now()),
    state: text('state', { enum: appealStates }).notNull().default('waiting'),
    answer: text('answer'),
    decidedBy: uuid('decided_by').references(() => persons.id),
    decidedAt: moment('decided_at'),
  },
  (t) => [
    uniqueIndex('concern_appeals_once').on(t.decisionId),
    index('concern_appeals_concern').on(t.concernId),
    index('concern_appeals_state').on(t.state, t.raisedAt),
    check('concern_appeals_decided', sql`(state = 'waiting') = (decided_at is null)`),
  ],
);
