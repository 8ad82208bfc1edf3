import { and, eq, isNull, sql } from 'drizzle-orm';
import { articleSources } from '~/db/schema/document';
import { draftComments, draftConcerns, draftSuggestions, drafts, draftVersions } from '~/db/schema/drafts';
import { command } from '../../act';
import { letGo } from '../../concerns/commands';
import { concernFactsOf } from '../../concerns/queries';
import { eraseText } from '../../realtime/log';
import { fail } from '../../rule';
import * as policy from '../policy';
import { draftFacts } from '../queries';
import * as schema from '../schema';

/**
 * Deletes a draft for good: its words, who wrote them, and all that stood beside them. Its row stays, so that the
 * audit points at something, with one remark: why. What an article was made of is not deleted.
 */
export const erase = command({
  action: 'drafts.erase',
  rule: policy.erase,
  see: policy.read,
  input: schema.erase,
  audit: 'full',
  load: (tx, { id }) => draftFacts(tx, id, true),
  run: async ({ tx, actor, input: { id, word, reason }, facts, emit }) => {
    if ((await tx.$count(articleSources, eq(articleSources.draftId, id))) > 0)
      return fail('drafts.erase.article');
    if (!schema.eraseWords.includes(word.toLowerCase())) return fail('drafts.erase.word', 'word');
    const held = await tx
      .update(draftConcerns)
      .set({ endedAt: sql`now()` })
      .where(and(eq(draftConcerns.draftId, id), isNull(draftConcerns.endedAt)))
      .returning({ id: draftConcerns.concernId });
    // In one order, so that two who let go of the same concerns do not wait for each other.
    for (const concernId of held.map((row) => row.id).sort()) {
      const concern = await concernFactsOf(tx, concernId, true);
      if (concern) await letGo(tx, { id: concernId, concern, space: facts.space, by: actor.personId });
    }
    for (const table of [draftSuggestions, draftComments, draftVersions])
      await tx.delete(table).where(eq(table.draftId, id));
    await tx.insert(draftComments).values({ draftId: id, author: actor.personId, words: reason });
    await tx
      .update(drafts)
      .set({ state: 'erased', title: '', closedAt: sql`coalesce(closed_at, now())` })
      .where(eq(drafts.id, id));
    await eraseText(tx, facts.textId);
    emit({ type: 'access.text.erased', textIds: [facts.textId] });
    return { id, spaceId: facts.space.id };
  },
});
