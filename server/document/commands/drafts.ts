import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '~/db/client';
import { articleSources, articles } from '~/db/schema/document';
import { command } from '../../act';
import { acting } from '../../acts/commands';
import { scopes, wholeArticle } from '../../acts/rules';
import { createText } from '../../drafts/commands';
import { read as readDraft } from '../../drafts/policy';
import { draftFacts, wordingAt } from '../../drafts/queries';
import { copyUpdate, writtenUpdate } from '../../drafts/rules';
import { linesIn, stretchesOf, textOf, wordsIn } from '../../drafts/rules/texts';
import { clean } from '../../input';
import { both, Failure, fail } from '../../rule';
import * as policy from '../policy';
import { publicConcernsOf } from '../queries/sources';
import { says, textAtMost } from '../rules';
import { pointed } from '../rules/bullets';
import { append } from '../rules/consolidation';
import * as schema from '../schema';
import { chapterOf, idsIn, lockArticle, lockChapters, outdated } from './chapters';
import { tie } from './links';
import { rewrite, wordsOf } from './texts';

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

type Taken = z.output<typeof schema.takeUpInput> | z.output<typeof schema.addDraftInput>;

/** The words and the concerns that a form takes of a draft, or the Failure that says why not. */
async function takenOf(tx: Tx, textId: string, input: Taken) {
  const stood = await wordingAt(tx, textId, input.seq);
  if (!stood) return fail('drafts.seq');
  const { text, seq, updates } = stood;
  const words = input.wording === 'all' ? clean(text) : input.passage;
  if (words === '')
    return input.wording === 'all'
      ? fail('document.draft_empty')
      : fail('document.passage_missing', 'passage');
  if (!says(clean(text), words)) return fail('document.passage_unknown', 'passage');
  const own = await publicConcernsOf(tx, input.draftId);
  const chosen = input.concerns === 'all' ? own : [...new Set(input.concernIds)];
  if (chosen.some((id) => !own.includes(id))) return fail('document.concern_elsewhere', 'concernIds');
  const copy = stretchesOf(textOf([copyUpdate(updates, words)]));
  const taken = pointed(copy, linesIn(textOf(updates)));
  if ([...wordsIn(taken)].length > textAtMost)
    return fail('document.text_long', 'wording', { max: textAtMost });
  return { update: writtenUpdate(taken), seq, chosen };
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
    // Chapters before drafts, as whoever joins or undoes: the row that says where words came from holds its draft too.
    const chapters = await lockChapters(tx);
    // Under its lock: a draft that is being deleted for good becomes no article.
    const draft = await draftFacts(tx, draftId, true);
    return draft && { ...draft, chapters };
  },
  run: async ({ tx, actor, input, facts }) => {
    const taken = await takenOf(tx, facts.textId, input);
    if (taken instanceof Failure) return taken;
    const { update, seq, chosen } = taken;
    const { draftId, area, title } = input;
    const by = actor.personId;
    const note = (out: { id: string }) => ({ article: { id: out.id, title }, draftId, area });
    const touches = chosen.map(scopes.concern);
    return acting(tx, { kind: 'takeUp', by, touches, note }, async (also) => {
      const chapterId = chapterOf(facts.chapters, area).id;
      const id = await createArticle(tx, { chapterId, area, title, text: update, by });
      also(...wholeArticle(id));
      await tx.insert(articleSources).values({ articleId: id, draftId, seq, takenBy: by });
      await tie(tx, id, chosen, by);
      return { id };
    });
  },
  subject: (_input, out) => out.id,
});

/** Words of a draft come behind those of an article that is there, with the concerns that are chosen. */
export const addDraft = command({
  action: 'document.addDraft',
  rule: policy.takeUp,
  see: both(readDraft, policy.readWorking),
  input: schema.addDraftInput,
  audit: 'full',
  load: async (tx, { draftId, id }) => {
    await lockChapters(tx);
    const draft = await draftFacts(tx, draftId, true);
    if (!draft) return null;
    const article = await lockArticle(tx, id);
    return article && { ...draft, article };
  },
  run: async ({ tx, actor, input, facts: { article, ...draft }, emit }) => {
    const problem = await outdated(tx, article, input.revision, 'id');
    if (problem) return problem;
    const taken = await takenOf(tx, draft.textId, input);
    if (taken instanceof Failure) return taken;
    const { id, draftId } = input;
    const by = actor.personId;
    const note = { article: { id, title: article.title }, draftId };
    const touches = [
      scopes.words(id),
      scopes.ties(id),
      scopes.sources(id),
      ...taken.chosen.map(scopes.concern),
    ];
    return acting(tx, { kind: 'addDraft', by, touches, note }, async () => {
      const { words } = await wordsOf(tx, article.textId);
      const more = append(words, stretchesOf(textOf([taken.update])));
      if ([...wordsIn(more)].length > textAtMost)
        return fail('document.merge.text_long', 'wording', { max: textAtMost });
      await rewrite(tx, article.textId, more, by, emit);
      const [same] = await tx
        .select({ id: articleSources.id })
        .from(articleSources)
        .where(
          and(
            eq(articleSources.articleId, id),
            eq(articleSources.draftId, draftId),
            eq(articleSources.seq, taken.seq),
            isNull(articleSources.endedAt),
          ),
        );
      if (!same)
        await tx.insert(articleSources).values({ articleId: id, draftId, seq: taken.seq, takenBy: by });
      await tie(tx, id, taken.chosen, by);
      return { id };
    });
  },
  subject: ({ id }) => id,
});
