import { eq } from 'drizzle-orm';
import { roomObjections } from '~/db/schema/room-votes';
import { command } from '../../act';
import { type Failure, fail } from '../../rule';
import * as policy from '../policy';
import { roomFacts } from '../queries/room';
import { standing } from '../rules/room';
import * as schema from '../schema';

type Held = NonNullable<Awaited<ReturnType<typeof roomFacts>>>;
type Question = Held['questions'][number];

/** Whoever objects is counted afterwards: from the first count on, what was said stands. */
function problemOf({ ballot }: Held, question: Question | undefined): Failure | null {
  if (!question || ballot.method !== 'consensus') return fail('field.choose', 'position');
  const found = standing(question.entries);
  return found.state === 'stands' || (found.state === 'counting' && found.entered.length > 0)
    ? fail('ballots.room_stands')
    : null;
}

/** An objection in the words in which it was said, before those who object are counted. */
export const recordObjection = command({
  action: 'ballots.recordObjection',
  rule: policy.countRoom,
  see: policy.readRoom,
  input: schema.recordObjection,
  audit: 'full',
  load: (tx, { id }, actor) => roomFacts(tx, id, actor, 'update'),
  run: async ({ tx, input, facts }) => {
    const question = facts.questions.find(({ position }) => position === input.position);
    const problem = problemOf(facts, question);
    if (problem) return problem;
    // Both who count may write down what the room heard once.
    if (question!.objections.some(({ words }) => words === input.words))
      return fail('ballots.objection_there', 'words');
    await tx
      .insert(roomObjections)
      .values({ id: input.key, ballotId: input.id, questionId: question!.id, words: input.words });
    return { id: input.id };
  },
});

/** Who objected has taken it back, before everybody. That it was said stays in the database, not in the acta. */
export const withdrawObjection = command({
  action: 'ballots.withdrawObjection',
  rule: policy.countRoom,
  see: policy.readRoom,
  input: schema.withdrawObjection,
  audit: 'full',
  load: (tx, { id }, actor) => roomFacts(tx, id, actor, 'update'),
  run: async ({ tx, input: { id, objection }, facts }) => {
    const question = facts.questions.find((one) => one.objections.some((said) => said.id === objection));
    const problem = problemOf(facts, question);
    if (problem) return problem;
    await tx.update(roomObjections).set({ withdrawn: true }).where(eq(roomObjections.id, objection));
    return { id };
  },
});

/** Takes words out of sight that name a person; that somebody objected, and why the words are gone, stays. */
export const hideObjection = command({
  action: 'ballots.hideObjection',
  rule: policy.hideObjection,
  see: policy.readRoom,
  input: schema.hideObjection,
  audit: 'full',
  load: (tx, { id }, actor) => roomFacts(tx, id, actor, 'update'),
  run: async ({ tx, input: { id, objection, why }, facts }) => {
    const said = facts.questions.flatMap(({ objections }) => objections).find((one) => one.id === objection);
    if (!said) return fail('field.choose', 'objection');
    if (said.hidden !== null) return fail('ballots.reason_hidden');
    await tx.update(roomObjections).set({ hiddenWhy: why }).where(eq(roomObjections.id, objection));
    return { id };
  },
});
