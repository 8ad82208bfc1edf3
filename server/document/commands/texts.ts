import type { z } from 'zod';
import type { Tx } from '~/db/client';
import { command } from '../../act';
import { currentText } from '../../drafts/queries';
import { standing } from '../../drafts/queries/texts';
import { becomeUpdate, editUpdate } from '../../drafts/rules';
import { stretchesOf, textOf, type Words } from '../../drafts/rules/texts';
import type { ForumEvent } from '../../events';
import { append, textState } from '../../realtime/log';
import { fail } from '../../rule';
import * as policy from '../policy';
import { numbering } from '../queries/places';
import { looseIn, meantBy, tied } from '../rules/references';
import * as schema from '../schema';
import { goneFailure, lockArticle } from './chapters';

/** An article's words with their looks. The caller holds its log. */
export async function wordsOf(tx: Tx, textId: string) {
  const { updates, seq } = await standing(tx, textId);
  return { updates, seq, words: stretchesOf(textOf(updates)) };
}

/** Gives an article these words by an edit in its log, and tells whoever has it open. */
export async function rewrite(
  tx: Tx,
  textId: string,
  words: Words,
  by: string | null,
  emit: (event: ForumEvent) => void,
): Promise<void> {
  const bytes = becomeUpdate((await standing(tx, textId)).updates, words);
  if (!bytes) return;
  await append(tx, textId, by, bytes);
  emit({ type: 'text.appended', textId, author: by, bytes });
}

/**
 * The words of a field with the articles that they name. Numbers that stood there when she began mean what they
 * meant then; a new one means the article that bears it, unless numbers have changed since: then she is asked.
 */
export async function named(
  tx: Tx,
  input: Pick<z.infer<typeof schema.textInput>, 'text' | 'numbering' | 'names'>,
) {
  if (input.numbering === undefined) return input.text;
  const known = tied(input.text, meantBy(input.names ?? ''));
  const fresh = looseIn(known);
  if (fresh.length === 0) return known;
  const now = await numbering(tx);
  if (now.mark !== input.numbering) return fail('document.numbers_moved', 'text', { number: fresh[0]! });
  const nobody = fresh.find((number) => !now.articleOf(number));
  if (nobody !== undefined) return fail('document.number_unknown', 'text', { number: nobody });
  return tied(known, now.articleOf);
}

/**
 * The text of an article from a form: what differs from the wording that was on the screen is put into what
 * stands now, so that what others wrote meanwhile stays.
 */
export const editText = command({
  action: 'document.editText',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.textInput,
  audit: 'full',
  load: (tx, { id }) => lockArticle(tx, id),
  run: async ({ tx, actor, input, facts, emit }) => {
    if (facts.retiredAt) return goneFailure(tx, facts);
    const seen = await textState(tx, facts.textId, input.base);
    if (seen?.seq !== input.base) return fail('document.text_base', 'text');
    const words = await named(tx, input);
    if (typeof words !== 'string') return words;
    const bytes = editUpdate(seen.updates, words);
    if (!bytes) return { id: input.id, seq: (await currentText(tx, facts.textId)).seq, merged: false };
    const seq = await append(tx, facts.textId, actor.personId, bytes);
    emit({ type: 'text.appended', textId: facts.textId, author: actor.personId, bytes });
    return { id: input.id, seq, merged: seq > input.base + 1 };
  },
});
