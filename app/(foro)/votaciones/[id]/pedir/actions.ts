'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

export async function claim(form: FormData): Promise<void> {
  const done = await submit('claim', form, async (input) => (await caller()).ballots.claim(input));
  if (done) redirect(`/votaciones/${done.id}/pedir?pedido`);
}
