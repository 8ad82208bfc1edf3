import { coverageCsv } from '../../document/rules/coverage-csv';
import { lightLeaf } from '../../document/rules/leaves';
import { treeOf } from '../../document/rules/tree';
import { everyAmendment, everyComment } from '../queries';
import { amendmentData, amendmentsAt, amendmentsPage, amendmentsPath, perPage } from '../rules/amendments';
import { commentData, commentsLink, commentsPage, commentsPath, spoken } from '../rules/comments';
import { coverageData, coveragePage, coveragePath } from '../rules/counts';
import { articlePage, articlePath, dataPath, versionPage, versionPath } from '../rules/document';
import type { Amendment, Answer, Reader, VersionLine } from '../rules/reader';

/** Puts a file into the archive. */
export type Keep = (path: string, words: string) => Promise<void>;

type Sealed = { number: number; concerns: string[] };
type Said = { version: number; article: number; side: string } & ReturnType<typeof commentData>;
/** What of a version stands in the data of the whole process too. */
export type KeptVersion = {
  answers: Answer[];
  amendments: ({ version: number } & ReturnType<typeof amendmentData>)[];
  comments: Said[];
  /** By article, the concerns that it stands behind. */
  sealed: Sealed[];
};

function sealedIn(canonical: string): Sealed[] {
  const { chapters } = JSON.parse(canonical) as { chapters: { articles: Sealed[] }[] };
  return chapters.flatMap((chapter) => chapter.articles);
}

async function keepCoverage(forum: Reader, keep: Keep, number: number) {
  const coverage = await forum.document.coverage({ number });
  await keep(coveragePath(number), coveragePage(number, coverage));
  await keep(coverageData(number), coverageCsv(coverage));
}

/** The amendments to a version, some on a page. */
async function keepAmendments(keep: Keep, number: number, all: readonly Amendment[]) {
  for (let at = 1; (at - 1) * perPage < all.length; at++)
    await keep(amendmentsPath(number, at), amendmentsPage(number, at, all));
}

/** One version: contents; articles with what the State and the bases say to them; what it takes up; data. */
export async function keepVersion(
  forum: Reader,
  keep: Keep,
  version: VersionLine,
  placeOf: ReadonlyMap<string, { number: number; path: string }>,
): Promise<KeptVersion> {
  const { number } = version;
  const [{ canonical, sha256 }, { chapters }, amendments] = await Promise.all([
    forum.document.canonical({ number }),
    forum.document.version({ number }),
    everyAmendment(forum, number),
  ]);
  const frozen = new Map(
    chapters.flatMap(({ articles }) => articles).map((article) => [article.number, article.id]),
  );
  const sealed = sealedIn(canonical);
  const tree = treeOf(canonical, sha256);
  const kept: KeptVersion = {
    answers: [],
    amendments: amendments.map((one) => ({ version: number, ...amendmentData(one) })),
    comments: [],
    sealed,
  };
  for (const leaf of tree.chapters.flatMap((chapter) => chapter.articles)) {
    const { here } = await forum.responses.forArticle({ versionArticleId: frozen.get(leaf.number)! });
    const comments = await everyComment(forum, number, leaf.number);
    const behind = sealed.find((one) => one.number === leaf.number)!.concerns;
    // One that has been taken back since is not public any more: it has no place here.
    const places = behind.flatMap((id) => placeOf.get(id) ?? []).sort((a, b) => a.number - b.number);
    const voices = {
      amendments: amendmentsAt(amendments, leaf.number),
      comments: spoken(comments) ? commentsLink(leaf.number, comments) : null,
    };
    await keep(articlePath(number, leaf.number), articlePage(tree, leaf, places, here, voices));
    if (voices.comments) await keep(commentsPath(number, leaf.number), commentsPage(leaf, comments));
    kept.answers.push(...here);
    for (const side of ['for', 'against', 'state'] as const)
      for (const one of comments[side])
        kept.comments.push({ version: number, article: leaf.number, side, ...commentData(one) });
  }
  await keepAmendments(keep, number, amendments);
  await keepCoverage(forum, keep, number);
  await keep(versionPath(number), versionPage(tree, amendments.length));
  for (const form of ['json', 'csv', 'xml'] as const)
    await keep(dataPath(number, form), lightLeaf(form, canonical, sha256));
  return kept;
}
