import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { associations } from './associations';
import { id, moment, now } from './columns';
import { persons } from './people';

export const spaces = pgTable(
  'spaces',
  {
    id: id(),
    kind: text('kind', { enum: ['plenary', 'table', 'association', 'review'] }).notNull(),
    title: text('title').notNull(),
    purpose: text('purpose').notNull().default(''),
    /** Slugs of db/reference/areas. */
    areas: text('areas').array().notNull().default(sql`'{}'`),
    associationId: uuid('association_id').references(() => associations.id),
    /** A private space is not found by those outside it. */
    private: boolean('private').notNull().default(false),
    /** How the drafts of this space tell who wrote which words: by base, by person, or not at all. */
    attribution: text('attribution', { enum: ['base', 'person', 'off'] })
      .notNull()
      .default('base'),
    createdAt: moment('created_at').notNull().default(now()),
    closedAt: moment('closed_at'),
  },
  (t) => [
    uniqueIndex('spaces_one_plenary').on(t.kind).where(sql`kind in ('plenary', 'review')`),
    uniqueIndex('spaces_association').on(t.associationId),
  ],
);

export const spaceRoles = pgTable(
  'space_roles',
  {
    id: id(),
    spaceId: uuid('space_id')
      .notNull()
      .references(() => spaces.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    role: text('role', { enum: ['coordinator', 'writer', 'reader'] }).notNull(),
    appointedBy: uuid('appointed_by').references(() => persons.id),
    since: moment('since').notNull().default(now()),
    endedAt: moment('ended_at'),
  },
  (t) => [
    uniqueIndex('space_roles_one').on(t.spaceId, t.personId).where(sql`ended_at is null`),
    index('space_roles_person').on(t.personId),
  ],
);
