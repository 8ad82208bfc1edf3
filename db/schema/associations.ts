import { sql } from 'drizzle-orm';
import { boolean, date, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { id, moment, now } from './columns';
import { jobs } from './kernel';
import { persons } from './people';

type Sex = NonNullable<typeof persons.$inferSelect.sex>;

export const associations = pgTable(
  'associations',
  {
    id: id(),
    name: text('name').notNull(),
    kind: text('kind', {
      enum: ['asociacion', 'cooperativa', 'federacion', 'comite', 'base_libre'],
    }).notNull(),
    country: text('country', { enum: ['PE', 'BO'] }).notNull(),
    /** Two-digit INEI code, or an ISO 3166-2 code for Bolivia. */
    department: text('department').notNull(),
    /** Four-digit INEI code. */
    province: text('province'),
    womens: boolean('womens').notNull().default(false),
    createdAt: moment('created_at').notNull().default(now()),
    dissolvedAt: moment('dissolved_at'),
  },
  () => [uniqueIndex('associations_name').on(sql`lower(name)`)],
);

/** Who belongs, and who holds an office. Delegates are mandates, not rows here. */
export const memberships = pgTable(
  'memberships',
  {
    id: id(),
    associationId: uuid('association_id')
      .notNull()
      .references(() => associations.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    role: text('role', { enum: ['member', 'officer', 'secretary'] }).notNull(),
    /** The office in words: presidenta, tesorero… */
    title: text('title'),
    /** She had a card before she came here, and showed its number: this base gives her none. */
    byNumber: boolean('by_number').notNull().default(false),
    since: moment('since').notNull().default(now()),
    endedAt: moment('ended_at'),
  },
  (t) => [
    uniqueIndex('memberships_one').on(t.associationId, t.personId, t.role).where(sql`ended_at is null`),
    index('memberships_person').on(t.personId),
  ],
);

/** A base sends a delegate by an acta; the credentials committee accredits. */
export const mandates = pgTable(
  'mandates',
  {
    id: id(),
    associationId: uuid('association_id')
      .notNull()
      .references(() => associations.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    /** Where the acta can be found on paper: book, folio, number. */
    actaReference: text('acta_reference').notNull(),
    actaDate: date('acta_date', { mode: 'string' }).notNull(),
    actaWords: text('acta_words').notNull(),
    presentedBy: uuid('presented_by').references(() => persons.id),
    presentedAt: moment('presented_at').notNull().default(now()),
    state: text('state', { enum: ['presented', 'accredited', 'refused', 'withdrawn'] })
      .notNull()
      .default('presented'),
    reason: text('reason'),
    decidedBy: uuid('decided_by').references(() => persons.id),
    decidedAt: moment('decided_at'),
  },
  (t) => [
    uniqueIndex('mandates_one').on(t.personId).where(sql`state in ('presented', 'accredited')`),
    index('mandates_association').on(t.associationId),
  ],
);

/** An uploaded padrón: previewed, then imported by a job, all rows or none. */
export const padronImports = pgTable('padron_imports', {
  id: id(),
  associationId: uuid('association_id')
    .notNull()
    .references(() => associations.id),
  uploadedBy: uuid('uploaded_by')
    .notNull()
    .references(() => persons.id),
  uploadedAt: moment('uploaded_at').notNull().default(now()),
  /** Emptied once imported or dropped: names are kept in one place only. */
  rows: jsonb('rows')
    .notNull()
    .$type<{ row: number; name: string; sex: Sex | null; title: string | null }[]>(),
  errors: jsonb('errors').notNull().$type<{ row: number; column: string; reason: string; value: string }[]>(),
  state: text('state', { enum: ['preview', 'running', 'done', 'dropped'] })
    .notNull()
    .default('preview'),
  imported: integer('imported').notNull().default(0),
  finishedAt: moment('finished_at'),
  /** The job that imports it, where its progress stands. */
  jobId: uuid('job_id').references(() => jobs.id),
});
