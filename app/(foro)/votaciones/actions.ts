'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

export async function countMe(form: FormData): Promise<void> {
  const done = await submit('count', form, async (input) => (await caller()).ballots.countMe(input));
  if (done) redirect('/votaciones');
}
