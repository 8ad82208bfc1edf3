'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

export async function ask(form: FormData) {
  const done = await submit('ask', form, async (input) => (await caller()).responses.askResponse(input));
  if (done) redirect(`/revision/${done.id}?hecho=pedido`);
}

export async function createOffice(form: FormData) {
  const done = await submit('office', form, async (input) => (await caller()).responses.createOffice(input));
  if (done) redirect('/revision?hecho=oficina#pedir');
}

export async function respond(form: FormData) {
  const done = await submit('respond', form, async (input) => (await caller()).responses.respond(input));
  if (done) redirect(`/revision/${done.id}?hecho=respondido`);
}

export async function revise(form: FormData) {
  const done = await submit('respond', form, async (input) => (await caller()).responses.revise(input));
  if (done) redirect(`/revision/${done.id}?hecho=respondido`);
}
