import { and, eq, isNull } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { articleConcerns, articles } from '~/db/schema/document';
import { query } from '../../act';
import { standing } from '../../drafts/queries/texts';
import { stretchesOf, textOf, wordsIn } from '../../drafts/rules/texts';
import * as policy from '../policy';
import { type Fields, joinedFields, joinedWords, wordings } from '../rules/consolidation';
import { type Reference, settled } from '../rules/references';
import * as schema from '../schema';
import { mergedInto } from './merged';
import { numbering } from './places';

async function half(db: DbOrTx, id: string) {
  const [row] = await db
    .select()
    .from(articles)
    .where(and(eq(articles.id, id), isNull(articles.retiredAt)));
  if (!row) return null;
  const [{ updates, seq }, ties] = await Promise.all([
    standing(db, row.textId),
    db
      .select({ id: articleConcerns.concernId })
      .from(articleConcerns)
      .where(and(eq(articleConcerns.articleId, id), isNull(articleConcerns.endedAt))),
  ]);
  return { row, seq, words: stretchesOf(textOf(updates)), concernIds: ties.map((tie) => tie.id) };
}
type Half = NonNullable<Awaited<ReturnType<typeof half>>>;

const side = ({ row, seq, words, concernIds }: Half) => ({
  id: row.id,
  title: row.title,
  revision: row.revision,
  seq,
  text: wordsIn(words),
  concerns: concernIds.length,
});

/** What would come of joining a second article into a first; `other` is null where it stands no more. */
export const mergePreview = query({
  action: 'document.mergePreview',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.mergePreviewInput,
  load: async (db, { id, other }) => {
    const first = await half(db, id);
    if (!first) return null;
    const second = other && other !== id ? await half(db, other) : null;
    return {
      first,
      second,
      now: await numbering(db),
      into: other && !second ? await mergedInto(db, other) : null,
    };
  },
  present: ({ first, second, into, now }) => ({
    article: side(first),
    into,
    other: second && side(second),
    joined: second && {
      fields: joinedFields(first.row as Fields, second.row as Fields, first.row.title),
      concerns: new Set([...first.concernIds, ...second.concernIds]).size,
      /** What would be read there, with the articles that it names. */
      reads: Object.fromEntries(
        wordings.map((wording) => {
          const text = wordsIn(joinedWords(first.words, second.words, wording));
          const { text: words, references } = settled(text, now.placeOf, '[…]');
          return [wording, { text: words, references }];
        }),
      ) as Record<(typeof wordings)[number], { text: string; references: Reference[] }>,
    },
  }),
});
