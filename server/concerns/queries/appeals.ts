import { asc, count, desc, eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { concernAppeals, concernDecisions, concerns } from '~/db/schema/concerns';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { limaDay } from '../../day';
import { can } from '../../rule';
import * as policy from '../policy';
import { concernLines, pageSize } from '../queries';
import { standingOf } from '../rules/appeals';
import * as schema from '../schema';

const columns = {
  id: concernAppeals.id,
  concernId: concernAppeals.concernId,
  decisionId: concernAppeals.decisionId,
  words: concernAppeals.words,
  raisedBy: concernAppeals.raisedBy,
  raisedAt: concernAppeals.raisedAt,
  state: concernAppeals.state,
  answer: concernAppeals.answer,
  decidedAt: concernAppeals.decidedAt,
  setAsideBy: concernDecisions.decidedBy,
  setAsideAt: concernDecisions.decidedAt,
  /** Who raised the concern. */
  personId: concerns.personId,
};
const select = (db: DbOrTx) =>
  db
    .select(columns)
    .from(concernAppeals)
    .innerJoin(concernDecisions, eq(concernDecisions.id, concernAppeals.decisionId))
    .innerJoin(concerns, eq(concerns.id, concernAppeals.concernId));
export type Appeal = Awaited<ReturnType<typeof select>>[number];

/** The appeals about a concern, the first one first. */
export const appealsOf = async (db: DbOrTx, concernId: string): Promise<Appeal[]> =>
  select(db).where(eq(concernAppeals.concernId, concernId)).orderBy(asc(concernAppeals.raisedAt));

/** One appeal by its id. */
export async function appealOf(db: DbOrTx, id: string): Promise<Appeal | null> {
  const [row] = await select(db).where(eq(concernAppeals.id, id));
  return row ?? null;
}

/** What may leave of an appeal: its words and days, never who asked or who decided. */
const presentAppeal = (row: Appeal, actor: Actor, today: string) => ({
  id: row.id,
  words: row.words,
  answer: row.answer,
  day: limaDay(row.raisedAt),
  setAside: limaDay(row.setAsideAt),
  decided: row.decidedAt && limaDay(row.decidedAt),
  standing: standingOf(limaDay(row.setAsideAt), { state: row.state, day: limaDay(row.raisedAt) }, today),
  mayDecide: row.state === 'waiting' && can(policy.decideAppeal, actor, row),
});

type Facts = policy.AppealableFacts & {
  decisions: { id: string; state: string; at: Date }[];
  asked: Appeal[];
};

/** How it stands with the last time a concern was set aside, and everything that was asked about it. */
export function presentAppeals(facts: Facts, actor: Actor) {
  const today = limaDay(new Date());
  const aside =
    facts.state === 'no_recogida' ? facts.decisions.findLast(({ state }) => state === 'no_recogida') : null;
  const asked = aside && facts.asked.some(({ decisionId }) => decisionId === aside.id);
  const last = aside && !asked ? standingOf(limaDay(aside.at), null, today) : null;
  return {
    /** Until when one may ask, where nobody has asked yet. */
    mayAsk: last,
    appeals: facts.asked.map((row) => presentAppeal(row, actor, today)),
    mayAppeal: last?.state === 'open' && can(policy.appeal, actor, facts),
  };
}

/** Everything that was asked to be looked at again: what waits first, then the last answered ones. */
export const appeals = query({
  action: 'concerns.appeals',
  rule: policy.list,
  input: schema.paged,
  load: async (db, { page }, actor) => {
    const waits = sql`${concernAppeals.state} = 'waiting'`;
    const [totals, rows] = await Promise.all([
      db
        .select({ n: count(), waiting: sql<number>`(count(*) filter (where ${waits}))::int` })
        .from(concernAppeals),
      select(db)
        .orderBy(
          desc(waits),
          asc(sql`case when ${waits} then ${concernAppeals.raisedAt} end`),
          desc(concernAppeals.decidedAt),
          asc(concernAppeals.id),
        )
        .limit(pageSize)
        .offset((page - 1) * pageSize),
    ]);
    const lines = await concernLines(
      db,
      actor,
      rows.map(({ concernId }) => concernId),
    );
    return { ...totals[0]!, rows, lines };
  },
  present: ({ n, waiting, rows, lines }, actor, { page }) => {
    const today = limaDay(new Date());
    return {
      waiting,
      items: rows.flatMap((row) => {
        const concern = lines.find(({ id }) => id === row.concernId);
        return concern ? [{ ...presentAppeal(row, actor, today), concern }] : [];
      }),
      page,
      pages: Math.max(1, Math.ceil(n / pageSize)),
    };
  },
});
