'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

export async function giveReason(form: FormData): Promise<void> {
  const done = await submit(`reason ${form.get('id')}`, form, async (input) =>
    (await caller()).ballots.giveReason(input),
  );
  if (done) redirect(`/votaciones/${form.get('ballot')}/razones?puesta`);
}

export async function hideReason(form: FormData): Promise<void> {
  const done = await submit(`hide ${form.get('id')}`, form, async (input) =>
    (await caller()).ballots.hideReason(input),
  );
  if (done) redirect(`/votaciones/${form.get('ballot')}/razones`);
}
