import { and, count, eq, ne } from 'drizzle-orm';
import type { Db, Tx } from '~/db/client';
import {
  ballotQuestions,
  ballots,
  chamberPositions,
  chamberSeats,
  papers,
  rollEntries,
  tallies,
} from '~/db/schema/ballots';
import { type Choice, type Counts, tally, verdict } from '../rules';
import { asksChamber, isCharter } from '../rules/charter';
import type { Tables } from '../rules/conditions';
import { type Kin, tellSafely } from '../rules/exposure';
import type { Plan } from '../rules/plan';
import { planIn } from './plan';

type Heap = { questionId: string; dimension: string; label: string; choice: Choice | null; n: number };

/** The heaps of one question as the rule reads them: everybody's, and each group of the plan. */
function tablesOf(
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

/** How many bases have a seat, and what they said of each question. */
async function chamberOfBallot(tx: Tx, ballotId: string) {
  const [seats] = await tx
    .select({ n: count() })
    .from(chamberSeats)
    .where(eq(chamberSeats.ballotId, ballotId));
  const said = await tx
    .select({ questionId: chamberPositions.questionId, choice: chamberPositions.choice })
    .from(chamberPositions)
    .where(eq(chamberPositions.ballotId, ballotId));
  return (question: string): Tables['chamber'] => ({
    seats: seats!.n,
    counts: tally(said.filter(({ questionId }) => questionId === question)),
  });
}

/** Those who voted, by what everybody knows of them: the check of what may be told starts from there. */
async function kinOf(tx: Tx, ballotId: string): Promise<Kin[]> {
  const rows = await tx
    .select({ places: rollEntries.places, n: count() })
    .from(rollEntries)
    .where(and(eq(rollEntries.ballotId, ballotId), eq(rollEntries.voted, true)))
    .groupBy(rollEntries.places);
  return rows.map(({ places, n }) => ({ places: places ?? [], n }));
}

/**
 * Counts the plain papers, says what the rule says of each question, and closes. What is told of groups is decided
 * here, once; then their papers go.
 */
export async function writeTallies(db: Db, ballotId: string, at: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const [ballot] = await tx.select().from(ballots).where(eq(ballots.id, ballotId)).for('update');
    if (ballot!.state !== 'closing') return;
    const { rule, round } = ballot!;
    const plan = planIn(ballot!.manifest);
    const [roll] = await tx
      .select({ n: count() })
      .from(rollEntries)
      .where(eq(rollEntries.ballotId, ballotId));
    const heaps: Heap[] = await tx
      .select({
        questionId: papers.questionId,
        dimension: papers.dimension,
        label: papers.label,
        choice: papers.choice,
        n: count(),
      })
      .from(papers)
      .where(eq(papers.ballotId, ballotId))
      .groupBy(papers.questionId, papers.dimension, papers.label, papers.choice);
    const chamberOf = asksChamber(rule) ? await chamberOfBallot(tx, ballotId) : () => undefined;
    const kin = plan ? await kinOf(tx, ballotId) : [];
    const questions = await tx
      .select({ id: ballotQuestions.id })
      .from(ballotQuestions)
      .where(eq(ballotQuestions.ballotId, ballotId));
    const rows = questions.map(({ id }) => {
      const own = heaps.filter((heap) => heap.questionId === id);
      const tables = tablesOf(plan ?? { least: 0, margin: 0, dimensions: [] }, own, roll!.n, chamberOf(id));
      const row = { ballotId, questionId: id, ...tables.overall.counts };
      if (!plan || !isCharter(rule)) {
        if (isCharter(rule)) throw new Error('a ballot by a charter has a plan in its manifest');
        return { ...row, verdict: verdict(rule, roll!.n, tables.overall.counts), told: null };
      }
      const told = tellSafely({ charter: rule, round, plan, kin }, tables);
      return { ...row, verdict: told.outcome, told };
    });
    await tx.insert(tallies).values(rows);
    await tx.delete(papers).where(and(eq(papers.ballotId, ballotId), ne(papers.dimension, 'overall')));
    await tx.update(ballots).set({ state: 'closed', closedAt: at }).where(eq(ballots.id, ballotId));
  });
}
