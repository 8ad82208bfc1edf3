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
    const bytes = editUpdate(seen.updates, input.text);
    if (!bytes) return { id: input.id, seq: (await currentText(tx, facts.textId)).seq, merged: false };
    const seq = await append(tx, facts.textId, actor.personId, bytes);
    emit({ type: 'text.appended', textId: facts.textId, author: actor.personId, bytes });
    return { id: input.id, seq, merged: seq > input.base + 1 };
  },
});
