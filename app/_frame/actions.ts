'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';

const year = 365 * 24 * 3600;

/** Keeps the language on this phone and shows the same page again. */
export async function chooseLanguage(form: FormData): Promise<void> {
  const locale = form.get('idioma') === 'en' ? 'en' : 'es';
  (await cookies()).set('idioma', locale, { maxAge: year, sameSite: 'lax', httpOnly: true, path: '/' });
  redirect(await herePath());
}

async function herePath(): Promise<string> {
  // The pipeline names the path; a Referer is not always sent.
  const path = (await headers()).get('x-forum-path') ?? '/';
  return path.startsWith('/') && !path.startsWith('//') ? path : '/';
}
