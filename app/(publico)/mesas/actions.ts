'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

const back = (done: { id: string } | undefined) => {
  if (done) redirect(`/mesas/${done.id}?hecho=1`);
};

export async function open(form: FormData): Promise<void> {
  back(await submit('open', form, async (input) => (await caller()).spaces.createTable(input)));
}
export async function appoint(form: FormData): Promise<void> {
  back(await submit('appoint', form, async (input) => (await caller()).spaces.appointToSpace(input)));
}
export async function endRole(form: FormData): Promise<void> {
  const done = await submit('people', form, async (input) => (await caller()).spaces.endSpaceRole(input));
  // Who leaves a private space is outside from now on.
  if (done) redirect(form.get('private') ? '/mesas' : `/mesas/${done.id}?hecho=1`);
}
export async function setPurpose(form: FormData): Promise<void> {
  back(await submit('purpose', form, async (input) => (await caller()).spaces.setPurpose(input)));
}
export async function setAttribution(form: FormData): Promise<void> {
  const act = async (input: { id: string; attribution: 'base' | 'person' | 'off' }) =>
    (await caller()).spaces.setAttribution(input);
  back(await submit('attribution', form, act));
}
export async function close(form: FormData): Promise<void> {
  back(await submit('close', form, async (input) => (await caller()).spaces.closeSpace(input)));
}
