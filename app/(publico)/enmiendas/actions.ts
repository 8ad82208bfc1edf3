'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

export async function propose(form: FormData) {
  const done = await submit('propose', form, async (input) => (await caller()).amendments.propose(input));
  if (done) redirect(`/enmiendas/${done.id}?hecho=propuesta`);
}

export async function proposeRemoval(form: FormData) {
  const done = await submit('removal', form, async (input) => (await caller()).amendments.propose(input));
  if (done) redirect(`/enmiendas/${done.id}?hecho=propuesta`);
}

export async function back(form: FormData) {
  const done = await submit('back', form, async (input) => (await caller()).amendments.back(input));
  if (done) redirect(`/enmiendas/${done.id}?hecho=apoyada#apoyos`);
}

export async function unback(form: FormData) {
  const done = await submit('back', form, async (input) => (await caller()).amendments.unback(input));
  if (done) redirect(`/enmiendas/${done.id}?hecho=sin-apoyo#apoyos`);
}

export async function withdraw(form: FormData) {
  const done = await submit('withdraw', form, async (input) => (await caller()).amendments.withdraw(input));
  if (done) redirect(`/enmiendas/${done.id}?hecho=retirada`);
}

export async function accept(form: FormData) {
  const done = await submit('accept', form, async (input) => (await caller()).amendments.accept(input));
  if (done) redirect(`/enmiendas/${done.id}?hecho=acogida`);
}

export async function reject(form: FormData) {
  const done = await submit('reject', form, async (input) => (await caller()).amendments.reject(input));
  if (done) redirect(`/enmiendas/${done.id}?hecho=no-acogida`);
}
