import { and, count, eq, isNotNull } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { papers, rollEntries } from '~/db/schema/ballots';
import { type Choice, type Counts, tally } from '../rules';
import type { Tables } from '../rules/conditions';
import type { Plan } from '../rules/plan';
import type { Kin } from '../rules/worlds';
import { openMark } from './box';
import { readKey } from './key';

export type Heap = { questionId: string; dimension: string; label: string; choice: Choice | null; n: number };

/** The heaps of one question as the rule reads them: everybody's, and each group of the plan. */
export function tablesOf(
  plan: Plan,
  heaps: readonly Heap[],
  roll: number,
  chamber: Tables['chamber'] | undefined,
): Tables {
  const counts = (dimension: string, label: string): Counts =>
    tally(
      heaps.filter(
        (heap) => heap.dimension === dimension && heap.label === label && heap.choice !== null,
      ) as { choice: Choice; n: number }[],
    );
  return {
    overall: { label: '', roll, counts: counts('overall', '') },
    ...(chamber ? { chamber } : {}),
    by: Object.fromEntries(
      plan.dimensions.map(({ dimension, groups }) => [
        dimension,
        groups.map((group) => ({
          label: group.label,
          roll: group.roll,
          counts: counts(dimension, group.label),
        })),
      ]),
    ),
  };
}

/** The heaps of what lies in plain. */
async function plainHeaps(db: DbOrTx, ballotId: string): Promise<Heap[]> {
  return db
    .select({
      questionId: papers.questionId,
      dimension: papers.dimension,
      label: papers.label,
      choice: papers.choice,
      n: count(),
    })
    .from(papers)
    .where(and(eq(papers.ballotId, ballotId), isNotNull(papers.choice)))
    .groupBy(papers.questionId, papers.dimension, papers.label, papers.choice);
}

/**
 * The heaps of what is still sealed: the groups' papers, and everybody's where their counts are not told. They are
 * never written in plain: neither the database nor its log ever holds what would undo the plan. Question by question,
 * so that the largest ballot fits.
 */
async function sealedHeaps(
  db: DbOrTx,
  ballotId: string,
  plan: Plan | null,
  questions: readonly string[],
): Promise<Heap[]> {
  const heaps = new Map<string, Heap>();
  const key = readKey(ballotId);
  for (const questionId of questions) {
    const sealed = await db
      .select({ dimension: papers.dimension, handle: papers.handle, sealed: papers.sealed })
      .from(papers)
      .where(and(eq(papers.ballotId, ballotId), eq(papers.questionId, questionId), isNotNull(papers.handle)));
    if (sealed.length > 0 && !key) throw new Error('the key of this ballot is lost: it cannot be counted');
    for (const paper of sealed) {
      const mark = openMark(key!, paper.handle!, paper.sealed!);
      const groups = plan?.dimensions.find(({ dimension }) => dimension === paper.dimension)?.groups;
      const label = paper.dimension === 'overall' ? '' : mark && groups?.[mark.place]?.label;
      if (!mark || typeof label !== 'string') continue;
      const own = { questionId, dimension: paper.dimension, label, choice: mark.choice };
      const at = Object.values(own).join('|');
      heaps.set(at, { ...own, n: (heaps.get(at)?.n ?? 0) + 1 });
    }
  }
  key?.fill(0);
  return [...heaps.values()];
}

/** All heaps of a ballot, opened or not. */
export const heapsOf = async (
  db: DbOrTx,
  ballotId: string,
  plan: Plan | null,
  questions: readonly string[],
): Promise<Heap[]> => [
  ...(await plainHeaps(db, ballotId)),
  ...(await sealedHeaps(db, ballotId, plan, questions)),
];

/** Those who voted, by what everybody knows of them: the check of what may be told starts from there. */
export async function kinOf(db: DbOrTx, ballotId: string): Promise<Kin[]> {
  const rows = await db
    .select({ places: rollEntries.places, n: count() })
    .from(rollEntries)
    .where(and(eq(rollEntries.ballotId, ballotId), eq(rollEntries.voted, true)))
    .groupBy(rollEntries.places);
  return rows.map(({ places, n }) => ({ places: places ?? [], n }));
}
