'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { showAgain, submit } from '~/app/_form/submit';
import { step } from '~/app/(foro)/votaciones/_parts/step';
import { caller } from '~/server/caller';
import { Denied } from '~/server/rule';
import { sessionCookie, whoCookie } from '~/server/session';
import { boothPath, heldHere, keepBooth, keepVoter } from './cookies';

/** The tablet becomes the booth: whoever was signed in on it is signed out. */
export async function enterBooth(form: FormData): Promise<void> {
  const entered = await submit('booth', form, async (input) => {
    const call = await caller();
    const done = await call.booths.enter(input);
    await call.people.signOut();
    return done;
  });
  if (!entered) return;
  for (const name of [sessionCookie(), whoCookie]) (await cookies()).delete(name);
  await keepBooth(entered.token);
  redirect(boothPath);
}

const heldOrNone = async () => {
  const held = await heldHere();
  if (!held) throw new Denied('not_found');
  return held;
};

async function begin(name: string, form: FormData): Promise<void> {
  const begun = await submit(name, form, async (input) =>
    (await caller()).booths.begin({ ...input, token: (await heldOrNone()).token }),
  );
  if (!begun) return;
  await keepVoter(begun.voter);
  redirect(boothPath);
}
/** A voter proves herself: with her card, or with her number and her passphrase. */
export const beginByCard = async (form: FormData): Promise<void> => begin('card', form);
export const beginByNumber = async (form: FormData): Promise<void> => begin('number', form);

/** One press in the voting screens of the booth. */
export async function voteHere(form: FormData): Promise<void> {
  await submit('vote', form, async (input) => {
    const held = await heldOrNone();
    const { token } = held;
    const call = await caller();
    const { ballotId, holder, voter, takes } = await call.booths.look(held);
    if (!holder || !voter) return showAgain('vote', { screen: ['over'] });
    await keepVoter(voter);
    // Sent again after the close, a sheet that had come in is answered with its words: only the cast knows.
    if (!takes && input.go !== 'cast') return showAgain('vote', { screen: ['over'] });
    if (input.go === 'helper') return showAgain('vote', { screen: ['helper'] });
    if (input.go === 'alone') return showAgain('vote', { screen: ['face'] });
    return step(input, {
      holder: { ballotId, personId: holder },
      path: boothPath,
      questions: await call.ballots.questions({ id: ballotId }),
      cast: async (sheet, choices) => {
        const receipt = await call.booths.cast({ token, voter, sheet, choices });
        // Her turn ends with the cast: what stays on the screen is the receipt. (After the close her pass opens nothing
        // any more but the page that shows it, and goes with the wipe.)
        if (takes) await keepVoter('');
        return receipt;
      },
    });
  });
}
