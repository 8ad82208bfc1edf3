import type { Tx } from '~/db/client';
import { articleSources, articles } from '~/db/schema/document';
import { command } from '../../act';
import { createText } from '../../drafts/commands';
import { read as readDraft } from '../../drafts/policy';
import { draftFacts, wordingAt } from '../../drafts/queries';
import { copyUpdate } from '../../drafts/rules';
import { clean } from '../../input';
import { fail } from '../../rule';
import * as policy from '../policy';
import { publicConcernsOf } from '../queries/sources';
import { says, textAtMost } from '../rules';
import * as schema from '../schema';
import { chapterOf, idsIn, lockChapters } from './chapters';
import { tie } from './links';

type NewArticle = {
  chapterId: string;
  area: string;
  title: string;
  /** Words, or a first update that holds them with their looks. */
  text: string | Uint8Array;
  by: string | null;
};

/** An article at the end of its chapter, with a text of its own. The caller holds the chapters. */
export async function createArticle(tx: Tx, given: NewArticle): Promise<string> {
  const textId = await createText(tx, 'article', given.text, given.by);
  const before = await idsIn(tx, given.chapterId);
  const [row] = await tx
    .insert(articles)
    .values({
      chapterId: given.chapterId,
      position: before.length + 1,
      title: given.title,
      textId,
      areas: [given.area],
      createdBy: given.by,
    })
    .returning({ id: articles.id });
  return row!.id;
}

/**
 * A draft becomes an article: its words (all, or a passage of it) are copied as they stood at one moment of its
 * log, and its concerns come along. The draft stays as it is and may give further articles.
 */
export const takeUp = command({
  action: 'document.takeUp',
  rule: policy.takeUp,
  see: readDraft,
  input: schema.takeUpInput,
  audit: 'full',
  load: async (tx, { draftId }) => {
    // Under its lock: a draft that is being deleted for good becomes no article.
    const draft = await draftFacts(tx, draftId, true);
    return draft && { ...draft, chapters: await lockChapters(tx) };
  },
  run: async ({ tx, actor, input, facts }) => {
    const stood = await wordingAt(tx, facts.textId, input.seq);
    if (!stood) return fail('drafts.seq');
    const { text, seq, updates } = stood;
    const words = input.wording === 'all' ? clean(text) : input.passage;
    if (words === '')
      return input.wording === 'all'
        ? fail('document.draft_empty')
        : fail('document.passage_missing', 'passage');
    if (!says(clean(text), words)) return fail('document.passage_unknown', 'passage');
    if ([...words].length > textAtMost) return fail('document.text_long', 'wording', { max: textAtMost });
    const own = await publicConcernsOf(tx, input.draftId);
    const chosen = input.concerns === 'all' ? own : [...new Set(input.concernIds)];
    if (chosen.some((id) => !own.includes(id))) return fail('document.concern_elsewhere', 'concernIds');
    const id = await createArticle(tx, {
      chapterId: chapterOf(facts.chapters, input.area).id,
      area: input.area,
      title: input.title,
      text: copyUpdate(updates, words),
      by: actor.personId,
    });
    await tx
      .insert(articleSources)
      .values({ articleId: id, draftId: input.draftId, seq, takenBy: actor.personId });
    await tie(tx, id, chosen, actor.personId);
    return { id };
  },
  subject: (_input, out) => out.id,
});
