import { and, eq, isNull } from 'drizzle-orm';
import { articles, versionArticles } from '~/db/schema/document';
import { query } from '../../act';
import { currentText } from '../../drafts/queries';
import { clean } from '../../input';
import * as policy from '../policy';
import { amendmentFacts } from '../queries';
import { merged } from '../rules';
import * as schema from '../schema';

/** For who decides: whether it fits the article in the making, and both wordings where it does not. */
export const toDecide = query({
  action: 'amendments.toDecide',
  rule: policy.decide,
  see: policy.read,
  input: schema.byId,
  load: async (db, { id }) => {
    const held = await amendmentFacts(db, id);
    if (!held) return null;
    const [found] = held.versionArticleId
      ? await db
          .select({ frozen: versionArticles.text, textId: articles.textId })
          .from(versionArticles)
          .innerJoin(articles, eq(articles.id, versionArticles.articleId))
          .where(and(eq(versionArticles.id, held.versionArticleId), isNull(articles.retiredAt)))
      : [];
    const now = found ? await currentText(db, found.textId) : null;
    return { ...held, frozen: found?.frozen ?? null, now };
  },
  present: ({ kind, text, frozen, now }) => {
    const words = now && clean(now.text);
    const changed = now !== null && words !== frozen;
    return {
      kind,
      /** Its article is no longer in the document in the making. */
      gone: kind !== 'add' && now === null,
      /** The article says something else by now than what the amendment was written for. */
      changed,
      /** What it says now and what the amendment wants, where nobody but a person can join them. */
      byHand:
        kind === 'replace' && now && merged(frozen!, words!, text) === null
          ? { now: words!, seq: now.seq, wanted: text }
          : null,
    };
  },
});
