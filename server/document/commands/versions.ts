import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { areas } from '~/db/reference/areas';
import { articleConcerns, articles, versionArticles, versions } from '~/db/schema/document';
import { texts } from '~/db/schema/drafts';
import { command } from '../../act';
import { carryAmendments } from '../../amendments/commands/carrying';
import { currentText } from '../../drafts/queries';
import { clean } from '../../input';
import { type Failure, fail } from '../../rule';
import * as policy from '../policy';
import { canonicalVersion, contentOf, lacksOf, numbered, type Wording } from '../rules';
import * as schema from '../schema';
import { type Chapter, lockChapters } from './chapters';

const areaTitles = new Map<string, string>(areas.map((area) => [area.slug, area.title.es]));

/** The articles with their words and numbers, every row of them locked: nothing moves until the commit. */
async function standing(tx: Tx, chapters: Chapter[]): Promise<(Wording & { number: number })[]> {
  const rows = await tx
    .select({ article: articles })
    .from(articles)
    .innerJoin(texts, eq(texts.id, articles.textId))
    .where(isNull(articles.retiredAt))
    .orderBy(asc(articles.id))
    .for('update');
  if (rows.length === 0) return [];
  const links = await tx
    .select({ articleId: articleConcerns.articleId, concernId: articleConcerns.concernId })
    .from(articleConcerns)
    .where(
      and(
        isNull(articleConcerns.endedAt),
        inArray(
          articleConcerns.articleId,
          rows.map(({ article }) => article.id),
        ),
      ),
    );
  const behind = new Map<string, string[]>();
  for (const { articleId, concernId } of links)
    behind.set(articleId, [...(behind.get(articleId) ?? []), concernId]);
  const area = new Map(chapters.map((chapter) => [chapter.id, chapter.area]));
  const said = [];
  for (const article of numbered(
    chapters,
    rows.map((row) => row.article),
  )) {
    const { text } = await currentText(tx, article.textId);
    said.push({
      ...article,
      area: area.get(article.chapterId)!,
      text: clean(text),
      concernIds: behind.get(article.id) ?? [],
    });
  }
  return said;
}

// PostgreSQL takes 65,535 parameters in one statement.
const atOnce = 1000;

async function keepArticles(
  tx: Tx,
  versionId: string,
  said: (Wording & { number: number })[],
  hashes: Map<string, string>,
): Promise<void> {
  const rows = said.map((article) => ({
    versionId,
    articleId: article.id,
    number: article.number,
    area: article.area,
    areas: [...article.areas],
    title: article.title,
    text: article.text,
    summary: article.summary,
    law: article.law,
    reality: article.reality,
    addressees: [...article.addressees],
    library: [...article.library],
    genderCheck: article.genderCheck,
    genderWaived: article.genderWaived,
    territory: article.territory,
    concernIds: [...article.concernIds],
    sha256: hashes.get(article.id)!,
  }));
  for (let i = 0; i < rows.length; i += atOnce)
    await tx.insert(versionArticles).values(rows.slice(i, i + atOnce));
}

/**
 * Makes the next version out of the document as it stands. The caller has decided that this may be done.
 * @param after the number of the last version that the person saw, so that of two who freeze at once one is told.
 * @returns id, number and hash, or the Failure that says what is missing; then nothing has been written.
 */
export async function freezeVersion(
  tx: Tx,
  given: { title: string; after: number; by: string | null; at?: Date },
): Promise<{ id: string; number: number; sha256: string } | Failure> {
  const chapters = await lockChapters(tx);
  const [last] = await tx.select().from(versions).orderBy(desc(versions.number)).limit(1);
  if (last && last.number !== given.after)
    return fail('document.version.taken', undefined, { number: last.number });
  const said = await standing(tx, chapters);
  if (said.length === 0) return fail('document.empty');
  for (const article of said) {
    const [lack] = lacksOf(article);
    if (lack)
      return fail(`document.lacks.${lack}`, undefined, { number: article.number, title: article.title });
  }
  const frozenAt = given.at ?? new Date();
  const number = (last?.number ?? 0) + 1;
  const made = canonicalVersion({
    number,
    title: given.title,
    frozenAt,
    previous: last?.sha256 ?? null,
    chapters: chapters.map(({ area }) => ({ area, title: areaTitles.get(area) ?? area })),
    articles: said,
  });
  if (last && contentOf(last.canonical) === contentOf(made.canonical))
    return fail('document.same', undefined, { number: last.number });
  const [version] = await tx
    .insert(versions)
    .values({
      number,
      title: given.title,
      canonical: made.canonical,
      sha256: made.sha256,
      frozenBy: given.by,
      frozenAt,
    })
    .returning({ id: versions.id });
  await keepArticles(tx, version!.id, said, new Map(made.articles.map(({ id, sha256 }) => [id, sha256])));
  if (last) await carryAmendments(tx, last.id, version!.id);
  return { id: version!.id, number, sha256: made.sha256 };
}

/** Freezes the document as the next version, for everybody to read. */
export const freeze = command({
  action: 'document.freeze',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.freezeInput,
  audit: 'full',
  load: async () => ({}),
  run: ({ tx, actor, input }) =>
    freezeVersion(tx, { title: input.title, after: input.after, by: actor.personId }),
  subject: (_input, out) => out.id,
});
