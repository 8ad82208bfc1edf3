import { draftConcerns, drafts as draftTable } from '~/db/schema/drafts';
import { articles, type DemoArticle } from '../articles';
import { concerns } from '../concerns';
import { type DemoDraft, type DraftKey, drafts } from '../drafts';
import { debated } from './concerns';
import { beginText, headLines, type Wording, writeOn } from './texts';
import type { World } from './world';

type Draft = DemoDraft & { readonly key: DraftKey };
/** Where in the log of each draft its articles were taken from, for the first version and for the second. */
export type Sources = Map<DraftKey, { 1: number; 2: number }>;

/** The days between which a draft was first written, its articles reworded, and its last lines added. */
const written = -103;
const reworded = -38;
const lastWritten = { abierto: -6, cerrado: -29 } as const;
const closed = -28;

const newWords = (article: DemoArticle) => article.since === 2 || article.firstText !== undefined;

/** The draft's text when these articles had their later words; the others as in version 1, or not there yet. */
const textWith = (draft: Draft, later: ReadonlySet<string>): string[] =>
  draft.text
    .split('\n')
    .flatMap((line) => {
      const article: DemoArticle | undefined = articles.find(
        (one) => one.draft === draft.key && one.text === line,
      );
      if (!article || later.has(article.key)) return [line];
      if (article.since === 2) return [];
      return [article.firstText ?? line];
    })
    .join('\n')
    .split('\n\n');

/** Paragraph by paragraph before version 1, article by article after it, the last paragraph of late. */
function history(world: World, draft: Draft): { first: Wording[]; second: Wording[]; last: Wording } {
  const blocks = textWith(draft, new Set());
  const by = (turn: number) => draft.writers[turn % draft.writers.length]!;
  const early = blocks.length - 1;
  const days = (turn: number) => Math.round(draft.day + (turn / early) * (written - draft.day));
  const first = Array.from({ length: early }, (_, turn) => ({
    text: blocks.slice(0, turn + 1).join('\n\n'),
    by: by(turn),
    at: world.at(days(turn), turn === 0 ? draft.key : `${draft.key} ${turn}`),
  }));
  const later = new Set<string>();
  const second = articles
    .filter((article) => article.draft === draft.key && newWords(article))
    .map((article, turn) => {
      later.add(article.key);
      const text = textWith(draft, later).slice(0, -1).join('\n\n');
      return { text, by: by(turn + 1), at: world.at(reworded + turn, article.key) };
    });
  const at = world.at(lastWritten[draft.state], `${draft.key} last`);
  return { first, second, last: { text: draft.text, by: by(early + 2), at } };
}

/** The drafts with the log of who wrote what, and the concerns each has taken up. */
export async function loadDrafts(world: World): Promise<Sources> {
  const { tx, id, at } = world;
  const sources: Sources = new Map();
  for (const draft of drafts) {
    const { first, second, last } = history(world, draft);
    const textId = await beginText(world, 'draft', first[0]!);
    const one = await writeOn(world, textId, first.slice(1));
    const two = await writeOn(world, textId, second);
    await writeOn(world, textId, [last]);
    await headLines(world, textId, last.by, last.at);
    sources.set(draft.key, { 1: one, 2: two });
    await tx.insert(draftTable).values({
      id: id('draft', draft.key),
      spaceId: id('space', draft.space),
      textId,
      title: draft.title,
      state: draft.state === 'abierto' ? 'open' : 'closed',
      createdBy: id('person', draft.writers[0]!),
      createdAt: at(draft.day, draft.key),
      closedAt: draft.state === 'abierto' ? null : at(closed),
    });
  }
  await tx.insert(draftConcerns).values(
    concerns.flatMap((concern) => {
      const linkedAt = debated(world, concern);
      if (!linkedAt || !concern.draft) return [];
      const linkedBy = id('person', drafts.find(({ key }) => key === concern.draft)!.writers[0]!);
      return [
        { draftId: id('draft', concern.draft), concernId: id('concern', concern.key), linkedBy, linkedAt },
      ];
    }),
  );
  return sources;
}
