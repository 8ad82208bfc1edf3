'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { marks } from '~/server/ballots/rules/urns';
import { caller } from '~/server/caller';

const back = (id: string) => redirect(`/votaciones/${id}/mesa`);

export async function nameTeller(form: FormData): Promise<void> {
  const done = await submit('teller', form, async (input) => (await caller()).ballots.nameTeller(input));
  if (done) back(done.id);
}

export async function removeTeller(form: FormData): Promise<void> {
  const done = await submit('remove', form, async (input) => (await caller()).ballots.removeTeller(input));
  if (done) back(done.id);
}

export async function giveOut(form: FormData): Promise<void> {
  const done = await submit(`give ${form.get('urn')}`, form, async (input) =>
    (await caller()).ballots.giveOut(input),
  );
  if (done) back(done.id);
}

export async function handPaper(form: FormData): Promise<void> {
  const done = await submit('paper', form, async (input) => (await caller()).ballots.handPaper(input));
  if (done) back(done.id);
}

export async function takePaperBack(form: FormData): Promise<void> {
  const done = await submit('back', form, async (input) => (await caller()).ballots.takePaperBack(input));
  if (done) back(done.id);
}

export async function setUrnAside(form: FormData): Promise<void> {
  const name = `aside ${form.get('urn')}`;
  const done = await submit(name, form, async (input) => (await caller()).ballots.setUrnAside(input));
  if (done) back(done.id);
}

/** The numbers of each question stand in fields of their own: `q1-yes`, `q1-no` … */
export async function countUrn(form: FormData): Promise<void> {
  const done = await submit(`urn ${form.get('urn')}`, form, async (input) => {
    const counts = Array.from({ length: Math.min(Number(input.questions) || 0, 500) }, (_, i) =>
      Object.fromEntries(marks.map((mark) => [mark, input[`q${i + 1}-${mark}`] || undefined])),
    );
    return (await caller()).ballots.countUrn({ id: input.id, urn: input.urn, counts: counts as never });
  });
  if (done) back(done.id);
}
