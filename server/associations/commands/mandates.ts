import { eq, sql } from 'drizzle-orm';
import { mandates } from '~/db/schema/associations';
import { command } from '../../act';
import { limaDay } from '../../day';
import { fail } from '../../rule';
import * as policy from '../policy';
import { associationFacts, belongs, mandateFacts } from '../queries';
import * as schema from '../schema';
import { forbidden } from './members';

/** The base sends one of its members as its delegate, by what its assembly wrote into the book of actas. */
export const presentMandate = command({
  action: 'associations.presentMandate',
  rule: policy.present,
  see: policy.read,
  input: schema.presentMandate,
  audit: 'full',
  load: (tx, { id }) => associationFacts(tx, id, true),
  run: async ({ tx, actor, input: { id, personId, ...acta } }) => {
    if (acta.actaDate > limaDay(new Date())) return fail('associations.mandate.future', 'actaDate');
    if (!(await belongs(tx, id, personId))) return fail('associations.not_a_member', 'personId');
    const refused = await forbidden(tx, personId, 'delegate', 'personId');
    if (refused) return refused;
    const [mandate] = await tx
      .insert(mandates)
      .values({
        associationId: id,
        personId,
        actaReference: acta.actaReference,
        actaDate: acta.actaDate,
        actaWords: acta.actaWords,
        presentedBy: actor.personId,
      })
      .onConflictDoNothing()
      .returning({ id: mandates.id });
    // One mandate in all: who carries two bases' votes would vote twice.
    return mandate ?? fail('associations.mandate.taken', 'personId');
  },
  subject: (_input, out) => out.id,
});

/** The base takes its mandate back, or the delegate gives it back: she votes and speaks for it no longer. */
export const withdrawMandate = command({
  action: 'associations.withdrawMandate',
  rule: policy.withdraw,
  see: policy.readMandate,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }) => mandateFacts(tx, id),
  run: async ({ tx, actor, facts, input: { id }, emit }) => {
    if (facts.state !== 'presented' && facts.state !== 'accredited') return fail('associations.mandate.over');
    await tx
      .update(mandates)
      .set({ state: 'withdrawn', decidedBy: actor.personId, decidedAt: sql`now()` })
      .where(eq(mandates.id, id));
    emit({ type: 'access.person.changed', personIds: [facts.personId] });
    return { id };
  },
});

/** The committee has found the acta in order: she is a delegate from now on. */
export const accredit = command({
  action: 'associations.accredit',
  rule: policy.decideMandate,
  see: policy.readMandate,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }) => mandateFacts(tx, id),
  run: async ({ tx, actor, facts, input: { id }, emit }) => {
    if (facts.state !== 'presented') return fail('associations.mandate.decided');
    const refused = await forbidden(tx, facts.personId, 'delegate');
    if (refused) return refused;
    await tx
      .update(mandates)
      .set({ state: 'accredited', decidedBy: actor.personId, decidedAt: sql`now()` })
      .where(eq(mandates.id, id));
    emit({ type: 'access.person.changed', personIds: [facts.personId] });
    return { id };
  },
});

/** The committee has not: the base reads why, and may present another. */
export const refuseMandate = command({
  action: 'associations.refuseMandate',
  rule: policy.decideMandate,
  see: policy.readMandate,
  input: schema.refuseMandate,
  audit: 'full',
  load: (tx, { id }) => mandateFacts(tx, id),
  run: async ({ tx, actor, facts, input: { id, reason } }) => {
    if (facts.state !== 'presented') return fail('associations.mandate.decided');
    await tx
      .update(mandates)
      .set({ state: 'refused', reason, decidedBy: actor.personId, decidedAt: sql`now()` })
      .where(eq(mandates.id, id));
    return { id };
  },
});
