import { eq } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { booths } from '~/db/schema/booths';
import { command } from '../../act';
import { actorOfPerson } from '../../actor';
import { ballotFacts } from '../../ballots/queries';
import { basesOf } from '../../ballots/queries/urns';
import { takesSheets } from '../../ballots/rules';
import { giveBack, tooMany } from '../../limits';
import { newCode } from '../../people/commands';
import { countTry } from '../../people/commands/proof';
import { personOfNumber } from '../../people/queries';
import { readCode, showCode } from '../../people/rules';
import { anyone, can, type Failure, fail } from '../../rule';
import * as policy from '../policy';
import { boothFacts, busyAtBooths } from '../queries';
import { type Named, pairProblem } from '../rules';
import * as schema from '../schema';
import { codeHash, newToken, tokenHash } from './pass';
import { lockNaming } from './standing';

const isFailure = (value: unknown): value is Failure => value instanceof Error;

async function named(tx: Tx, asker: string, field: 'first' | 'second', number: string) {
  const limited = await tooMany('look-up', asker);
  if (limited) return limited;
  const person = await personOfNumber(tx, number);
  if (!person) return fail('people.number_wrong', field);
  const { personId } = person;
  const bases = await basesOf(tx, [personId]);
  return {
    personId,
    entitled: can(policy.entitled, await actorOfPerson(tx, personId), null),
    bases: bases.map(({ id }) => id),
    busy: (await busyAtBooths(tx, [personId])).has(personId),
  } satisfies Named;
}

/**
 * Opens a booth of a ballot, with the two who stand by.
 * @returns the code that its tablet is given, now or never: the command takes no key, so a repeated click finds both busy.
 */
export const open = command({
  action: 'booths.open',
  rule: policy.open,
  input: schema.open,
  audit: 'full',
  load: async (tx, { id }, actor) => {
    // Before the ballot: whoever casts in it does not wait for whoever is named elsewhere.
    await lockNaming(tx);
    return ballotFacts(tx, id, actor, 'share');
  },
  run: async ({ tx, actor, input, facts }) => {
    if (!takesSheets(facts, new Date())) return fail('ballots.not_open');
    const me = actor.personId!;
    const first = await named(tx, me, 'first', input.first);
    if (isFailure(first)) return first;
    const second = await named(tx, me, 'second', input.second);
    if (isFailure(second)) return second;
    const problem = pairProblem(first, second, me);
    if (problem) return fail(problem.code, problem.field);
    for (const _ of [first, second]) await giveBack('look-up', me);
    const code = newCode();
    const [row] = await tx
      .insert(booths)
      .values({
        ballotId: input.id,
        firstId: first.personId,
        secondId: second.personId,
        openedBy: me,
        codeHash: codeHash(code),
      })
      .returning({ id: booths.id });
    return { id: row!.id, code: showCode(code) };
  },
  subject: (_input, out) => out.id,
});

/** A tablet becomes the booth of this code, which opens nothing a second time. */
export const enter = command({
  action: 'booths.enter',
  rule: anyone,
  input: schema.enter,
  audit: 'none',
  prepare: ({ address }) => countTry(address),
  load: async (tx, { code }, actor) => {
    const read = readCode(code);
    const [row] = read
      ? await tx
          .select()
          .from(booths)
          .where(eq(booths.codeHash, codeHash(read)))
          .for('update')
      : [];
    return { booth: await boothFacts(tx, row, actor) };
  },
  run: async ({ tx, actor, facts: { booth }, context }) => {
    if (!booth || !can(policy.tablet, actor, booth)) return fail('booths.code_unknown', 'code');
    const token = newToken();
    await tx
      .update(booths)
      .set({ codeHash: null, tokenHash: tokenHash(token) })
      .where(eq(booths.id, booth.id));
    await giveBack('sign-in.address', context.address);
    return { id: booth.id, token };
  },
});
