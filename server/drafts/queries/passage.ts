import { and, asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { draftSuggestions } from '~/db/schema/drafts';
import { query } from '../../act';
import { can } from '../../rule';
import * as policy from '../policy';
import { draftFacts } from '../queries';
import { lineOf, linesIn, passageAt, textOf } from '../rules/texts';
import * as schema from '../schema';
import { effectUpon, presentOpen, stateOf } from './suggestions';

/** So that a page stays a page, however much is proposed for one line. */
const shownAtMost = 8;

/** The open suggestions of a draft with what each would do now, and the line it begins in. */
export async function openEffects(db: DbOrTx, draftId: string, state: Uint8Array) {
  const rows = await db
    .select()
    .from(draftSuggestions)
    .where(and(eq(draftSuggestions.draftId, draftId), eq(draftSuggestions.state, 'open')))
    .orderBy(asc(draftSuggestions.createdAt), asc(draftSuggestions.id))
    .limit(200);
  return rows.map((row) => {
    const effect = effectUpon(state, row.update!);
    const first = effect.changes[0];
    return { row, effect, line: first ? lineOf(effect.before, first.at) : null };
  });
}

/** One line of a draft, to say something about it: its words, and what others propose there. */
export const passage = query({
  action: 'drafts.passage',
  rule: policy.read,
  input: schema.passage,
  load: async (db, { id, at }, actor) => {
    const draft = await draftFacts(db, id);
    if (!draft || !can(policy.read, actor, draft)) return null;
    const { state, seq } = await stateOf(db, draft.textId);
    const text = textOf([state]);
    const found = passageAt(text.toString(), at);
    if (!found) return null;
    const here = (await openEffects(db, id, state)).filter(({ line }) => line === at);
    const shown = here.slice(0, shownAtMost);
    const open = await presentOpen(
      db,
      actor,
      draft,
      shown.map(({ row }) => row),
      (row) => shown.find((one) => one.row.id === row.id)!.effect,
    );
    return {
      ...draft,
      seq,
      words: found.words,
      line: linesIn(text)[at]!,
      open,
      more: here.length - shown.length,
    };
  },
  present: (facts, actor, { at }) => ({
    id: facts.id,
    title: facts.title,
    state: facts.state,
    at,
    seq: facts.seq,
    words: facts.words,
    line: facts.line,
    suggestions: facts.open,
    /** How many suggestions for this line stand on the page of all of them. */
    more: facts.more,
    abilities: { suggest: can(policy.suggest, actor, facts) },
  }),
});
