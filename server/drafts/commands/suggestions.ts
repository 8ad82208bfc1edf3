import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { draftSuggestions, texts } from '~/db/schema/drafts';
import { command } from '../../act';
import { append } from '../../realtime/log';
import { fail } from '../../rule';
import * as policy from '../policy';
import { draftFacts } from '../queries';
import { effectUpon, stateOf, suggestionFacts } from '../queries/suggestions';
import { stoodAt } from '../queries/texts';
import { inShort } from '../rules/comparison';
import { edit, rewording } from '../rules/proposals';
import { passageAt, textOf } from '../rules/texts';
import * as schema from '../schema';

/** Proposes other words for one line, upon the text as she had it before her. Nothing of it is in the text yet. */
export const suggest = command({
  action: 'drafts.suggest',
  rule: policy.suggest,
  see: policy.read,
  input: schema.suggest,
  audit: 'participation',
  load: (tx, { id }) => draftFacts(tx, id, true),
  run: async ({ tx, actor, input, facts: { textId } }) => {
    const open = and(
      eq(draftSuggestions.draftId, input.id),
      eq(draftSuggestions.author, actor.personId!),
      eq(draftSuggestions.state, 'open'),
    );
    if ((await tx.$count(draftSuggestions, open)) >= schema.suggestionsAtMost)
      return fail('drafts.suggestion.many', 'text', { max: schema.suggestionsAtMost });
    const stood = await stoodAt(tx, textId, input.seq);
    if (!stood) return fail('drafts.seq', 'text');
    const text = textOf(stood.updates);
    const before = text.toString();
    const passage = passageAt(before, input.at);
    if (!passage) return fail('drafts.seq', 'text');
    const max = passage.words.length + schema.suggestedAtMost;
    if (input.text.trim().length > max) return fail('field.long', 'text', { max });
    const changes = rewording(passage, input.text.trim());
    const update = edit(text, changes);
    if (!update) return fail('drafts.suggestion.same', 'text');
    await tx.insert(draftSuggestions).values({
      id: input.key,
      draftId: input.id,
      author: actor.personId,
      seq: input.seq,
      update,
      ...inShort(before, changes),
      reason: input.reason,
    });
    return { id: input.id };
  },
});

/** Until the end of this transaction nobody else writes into the text. */
const hold = (tx: Tx, textId: string) =>
  tx.select({ id: texts.id }).from(texts).where(eq(texts.id, textId)).for('update');

/**
 * Puts a suggestion into the text as it stands now, in whole words, as its author's. What is not what was shown to
 * who accepts it is shown again instead.
 */
export const acceptSuggestion = command({
  action: 'drafts.acceptSuggestion',
  rule: policy.edit,
  see: policy.read,
  input: schema.acceptSuggestion,
  audit: 'full',
  load: (tx, { id }) => suggestionFacts(tx, id, true),
  run: async ({ tx, actor, input, facts, emit }) => {
    const { suggestion, textId } = facts;
    if (suggestion.state !== 'open' || !suggestion.update) return fail('drafts.suggestion.decided');
    await hold(tx, textId);
    const { state } = await stateOf(tx, textId);
    const { before, changes, seen } = effectUpon(state, suggestion.update);
    if (changes.length === 0) return fail('drafts.suggestion.idle');
    if (seen !== input.seen) return fail('drafts.suggestion.moved');
    const grown = changes.reduce((sum, { remove, insert }) => sum + insert.length - remove, before.length);
    if (grown > schema.textAtMost)
      return fail('drafts.suggestion.full', undefined, { max: schema.textAtMost });
    const bytes = edit(textOf([state]), changes)!;
    await append(tx, textId, suggestion.author, bytes);
    await tx
      .update(draftSuggestions)
      .set({
        state: 'accepted',
        update: null,
        ...inShort(before, changes),
        decidedBy: actor.personId,
        decidedAt: sql`now()`,
      })
      .where(eq(draftSuggestions.id, input.id));
    emit({ type: 'text.appended', textId, author: suggestion.author, bytes });
    return { id: facts.id };
  },
});

/** Says no to a suggestion, and why. */
export const rejectSuggestion = command({
  action: 'drafts.rejectSuggestion',
  rule: policy.edit,
  see: policy.read,
  input: schema.rejectSuggestion,
  audit: 'full',
  load: (tx, { id }) => suggestionFacts(tx, id, true),
  run: async ({ tx, actor, input, facts }) => {
    if (facts.suggestion.state !== 'open') return fail('drafts.suggestion.decided', 'answer');
    const decided = { decidedBy: actor.personId, decidedAt: sql`now()` };
    await tx
      .update(draftSuggestions)
      .set({ state: 'rejected', update: null, answer: input.answer, ...decided })
      .where(eq(draftSuggestions.id, input.id));
    return { id: facts.id };
  },
});

/** Takes back what she has proposed: none of its words stays. */
export const withdrawSuggestion = command({
  action: 'drafts.withdrawSuggestion',
  rule: policy.withdraw,
  see: policy.read,
  input: schema.byId,
  audit: 'participation',
  load: (tx, { id }) => suggestionFacts(tx, id, true),
  run: async ({ tx, actor, input, facts }) => {
    if (facts.suggestion.state === 'withdrawn') return { id: facts.id };
    if (facts.suggestion.state !== 'open') return fail('drafts.suggestion.decided');
    const decided = { decidedBy: actor.personId, decidedAt: sql`now()` };
    await tx
      .update(draftSuggestions)
      .set({ state: 'withdrawn', update: null, removed: '', inserted: '', reason: '', ...decided })
      .where(eq(draftSuggestions.id, input.id));
    return { id: facts.id };
  },
});
