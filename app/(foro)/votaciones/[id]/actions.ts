'use server';

import { redirect } from 'next/navigation';
import { showAgain, submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

export async function open(form: FormData): Promise<void> {
  const done = await submit('acts', form, async (input) => (await caller()).ballots.open(input));
  if (done) redirect(`/votaciones/${done.id}`);
}

export async function confirmUrgency(form: FormData): Promise<void> {
  const done = await submit('acts', form, async (input) => (await caller()).ballots.confirmUrgency(input));
  if (done) redirect(`/votaciones/${done.id}`);
}

export async function drop(form: FormData): Promise<void> {
  const done = await submit('acts', form, async (input) => (await caller()).ballots.drop(input));
  if (done) redirect('/votaciones');
}

export async function annul(form: FormData): Promise<void> {
  const done = await submit('acts', form, async (input) => (await caller()).ballots.annul(input));
  if (done) redirect(`/votaciones/${done.id}`);
}

export async function again(form: FormData): Promise<void> {
  const done = await submit('again', form, async (input) => (await caller()).ballots.again(input));
  if (done) redirect(`/votaciones/${done.id}`);
}

export async function close(form: FormData): Promise<void> {
  const done = await submit('acts', form, async (input) => (await caller()).ballots.close(input));
  if (done) redirect(`/votaciones/${done.id}`);
}

/** Looks a receipt up. What was typed stands in no address: it would stay in the phone's history. */
export async function findTracker(form: FormData): Promise<void> {
  await submit('tracker', form, async (input) => {
    const { found, tracker, unknown } = await (await caller()).ballots.findTracker(input);
    await showAgain('tracker', {
      words: [String(input.words)],
      answer: [found ? 'found' : tracker ? 'missing' : unknown.length > 0 ? 'unknown' : 'five'],
      tracker: [tracker ?? ''],
      unknown,
    });
  });
}
