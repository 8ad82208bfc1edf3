'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

const back = (form: FormData, importId?: string) =>
  redirect(`/asociaciones/${form.get('base')}/importar${importId ? `?archivo=${importId}` : ''}`);

/** The light way: the file as an ordinary form. */
export async function upload(form: FormData): Promise<void> {
  const done = await submit('upload', form, async ({ id, file }) =>
    (await caller()).associations.upload({ id, file }),
  );
  if (done) redirect(`/asociaciones/${form.get('id')}/importar?archivo=${done.id}`);
}
export async function start(form: FormData): Promise<void> {
  const done = await submit('import', form, async (input) =>
    (await caller()).associations.importPadron(input),
  );
  if (done) back(form, done.id);
}
export async function drop(form: FormData): Promise<void> {
  const done = await submit('import', form, async ({ id }) =>
    (await caller()).associations.dropPadron({ id }),
  );
  if (done) back(form);
}
