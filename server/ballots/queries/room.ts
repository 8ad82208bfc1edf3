import { and, asc, eq, inArray } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { associations } from '~/db/schema/associations';
import { ballotQuestions, ballots, rollEntries } from '~/db/schema/ballots';
import { persons } from '~/db/schema/people';
import { roomCounts, roomObjections } from '~/db/schema/room-votes';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { can } from '../../rule';
import * as policy from '../policy';
import { ballotFacts } from '../queries';
import { standing } from '../rules/room';
import * as schema from '../schema';

/** Everything that was entered for each question, in order. */
export async function enteredOf(db: DbOrTx, ballotId: string) {
  const [questions, counts, objections] = await Promise.all([
    db
      .select({ id: ballotQuestions.id, position: ballotQuestions.position })
      .from(ballotQuestions)
      .where(eq(ballotQuestions.ballotId, ballotId))
      .orderBy(asc(ballotQuestions.position)),
    db.select().from(roomCounts).where(eq(roomCounts.ballotId, ballotId)),
    db
      .select()
      .from(roomObjections)
      .where(and(eq(roomObjections.ballotId, ballotId), eq(roomObjections.withdrawn, false))),
  ]);
  return questions.map(({ id, position }) => ({
    id,
    position,
    entries: counts
      .filter(({ questionId }) => questionId === id)
      .map(({ attempt, counterId, entry }) => ({ attempt, counter: counterId, entry })),
    objections: objections
      .filter(({ questionId }) => questionId === id)
      .map((said) => ({ id: said.id, words: said.words, hidden: said.hiddenWhy })),
  }));
}

/** The facts of a vote in the room; null where the ballot is secret. */
export async function roomFacts(tx: DbOrTx, id: string, actor: Actor, lock?: 'update') {
  const held = await ballotFacts(tx, id, actor, lock);
  const [ballot] = await tx.select().from(ballots).where(eq(ballots.id, id));
  if (!held || !ballot || ballot.method === 'secret') return null;
  return {
    ...held,
    ballot,
    counters: [ballot.counterOne!, ballot.counterTwo!],
    roll: await tx
      .select({ personId: rollEntries.personId, name: persons.name, base: associations.name })
      .from(rollEntries)
      .innerJoin(persons, eq(persons.id, rollEntries.personId))
      .innerJoin(associations, eq(associations.id, rollEntries.associationId))
      .where(eq(rollEntries.ballotId, id))
      .orderBy(asc(associations.name), asc(persons.name)),
    questions: await enteredOf(tx, id),
  };
}

/** A vote in the room: who presides and counts, what has been entered, and where the two do not agree. */
export const room = query({
  action: 'ballots.room',
  rule: policy.readRoom,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const facts = await roomFacts(db, id, actor);
    if (!facts) return null;
    const named = await db
      .select({ id: persons.id, name: persons.name })
      .from(persons)
      .where(inArray(persons.id, [facts.ballot.presides!, ...facts.counters]));
    const name = (person: string | null) => named.find((one) => one.id === person)?.name ?? '';
    return { ...facts, name };
  },
  present: ({ ballot, counters, roll, questions, name, ...facts }, actor) => ({
    id: ballot.id,
    title: ballot.title,
    state: ballot.state,
    method: ballot.method,
    presides: name(ballot.presides),
    counters: counters.map((person) => name(person)),
    /** Names are told where each is called by hers. */
    roll: ballot.method === 'roll_call' ? roll : [],
    questions: questions.map(({ id, position, entries, objections }) => {
      const found = standing(entries);
      // A name that is called follows no other: until the whole is over, only those who count read who said what.
      const sealed =
        ballot.method === 'roll_call' &&
        ballot.state === 'open' &&
        !counters.includes(actor.personId ?? '') &&
        found.state !== 'counting';
      return {
        id,
        position,
        objections: objections.map(({ words, hidden, ...said }) => ({
          ...said,
          words: hidden === null ? words : null,
          hidden,
        })),
        sealed: sealed ? found.state : null,
        entered: found.state === 'counting' ? found.entered.map((person) => name(person)) : [],
        mine: found.state === 'counting' && found.entered.includes(actor.personId ?? ''),
        differs:
          found.state === 'differs' && !sealed
            ? found.last.map(({ counter, entry }) => ({ name: name(counter), entry }))
            : null,
        stands: found.state === 'stands' && !sealed ? found.entry : null,
      };
    }),
    abilities: {
      count: can(policy.countRoom, actor, { ...facts, counters }),
      close: can(policy.closeRoom, actor, facts),
      hide: can(policy.hideObjection, actor, facts),
    },
  }),
});
