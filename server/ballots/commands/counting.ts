import { and, asc, count, eq, inArray, isNotNull, isNull, ne, or, type SQL } from 'drizzle-orm';
import type { Db, DbOrTx } from '~/db/client';
import { ballotQuestions, ballots, papers, rollEntries, tallies } from '~/db/schema/ballots';
import { chamberCounts } from '../queries/chamber';
import { verdict } from '../rules';
import { asksChamber, isCharter } from '../rules/charter';
import { sumsStand, tellSafely } from '../rules/exposure';
import { type Level, tell } from '../rules/publication';
import { type Box, byBox, type Counted, tellTogether } from '../rules/together';
import type { Earlier } from '../rules/twice';
import { earlierOf } from './earlier';
import { forgetGroups } from './forget';
import { heapsOf, kinOf, tablesOf } from './heaps';
import { planIn } from './plan';

/** Everything counted, and what the rule says of each question; what is told of it is decided here. */
async function tallied(
  db: DbOrTx,
  ballot: typeof ballots.$inferSelect,
  before: ReadonlyMap<string, Earlier[]>,
  box: Box,
) {
  const { id: ballotId, rule, round } = ballot;
  const plan = planIn(ballot.manifest);
  const [roll] = await db.select({ n: count() }).from(rollEntries).where(eq(rollEntries.ballotId, ballotId));
  const questions = await db
    .select({ id: ballotQuestions.id, article: ballotQuestions.versionArticleId })
    .from(ballotQuestions)
    .where(eq(ballotQuestions.ballotId, ballotId))
    .orderBy(asc(ballotQuestions.position));
  const ids = questions.map(({ id }) => id);
  const heaps = await heapsOf(db, ballotId, plan, ids);
  const chamberOf = asksChamber(rule) ? await chamberCounts(db, ballotId) : () => undefined;
  const kin = plan ? await kinOf(db, ballotId) : [];
  const rows = ids.map((id): Counted => {
    const own = heaps.filter((heap) => heap.questionId === id);
    const tables = tablesOf(plan ?? { least: 0, margin: 0, dimensions: [] }, own, roll!.n, chamberOf(id));
    const row = { questionId: id, ...tables.overall.counts };
    const earlier = before.get(id) ?? [];
    if (!isCharter(rule)) {
      const said = { verdict: verdict(rule, roll!.n, row), told: null, least: null, bare: null };
      return { ...row, ...said, stands: sumsStand(row, earlier) };
    }
    if (!plan) throw new Error('a ballot by a charter has a plan in its manifest');
    const told = tellSafely({ charter: rule, round, plan, kin, earlier }, tables);
    const only = (level: Level) => ({ ...tell(rule, round, plan, tables, level), level });
    const [bare, least] = [only('no_findings'), only('no_sums')];
    return { ...row, verdict: told.outcome, told, stands: told.level !== 'no_sums', least, bare };
  });
  return tellTogether(byBox(rows, questions, box), questions);
}

/** How everybody's papers of each question lie there. */
async function boxOf(db: DbOrTx, ballotId: string): Promise<Box> {
  const own = and(eq(papers.ballotId, ballotId), eq(papers.dimension, 'overall'));
  const ids = async (how: SQL) =>
    new Set(
      (await db.selectDistinct({ id: papers.questionId }).from(papers).where(and(own, how))).map(
        ({ id }) => id,
      ),
    );
  return { plain: await ids(isNull(papers.handle)), sealed: await ids(isNotNull(papers.handle)) };
}

const isUntold = ({ yes }: { yes?: number | null }) => yes === null;

/** The questions whose counts will not be told: their papers are never written in plain. */
export async function untoldQuestions(db: Db, ballotId: string): Promise<string[]> {
  const [ballot] = await db.select().from(ballots).where(eq(ballots.id, ballotId));
  // Counted before, and begun again: nothing is sealed any more, and the roll has forgotten its groups.
  if (ballot?.state !== 'closing') return [];
  const before = await db.transaction((tx) => earlierOf(tx, ballotId));
  if (before.size === 0) return [];
  // Nothing that is sealed is final yet; what an earlier try has written in plain is.
  const { plain } = await boxOf(db, ballotId);
  const rows = await tallied(db, ballot, before, { plain, sealed: new Set() });
  return rows.filter(isUntold).map(({ questionId }) => questionId);
}

/**
 * Counts, says what the rule says of each question, and closes; then what is not told goes, sealed as it is, and the roll
 * forgets who was counted with whom. What lies in plain is told, what is still sealed is not, whatever was found since.
 */
export async function writeTallies(db: Db, ballotId: string, at: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const [ballot] = await tx.select().from(ballots).where(eq(ballots.id, ballotId)).for('update');
    if (ballot!.state !== 'closing') return;
    const rows = await tallied(tx, ballot!, await earlierOf(tx, ballotId), await boxOf(tx, ballotId));
    await tx.insert(tallies).values(rows.map((row) => ({ ballotId, ...row })));
    const untold = rows.filter(isUntold).map(({ questionId }) => questionId);
    await tx
      .delete(papers)
      .where(
        and(
          eq(papers.ballotId, ballotId),
          isNotNull(papers.handle),
          or(ne(papers.dimension, 'overall'), inArray(papers.questionId, untold)),
        ),
      );
    await forgetGroups(tx, ballotId);
    await tx.update(ballots).set({ state: 'closed', closedAt: at }).where(eq(ballots.id, ballotId));
  });
}
