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

export type Comment = typeof draftComments.$inferSelect;

/** A remark (never an answer) with its draft, as the rules speak of it; both locked where somebody decides. */
export async function commentFacts(db: DbOrTx, id: string, lock = false) {
  const find = db
    .select()
    .from(draftComments)
    .where(and(eq(draftComments.id, id), isNull(draftComments.parentId)));
  const [first] = await find;
  const draft = first && (await draftFacts(db, first.draftId, lock));
  if (!draft) return null;
  const [comment] = lock ? await find : [first];
  return comment ? { ...draft, author: comment.author, comment } : null;
}

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

/** Remarks as they are shown, with their answers and what the reader may do. */
export async function presentRemarks(
  db: DbOrTx,
  actor: Actor,
  draft: Draft,
  places: Places,
  rows: readonly Comment[],
) {
  const answers =
    rows.length === 0
      ? []
      : await db
          .select()
          .from(draftComments)
          .where(
            inArray(
              draftComments.parentId,
              rows.map((row) => row.id),
            ),
          )
          .orderBy(asc(draftComments.createdAt), asc(draftComments.id));
  const people = [...rows, ...answers].map((row) => row.author);
  const credit = await creditsTo(db, people, policy.attributionFor(actor, draft));
  const said = (row: Comment) => ({
    id: row.id,
    by: credit(row.author),
    mine: row.author !== null && row.author === actor.personId,
    day: limaDay(row.createdAt),
    words: row.words,
  });
  return rows.map((row) => {
    const { line, words, gone } = placed(places, row);
    const may = can(policy.resolve, actor, { ...draft, author: row.author });
    return {
      ...said(row),
      line,
      quote: row.quote ?? '',
      /** The words it is about as they stand now, where others have changed them. */
      now: gone || words === row.quote ? null : words,
      gone,
      resolved: row.resolvedAt !== null,
      answers: answers.filter(({ parentId }) => parentId === row.id).map(said),
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
  load: async (db, { id, page, state = 'open' }, actor) => {
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
    const rows =
      state === 'open'
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
      items: await presentRemarks(db, actor, draft, places, rows),
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
    pages: Math.max(1, Math.ceil(facts[state] / pageSize)),
    abilities: { suggest: can(policy.suggest, actor, facts) },
  }),
});
