'use server';

import { localPath } from '~/app/_form/local-path';
import { agent, signInHere } from '~/app/_form/sign-in';
import { submit } from '~/app/_form/submit';
import { caller, scope } from '~/server/caller';

/** First step of a new card: the same page is shown again, with the second step and the code in a hidden field. */
export async function openCard(form: FormData): Promise<void> {
  const card = await submit('card', form, async (input) => (await caller()).people.checkCard(input));
  if (!card) return;
  const values = { code: [String(form.get('code'))], holder: [card.name], number: [card.number] };
  (await scope()).form = { name: 'choose', values, errors: {}, sentence: '' };
}

/** Second step: the card is used up, the passphrase is hers, this phone is signed in. */
export async function choosePassphrase(form: FormData): Promise<void> {
  const opened = await submit('choose', form, async (input) =>
    (await caller()).people.enterWithCard({ ...input, agent: await agent() }),
  );
  if (opened) await signInHere(opened, localPath(form.get('to')));
  const held = await scope();
  // Somebody used or replaced the card meanwhile: back to the first step, which has the field.
  if (held.form?.errors.code) held.form = { ...held.form, name: 'card' };
}

export async function enter(form: FormData): Promise<void> {
  const opened = await submit('enter', form, async (input) =>
    (await caller()).people.signIn({ ...input, agent: await agent() }),
  );
  if (opened) await signInHere(opened, localPath(form.get('to')));
}
