import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { ballots, rollEntries, tallies } from '~/db/schema/ballots';
import { persons } from '~/db/schema/people';
import { roomCounts } from '~/db/schema/room-votes';
import { command } from '../../act';
import { actorOfPerson } from '../../actor';
import { can, type Failure, fail } from '../../rule';
import * as policy from '../policy';
import { roomFacts } from '../queries/room';
import type { AnyRule } from '../rules/charter';
import {
  countsOf,
  entryProblem,
  heldInRoom,
  type Method,
  type RoomEntry,
  roomVerdict,
  standing,
} from '../rules/room';
import * as schema from '../schema';

type Named = { method: Method; presides?: string; counterOne?: string; counterTwo?: string };

/** The method, with the people whom a vote in the room needs, found by their numbers. */
export async function roomOf(tx: Tx, rule: AnyRule, input: Named) {
  if (input.method === 'secret') return { method: 'secret' as const };
  if (!heldInRoom(rule)) return fail('ballots.room_groups', 'method');
  const found: Record<string, string> = {};
  for (const field of ['presides', 'counterOne', 'counterTwo'] as const) {
    const [person] = await tx
      .select({ id: persons.id })
      .from(persons)
      .where(eq(persons.number, (input[field] ?? '').replace(/\s/g, '')));
    if (!person) return fail('ballots.room_person', field);
    found[field] = person.id;
  }
  for (const field of ['counterOne', 'counterTwo'] as const)
    if (!can(policy.entitled, await actorOfPerson(tx, found[field]!), null))
      return fail('ballots.teller_office', field);
  if (found.counterOne === found.counterTwo) return fail('ballots.room_two', 'counterTwo');
  const { presides, counterOne, counterTwo } = found;
  return { method: input.method, presides: presides!, counterOne: counterOne!, counterTwo: counterTwo! };
}

type Input = {
  present?: number;
  yes?: number;
  no?: number;
  abstain?: number;
  objections?: number;
  answers?: { person: string; choice: 'si' | 'no' | 'abstencion' | 'ausente' }[];
};

/** What was entered, in the form of the method. */
function entryOf(method: Method, input: Input): RoomEntry | Failure {
  const { present, yes, no, abstain, objections, answers } = input;
  if (method === 'roll_call')
    return {
      answers: Object.fromEntries(
        (answers ?? []).flatMap(({ person, choice }) => (choice === 'ausente' ? [] : [[person, choice]])),
      ),
    };
  if (present === undefined) return fail('ballots.room_number', 'present');
  if (method === 'consensus')
    return objections === undefined ? fail('ballots.room_number', 'objections') : { present, objections };
  if (yes === undefined) return fail('ballots.room_number', 'yes');
  if (no === undefined) return fail('ballots.room_number', 'no');
  return abstain === undefined ? fail('ballots.room_number', 'abstain') : { present, yes, no, abstain };
}

/** One of the two who count writes down what she counted; it stands when the other has written the same. */
export const countRoom = command({
  action: 'ballots.countRoom',
  rule: policy.countRoom,
  see: policy.readRoom,
  input: schema.countRoom,
  audit: 'full',
  // Under the ballot's lock: the two may write at the same moment.
  load: (tx, { id }, actor) => roomFacts(tx, id, actor, 'update'),
  run: async ({ tx, actor, input, facts }) => {
    const question = facts.questions.find(({ position }) => position === input.position);
    if (!question) return fail('field.choose', 'position');
    const found = standing(question.entries);
    if (found.state === 'stands') return fail('ballots.room_stands');
    if (found.state === 'counting' && found.entered.includes(actor.personId!))
      return fail('ballots.room_waits');
    const entry = entryOf(facts.ballot.method, input);
    if ('code' in entry) return entry;
    const roll = new Set(facts.roll.map(({ personId }) => personId));
    const problem = entryProblem(entry, { roll, objections: question.objections.length });
    if (problem)
      return fail(`ballots.${problem}`, 'present', { n: question.objections.length, roll: roll.size });
    await tx.insert(roomCounts).values({
      ballotId: input.id,
      questionId: question.id,
      attempt: found.attempt,
      counterId: actor.personId!,
      entry,
    });
    return { id: input.id };
  },
});

/** Writes down what two people counted alike in each question, with what the rule says of it; then it is over. */
export async function endRoom(
  tx: Tx,
  held: {
    ballot: typeof ballots.$inferSelect;
    roll: number;
    agreed: readonly { id: string; entry: RoomEntry }[];
  },
  at: Date,
): Promise<void> {
  const { id } = held.ballot;
  await tx.update(ballots).set({ state: 'closing' }).where(eq(ballots.id, id));
  const named = new Set<string>();
  for (const { id: questionId, entry } of held.agreed) {
    const counts = countsOf(entry);
    const verdict = roomVerdict(held.ballot, held.roll, counts);
    await tx.insert(tallies).values({ ballotId: id, questionId, ...counts, verdict });
    if ('answers' in entry) for (const person of Object.keys(entry.answers)) named.add(person);
  }
  if (named.size > 0)
    await tx
      .update(rollEntries)
      .set({ voted: true })
      .where(and(eq(rollEntries.ballotId, id), inArray(rollEntries.personId, [...named])));
  await tx.update(ballots).set({ state: 'closed', closedAt: at }).where(eq(ballots.id, id));
}

/** Ends a vote in the room, when every question has a count that two people agree on. */
export const closeRoom = command({
  action: 'ballots.closeRoom',
  rule: policy.closeRoom,
  see: policy.readRoom,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }, actor) => roomFacts(tx, id, actor, 'update'),
  run: async ({ tx, input: { id }, facts }) => {
    const agreed = facts.questions.map(({ entries, ...question }) => ({
      ...question,
      found: standing(entries),
    }));
    const open = agreed.find(({ found }) => found.state !== 'stands');
    if (open) return fail('ballots.room_open', undefined, { n: open.position });
    const counted = agreed.flatMap(({ id: question, found }) =>
      found.state === 'stands' ? [{ id: question, entry: found.entry }] : [],
    );
    await endRoom(tx, { ballot: facts.ballot, roll: facts.roll.length, agreed: counted }, new Date());
    return { id };
  },
});
