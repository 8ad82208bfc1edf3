import { and, desc, eq } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { concernAppeals, concernDecisions } from '~/db/schema/concerns';
import { command } from '../../act';
import { limaDay } from '../../day';
import { fail } from '../../rule';
import { takenAgain } from '../commands';
import * as policy from '../policy';
import { concernFactsOf } from '../queries';
import { appealOf, appealsOf } from '../queries/appeals';
import { standingOf } from '../rules/appeals';
import * as schema from '../schema';

/** The decision by which a concern is set aside. */
async function lastSetAside(tx: Tx, concernId: string) {
  const [row] = await tx
    .select({ id: concernDecisions.id, at: concernDecisions.decidedAt })
    .from(concernDecisions)
    .where(and(eq(concernDecisions.concernId, concernId), eq(concernDecisions.state, 'no_recogida')))
    .orderBy(desc(concernDecisions.decidedAt))
    .limit(1);
  return row ?? null;
}

/** Asks that a concern that was set aside be looked at again. */
export const appeal = command({
  action: 'concerns.appeal',
  rule: policy.appeal,
  see: policy.read,
  input: schema.appeal,
  audit: 'participation',
  load: (tx, { id }) => concernFactsOf(tx, id, true),
  run: async ({ tx, actor, input: { id, words }, facts }) => {
    const aside = await lastSetAside(tx, id);
    if (facts.state !== 'no_recogida' || !aside) return fail('concerns.not_set_aside');
    if ((await appealsOf(tx, id)).some(({ decisionId }) => decisionId === aside.id))
      return fail('concerns.appealed.taken', 'words');
    const { state, by } = standingOf(limaDay(aside.at), null, limaDay(new Date()));
    if (state === 'late') return fail('concerns.appeal_late', 'words', { day: by });
    await tx
      .insert(concernAppeals)
      .values({ concernId: id, decisionId: aside.id, words, raisedBy: actor.personId! });
    return { id };
  },
});

/** Answers what was asked: the concern is looked at again, or stays where it is. That is the end of it. */
export const decideAppeal = command({
  action: 'concerns.decideAppeal',
  rule: policy.decideAppeal,
  see: policy.list,
  input: schema.decideAppeal,
  audit: 'full',
  load: async (tx, { id }) => {
    const seen = await appealOf(tx, id);
    const concern = seen && (await concernFactsOf(tx, seen.concernId, true));
    // Asked again under the lock of its concern, under which alone it is decided.
    const asked = concern && (await appealOf(tx, id));
    return asked && { ...asked, concern };
  },
  run: async ({ tx, actor, input: { id, verdict, answer }, facts }) => {
    if (facts.state !== 'waiting') return fail('concerns.appeal_decided.taken', 'answer');
    await tx
      .update(concernAppeals)
      .set({ state: verdict, answer, decidedBy: actor.personId, decidedAt: new Date() })
      .where(eq(concernAppeals.id, id));
    if (verdict === 'upheld') await takenAgain(tx, facts.concernId, facts.concern, actor.personId);
    return { id: facts.concernId };
  },
});
