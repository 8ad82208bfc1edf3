import { eq } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { articles } from '~/db/schema/document';
import { command } from '../../act';
import { acting } from '../../acts/commands';
import { scopes } from '../../acts/rules';
import type { ForumEvent } from '../../events';
import { fail } from '../../rule';
import * as policy from '../policy';
import { amended } from '../queries/amended';
import { orderWith } from '../rules';
import * as schema from '../schema';
import { type Article, chapterOf, idsIn, lockArticle, lockChapters, outdated, setOrder } from './chapters';
import { tiedTo, untie } from './links';

/** Names, answers, addressees: everything of an article but its text and its place. */
export const setFields = command({
  action: 'document.setFields',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.fieldsInput,
  audit: 'full',
  load: (tx, { id }) => lockArticle(tx, id),
  run: async ({ tx, actor, input: { id, revision, ...fields }, facts }) => {
    const problem = await outdated(tx, facts, revision);
    if (problem) return problem;
    if (fields.genderWaived && fields.genderCheck === '') return fail('document.waive_reason', 'genderCheck');
    const note = { article: { id, title: fields.title } };
    const touches = [scopes.fields(id)];
    return acting(tx, { kind: 'setFields', by: actor.personId, touches, note }, async () => {
      await tx
        .update(articles)
        .set({ ...fields, areas: [...new Set(fields.areas)], revision: revision + 1 })
        .where(eq(articles.id, id));
      return { id, revision: revision + 1 };
    });
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
  run: async ({ tx, actor, input, facts: { chapters, article } }) => {
    const problem = await outdated(tx, article, input.revision);
    if (problem) return problem;
    const waits = await amended(tx, [article]);
    if (waits) return waits;
    const chapter = chapterOf(chapters, input.area);
    const order = orderWith(await idsIn(tx, chapter.id), input.id, input.after ?? null);
    if (!order) return fail('document.after_gone', 'after');
    const areas = article.areas.includes(input.area) ? article.areas : [...article.areas, input.area];
    const note = { article: { id: input.id, title: article.title }, area: input.area };
    const touches = [scopes.place(input.id), scopes.fields(input.id)];
    return acting(tx, { kind: 'place', by: actor.personId, touches, note }, async () => {
      await tx
        .update(articles)
        .set({ chapterId: chapter.id, areas, revision: input.revision + 1 })
        .where(eq(articles.id, input.id));
      await setOrder(tx, order);
      return { id: input.id, revision: input.revision + 1 };
    });
  },
});

/**
 * Takes an article out of the document in the making, as a recorded act. The caller holds the chapters and the
 * article, which stands.
 */
export async function retireArticle(
  tx: Tx,
  article: Article,
  by: string | null,
  emit: (event: ForumEvent) => void,
) {
  const held = await tiedTo(tx, article.id);
  const note = { article: { id: article.id, title: article.title } };
  const touches = [scopes.place(article.id), scopes.ties(article.id), ...held.map(scopes.concern)];
  return acting(tx, { kind: 'retire', by, touches, note }, async () => {
    await tx
      .update(articles)
      .set({ retiredAt: new Date(), revision: article.revision + 1 })
      .where(eq(articles.id, article.id));
    await untie(tx, article.id, held, by);
    emit({ type: 'access.text.closed', textIds: [article.textId] });
    return { id: article.id };
  });
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
    const problem = await outdated(tx, facts, input.revision);
    if (problem) return problem;
    const waits = await amended(tx, [facts]);
    if (waits) return waits;
    return retireArticle(tx, facts, actor.personId, emit);
  },
});
