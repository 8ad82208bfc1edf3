'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

/** One field for each question; those left open are missing, and the procedure says so. */
export async function takePosition(form: FormData): Promise<void> {
  const base = form.get('association');
  const done = await submit(`position ${base}`, form, async ({ id, association, ...fields }) =>
    (await caller()).ballots.takePosition({
      id,
      association,
      choices: Object.entries(fields as Record<string, 'si' | 'no' | 'abstencion'>).flatMap(
        ([name, choice]) => (name.startsWith('q-') ? [{ question: name.slice(2), choice }] : []),
      ),
    }),
  );
  if (done) redirect(`/votaciones/${done.id}/camara?recibida`);
}

export async function giveProxy(form: FormData): Promise<void> {
  const done = await submit(`proxy ${form.get('association')}`, form, async (input) =>
    (await caller()).ballots.giveProxy(input),
  );
  if (done) redirect(`/votaciones/${done.id}/camara`);
}

export async function revokeProxy(form: FormData): Promise<void> {
  const done = await submit(`proxy ${form.get('association')}`, form, async (input) =>
    (await caller()).ballots.revokeProxy(input),
  );
  if (done) redirect(`/votaciones/${done.id}/camara`);
}
