'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

const back = (done: { id: string } | undefined) => {
  if (done) redirect('/credenciales?hecho=1');
};

export async function accredit(form: FormData): Promise<void> {
  back(
    await submit(`accredit ${form.get('id')}`, form, async (input) =>
      (await caller()).associations.accredit(input),
    ),
  );
}
export async function refuse(form: FormData): Promise<void> {
  back(
    await submit(`refuse ${form.get('id')}`, form, async (input) =>
      (await caller()).associations.refuseMandate(input),
    ),
  );
}
