import { bigint, boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, moment, now, thisDay } from './columns';

/** One row: what forum this is. `demo` is set once, and only in an empty database. */
export const forum = pgTable('forum', {
  id: integer('id').primaryKey().default(1),
  name: text('name').notNull(),
  demo: boolean('demo').notNull().default(false),
  createdAt: moment('created_at').notNull().default(now()),
});

/** Who did what. Written by the kernel alone; the database refuses update and delete. */
export const audit = pgTable(
  'audit',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: moment('at').notNull().default(now()),
    action: text('action').notNull(),
    personId: uuid('person_id'),
    subject: uuid('subject'),
  },
  (t) => [index('audit_subject').on(t.subject)],
);

/** Answers already given, so that the same submission twice is one. */
export const submissions = pgTable('submissions', {
  key: uuid('key').primaryKey(),
  action: text('action').notNull(),
  personId: uuid('person_id'),
  output: jsonb('output'),
  at: moment('at').notNull().default(thisDay()),
});

/** What outlasts a request. Taken with FOR UPDATE SKIP LOCKED under a lease. */
export const jobs = pgTable(
  'jobs',
  {
    id: id(),
    kind: text('kind').notNull(),
    payload: jsonb('payload').notNull().$type<Record<string, unknown>>(),
    state: text('state', { enum: ['waiting', 'running', 'done', 'failed'] })
      .notNull()
      .default('waiting'),
    done: integer('done').notNull().default(0),
    total: integer('total').notNull().default(0),
    attempts: integer('attempts').notNull().default(0),
    runAt: moment('run_at').notNull().default(now()),
    leasedUntil: moment('leased_until'),
    problem: text('problem'),
    createdAt: moment('created_at').notNull().default(now()),
    finishedAt: moment('finished_at'),
  },
  (t) => [index('jobs_waiting').on(t.state, t.runAt)],
);
