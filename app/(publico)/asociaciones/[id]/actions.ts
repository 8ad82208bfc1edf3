'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

export async function withdraw(form: FormData) {
  const done = await submit('withdraw', form, async ({ id }) =>
    (await caller()).associations.withdrawMandate({ id }),
  );
  if (done) redirect(`/asociaciones/${form.get('base')}#mandatos`);
}
export async function leave(form: FormData) {
  const done = await submit('leave', form, async (input) => (await caller()).associations.leave(input));
  if (done) redirect(`/asociaciones/${done.id}`);
}
export async function dissolve(form: FormData) {
  const done = await submit('dissolve', form, async (input) => (await caller()).associations.dissolve(input));
  if (done) redirect('/asociaciones');
}
