import { and, count, eq } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { ballotQuestions, rollEntries } from '~/db/schema/ballots';
import { ballotTellers, paperVoters, urnCounts, urnsAside, urnsGiven } from '~/db/schema/urns';
import { command } from '../../act';
import { actorOfPerson } from '../../actor';
import { addJob } from '../../jobs';
import { giveBack, tooMany } from '../../limits';
import { personOfNumber } from '../../people/queries';
import { can, type Failure, fail } from '../../rule';
import * as policy from '../policy';
import { basesOf, tableFacts, urnsOf, waitsForUrns } from '../queries/urns';
import { takesSheets } from '../rules';
import {
  entryProblem,
  fewestPapers,
  givingProblem,
  mayGiveBack,
  reading,
  urnOf,
  wrongSum,
} from '../rules/urns';
import * as schema from '../schema';
import { planOfBallot } from './plan';

async function personAt(tx: Tx, asker: string, number: string) {
  const limited = await tooMany('look-up', asker);
  if (limited) return limited;
  return (await personOfNumber(tx, number)) ?? fail('people.number_wrong', 'number');
}
const isFailure = (value: unknown): value is Failure => value instanceof Error;

/** Somebody of a base sits at the table of this ballot. Nobody names herself. */
export const nameTeller = command({
  action: 'ballots.nameTeller',
  rule: policy.nameTeller,
  see: policy.read,
  input: schema.nameTeller,
  audit: 'full',
  load: (tx, { id }, actor) => tableFacts(tx, id, actor, 'update'),
  run: async ({ tx, actor, input: { id, number } }) => {
    const person = await personAt(tx, actor.personId!, number);
    if (isFailure(person)) return person;
    const { personId } = person;
    if (personId === actor.personId) return fail('ballots.teller_self', 'number');
    // Who runs the machine could lay the numbers beside the box; an office of the State counts nothing here.
    if (!can(policy.entitled, await actorOfPerson(tx, personId), null))
      return fail('ballots.teller_office', 'number');
    if ((await basesOf(tx, [personId])).length === 0) return fail('ballots.urn_no_base', 'number');
    await tx
      .insert(ballotTellers)
      .values({ ballotId: id, personId, namedBy: actor.personId })
      .onConflictDoNothing();
    return { id, name: person.name };
  },
});

/** Takes a name from the table again, as long as she has counted nothing: what was counted has its people. */
export const removeTeller = command({
  action: 'ballots.removeTeller',
  rule: policy.nameTeller,
  see: policy.read,
  input: schema.removeTeller,
  audit: 'full',
  load: (tx, { id }, actor) => tableFacts(tx, id, actor, 'update'),
  run: async ({ tx, input: { id, personId } }) => {
    const own = and(eq(urnCounts.ballotId, id), eq(urnCounts.personId, personId));
    if ((await tx.select({ id: urnCounts.id }).from(urnCounts).where(own).limit(1)).length > 0)
      return fail('ballots.teller_counted');
    await tx
      .delete(ballotTellers)
      .where(and(eq(ballotTellers.ballotId, id), eq(ballotTellers.personId, personId)));
    return { id };
  },
});

/**
 * Puts somebody of the roll on the list of an urn. Once its papers are given out she gets hers at once; before, she is
 * told to wait, or to vote in the booth.
 */
export const handPaper = command({
  action: 'ballots.handPaper',
  rule: policy.handPaper,
  input: schema.handPaper,
  audit: 'participation',
  load: (tx, { id }, actor) => tableFacts(tx, id, actor, 'update'),
  run: async ({ tx, actor, input: { id, number, agrees }, facts }) => {
    if (!takesSheets(facts, new Date())) return fail('ballots.not_open');
    const person = await personAt(tx, actor.personId!, number);
    if (isFailure(person)) return person;
    const { personId, name } = person;
    if (personId === actor.personId) return fail('ballots.paper_self', 'number');
    const [entry] = await tx
      .select({ places: rollEntries.places })
      .from(rollEntries)
      .where(and(eq(rollEntries.ballotId, id), eq(rollEntries.personId, personId)));
    if (!entry) return fail('ballots.paper_not_on_roll', 'number');
    // A number of the roll is no guess: a table gives out hundreds of papers.
    await giveBack('look-up', actor.personId!);
    const plan = await planOfBallot(tx, id);
    if (plan?.dimensions.some(({ dimension }) => dimension === 'women') && !agrees)
      return fail('ballots.paper_agree', 'agrees');
    const urn = urnOf(entry.places);
    await tx
      .insert(paperVoters)
      .values({ ballotId: id, personId, urn, handedBy: actor.personId! })
      .onConflictDoNothing();
    const [names] = await tx
      .select({ n: count() })
      .from(paperVoters)
      .where(and(eq(paperVoters.ballotId, id), eq(paperVoters.urn, urn)));
    return { id, name, urn, names: names!.n };
  },
});

/** Takes her off the list: her paper has been given back unmarked, or was never given. */
export const takePaperBack = command({
  action: 'ballots.takePaperBack',
  rule: policy.handPaper,
  input: schema.takePaperBack,
  audit: 'participation',
  load: (tx, { id }, actor) => tableFacts(tx, id, actor, 'update'),
  run: async ({ tx, input: { id, personId }, facts }) => {
    if (!takesSheets(facts, new Date())) return fail('ballots.not_open');
    const own = (await urnsOf(tx, id)).find(({ voters }) => voters.includes(personId));
    if (own && !mayGiveBack(own.voters.length, own.open)) return fail('ballots.urn_open');
    await tx.delete(paperVoters).where(and(eq(paperVoters.ballotId, id), eq(paperVoters.personId, personId)));
    return { id };
  },
});

