'use server';

import { redirect } from 'next/navigation';
import { showAgain, submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

const toPadron = (form: FormData, personId?: string) =>
  redirect(`/asociaciones/${form.get('id')}/padron?hecho=1${personId ? `&persona=${personId}` : ''}`);

/** The code is shown in this very answer and nowhere else; who sends the form again finds her enrolled. */
export async function enroll(form: FormData): Promise<void> {
  const done = await submit('enroll', form, async (input) =>
    (await caller()).associations.enrollMember(input),
  );
  if (!done) return;
  await showAgain('enrolled', {
    number: [done.number],
    name: [String(form.get('name'))],
    ...(done.code ? { code: [done.code] } : {}),
  });
}
export async function add(form: FormData): Promise<void> {
  const done = await submit('add', form, async (input) => (await caller()).associations.addMember(input));
  if (done) toPadron(form, done.personId);
}
export async function giveCard(form: FormData): Promise<void> {
  const done = await submit('member', form, async ({ id, personId }) =>
    (await caller()).associations.issueCards({ id, persons: [personId] }),
  );
  const card = done?.cards[0];
  if (card) await showAgain('enrolled', { number: [card.number], name: [card.name], code: [card.code] });
}
export async function appointOfficer(form: FormData): Promise<void> {
  const done = await submit('office', form, async (input) =>
    (await caller()).associations.appointOfficer(input),
  );
  if (done) toPadron(form, done.personId);
}
export async function appointSecretary(form: FormData): Promise<void> {
  const done = await submit('member', form, async (input) =>
    (await caller()).associations.appointSecretary(input),
  );
  if (done) toPadron(form, done.personId);
}
export async function endRole(form: FormData): Promise<void> {
  const done = await submit('member', form, async (input) => (await caller()).associations.endRole(input));
  if (done) toPadron(form, done.personId);
}
export async function strike(form: FormData): Promise<void> {
  const done = await submit('member', form, async (input) => (await caller()).associations.leave(input));
  if (done) toPadron(form);
}
export async function present(form: FormData): Promise<void> {
  const done = await submit('present', form, async (input) =>
    (await caller()).associations.presentMandate(input),
  );
  if (done) redirect(`/asociaciones/${form.get('id')}#mandatos`);
}
