import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { articleSources, articles } from '~/db/schema/document';
import { command } from '../../act';
import { acting } from '../../acts/commands';
import { scopes, wholeArticle } from '../../acts/rules';
import { writtenUpdate } from '../../drafts/rules';
import { wordsIn } from '../../drafts/rules/texts';
import { fail } from '../../rule';
import * as policy from '../policy';
import { amended } from '../queries/amended';
import { orderWith, textAtMost } from '../rules';
import { cut, type Fields, joinedFields, joinedWords, tooLong } from '../rules/consolidation';
import * as schema from '../schema';
import { type Article, idsIn, lockArticle, lockChapters, outdated, setOrder } from './chapters';
import { createArticle } from './drafts';
import { tie, tiedTo, untie } from './links';
import { rewrite, wordsOf } from './texts';

/** The drafts that stand behind one article stand behind another too. */
async function shareSources(tx: Tx, from: string, to: string, by: string | null): Promise<void> {
  const of = (id: string) =>
    tx
      .select({ draftId: articleSources.draftId, seq: articleSources.seq })
      .from(articleSources)
      .where(and(eq(articleSources.articleId, id), isNull(articleSources.endedAt)));
  const own = new Set((await of(to)).map(({ draftId, seq }) => `${draftId} ${seq}`));
  const more = new Map((await of(from)).map((row) => [`${row.draftId} ${row.seq}`, row]));
  const rows = [...more].flatMap(([key, row]) => (own.has(key) ? [] : [row]));
  if (rows.length > 0)
    await tx.insert(articleSources).values(rows.map((row) => ({ ...row, articleId: to, takenBy: by })));
}

const fieldsOf = ({
  title,
  summary,
  areas,
  law,
  reality,
  addressees,
  library,
  ...rest
}: Article): Fields => ({
  ...{ title, summary, areas, law, reality, addressees, library },
  genderCheck: rest.genderCheck,
  genderWaived: rest.genderWaived,
  territory: rest.territory,
});

/** Both articles under their locks, in one order for everybody. */
async function lockTwo(tx: Tx, id: string, otherId: string) {
  await lockChapters(tx);
  const found = new Map<string, Article | null>();
  for (const one of [...new Set([id, otherId])].sort()) found.set(one, await lockArticle(tx, one));
  const [article, other] = [found.get(id), found.get(otherId)];
  return article && other ? { article, other } : null;
}

/**
 * Joins a second article into the first: words in the order that was chosen, concerns, drafts and lists of both. The
 * second is retired and says into which it went. What is written into it after its words were read stays in its own
 * log and is shown beside the first.
 */
export const merge = command({
  action: 'document.merge',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.mergeInput,
  audit: 'full',
  load: (tx, { id, other }) => lockTwo(tx, id, other),
  run: async ({ tx, actor, input, facts: { article, other }, emit }) => {
    if (article.id === other.id) return fail('document.merge.self', 'other');
    const problem =
      (await outdated(tx, article, input.revision)) ??
      (await outdated(tx, other, input.otherRevision, 'other')) ??
      (await amended(tx, [article, other]));
    if (problem) return problem;
    const by = actor.personId;
    const [own, hers] = [await tiedTo(tx, article.id), await tiedTo(tx, other.id)];
    const fields = joinedFields(fieldsOf(article), fieldsOf(other), input.title);
    const long = tooLong(fields);
    if (long) return fail(`document.merge.long.${long}`);
    const note = {
      article: { id: article.id, title: article.title },
      other: { id: other.id, title: other.title },
    };
    const touches = [...wholeArticle(article.id), ...wholeArticle(other.id), ...own.map(scopes.concern)];
    touches.push(...hers.map(scopes.concern));
    return acting(tx, { kind: 'merge', by, touches, note }, async () => {
      const [first, second] = [await wordsOf(tx, article.textId), await wordsOf(tx, other.textId)];
      // Words that nobody who decides this has seen are not left out by it.
      const unseen =
        (input.wording === 'onlyFirst' && second.seq !== input.otherSeq) ||
        (input.wording === 'onlySecond' && first.seq !== input.seq);
      if (unseen) return fail('document.changed.words', 'wording');
      const words = joinedWords(first.words, second.words, input.wording);
      if ([...wordsIn(words)].length > textAtMost)
        return fail('document.merge.text_long', 'wording', { max: textAtMost });
      await rewrite(tx, article.textId, words, by, emit);
      await tx
        .update(articles)
        .set({ ...fields, revision: article.revision + 1 })
        .where(eq(articles.id, article.id));
      await shareSources(tx, other.id, article.id, by);
      await tie(tx, article.id, hers, by);
      await untie(tx, other.id, hers, by);
      await tx
        .update(articles)
        .set({
          retiredAt: new Date(),
          mergedInto: article.id,
          mergedSeq: second.seq,
          revision: other.revision + 1,
        })
        .where(eq(articles.id, other.id));
      emit({ type: 'access.text.closed', textIds: [other.textId] });
      return { id: article.id };
    });
  },
});

/**
 * Divides an article before one of its lines. What stands below becomes an article of its own right behind, with the
 * same drafts and lists; each concern stays, goes along, or stands behind both.
 */
export const split = command({
  action: 'document.split',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.splitInput,
  audit: 'full',
  load: async (tx, { id }) => {
    const chapters = await lockChapters(tx);
    const article = await lockArticle(tx, id);
    return article && { article, chapter: chapters.find((one) => one.id === article.chapterId)! };
  },
  run: async ({ tx, actor, input, facts: { article, chapter }, emit }) => {
    const problem = (await outdated(tx, article, input.revision)) ?? (await amended(tx, [article]));
    if (problem) return problem;
    const by = actor.personId;
    const own = await tiedTo(tx, article.id);
    if ([...input.go, ...input.both].some((id) => !own.includes(id)))
      return fail('document.concern_untied', 'go');
    const along = [...new Set([...input.go, ...input.both])];
    const gone = [...new Set(input.go)].filter((id) => !input.both.includes(id));
    const note = (out: { newId: string }) => ({
      article: { id: article.id, title: article.title },
      other: { id: out.newId, title: input.title },
    });
    const touches = [...wholeArticle(article.id), ...own.map(scopes.concern)];
    return acting(tx, { kind: 'split', by, touches, note }, async (also) => {
      const { words, seq } = await wordsOf(tx, article.textId);
      if (seq !== input.seq) return fail('document.changed.words', 'line');
      const two = cut(words, input.line);
      if (!two) return fail('document.split.empty', 'line');
      const { title: _, summary: __, ...lists } = fieldsOf(article);
      const text = writtenUpdate(two[1]);
      const newId = await createArticle(tx, {
        chapterId: chapter.id,
        area: chapter.area,
        title: input.title,
        text,
        by,
      });
      also(...wholeArticle(newId));
      await tx.update(articles).set(lists).where(eq(articles.id, newId));
      await setOrder(tx, orderWith(await idsIn(tx, chapter.id), newId, article.id)!);
      await rewrite(tx, article.textId, two[0], by, emit);
      await tx
        .update(articles)
        .set({ revision: article.revision + 1 })
        .where(eq(articles.id, article.id));
      await shareSources(tx, article.id, newId, by);
      await tie(tx, newId, along, by);
      await untie(tx, article.id, gone, by);
      return { id: article.id, newId };
    });
  },
});
