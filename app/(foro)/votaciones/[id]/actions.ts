'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

export async function open(form: FormData): Promise<void> {
  const done = await submit('acts', form, async (input) => (await caller()).ballots.open(input));
  if (done) redirect(`/votaciones/${done.id}`);
}

export async function confirmUrgency(form: FormData): Promise<void> {
  const done = await submit('acts', form, async (input) => (await caller()).ballots.confirmUrgency(input));
  if (done) redirect(`/votaciones/${done.id}`);
}

export async function drop(form: FormData): Promise<void> {
  const done = await submit('acts', form, async (input) => (await caller()).ballots.drop(input));
  if (done) redirect('/votaciones');
}

export async function annul(form: FormData): Promise<void> {
  const done = await submit('acts', form, async (input) => (await caller()).ballots.annul(input));
  if (done) redirect(`/votaciones/${done.id}`);
}

export async function again(form: FormData): Promise<void> {
  const done = await submit('again', form, async (input) => (await caller()).ballots.again(input));
  if (done) redirect(`/votaciones/${done.id}`);
}

export async function close(form: FormData): Promise<void> {
  const done = await submit('acts', form, async (input) => (await caller()).ballots.close(input));
  if (done) redirect(`/votaciones/${done.id}`);
}
