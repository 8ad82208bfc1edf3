'use server';

import { redirect } from 'next/navigation';
import { submit } from '~/app/_form/submit';
import { caller } from '~/server/caller';

export async function seen(form: FormData): Promise<void> {
  if (await submit('seen', form, async (input) => (await caller()).notices.seen(input)))
    redirect('/avisos?hecho=vistos');
}
