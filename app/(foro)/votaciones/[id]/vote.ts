'use server';

import { submit } from '~/app/_form/submit';
import { caller, requestContext } from '~/server/caller';
import { Denied, Failure } from '~/server/rule';
import { type Desk, step } from '../_parts/step';

/** Her own phone: the sheet is hers, and the cast is that of her session. */
async function deskOf(ballotId: string, casts: boolean): Promise<Desk> {
  const call = await caller();
  const { actor } = await requestContext();
  const ballot = await call.ballots.detail({ id: ballotId });
  if (!ballot.mine || !actor.personId) throw new Denied('not_found');
  // A cast that is sent again may have come in: whether it did, the cast alone can say.
  if (!ballot.abilities.vote && !casts) throw new Failure('ballots.not_open');
  return {
    holder: { ballotId, personId: actor.personId },
    path: `/votaciones/${ballotId}`,
    questions: await call.ballots.questions({ id: ballotId }),
    cast: (sheet, choices) => call.ballots.cast({ id: ballotId, sheet, choices }),
  };
}

/**
 * One press in the voting screens. The state of the sheet comes and goes in hidden fields, sealed; nothing of it
 * stays on the server, and nothing of it can be opened once the cast has taken the key away.
 */
export async function vote(form: FormData): Promise<void> {
  await submit('vote', form, async (input) =>
    step(input, await deskOf(String(input.id), input.go === 'cast')),
  );
}
