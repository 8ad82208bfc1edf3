'use server';

import { showAgain, submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

/** The codes are in this very answer and nowhere else. */
export async function print(form: FormData): Promise<void> {
  const done = await submit('cards', form, async (input) => (await caller()).associations.issueCards(input));
  if (!done) return;
  await showAgain('printed', {
    name: done.cards.map(({ name }) => name),
    number: done.cards.map(({ number }) => number),
    code: done.cards.map(({ code }) => code),
  });
}
