'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

const back = (done: string): never => redirect(`/mi-espacio?hecho=${done}`);

export async function changePassphrase(form: FormData): Promise<void> {
  if (await submit('passphrase', form, async (input) => (await caller()).people.changePassphrase(input)))
    back('clave');
}

export async function closeOne(form: FormData): Promise<void> {
  if (await submit('phone', form, async (input) => (await caller()).people.endSession(input))) back('sesion');
}

export async function closeOthers(form: FormData): Promise<void> {
  if (await submit('phone', form, async () => (await caller()).people.endOtherSessions())) back('sesiones');
}

/** On every phone of hers; this one had perhaps another choice in its cookie. */
export async function chooseLanguage(form: FormData): Promise<void> {
  if (!(await submit('language', form, async (input) => (await caller()).people.setLanguage(input)))) return;
  (await cookies()).delete('idioma');
  back('idioma');
}

export async function declareSex(form: FormData): Promise<void> {
  const said = await submit('sex', form, async (input) => (await caller()).people.declareSex(input));
  if (said) back(said.sex ? 'dato' : 'borrado');
}

export async function askReset(form: FormData): Promise<void> {
  if (await submit('reset', form, async () => (await caller()).people.askKeyringReset()))
    redirect('/mi-espacio');
}

export async function cancelReset(form: FormData): Promise<void> {
  if (await submit('reset', form, async () => (await caller()).people.cancelKeyringReset()))
    redirect('/mi-espacio');
}
