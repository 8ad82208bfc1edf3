import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { departments } from '~/db/reference/places';
import { concernAppeals, concernDecisions, concerns } from '~/db/schema/concerns';
import { draftConcerns, drafts } from '~/db/schema/drafts';
import { spaces } from '~/db/schema/spaces';
import { command } from '../act';
import { acting } from '../acts/commands';
import { scopes } from '../acts/rules';
import { fail } from '../rule';
import { spaceFacts } from '../spaces/queries';
import * as policy from './policy';
import { concernFactsOf } from './queries';
import { follows } from './rules';
import { afterwards } from './rules/appeals';
import * as schema from './schema';

type Settlement = {
  state: 'recibida' | 'en_debate' | 'recogida' | 'no_recogida';
  reasonCode?: string;
  reason?: string;
  by: string | null;
};

/** Gives a concern its state, with the decision kept for ever; the same state without a new reason is left alone. */
export async function settleConcern(tx: Tx, concernId: string, settlement: Settlement): Promise<void> {
  const { state, reasonCode = null, reason = null, by } = settlement;
  const [now] = await tx
    .select({ state: concerns.state, reason: concerns.reason })
    .from(concerns)
    .where(eq(concerns.id, concernId))
    .for('update');
  if (!now || (now.state === state && now.reason === reason)) return;
  await tx.update(concerns).set({ state, reasonCode, reason }).where(eq(concerns.id, concernId));
  await tx.insert(concernDecisions).values({ concernId, state, reasonCode, reason, decidedBy: by });
  // What was asked for has come about without anybody deciding on it.
  if (now.state === 'no_recogida')
    await tx
      .update(concernAppeals)
      .set({ state: 'met', decidedBy: by, decidedAt: sql`now()` })
      .where(and(eq(concernAppeals.concernId, concernId), eq(concernAppeals.state, 'waiting')));
}

type Held = {
  id: string;
  /** The concern under its lock. */
  concern: Pick<policy.ConcernFacts, 'audience' | 'state'>;
  /** Of the draft that takes it up or lets it go. */
  space: { private: boolean };
  by: string | null;
};

/** A draft has taken it up: from now on it is under debate, unless an article holds it. */
export async function takenUp(tx: Tx, { id, concern, space, by }: Held): Promise<void> {
  if (concern.state === 'recogida' || !follows(concern, space)) return;
  await settleConcern(tx, id, { state: 'en_debate', by });
}

/** A draft has let it go: if no other one holds it that its state follows, it is back among those received. */
export async function letGo(tx: Tx, { id, concern, space, by }: Held): Promise<void> {
  if (concern.state !== 'en_debate' || !follows(concern, space)) return;
  if (!(await isDebated(tx, id, concern))) await settleConcern(tx, id, { state: 'recibida', by });
}

/** Whether a draft holds it that its state follows. */
async function isDebated(tx: Tx, id: string, concern: Pick<policy.ConcernFacts, 'audience'>) {
  const holding = await tx
    .select({ private: spaces.private })
    .from(draftConcerns)
    .innerJoin(drafts, eq(drafts.id, draftConcerns.draftId))
    .innerJoin(spaces, eq(spaces.id, drafts.spaceId))
    .where(and(eq(draftConcerns.concernId, id), isNull(draftConcerns.endedAt)));
  return holding.some((space) => follows(concern, space));
}

/** A concern that was set aside is looked at again: back to the debate that holds it, else among those received. */
export async function takenAgain(tx: Tx, id: string, concern: Held['concern'], by: string | null) {
  const state = afterwards(await isDebated(tx, id, concern));
  await settleConcern(tx, id, { state, by });
  return state;
}

/** A place code as its columns: a province stands below its department. */
export const placed = (code: string) => {
  const department = departments.find(
    (one) => code === one.code || (one.country === 'PE' && code.startsWith(one.code)),
  )!;
  return {
    country: department.country,
    department: department.code,
    province: code === department.code ? null : code,
  };
};

/** Raises a concern; its id is the submission's key, so that the same submission twice is one. */
export const raise = command({
  action: 'concerns.raise',
  rule: policy.raise,
  see: policy.seeRaising,
  input: schema.raise,
  audit: 'participation',
  load: async (tx, input) => {
    const space = input.spaceId ? await spaceFacts(tx, input.spaceId) : null;
    if (input.spaceId && !space) return null;
    return { space, associationId: input.associationId ?? null, audience: input.audience };
  },
  run: async ({ tx, actor, input }) => {
    const [row] = await tx
      .insert(concerns)
      .values({
        id: input.key,
        words: input.words,
        areas: [...new Set(input.areas)],
        ...placed(input.place),
        barrier: input.barrier,
        personId: actor.personId!,
        associationId: input.associationId ?? null,
        spaceId: input.spaceId ?? null,
        audience: input.audience,
      })
      .returning({ id: concerns.id, number: concerns.number });
    await tx.insert(concernDecisions).values({ concernId: row!.id, state: 'recibida' });
    return row!;
  },
});

/** Corrects her own words while nobody has built on them. */
export const reword = command({
  action: 'concerns.reword',
  rule: policy.reword,
  see: policy.read,
  input: schema.reword,
  audit: 'participation',
  load: (tx, { id }) => concernFactsOf(tx, id, true),
  run: async ({ tx, input }) => {
    await tx.update(concerns).set({ words: input.words }).where(eq(concerns.id, input.id));
    return { id: input.id };
  },
});

/** Not taken up, with a reason from the list and in words. */
export const setAside = command({
  action: 'concerns.setAside',
  rule: policy.decide,
  see: policy.read,
  input: schema.setAside,
  audit: 'full',
  load: (tx, { id }) => concernFactsOf(tx, id, true),
  run: async ({ tx, actor, input, facts }) => {
    if (facts.state === 'recogida') return fail('concerns.in_article', 'reason');
    if (facts.state === 'no_recogida') return fail('concerns.set_aside_already', 'reason');
    const { reasonCode, reason } = input;
    const by = actor.personId;
    const note = { concern: { id: input.id, number: facts.number } };
    return acting(tx, { kind: 'setAside', by, touches: [scopes.concern(input.id)], note }, async () => {
      await settleConcern(tx, input.id, { state: 'no_recogida', reasonCode, reason, by });
      return { id: input.id };
    });
  },
});

/** Takes a set-aside concern up again. */
export const reconsider = command({
  action: 'concerns.reconsider',
  rule: policy.decide,
  see: policy.read,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }) => concernFactsOf(tx, id, true),
  run: async ({ tx, actor, input, facts }) => {
    if (facts.state !== 'no_recogida') return fail('concerns.not_set_aside');
    const by = actor.personId;
    const note = { concern: { id: input.id, number: facts.number } };
    return acting(tx, { kind: 'reconsider', by, touches: [scopes.concern(input.id)], note }, async () => {
      await takenAgain(tx, input.id, facts, by);
      return { id: input.id };
    });
  },
});

/**
 * From its private space to everybody. There is no way back. It comes out as received: that it was debated inside is
 * told to nobody outside.
 */
export const publish = command({
  action: 'concerns.publish',
  rule: policy.publish,
  see: policy.read,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }) => concernFactsOf(tx, id, true),
  run: async ({ tx, actor, input, facts }) => {
    if (facts.state === 'en_debate')
      await settleConcern(tx, input.id, { state: 'recibida', by: actor.personId });
    await tx
      .update(concerns)
      .set({ audience: 'public', publishedAt: sql`now()` })
      .where(eq(concerns.id, input.id));
    return { id: input.id };
  },
});
