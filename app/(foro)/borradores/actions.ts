'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

type Done = { id: string } | undefined;
const back = (done: Done, after = '') => {
  if (done) redirect(`/borradores/${done.id}${after}`);
};

export async function create(form: FormData) {
  back(await submit('create', form, async (input) => (await caller()).drafts.create(input)));
}
export async function write(form: FormData) {
  const done = await submit('write', form, async (input) => (await caller()).drafts.editByForm(input));
  back(done, '?guardado');
}
export async function retitle(form: FormData) {
  back(await submit('retitle', form, async (input) => (await caller()).drafts.retitle(input)));
}
export async function takeUp(form: FormData) {
  const done = await submit('concerns', form, async (input) => (await caller()).drafts.takeUpConcern(input));
  back(done, '?planteamientos#planteamientos');
}
export async function release(form: FormData) {
  const done = await submit('concerns', form, async (input) => (await caller()).drafts.releaseConcern(input));
  back(done, '?planteamientos#planteamientos');
}
export async function close(form: FormData) {
  back(await submit('close', form, async (input) => (await caller()).drafts.close(input)));
}
export async function reopen(form: FormData) {
  back(await submit('close', form, async (input) => (await caller()).drafts.reopen(input)));
}
