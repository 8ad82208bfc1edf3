import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { database } from '~/db/client';
import { type Locale, translator } from '~/messages/catalogue';
import type { Context } from './act';
import { type Scope, scopeHeader, scopes } from './http/scope';
import { logError } from './log';
import { forumCaller } from './root';
import { Denied } from './rule';
import { actorOfToken, ownerTag, sessionCookie, whoCookie } from './session';

/** The request's own scope (form state, status, address). */
export async function scope(): Promise<Scope> {
  const id = (await headers()).get(scopeHeader);
  return (id && scopes().get(id)) || { address: 'unknown' };
}

/** Language: what she chose on this phone, else what her profile says, else Spanish. */
const localeOf = (cookie: string | undefined, profile: Locale): Locale =>
  cookie === 'es' || cookie === 'en' ? cookie : profile;

/** The context of this request; looked up once for a page. */
export const requestContext = cache(async (): Promise<Context> => {
  const jar = await cookies();
  const db = database();
  const actor = await actorOfToken(db, jar.get(sessionCookie())?.value).catch((error) => {
    // The error of a query says whose session was asked for, and Next prints what it catches.
    logError('session', error);
    throw new Error('failed');
  });
  const request = await scope();
  const tag = actor.personId && ownerTag(actor.personId);
  if (tag && jar.get(whoCookie)?.value !== tag) request.who = tag;
  else delete request.who;
  return {
    db,
    actor,
    address: request.address,
    locale: localeOf(jar.get('idioma')?.value, actor.locale),
  };
});

/**
 * The context of an act that a phone has kept for somebody.
 * @param owner her tag, or null for an act that names nobody
 * @throws Denied `sign_in` when somebody else is signed in on that phone by now, or nobody is
 */
export async function contextOf(owner: string | null): Promise<Context> {
  const context = await requestContext();
  const { personId } = context.actor;
  if (owner !== null && (personId === null || owner !== ownerTag(personId))) throw new Denied('sign_in');
  return context;
}

/** The one gate for pages and forms: the same procedures as the API. */
export async function caller() {
  return forumCaller(await requestContext());
}

/** Words in the reader's language, and the locale for dates and numbers. */
export async function words() {
  const { locale } = await requestContext();
  return { t: translator(locale), locale };
}
