import { and, eq, isNull } from 'drizzle-orm';
import { articles, versionArticles } from '~/db/schema/document';
import { query } from '../../act';
import { numbering } from '../../document/queries/places';
import { referring } from '../../document/queries/working';
import { asFrozen } from '../../document/rules/references';
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
          .select({
            frozen: versionArticles.text,
            references: versionArticles.references,
            textId: articles.textId,
          })
          .from(versionArticles)
          .innerJoin(articles, eq(articles.id, versionArticles.articleId))
          .where(and(eq(versionArticles.id, held.versionArticleId), isNull(articles.retiredAt)))
      : [];
    const now = found ? await currentText(db, found.textId) : null;
    return { ...held, found: found ?? null, now, numbers: await numbering(db) };
  },
  present: ({ kind, text, found, now, numbers }) => {
    const words = now && clean(now.text);
    const changed =
      found !== null && asFrozen(words ?? '', numbers.placeOf, found.references) !== found.frozen;
    const { read, field, names, numbering: mark } = referring(words ?? '', numbers);
    return {
      kind,
      /** Its article is no longer in the document in the making. */
      gone: kind !== 'add' && now === null,
      /** The article says something else by now than what the amendment was written for. */
      changed,
      /** What it says now and what the amendment wants, where nobody but a person can join them. */
      byHand:
        kind === 'replace' && now && merged(found!.frozen, words!, text) === null
          ? {
              now: read.text,
              references: read.references,
              seq: now.seq,
              wanted: text,
              field,
              names,
              numbering: mark,
            }
          : null,
    };
  },
});
