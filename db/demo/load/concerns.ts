import { concernDecisions, concerns as concernTable } from '~/db/schema/concerns';
import type { ArticleKey } from '../articles';
import { articles } from '../articles';
import { type ConcernKey, concerns, type DemoConcern } from '../concerns';
import { drafts } from '../drafts';
import type { PersonKey } from '../people';
import { oneOf, type World } from './world';

type Concern = DemoConcern & { readonly key: ConcernKey };
const inOrder: readonly Concern[] = [...concerns].sort((a, b) => a.day - b.day);

/** The days on which the editors took the articles of the first and of the second version into the document. */
export const taken = { 1: -100, 2: -30 } as const;

const draftOf = (concern: Concern) => drafts.find(({ key }) => key === concern.draft);
const sinceOf = (key: ArticleKey) => articles.find((article) => article.key === key)!.since;

/** The moment a table took it into its draft; null: none did. */
export function debated(world: World, concern: Concern): Date | null {
  const draft = draftOf(concern);
  return draft ? world.at(Math.max(draft.day, concern.day + 2), draft.key) : null;
}

/** The moment it was tied to an article: when that came into the document, or later when it had come later. */
export const tiedAt = (world: World, concern: Concern, article: ArticleKey): Date =>
  world.at(Math.max(taken[sinceOf(article)], draftOf(concern)!.day + 3, concern.day + 5), article);

/** The articles it stands behind, the oldest tie first. */
export const tiesOf = (world: World, concern: Concern) =>
  (concern.articles ?? [])
    .map((article) => ({ concern: concern.key, article, at: tiedAt(world, concern, article) }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());

type Step = { state: DemoConcern['state']; at: Date; by: PersonKey | null };

/** Every state it has gone through, in order, as the rules of the forum would have written them down. */
function journey(world: World, concern: Concern): Step[] {
  const steps: Step[] = [{ state: 'recibida', at: world.at(concern.day, concern.key), by: null }];
  const debate = debated(world, concern);
  if (debate) steps.push({ state: 'en_debate', at: debate, by: draftOf(concern)!.writers[0]! });
  const [tie] = tiesOf(world, concern);
  if (tie) steps.push({ state: 'recogida', at: tie.at, by: oneOf('editor', tie.article) });
  if (concern.state === 'no_recogida')
    steps.push({
      state: 'no_recogida',
      at: world.at(concern.day + 9, concern.key),
      by: oneOf('editor', concern.key),
    });
  return steps;
}

/** The concerns in the order in which they came, so that their numbers are in that order too. */
export async function loadConcerns(world: World): Promise<void> {
  const { tx, id, at } = world;
  await tx.insert(concernTable).values(
    inOrder.map((concern) => ({
      id: id('concern', concern.key),
      words: concern.words,
      areas: [...concern.areas],
      country: concern.department.startsWith('BO-') ? ('BO' as const) : ('PE' as const),
      department: concern.department,
      province: concern.province ?? null,
      barrier: concern.barrier,
      personId: id('person', concern.from),
      associationId: concern.organization && id('organization', concern.organization),
      spaceId: concern.organization && id('home', concern.organization),
      state: concern.state,
      reasonCode: concern.reason?.code ?? null,
      reason: concern.reason?.words ?? null,
      createdAt: at(concern.day, concern.key),
    })),
  );
  await tx.insert(concernDecisions).values(
    inOrder.flatMap((concern) =>
      journey(world, concern).map(({ state, at: decidedAt, by }) => ({
        concernId: id('concern', concern.key),
        state,
        reasonCode: state === 'no_recogida' ? concern.reason!.code : null,
        reason: state === 'no_recogida' ? concern.reason!.words : null,
        decidedBy: by && id('person', by),
        decidedAt,
      })),
    ),
  );
}
