import { command } from '../../act';
import { currentText } from '../../drafts/queries';
import { editUpdate } from '../../drafts/rules';
import { append, textState } from '../../realtime/log';
import { fail } from '../../rule';
import * as policy from '../policy';
import * as schema from '../schema';
import { lockArticle } from './chapters';

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
    if (facts.retiredAt) return fail('document.retired');
    const seen = await textState(tx, facts.textId, input.base);
    if (seen?.seq !== input.base) return fail('document.text_base', 'text');
    const bytes = editUpdate(seen.updates, input.text);
    if (!bytes) return { id: input.id, seq: (await currentText(tx, facts.textId)).seq, merged: false };
    const seq = await append(tx, facts.textId, actor.personId, bytes);
    emit({ type: 'text.appended', textId: facts.textId, author: actor.personId, bytes });
    return { id: input.id, seq, merged: seq > input.base + 1 };
  },
});
