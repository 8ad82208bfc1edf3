import {
  type AnyPgColumn,
  bigint,
  index,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { id, moment, now } from './columns';
import { persons } from './people';

/** What an act is about, in the words it had then; ids only for what not everybody on the desk may see. */
export type ActNote = {
  article?: { id: string; title: string };
  /** The second article: the one that was joined in, or the one that was made. */
  other?: { id: string; title: string };
  concern?: { id: string; number: number };
  draftId?: string;
  /** Of how many things, where it is about several. */
  n?: number;
  area?: string;
  /** Of an undo: what was undone. */
  undone?: { id: string; number: number; kind: string; of?: ActNote };
};

/**
 * An act of consolidation, with the images of what it touched. The database refuses every change of a row but which
 * act has undone it, and after thirty days that words of an image go whole (drizzle/0017, 0029; docs/decisions/097).
 */
export const acts = pgTable(
  'acts',
  {
    id: id(),
    /** Given under the locks of what is touched: of two acts on one thing the later has the greater number. */
    number: bigint('number', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    kind: text('kind').notNull(),
    personId: uuid('person_id').references(() => persons.id),
    at: moment('at').notNull().default(now()),
    note: jsonb('note').notNull().$type<ActNote>(),
    /**
     * The images, as JSON: `[{ key, before, after }]`. Text and not jsonb, which has no room for half a character or
     * a zero, and a co-written text may hold either.
     */
    changes: text('changes').notNull(),
    /** The keys of what it changed. */
    touched: text('touched').array().notNull(),
    undoes: uuid('undoes').references((): AnyPgColumn => acts.id),
    undoneBy: uuid('undone_by').references((): AnyPgColumn => acts.id),
  },
  (t) => [uniqueIndex('acts_number').on(t.number), index('acts_touched').using('gin', t.touched)],
);
