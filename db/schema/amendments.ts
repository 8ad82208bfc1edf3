import { sql } from 'drizzle-orm';
import { boolean, check, date, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { associations } from './associations';
import { id, moment, now } from './columns';
import { articles, versionArticles, versions } from './document';
import { persons } from './people';
import { spaces } from './spaces';

/** What a base or a table wants to be said instead, anew, or no longer, of the version that is consulted. */
export const amendments = pgTable(
  'amendments',
  {
    id: id(),
    kind: text('kind', { enum: ['replace', 'add', 'remove'] }).notNull(),
    /** The version it hangs on now; a newer one carries it along as long as its words are there. */
    versionId: uuid('version_id')
      .notNull()
      .references(() => versions.id),
    /** The frozen article it speaks of; none for a new one. */
    versionArticleId: uuid('version_article_id').references(() => versionArticles.id),
    /** Of an added one: the article it is to stand behind; none: the first of its chapter. */
    afterId: uuid('after_id').references(() => articles.id),
    area: text('area').notNull(),
    /** Of an added one; of the others, the title of the article as it was. */
    title: text('title').notNull(),
    /** The whole wording; empty where an article is to go. */
    text: text('text').notNull(),
    /** Why, in the words of who proposes it. */
    why: text('why').notNull(),
    /** In whose name: a base, with its acta, or a table. */
    associationId: uuid('association_id').references(() => associations.id),
    spaceId: uuid('space_id').references(() => spaces.id),
    /** Or by the name by which a room let it out (docs/decisions/115). */
    collective: text('collective'),
    actaReference: text('acta_reference'),
    actaDate: date('acta_date', { mode: 'string' }),
    proposedBy: uuid('proposed_by').references(() => persons.id),
    proposedAt: moment('proposed_at').notNull().default(now()),
    /** The version it was first proposed to. */
    firstVersionId: uuid('first_version_id')
      .notNull()
      .references(() => versions.id),
    state: text('state', { enum: ['open', 'accepted', 'rejected', 'withdrawn', 'overtaken'] })
      .notNull()
      .default('open'),
    /** Why it was rejected, or what the committee says to how it took it up. */
    reason: text('reason'),
    /** Accepted with words that the committee wrote, since the article had changed meanwhile. */
    byHand: boolean('by_hand').notNull().default(false),
    /** The article in the making that an accepted one went into. */
    articleId: uuid('article_id').references(() => articles.id),
    decidedBy: uuid('decided_by').references(() => persons.id),
    decidedAt: moment('decided_at'),
  },
  (t) => [
    index('amendments_version').on(t.versionId),
    index('amendments_article').on(t.versionArticleId),
    uniqueIndex('amendments_same')
      .on(
        t.versionId,
        t.kind,
        sql`coalesce(version_article_id, version_id)`,
        sql`md5(area || title || "text")`,
      )
      .where(sql`state = 'open'`),
    check('amendments_one_name', sql`num_nonnulls(association_id, space_id, collective) = 1`),
    check(
      'amendments_acta',
      sql`association_id is null or (acta_reference is not null and acta_date is not null)`,
    ),
    check('amendments_article_there', sql`(kind = 'add') = (version_article_id is null)`),
    check('amendments_rejected_why', sql`state <> 'rejected' or reason is not null`),
  ],
);

/** A base stands behind an amendment of another; what it took back stays told. */
export const amendmentBackings = pgTable(
  'amendment_backings',
  {
    id: id(),
    amendmentId: uuid('amendment_id')
      .notNull()
      .references(() => amendments.id),
    associationId: uuid('association_id')
      .notNull()
      .references(() => associations.id),
    backedBy: uuid('backed_by').references(() => persons.id),
    backedAt: moment('backed_at').notNull().default(now()),
    endedAt: moment('ended_at'),
  },
  (t) => [
    uniqueIndex('amendment_backings_one').on(t.amendmentId, t.associationId).where(sql`ended_at is null`),
  ],
);
