import { articleConcerns, articleSources, articles as articleTable, chapters } from '~/db/schema/document';
import { freezeVersion } from '~/server/document/commands/versions';
import { token } from '~/server/document/rules/references';
import { Failure } from '~/server/rule';
import { type ArticleKey, articles, type DemoArticle } from '../articles';
import { concerns } from '../concerns';
import { versions } from '../versions';
import { taken, tiesOf } from './concerns';
import type { Sources } from './drafts';
import { beginText, writeOn } from './texts';
import { oneOf, type World } from './world';

type Article = DemoArticle & { readonly key: ArticleKey };
const inChapter = (article: Article) =>
  articles.filter(({ area }) => area === article.area).findIndex(({ key }) => key === article.key) + 1;
const changed = -20;

/** The words of version 2, with the points; an article that they name is kept by its id. */
const worded = ({ id }: World, { text, points = [] }: Article) =>
  [text, ...points.map((point) => `- ${point}`)]
    .join('\n')
    .replace(/\[artículo:([a-z-]+)\]/gu, (_, key: ArticleKey) => token(id('article', key)));

/** Chapters stand in the order in which the articles have their numbers. @returns the id of each area's chapter. */
async function loadChapters({ tx }: World): Promise<Map<string, string>> {
  const order = [...new Set(articles.map(({ area }) => area))];
  const rows = await tx
    .insert(chapters)
    .values(order.map((area, i) => ({ area, position: i + 1 })))
    .returning();
  return new Map(rows.map(({ id, area }) => [area, id]));
}

async function takeUp(world: World, article: Article, chapterId: string, sources: Sources): Promise<string> {
  const { tx, id, at } = world;
  const by = oneOf('editor', article.key);
  const takenAt = at(taken[article.since], article.key);
  const textId = await beginText(world, 'article', {
    text: article.firstText ?? article.text,
    by,
    at: takenAt,
  });
  await tx.insert(articleTable).values({
    id: id('article', article.key),
    chapterId,
    position: inChapter(article),
    title: article.title,
    textId,
    summary: article.summary,
    areas: [...article.areas],
    law: article.law ?? '',
    reality: article.reality ?? '',
    addressees: [...article.addressees],
    library: [...article.library],
    genderCheck: article.genderCheck,
    territory: article.territory,
    createdBy: id('person', by),
    createdAt: takenAt,
  });
  await tx.insert(articleSources).values({
    articleId: id('article', article.key),
    draftId: id('draft', article.draft),
    seq: sources.get(article.draft)![article.since],
    takenBy: id('person', by),
    takenAt,
  });
  return textId;
}

/** Ties to the articles the concerns that came between two moments. */
async function tie(world: World, from: Date, until: Date): Promise<void> {
  const { tx, id } = world;
  const ties = concerns
    .flatMap((concern) => tiesOf(world, concern))
    .filter(({ at }) => at >= from && at < until)
    .map(({ concern, article, at }) => ({
      articleId: id('article', article),
      concernId: id('concern', concern),
      linkedBy: id('person', oneOf('editor', article)),
      linkedAt: at,
    }));
  if (ties.length > 0) await tx.insert(articleConcerns).values(ties);
}

/**
 * The one document, made in the order in which it would have been made: the articles of version 1 and their
 * concerns, the freeze, the articles that came or changed after it, the second freeze.
 * @returns the ids of the frozen versions.
 */
export async function loadDocument(world: World, sources: Sources): Promise<{ 1: string; 2: string }> {
  const chapterIds = await loadChapters(world);
  const textIds = new Map<ArticleKey, string>();
  const frozen = { 1: '', 2: '' };
  let before = new Date(0);
  for (const { number, title, frozen: day } of versions) {
    const at = world.at(day);
    for (const article of articles.filter(({ since }) => since === number))
      textIds.set(article.key, await takeUp(world, article, chapterIds.get(article.area)!, sources));
    const reworded = articles.filter(
      (article: Article) => number === 2 && (article.firstText !== undefined || article.points),
    );
    for (const article of reworded)
      await writeOn(world, textIds.get(article.key)!, [
        {
          text: worded(world, article),
          by: oneOf('editor', article.key),
          at: world.at(changed, article.key),
        },
      ]);
    await tie(world, before, at);
    const by = world.id('person', oneOf('editor', title));
    const made = await freezeVersion(world.tx, { title, after: number - 1, by, at });
    if (made instanceof Failure) throw made;
    frozen[number] = made.id;
    before = at;
  }
  return frozen;
}