/** The people of the table whose bases matter to each other: hers, and those of who came first. */
async function basesBeside(tx: Tx, me: string, first: string | null) {
  const bases = await basesOf(tx, first ? [me, first] : [me]);
  const of = (personId: string | null) => bases.flatMap((one) => (one.personId === personId ? [one.id] : []));
  return { mine: of(me), others: of(first) };
}

/**
 * Says that the papers of an urn are given out. Two of different bases say so, after both have read the names: nobody
 * alone can put people on paper, nor give papers out that nobody could count.
 */
export const giveOut = command({
  action: 'ballots.giveOut',
  rule: policy.handPaper,
  input: schema.giveOut,
  audit: 'participation',
  load: (tx, { id }, actor) => tableFacts(tx, id, actor, 'update'),
  run: async ({ tx, actor, input: { id, urn }, facts }) => {
    if (!takesSheets(facts, new Date())) return fail('ballots.not_open');
    const held = (await urnsOf(tx, id)).find((one) => one.urn === urn);
    if (!held) return fail('ballots.urn_none', 'urn');
    const me = actor.personId!;
    // Who was taken from the table since has said nothing.
    const first = held.first && (await sits(tx, id, held.first)) ? held.first : null;
    const { mine, others } = await basesBeside(tx, me, first);
    const now = { names: held.voters.length, given: held.open, first };
    const problem = givingProblem(now, me, mine, others);
    if (problem) return fail(problem, undefined, { min: fewestPapers });
    const said = { ballotId: id, urn, firstBy: first ?? me, secondBy: first ? me : null };
    await tx
      .insert(urnsGiven)
      .values(said)
      .onConflictDoUpdate({
        target: [urnsGiven.ballotId, urnsGiven.urn],
        set: { firstBy: said.firstBy, secondBy: said.secondBy },
      });
    return { id };
  },
});

async function sits(tx: Tx, ballotId: string, personId: string): Promise<boolean> {
  const seat = and(eq(ballotTellers.ballotId, ballotId), eq(ballotTellers.personId, personId));
  return (await tx.select({ by: ballotTellers.namedBy }).from(ballotTellers).where(seat)).length > 0;
}

/** When nothing is waited for any more, the job that closes the ballot goes on. */
async function goOn(tx: Tx, ballotId: string): Promise<boolean> {
  if (await waitsForUrns(tx, ballotId)) return false;
  await addJob(tx, 'ballots.close', { ballotId });
  return true;
}

/**
 * Writes down what one of the table counted. Two of different bases count without seeing each other's numbers: equal,
 * they stand; different, both are shown and the urn is counted again.
 */
export const countUrn = command({
  action: 'ballots.countUrn',
  rule: policy.countUrn,
  input: schema.countUrn,
  audit: 'participation',
  load: (tx, { id }, actor) => tableFacts(tx, id, actor, 'update'),
  run: async ({ tx, actor, input: { id, urn, counts }, emit }) => {
    const held = (await urnsOf(tx, id)).find((one) => one.urn === urn);
    if (!held?.open || held.aside?.confirmed) return fail('ballots.urn_none', 'urn');
    const questions = await tx
      .select({ id: ballotQuestions.id })
      .from(ballotQuestions)
      .where(eq(ballotQuestions.ballotId, id));
    if (counts.length !== questions.length) return fail('ballots.incomplete');
    const wrong = wrongSum(counts, held.voters.length);
    if (wrong !== null)
      return fail('ballots.urn_sum', `q${wrong}`, { n: held.voters.length, question: wrong });
    const now = reading(held.entries);
    const me = actor.personId!;
    const { mine, others } = await basesBeside(tx, me, now.state === 'one' ? now.by : null);
    const problem = entryProblem(now, me, mine, others);
    if (problem) return fail(problem);
    await tx.insert(urnCounts).values({ ballotId: id, urn, round: now.round, personId: me, counts });
    const after = (await urnsOf(tx, id)).find((one) => one.urn === urn)!;
    const { state } = reading(after.entries);
    if (await goOn(tx, id)) emit({ type: 'job.added', kind: 'ballots.close' });
    return { id, state };
  },
});

/**
 * Sets aside an urn that was lost or opened by the wrong hands. One secretary says why, another agrees. Then what its
 * people had sent by phone before counts again.
 */
export const setUrnAside = command({
  action: 'ballots.setUrnAside',
  rule: policy.setUrnAside,
  see: policy.read,
  input: schema.setUrnAside,
  audit: 'full',
  load: (tx, { id }, actor) => tableFacts(tx, id, actor, 'update'),
  run: async ({ tx, actor, input: { id, urn, reason }, emit }) => {
    const held = (await urnsOf(tx, id)).find((one) => one.urn === urn);
    if (!held?.waits) return fail('ballots.urn_none', 'urn');
    const me = actor.personId!;
    if (!held.aside) {
      await tx.insert(urnsAside).values({ ballotId: id, urn, reason, askedBy: me });
      return { id };
    }
    if (held.aside.askedBy === me) return fail('ballots.urn_second');
    await tx
      .update(urnsAside)
      .set({ confirmedBy: me })
      .where(and(eq(urnsAside.ballotId, id), eq(urnsAside.urn, urn)));
    if (await goOn(tx, id)) emit({ type: 'job.added', kind: 'ballots.close' });
    return { id };
  },
});
