import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { thisDay } from '~/db/schema/columns';
import { cards, persons, sessions } from '~/db/schema/people';
import { command } from '../../act';
import { today } from '../../actor';
import { nothing } from '../../input';
import { giveBack } from '../../limits';
import { anyone, fail, signedIn } from '../../rule';
import * as policy from '../policy';
import { cardByCode, isDemo } from '../queries';
import { cardProblem, deviceOf, isFixed, showNumber } from '../rules';
import * as schema from '../schema';
import { choosePassphrase } from './passphrase';
import { countTry, provenByPassphrase } from './proof';

/** A signed-in phone, for the 30 days of its cookie (server/session.ts) and until that day ends. @param agent the browser's name for itself. */
export async function openSession(tx: Tx, personId: string, agent: string): Promise<string> {
  const [row] = await tx
    .insert(sessions)
    .values({
      personId,
      device: deviceOf(agent),
      seenOn: today,
      expiresAt: sql`${thisDay()} + interval '31 days'`,
    })
    .returning({ id: sessions.id });
  return row!.id;
}

/** Ends a person's sessions, all but one. @returns the ids of those that were open; tell them by an event. */
export async function endSessionsOf(tx: Tx, personId: string, except: string | null = null) {
  const rows = await tx
    .update(sessions)
    .set({ endedAt: thisDay() })
    .where(
      and(
        eq(sessions.personId, personId),
        isNull(sessions.endedAt),
        except ? ne(sessions.id, except) : undefined,
      ),
    )
    .returning({ id: sessions.id });
  return rows.map((row) => row.id);
}

/** Ends one session. @returns its id in a list, or an empty one where it had ended before. */
async function endOne(tx: Tx, sessionId: string | null): Promise<string[]> {
  if (!sessionId) return [];
  const rows = await tx
    .update(sessions)
    .set({ endedAt: thisDay() })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt)))
    .returning({ id: sessions.id });
  return rows.map((row) => row.id);
}

/**
 * Whose card it is, before she chooses her passphrase; changes nothing.
 * A command all the same: a code never stands in an address.
 */
export const checkCard = command({
  action: 'people.checkCard',
  rule: anyone,
  input: schema.checkCard,
  audit: 'none',
  prepare: ({ address }) => countTry(address),
  load: async (tx, { code }) => ({ card: await cardByCode(tx, code), demo: await isDemo(tx) }),
  run: async ({ facts, context }) => {
    const problem = cardProblem(facts.card, facts.demo, new Date());
    if (problem) return fail(problem, 'code');
    await giveBack('sign-in.address', context.address);
    return { name: facts.card!.name, number: showNumber(facts.card!.number) };
  },
});

/**
 * Uses a card up: her passphrase is the one she chose, this phone is signed in, and her other sessions end.
 * The demo forum's fixed cards open again and end nothing, since many visitors hold the same one.
 */
export const enterWithCard = command({
  action: 'people.enterWithCard',
  rule: anyone,
  input: schema.enterWithCard,
  audit: 'participation',
  prepare: async ({ db, address }, input) => {
    await countTry(address);
    const card = await cardByCode(db, input.code);
    const problem = cardProblem(card, await isDemo(db), new Date());
    if (problem) throw fail(problem, 'code');
    await giveBack('sign-in.address', address);
    return choosePassphrase(input, card!);
  },
  load: async (tx, { code }) => ({ card: await cardByCode(tx, code, true), demo: await isDemo(tx) }),
  run: async ({ tx, actor, input, facts: { card, demo }, prepared: passphraseHash, emit }) => {
    const problem = cardProblem(card, demo, new Date());
    if (problem) return fail(problem, 'code');
    const { personId } = card!;
    const fixed = isFixed(card!, demo);
    await tx.update(persons).set({ passphraseHash }).where(eq(persons.id, personId));
    if (!fixed) await tx.update(cards).set({ usedAt: thisDay() }).where(eq(cards.id, card!.id));
    const sessionIds = [
      ...(await endOne(tx, actor.sessionId)),
      ...(fixed ? [] : await endSessionsOf(tx, personId)),
    ];
    if (sessionIds.length > 0) emit({ type: 'access.session.ended', sessionIds });
    return { personId, sessionId: await openSession(tx, personId, input.agent) };
  },
  subject: (_input, out) => out.personId,
});

/** Signs in by credential number and passphrase. Whoever was signed in on this phone is signed out. */
export const signIn = command({
  action: 'people.signIn',
  rule: anyone,
  input: schema.signIn,
  audit: 'none',
  prepare: provenByPassphrase,
  load: async (tx, _input, _actor, { personId }) =>
    (await tx.select().from(persons).where(eq(persons.id, personId)).for('share'))[0] ?? null,
  run: async ({ tx, actor, input, facts, prepared, emit }) => {
    if (facts.passphraseHash !== prepared.hash) return fail('people.no_match', 'passphrase');
    const sessionIds = await endOne(tx, actor.sessionId);
    if (sessionIds.length > 0) emit({ type: 'access.session.ended', sessionIds });
    return { personId: facts.id, sessionId: await openSession(tx, facts.id, input.agent) };
  },
});

/** Ends the session of this phone; without one, nothing happens. */
export const signOut = command({
  action: 'people.signOut',
  rule: anyone,
  input: nothing,
  audit: 'none',
  load: async () => ({}),
  run: async ({ tx, actor, emit }) => {
    const sessionIds = await endOne(tx, actor.sessionId);
    if (sessionIds.length > 0) emit({ type: 'access.session.ended', sessionIds });
    return { ended: sessionIds.length };
  },
});

/** Ends one of her own sessions, on whatever phone; ending it twice is ending it once. */
export const endSession = command({
  action: 'people.endSession',
  rule: policy.own,
  input: schema.byId,
  audit: 'participation',
  load: async (tx, { id }) =>
    (await tx.select({ personId: sessions.personId }).from(sessions).where(eq(sessions.id, id)))[0] ?? null,
  run: async ({ tx, input, emit }) => {
    const sessionIds = await endOne(tx, input.id);
    if (sessionIds.length > 0) emit({ type: 'access.session.ended', sessionIds });
    return { ended: sessionIds.length };
  },
});

/** Ends all her sessions but the one she asks from. */
export const endOtherSessions = command({
  action: 'people.endOtherSessions',
  rule: signedIn,
  see: anyone,
  input: nothing,
  audit: 'participation',
  load: async () => ({}),
  run: async ({ tx, actor, emit }) => {
    const sessionIds = await endSessionsOf(tx, actor.personId!, actor.sessionId);
    if (sessionIds.length > 0) emit({ type: 'access.session.ended', sessionIds });
    return { ended: sessionIds.length };
  },
});
