'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller, scope } from '~/server/caller';

const back = (done: string): never => redirect(`/secretaria?hecho=${done}`);

/** Shows the same page again with something more on it: a person's number or a card's code stands in no address. */
async function showAgain(name: string, shown: Record<string, string>): Promise<void> {
  const values = Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, [value]]));
  (await scope()).form = { name, values, errors: {}, sentence: '' };
}

export async function look(form: FormData): Promise<void> {
  const person = await submit('look', form, async (input) => (await caller()).people.personByNumber(input));
  if (person) await showAgain('look', { number: person.number });
}

export async function appoint(form: FormData): Promise<void> {
  const made = await submit('appoint', form, async (input) => (await caller()).people.appoint(input));
  if (made) back(made.alone ? 'sola' : made.waiting ? 'espera' : 'nombrada');
}

export async function confirm(form: FormData): Promise<void> {
  if (await submit('role', form, async (input) => (await caller()).people.confirmAppointment(input)))
    back('confirmada');
}

export async function endRole(form: FormData): Promise<void> {
  if (await submit('role', form, async (input) => (await caller()).people.endRole(input))) back('terminado');
}

export async function giveCard(form: FormData): Promise<void> {
  const card = await submit('card', form, async (input) => (await caller()).people.reissueCard(input));
  if (card) await showAgain('card', { name: card.name, number: card.number, code: card.code });
}

/** Enrolled once, however often the form arrives; the card that is shown is the last one made. */
export async function enroll(form: FormData): Promise<void> {
  const card = await submit('enroll', form, async (input) => {
    const { people } = await caller();
    const { personId } = await people.enroll(input);
    return people.reissueCard({ personId });
  });
  if (card) await showAgain('card', { name: card.name, number: card.number, code: card.code });
}

export async function createOffice(form: FormData): Promise<void> {
  if (await submit('office', form, async (input) => (await caller()).responses.createOffice(input)))
    back('oficina');
}
