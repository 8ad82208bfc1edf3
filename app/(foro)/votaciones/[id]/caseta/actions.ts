'use server';

import { redirect } from 'next/navigation';
import { showAgain, submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

/** Its code is shown on the page that answers, and nowhere again. */
export async function openBooth(form: FormData): Promise<void> {
  const done = await submit('open', form, async (input) => (await caller()).booths.open(input));
  if (done) await showAgain('opened', { code: [done.code] });
}

export async function closeBooth(form: FormData): Promise<void> {
  const done = await submit('close', form, async (input) =>
    (await caller()).booths.close({ id: input.booth }),
  );
  if (done) redirect(`/votaciones/${done.ballotId}/caseta`);
}

/** «No estoy ahí». */
export async function sayAbsent(form: FormData): Promise<void> {
  const done = await submit('close', form, async (input) =>
    (await caller()).booths.sayAbsent({ id: input.booth }),
  );
  if (done) redirect(`/votaciones/${done.ballotId}/caseta?hecho=ausente`);
}
