import { and, count, eq, isNull } from 'drizzle-orm';
import { ballotReasons } from '~/db/schema/ballots';
import { command } from '../../act';
import { tooMany } from '../../limits';
import { fail } from '../../rule';
import * as policy from '../policy';
import { reasonFacts } from '../queries/reasons';
import { maySignAsBase, mostReasons } from '../rules/reasons';
import * as schema from '../schema';

/**
 * Puts a reason of a group beside an article that went back. Whoever of the group is on the roll may, whatever she
 * voted; nothing of her is kept, so that neither her vote nor her pen can be told from it.
 */
export const giveReason = command({
  action: 'ballots.giveReason',
  rule: policy.giveReason,
  see: policy.read,
  input: schema.giveReason,
  audit: 'none',
  load: (tx, { id }, actor) => reasonFacts(tx, id, actor),
  run: async ({ tx, actor, input, facts }) => {
    if (!facts.open) return fail('ballots.reasons_over');
    const limited = await tooMany('cast', actor.personId!);
    if (limited) return limited;
    const group = facts.groups.find((one) =>
      one === null ? input.group === 'all' : input.group === `${one.dimension}:${one.label}`,
    );
    if (group === undefined) return fail('field.choose', 'group');
    const signed = input.sign === 'base' ? facts.base!.id : null;
    if (signed && !maySignAsBase(group, facts.ofBase)) return fail('ballots.reason_sign', 'sign');
    const row = {
      questionId: input.id,
      dimension: group?.dimension ?? null,
      label: group?.label ?? null,
      associationId: signed,
      words: input.words,
    };
    const beside = and(
      eq(ballotReasons.questionId, input.id),
      group ? eq(ballotReasons.dimension, group.dimension) : isNull(ballotReasons.dimension),
      group ? eq(ballotReasons.label, group.label) : isNull(ballotReasons.label),
      signed ? eq(ballotReasons.associationId, signed) : isNull(ballotReasons.associationId),
    );
    const [same] = await tx
      .select({ id: ballotReasons.id })
      .from(ballotReasons)
      .where(and(beside, eq(ballotReasons.words, input.words)));
    // Sent twice, it stands once.
    if (same) return { id: input.id };
    const [there] = await tx
      .select({ n: count() })
      .from(ballotReasons)
      .where(and(beside, isNull(ballotReasons.hiddenWhy)));
    if (there!.n >= mostReasons) return fail('ballots.reasons_full', 'words', { n: mostReasons });
    // Counted in the machine's memory alone, under a key: in the database it would tie her to her words.
    if (await tooMany('reason', `${input.id} ${actor.personId}`))
      return fail('ballots.reason_given', 'words');
    await tx.insert(ballotReasons).values(row);
    return { id: input.id };
  },
});

/** Takes a reason out of sight that names a person; that there was one, and why it is gone, stays. */
export const hideReason = command({
  action: 'ballots.hideReason',
  rule: policy.hideReason,
  see: policy.read,
  input: schema.hideReason,
  audit: 'full',
  load: async (tx, { id }) => {
    const [found] = await tx.select().from(ballotReasons).where(eq(ballotReasons.id, id)).for('update');
    return found ?? null;
  },
  run: async ({ tx, input: { id, why }, facts }) => {
    if (facts.hiddenWhy !== null) return fail('ballots.reason_hidden');
    await tx.update(ballotReasons).set({ hiddenWhy: why }).where(eq(ballotReasons.id, id));
    return { id };
  },
});
