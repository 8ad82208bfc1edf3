import { eq } from 'drizzle-orm';
import { draftVersions } from '~/db/schema/drafts';
import { command } from '../../act';
import { fail } from '../../rule';
import * as policy from '../policy';
import { draftFacts } from '../queries';
import { standing } from '../queries/texts';
import { versionFacts } from '../queries/versions';
import { deltaOf, textOf } from '../rules/texts';
import * as schema from '../schema';

/** Gives the text as it stands a name, under which it can be read and compared whatever becomes of it. */
export const nameVersion = command({
  action: 'drafts.nameVersion',
  rule: policy.edit,
  see: policy.read,
  input: schema.nameVersion,
  audit: 'full',
  load: (tx, { id }) => draftFacts(tx, id, true),
  run: async ({ tx, actor, input, facts: { textId } }) => {
    const mine = eq(draftVersions.draftId, input.id);
    if ((await tx.$count(draftVersions, mine)) >= schema.versionsAtMost)
      return fail('drafts.version.many', 'name', { max: schema.versionsAtMost });
    const { updates, seq } = await standing(tx, textId);
    const text = textOf(updates);
    if (text.toString().trim() === '') return fail('drafts.version.empty', 'name');
    await tx.insert(draftVersions).values({
      id: input.key,
      draftId: input.id,
      seq,
      name: input.name,
      delta: deltaOf(text),
      createdBy: actor.personId,
    });
    return { id: input.id };
  },
});

/** Takes back a name that she has given: that state of the text is no longer kept under it. */
export const removeVersion = command({
  action: 'drafts.removeVersion',
  rule: policy.withdraw,
  see: policy.read,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }) => versionFacts(tx, id),
  run: async ({ tx, input, facts }) => {
    await tx.delete(draftVersions).where(eq(draftVersions.id, input.id));
    return { id: facts.id };
  },
});
