import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '~/db/client';
import { amendments } from '~/db/schema/amendments';
import { versionArticles } from '~/db/schema/document';
import { command } from '../../act';
import { retireArticle } from '../../document/commands/articles';
import {
  type Article,
  chapterOf,
  idsIn,
  lockArticle,
  lockChapters,
  setOrder,
} from '../../document/commands/chapters';
import { createArticle } from '../../document/commands/drafts';
import { named } from '../../document/commands/texts';
import { numbering } from '../../document/queries/places';
import { orderWith, textAtMost } from '../../document/rules';
import { asFrozen } from '../../document/rules/references';
import { currentText } from '../../drafts/queries';
import { editUpdate } from '../../drafts/rules';
import type { ForumEvent } from '../../events';
import { clean } from '../../input';
import { append, textState } from '../../realtime/log';
import { Failure, fail } from '../../rule';
import { over } from '../commands';
import * as policy from '../policy';
import { amendmentFacts, inVote } from '../queries';
import { merged } from '../rules';
import * as schema from '../schema';

/** Not taken up, and why, told to everybody. Enough bases behind it make it a rival in the vote. */
export const reject = command({
  action: 'amendments.reject',
  rule: policy.decide,
  see: policy.read,
  input: schema.reject,
  audit: 'full',
  load: (tx, { id }) => amendmentFacts(tx, id, true),
  run: async ({ tx, actor, input: { id, reason }, facts }) => {
    const problem = over(facts, 'open');
    if (problem) return problem;
    await tx
      .update(amendments)
      .set({ state: 'rejected', reason, decidedBy: actor.personId, decidedAt: new Date() })
      .where(eq(amendments.id, id));
    return { id };
  },
});

/** The frozen words it was written for, and the article in the making that they belong to, under its lock. */
async function subjectOf(tx: Tx, versionArticleId: string | null) {
  if (!versionArticleId) return null;
  const [frozen] = await tx.select().from(versionArticles).where(eq(versionArticles.id, versionArticleId));
  const article = await lockArticle(tx, frozen!.articleId);
  return { frozen: frozen!, article: article! };
}

type Act = {
  tx: Tx;
  by: string | null;
  emit: (event: ForumEvent) => void;
  input: z.infer<typeof schema.accept>;
};
type Done = { articleId: string; byHand: boolean };

/** Puts the words into the article as it stands: by themselves where they fit, else as the committee wrote them. */
async function rewrite(act: Act, article: Article, frozen: string, wanted: string): Promise<Done | Failure> {
  const { tx, by, emit, input } = act;
  const done = { articleId: article.id, byHand: input.text !== undefined };
  const now = await currentText(tx, article.textId);
  let text = input.text;
  if (text === undefined) {
    const words = merged(frozen, clean(now.text), wanted);
    if (words === null) return fail('amendments.conflict');
    // Blanks at the ends stay: somebody may be writing there.
    text = now.text.trim() === '' ? words : now.text.replace(now.text.trim(), () => words);
  } else {
    if (clean(text) === '') return fail('field.missing', 'text');
    const words = await named(tx, { ...input, text });
    if (typeof words !== 'string') return words;
    text = words;
  }
  if ([...text].length > textAtMost) return fail('document.text_long', 'text', { max: textAtMost });
  const base = input.text === undefined ? now.seq : (input.base ?? now.seq);
  const seen = await textState(tx, article.textId, base);
  if (seen?.seq !== base) return fail('document.text_base', 'text');
  const bytes = editUpdate(seen.updates, text);
  if (bytes) {
    await append(tx, article.textId, by, bytes);
    emit({ type: 'text.appended', textId: article.textId, author: by, bytes });
  }
  return done;
}

type Facts = NonNullable<Awaited<ReturnType<typeof load>>>;
async function load(tx: Tx, { id }: { id: string }) {
  // In the order in which the desk locks: chapters, article, then what hangs on it.
  const chapters = await lockChapters(tx);
  const seen = await amendmentFacts(tx, id);
  if (!seen) return null;
  const subject = await subjectOf(tx, seen.versionArticleId);
  const held = await amendmentFacts(tx, id, true);
  return { ...held!, chapters, subject };
}

async function apply(act: Act, facts: Facts): Promise<Done | Failure> {
  const { tx, by, emit, input } = act;
  const { subject, chapters, area } = facts;
  if (!subject) {
    const chapter = chapterOf(chapters, area);
    const { title, text, afterId } = facts;
    const id = await createArticle(tx, { chapterId: chapter.id, area, title, text, by });
    const ids = await idsIn(tx, chapter.id);
    // The one it was to follow may be gone by now; then it stays at the end of its chapter.
    const order = orderWith(ids, id, afterId);
    if (order) await setOrder(tx, order);
    return { articleId: id, byHand: false };
  }
  const { article, frozen } = subject;
  if (facts.kind === 'replace')
    return article.retiredAt
      ? fail('amendments.article_gone')
      : rewrite(act, article, frozen.text, facts.text);
  if (!article.retiredAt) {
    const { text } = await currentText(tx, article.textId);
    const { placeOf } = await numbering(tx);
    const words = asFrozen(clean(text), placeOf, frozen.references);
    if (words !== frozen.text && !input.sure) return fail('amendments.changed_since', 'sure');
    const out = await retireArticle(tx, article, by, emit);
    if (out instanceof Failure) return out;
  }
  return { articleId: article.id, byHand: false };
}

/** Takes it up: what it asks for is done to the document in the making, and the next version holds it. */
export const accept = command({
  action: 'amendments.accept',
  rule: policy.decide,
  see: policy.read,
  input: schema.accept,
  audit: 'full',
  load,
  run: async ({ tx, actor, input, facts, emit }) => {
    const problem = over(facts, 'open');
    if (problem) return problem;
    if (await inVote(tx, input.id)) return fail('amendments.in_vote');
    const done = await apply({ tx, by: actor.personId, emit, input }, facts);
    if (!('articleId' in done)) return done;
    await tx
      .update(amendments)
      .set({
        ...done,
        state: 'accepted',
        reason: input.reason || null,
        decidedBy: actor.personId,
        decidedAt: new Date(),
      })
      .where(eq(amendments.id, input.id));
    return { id: input.id };
  },
});
