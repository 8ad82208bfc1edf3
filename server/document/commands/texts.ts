import type { z } from 'zod';
import type { Tx } from '~/db/client';
import { command } from '../../act';
import { currentText } from '../../drafts/queries';
import { editUpdate } from '../../drafts/rules';
import { append, textState } from '../../realtime/log';
import { fail } from '../../rule';
import * as policy from '../policy';
import { numbering } from '../queries/places';
import { looseIn, meantBy, tied } from '../rules/references';
import * as schema from '../schema';
import { lockArticle } from './chapters';

/**
 * The words of a field with the articles that they name. Numbers that stood there when she began mean what they
 * meant then; a new one means the article that bears it, unless numbers have changed since: then she is asked.
 */
async function named(tx: Tx, input: z.infer<typeof schema.textInput>) {
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
    if (facts.retiredAt) return fail('document.retired');
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
