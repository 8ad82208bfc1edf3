'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

type Answer = 'si' | 'no' | 'abstencion' | 'ausente';

/** The answers of a roll call come in one field for each person. */
export async function countRoom(form: FormData): Promise<void> {
  const done = await submit(`count ${form.get('position')}`, form, async (input) => {
    const answers = Object.entries(input as Record<string, Answer>).flatMap(([name, choice]) =>
      name.startsWith('p-') ? [{ person: name.slice(2), choice }] : [],
    );
    return (await caller()).ballots.countRoom({ ...input, ...(answers.length > 0 ? { answers } : {}) });
  });
  if (done) redirect(`/votaciones/${done.id}/sala`);
}

export async function recordObjection(form: FormData): Promise<void> {
  const done = await submit(`objection ${form.get('position')}`, form, async (input) =>
    (await caller()).ballots.recordObjection(input),
  );
  if (done) redirect(`/votaciones/${done.id}/sala`);
}

export async function withdrawObjection(form: FormData): Promise<void> {
  const done = await submit(`said ${form.get('objection')}`, form, async (input) =>
    (await caller()).ballots.withdrawObjection(input),
  );
  if (done) redirect(`/votaciones/${done.id}/sala`);
}

export async function hideObjection(form: FormData): Promise<void> {
  const done = await submit(`said ${form.get('objection')}`, form, async (input) =>
    (await caller()).ballots.hideObjection(input),
  );
  if (done) redirect(`/votaciones/${done.id}/sala`);
}

export async function closeRoom(form: FormData): Promise<void> {
  const done = await submit('closeRoom', form, async (input) => (await caller()).ballots.closeRoom(input));
  if (done) redirect(`/votaciones/${done.id}/resultado`);
}
