import { eq } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { articles } from '~/db/schema/document';
import { command } from '../../act';
import type { ForumEvent } from '../../events';
import { fail } from '../../rule';
import * as policy from '../policy';
import { orderWith } from '../rules';
import * as schema from '../schema';
import { type Article, chapterOf, idsIn, lockArticle, lockChapters, setOrder } from './chapters';
import { tiedTo, untie } from './links';

/** What stops a change of an article that is there: it is gone, or another was quicker. */
function outdated(article: Article, revision: number) {
  if (article.retiredAt) return fail('document.retired');
  return article.revision === revision ? null : fail('document.changed.taken');
}

/** Names, answers, addressees: everything of an article but its text and its place. */
export const setFields = command({
  action: 'document.setFields',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.fieldsInput,
  audit: 'full',
  load: (tx, { id }) => lockArticle(tx, id),
  run: async ({ tx, input: { id, revision, ...fields }, facts }) => {
    const problem = outdated(facts, revision);
    if (problem) return problem;
    if (fields.genderWaived && fields.genderCheck === '') return fail('document.waive_reason', 'genderCheck');
    await tx
      .update(articles)
      .set({ ...fields, areas: [...new Set(fields.areas)], revision: revision + 1 })
      .where(eq(articles.id, id));
    return { id, revision: revision + 1 };
  },
});

/** Moves an article: within its chapter or to another. Numbers follow by themselves. */
export const place = command({
  action: 'document.place',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.placeInput,
  audit: 'full',
  load: async (tx, { id }) => {
    const chapters = await lockChapters(tx);
    const article = await lockArticle(tx, id);
    return article && { chapters, article };
  },
  run: async ({ tx, input, facts: { chapters, article } }) => {
    const problem = outdated(article, input.revision);
    if (problem) return problem;
    const chapter = chapterOf(chapters, input.area);
    const order = orderWith(await idsIn(tx, chapter.id), input.id, input.after ?? null);
    if (!order) return fail('document.after_gone', 'after');
    const areas = article.areas.includes(input.area) ? article.areas : [...article.areas, input.area];
    await tx
      .update(articles)
      .set({ chapterId: chapter.id, areas, revision: input.revision + 1 })
      .where(eq(articles.id, input.id));
    await setOrder(tx, order);
    return { id: input.id, revision: input.revision + 1 };
  },
});

/**
 * Takes an article out and lets its concerns go. The caller holds the chapters and the article.
 * @returns what is told after the commit: nobody writes in its text any more.
 */
export async function retireArticle(tx: Tx, article: Article, by: string | null): Promise<ForumEvent> {
  await tx
    .update(articles)
    .set({ retiredAt: new Date(), revision: article.revision + 1 })
    .where(eq(articles.id, article.id));
  await untie(tx, article.id, await tiedTo(tx, article.id), by);
  return { type: 'access.text.closed', textIds: [article.textId] };
}

/** Takes an article out of the document in the making; frozen versions keep theirs, its concerns are free again. */
export const retire = command({
  action: 'document.retire',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.retireInput,
  audit: 'full',
  load: async (tx, { id }) => {
    await lockChapters(tx);
    return lockArticle(tx, id);
  },
  run: async ({ tx, actor, input, facts, emit }) => {
    const problem = outdated(facts, input.revision);
    if (problem) return problem;
    emit(await retireArticle(tx, facts, actor.personId));
    return { id: input.id };
  },
});
