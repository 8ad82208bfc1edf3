'use server';

import { redirect } from 'next/navigation';
import { showAgain, submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

/** A new secretary's code is shown in this very answer; otherwise the new base's page follows. */
export async function found(form: FormData): Promise<void> {
  const done = await submit('found', form, async (input) => {
    // The page asks which way; only that way's fields count.
    const { number, person, sex, ...rest } = input;
    const first = input.first === 'new' ? { person, sex } : input.first === 'number' ? { number } : {};
    return (await caller()).associations.found({ ...rest, ...first });
  });
  if (!done) return;
  const { secretary } = done;
  if (!secretary?.code) redirect(`/asociaciones/${done.id}`);
  await showAgain('founded', {
    id: [done.id],
    personId: [secretary.personId],
    number: [secretary.number],
    name: [String(form.get('person'))],
    code: [secretary.code],
  });
}
