import { createHash } from 'node:crypto';
import { and, asc, count, desc, eq, ne } from 'drizzle-orm';
import * as Y from 'yjs';
import type { DbOrTx } from '~/db/client';
import { draftSuggestions } from '~/db/schema/drafts';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { limaDay } from '../../day';
import { can } from '../../rule';
import * as policy from '../policy';
import { type Draft, draftFacts } from '../queries';
import type { Change } from '../rules';
import { inShort, rowsOf } from '../rules/comparison';
import { effectOf } from '../rules/proposals';
import { textOf } from '../rules/texts';
import * as schema from '../schema';
import { creditsTo } from './credits';
import { standing } from './texts';

const pageSize = 10;

export type Suggestion = typeof draftSuggestions.$inferSelect;

/** A suggestion with its draft, as the rules speak of it; draft and suggestion locked where somebody decides. */
export async function suggestionFacts(db: DbOrTx, id: string, lock = false) {
  const find = db.select().from(draftSuggestions).where(eq(draftSuggestions.id, id));
  const [first] = await find;
  const draft = first && (await draftFacts(db, first.draftId, lock));
  if (!draft) return null;
  // Read again under the draft's lock: somebody may have decided meanwhile.
  const [suggestion] = lock ? await find : [first];
  return suggestion ? { ...draft, author: suggestion.author, suggestion } : null;
}

/** What a suggestion would do to a text as it stands now, and what to show of it. */
export function effectUpon(state: Uint8Array, update: Uint8Array) {
  const text = textOf([state]);
  const before = text.toString();
  const changes = effectOf(text, update);
  text.doc!.destroy();
  return { before, changes, seen: seal(before, changes) };
}
export type Effect = ReturnType<typeof effectUpon>;

/** So that what is accepted is what was shown: its words, wherever they stand by now. */
function seal(before: string, changes: readonly Change[]): string {
  const said = changes.map(({ at, remove, insert }) => [before.slice(at, at + remove), insert]);
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32);
}

/** A text as one update, for those who look at it several times. */
export async function stateOf(db: DbOrTx, textId: string): Promise<{ state: Uint8Array; seq: number }> {
  const { updates, seq } = await standing(db, textId);
  const doc = textOf(updates).doc!;
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return { state, seq };
}

/** Open suggestions as they are shown, with what each would do now and what the reader may do with it. */
export async function presentOpen(
  db: DbOrTx,
  actor: Actor,
  draft: Draft,
  rows: readonly Suggestion[],
  effects: (row: Suggestion) => Effect,
) {
  const credit = await creditsTo(
    db,
    rows.map((row) => row.author),
    policy.attributionFor(actor, draft),
  );
  const edits = can(policy.edit, actor, draft);
  return rows.map((row) => {
    const { before, changes, seen } = effects(row);
    const said = inShort(before, changes);
    return {
      id: row.id,
      by: credit(row.author),
      mine: can(policy.withdraw, actor, { ...draft, author: row.author }),
      day: limaDay(row.createdAt),
      reason: row.reason,
      removed: row.removed,
      inserted: row.inserted,
      rows: rowsOf(before, changes, 0).filter((one) => one.kind === 'line'),
      seen,
      /** Nothing is left of it to be done. */
      idle: changes.length === 0,
      /** Its words were changed by others after it was made. */
      moved: changes.length > 0 && (said.removed !== row.removed || said.inserted !== row.inserted),
      abilities: {
        accept: edits && changes.length > 0,
        reject: edits,
        withdraw: can(policy.withdraw, actor, { ...draft, author: row.author }),
      },
    };
  });
}

/** The suggestions of a draft: the open ones with what they would do, and one page of those decided. */
export const suggestions = query({
  action: 'drafts.suggestions',
  rule: policy.read,
  input: schema.suggestions,
  load: async (db, { id, page, decided }, actor) => {
    const draft = await draftFacts(db, id);
    if (!draft || !can(policy.read, actor, draft)) return null;
    const open = and(eq(draftSuggestions.draftId, id), eq(draftSuggestions.state, 'open'));
    const over = and(eq(draftSuggestions.draftId, id), ne(draftSuggestions.state, 'open'));
    const [[waiting], [done], rows, past, { state }] = await Promise.all([
      db.select({ n: count() }).from(draftSuggestions).where(open),
      db.select({ n: count() }).from(draftSuggestions).where(over),
      db
        .select()
        .from(draftSuggestions)
        .where(open)
        .orderBy(asc(draftSuggestions.createdAt), asc(draftSuggestions.id))
        .limit(pageSize)
        .offset((page - 1) * pageSize),
      db
        .select()
        .from(draftSuggestions)
        .where(over)
        .orderBy(desc(draftSuggestions.decidedAt), desc(draftSuggestions.id))
        .limit(pageSize)
        .offset((decided - 1) * pageSize),
      stateOf(db, draft.textId),
    ]);
    const credit = await creditsTo(
      db,
      past.map((row) => row.author),
      policy.attributionFor(actor, draft),
    );
    return {
      ...draft,
      open: await presentOpen(db, actor, draft, rows, (row) => effectUpon(state, row.update!)),
      past: past.map((row) => ({ ...row, by: credit(row.author) })),
      waiting: waiting!.n,
      done: done!.n,
    };
  },
  present: (facts, actor, { page, decided }) => ({
    id: facts.id,
    title: facts.title,
    state: facts.state,
    open: facts.open,
    total: facts.waiting,
    page,
    pages: Math.max(1, Math.ceil(facts.waiting / pageSize)),
    past: facts.past.map((row) => ({
      id: row.id,
      by: row.by,
      state: row.state as Exclude<Suggestion['state'], 'open'>,
      removed: row.removed,
      inserted: row.inserted,
      reason: row.reason,
      answer: row.answer,
      day: limaDay(row.decidedAt ?? row.createdAt),
    })),
    decided: facts.done,
    decidedPage: decided,
    decidedPages: Math.max(1, Math.ceil(facts.done / pageSize)),
    abilities: { suggest: can(policy.suggest, actor, facts) },
  }),
});
