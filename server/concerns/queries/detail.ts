import { eq } from 'drizzle-orm';
import { concernDecisions, concerns } from '~/db/schema/concerns';
import { query } from '../../act';
import { limaDay } from '../../day';
import { can } from '../../rule';
import * as policy from '../policy';
import { concernFactsOf, presentConcern, type Row, selectLines } from '../queries';
import { toldOutside } from '../rules';
import * as schema from '../schema';
import { appealsOf, presentAppeals } from './appeals';
import { walkingWith } from './groups';

/** One concern with everything that has become of it. */
export const detail = query({
  action: 'concerns.detail',
  rule: policy.read,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const facts = await concernFactsOf(db, id);
    if (!facts) return null;
    const [line] = await selectLines(db, eq(concerns.id, id));
    const decisions = await db
      .select({
        id: concernDecisions.id,
        state: concernDecisions.state,
        reasonCode: concernDecisions.reasonCode,
        reason: concernDecisions.reason,
        at: concernDecisions.decidedAt,
      })
      .from(concernDecisions)
      .where(eq(concernDecisions.concernId, id))
      .orderBy(concernDecisions.decidedAt, concernDecisions.id);
    const [walks, asked] = await Promise.all([walkingWith(db, actor, id), appealsOf(db, id)]);
    return { ...facts, line: line as Row, decisions, walks, asked };
  },
  present: (facts, actor) => ({
    ...presentConcern(facts.line),
    mine: actor.personId !== null && actor.personId === facts.personId,
    group: facts.walks,
    ...presentAppeals(facts, actor),
    decisions: (can(policy.readPast, actor, facts)
      ? facts.decisions
      : toldOutside(facts.decisions, facts.publishedAt)
    ).map(({ at, id: _id, ...decision }) => ({
      ...decision,
      day: limaDay(at),
    })),
    abilities: {
      reword: can(policy.reword, actor, facts),
      decide: can(policy.decide, actor, facts),
      publish: can(policy.publish, actor, facts),
      arrange: facts.audience === 'public' && can(policy.arrange, actor, null),
    },
  }),
});
