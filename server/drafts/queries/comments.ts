import { and, asc, count, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { draftComments } from '~/db/schema/drafts';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { limaDay } from '../../day';
import { can } from '../../rule';
import * as policy from '../policy';
import { type Draft, draftFacts } from '../queries';
import { standsAt } from '../rules/anchors';
import { type Places, placesIn } from '../rules/places';
import { textOf } from '../rules/texts';
import * as schema from '../schema';
import { creditsTo } from './credits';
import { standing } from './texts';

const pageSize = 15;
/** Of each remark in a list; all of them stand on its own page. */
const answersShown = 5;

export type Comment = typeof draftComments.$inferSelect;

/** Whatever somebody has said beside a draft, a remark or an answer, with that draft. */
export async function saidFacts(db: DbOrTx, id: string, lock = false) {
  const find = db.select().from(draftComments).where(eq(draftComments.id, id));
  const [first] = await find;
  const draft = first && (await draftFacts(db, first.draftId, lock));
  if (!draft) return null;
  const [comment] = lock ? await find : [first];
  return comment ? { ...draft, author: comment.author, comment } : null;
}

/** A remark (never an answer) with its draft, as the rules speak of it; both locked where somebody decides. */
export async function commentFacts(db: DbOrTx, id: string, lock = false) {
  const facts = await saidFacts(db, id, lock);
  return facts?.comment.parentId === null ? facts : null;
}

/** Answers of these remarks, in their order: the last few of each, or one page of them; and how many there are. */
async function answersTo(db: DbOrTx, ids: string[], wanted: number | null) {
  if (ids.length === 0) return [];
  const of = draftComments.parentId;
  const all = db
    .select({
      id: draftComments.id,
      total: sql<number>`count(*) over (partition by ${of})`.mapWith(Number).as('total'),
      first: sql<number>`row_number() over (partition by ${of} order by created_at, id)`.as('first'),
      last: sql<number>`row_number() over (partition by ${of} order by created_at desc, id desc)`.as('last'),
    })
    .from(draftComments)
    .where(inArray(of, ids))
    .as('ranked');
  const from = ((wanted ?? 1) - 1) * pageSize;
  const rows = await db
    .select({ row: draftComments, total: all.total })
    .from(all)
    .innerJoin(draftComments, eq(draftComments.id, all.id))
    .where(
      wanted === null
        ? sql`${all.last} <= ${answersShown}`
        : sql`${all.first} > ${from} and ${all.first} <= ${from + pageSize}`,
    )
    .orderBy(asc(draftComments.createdAt), asc(draftComments.id));
  return rows.map(({ row, total }) => ({ ...row, total }));
}

/** No longer than what may be put there; others may have written much between two of its words. */
const inShort = (words: string) =>
  words.length > schema.quoteAtMost ? `${words.slice(0, schema.quoteAtMost)}…` : words;

/** Where a remark's words stand in a text; its line, and whether they are gone. */
function placed(places: Places, row: Comment) {
  const { at, words, gone } = standsAt(places, { from: row.anchorFrom!, to: row.anchorTo! });
  return { line: places.lineOf(at), at, words, gone };
}

/** The open remarks of a draft, each with its line, in the order of the text. */
export async function openRemarks(db: DbOrTx, draftId: string, places: Places) {
  const rows = await db
    .select()
    .from(draftComments)
    .where(
      and(
        eq(draftComments.draftId, draftId),
        isNull(draftComments.parentId),
        isNull(draftComments.resolvedAt),
      ),
    )
    .orderBy(asc(draftComments.createdAt), asc(draftComments.id))
    .limit(2000);
  return rows.map((row) => ({ row, ...placed(places, row) })).sort((a, b) => a.at - b.at);
}

/**
 * Remarks as they are shown, with their answers and what the reader may do.
 * @param wanted which page of the answers; null: the last few.
 */
export async function presentRemarks(
  db: DbOrTx,
  actor: Actor,
  draft: Draft,
  places: Places,
  rows: readonly Comment[],
  wanted: number | null = null,
) {
  const answers = await answersTo(
    db,
    rows.map((row) => row.id),
    wanted,
  );
  const people = [...rows, ...answers].map((row) => row.author);
  const credit = await creditsTo(db, people, policy.attributionFor(actor, draft));
  const said = (row: Comment) => ({
    id: row.id,
    by: credit(row.author),
    mine: row.author !== null && row.author === actor.personId,
    day: limaDay(row.createdAt),
    words: row.words,
    remove: can(policy.withdraw, actor, { ...draft, author: row.author }),
  });
  return rows.map((row) => {
    const { line, words, gone } = placed(places, row);
    const those = answers.filter(({ parentId }) => parentId === row.id);
    const may = can(policy.resolve, actor, { ...draft, author: row.author });
    return {
      ...said(row),
      line,
      quote: inShort(row.quote ?? ''),
      /** The words it is about as they stand now, where others have changed them. */
      now: gone || words === row.quote ? null : inShort(words),
      gone,
      resolved: row.resolvedAt !== null,
      answers: those.map(said),
      answered: those[0]?.total ?? 0,
      abilities: {
        answer: can(policy.suggest, actor, draft) && row.resolvedAt === null,
        resolve: may && row.resolvedAt === null,
        reopen: may && row.resolvedAt !== null,
      },
    };
  });
}

/** The remarks of a draft, open or settled, in the order of the text. */
export const comments = query({
  action: 'drafts.comments',
  rule: policy.read,
  input: schema.comments,
  load: async (db, { id, page, one, state = 'open' }, actor) => {
    const draft = await draftFacts(db, id);
    if (!draft || !can(policy.read, actor, draft)) return null;
    const places = placesIn(textOf((await standing(db, draft.textId)).updates));
    const settled = and(
      eq(draftComments.draftId, id),
      isNull(draftComments.parentId),
      isNotNull(draftComments.resolvedAt),
    );
    const [open, [past]] = await Promise.all([
      openRemarks(db, id, places),
      db.select({ n: count() }).from(draftComments).where(settled),
    ]);
    const offset = (page - 1) * pageSize;
    const single = one ? await commentFacts(db, one) : null;
    if (one && single?.id !== id) return null;
    const rows = single
      ? [single.comment]
      : state === 'open'
        ? open.slice(offset, offset + pageSize).map(({ row }) => row)
        : await db
            .select()
            .from(draftComments)
            .where(settled)
            .orderBy(sql`${draftComments.resolvedAt} desc`, asc(draftComments.id))
            .limit(pageSize)
            .offset(offset);
    return {
      ...draft,
      items: await presentRemarks(db, actor, draft, places, rows, single ? page : null),
      single: single !== null,
      open: open.length,
      resolved: past!.n,
    };
  },
  present: (facts, actor, { page, state = 'open' }) => ({
    id: facts.id,
    title: facts.title,
    /** Which of them these are. */
    shown: state,
    items: facts.items,
    open: facts.open,
    resolved: facts.resolved,
    page,
    pages: Math.max(1, Math.ceil((facts.single ? (facts.items[0]?.answered ?? 0) : facts[state]) / pageSize)),
    /** One remark alone, with its answers page by page. */
    single: facts.single,
    abilities: { suggest: can(policy.suggest, actor, facts) },
  }),
});
