import { and, count, eq, isNotNull, ne } from 'drizzle-orm';
import type { Db, Tx } from '~/db/client';
import { ballotQuestions, ballots, papers, rollEntries, tallies } from '~/db/schema/ballots';
import { chamberCounts } from '../queries/chamber';
import { type Choice, type Counts, tally, verdict } from '../rules';
import { asksChamber, isCharter } from '../rules/charter';
import type { Tables } from '../rules/conditions';
import { tellSafely } from '../rules/exposure';
import type { Plan } from '../rules/plan';
import type { Earlier } from '../rules/twice';
import type { Kin } from '../rules/worlds';
import { openMark } from './box';
import { earlierOf } from './earlier';
import { readKey } from './key';
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

/**
 * The heaps of the groups, from papers that are never written in plain: neither the database nor its log ever holds
 * what would undo the plan. Question by question, so that the largest ballot fits.
 */
async function groupHeaps(
  tx: Tx,
  ballotId: string,
  plan: Plan,
  questions: readonly string[],
): Promise<Heap[]> {
  const heaps = new Map<string, Heap>();
  const key = readKey(ballotId);
  for (const questionId of questions) {
    const sealed = await tx
      .select({ dimension: papers.dimension, handle: papers.handle, sealed: papers.sealed })
      .from(papers)
      .where(
        and(
          eq(papers.ballotId, ballotId),
          eq(papers.questionId, questionId),
          ne(papers.dimension, 'overall'),
          isNotNull(papers.handle),
        ),
      );
    if (sealed.length > 0 && !key) throw new Error('the key of this ballot is lost: it cannot be counted');
    for (const paper of sealed) {
      const mark = openMark(key!, paper.handle!, paper.sealed!);
      const groups = plan.dimensions.find(({ dimension }) => dimension === paper.dimension)?.groups;
      const label = mark && groups?.[mark.place]?.label;
      if (!mark || label === undefined) continue;
      const own = { questionId, dimension: paper.dimension, label: label!, choice: mark.choice };
      const at = Object.values(own).join('|');
      heaps.set(at, { ...own, n: (heaps.get(at)?.n ?? 0) + 1 });
    }
  }
  key?.fill(0);
  return [...heaps.values()];
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
 * Counts everybody's plain papers and the groups' sealed ones, says what the rule says of each question, and closes. What is told of groups is decided
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
      .where(and(eq(papers.ballotId, ballotId), isNotNull(papers.choice)))
      .groupBy(papers.questionId, papers.dimension, papers.label, papers.choice);
    const chamberOf = asksChamber(rule) ? await chamberCounts(tx, ballotId) : () => undefined;
    const questions = await tx
      .select({ id: ballotQuestions.id })
      .from(ballotQuestions)
      .where(eq(ballotQuestions.ballotId, ballotId));
    if (plan)
      heaps.push(
        ...(await groupHeaps(
          tx,
          ballotId,
          plan,
          questions.map(({ id }) => id),
        )),
      );
    const kin = plan ? await kinOf(tx, ballotId) : [];
    const before = plan ? await earlierOf(tx, ballotId) : new Map<string, Earlier[]>();
    const rows = questions.map(({ id }) => {
      const own = heaps.filter((heap) => heap.questionId === id);
      const tables = tablesOf(plan ?? { least: 0, margin: 0, dimensions: [] }, own, roll!.n, chamberOf(id));
      const row = { ballotId, questionId: id, ...tables.overall.counts };
      if (!plan || !isCharter(rule)) {
        if (isCharter(rule)) throw new Error('a ballot by a charter has a plan in its manifest');
        return { ...row, verdict: verdict(rule, roll!.n, tables.overall.counts), told: null };
      }
      const told = tellSafely({ charter: rule, round, plan, kin, earlier: before.get(id) ?? [] }, tables);
      return { ...row, verdict: told.outcome, told };
    });
    await tx.insert(tallies).values(rows);
    await tx.delete(papers).where(and(eq(papers.ballotId, ballotId), ne(papers.dimension, 'overall')));
    await tx.update(ballots).set({ state: 'closed', closedAt: at }).where(eq(ballots.id, ballotId));
  });
}
