'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

const back = (done: { id: string } | undefined) => {
  if (done) redirect(`/planteamientos/${done.id}`);
};

export async function reword(form: FormData) {
  back(await submit('reword', form, async (input) => (await caller()).concerns.reword(input)));
}
export async function setAside(form: FormData) {
  back(await submit('aside', form, async (input) => (await caller()).concerns.setAside(input)));
}
export async function reconsider(form: FormData) {
  back(await submit('reconsider', form, async (input) => (await caller()).concerns.reconsider(input)));
}
export async function publish(form: FormData) {
  back(await submit('publish', form, async (input) => (await caller()).concerns.publish(input)));
}
export async function appeal(form: FormData) {
  back(await submit('appeal', form, async (input) => (await caller()).concerns.appeal(input)));
}
export async function decideAppeal(form: FormData) {
  back(await submit('decideAppeal', form, async (input) => (await caller()).concerns.decideAppeal(input)));
}
