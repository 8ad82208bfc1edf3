import { createHmac, randomBytes } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';
import { decode, encode } from 'next-auth/jwt';
import type { DbOrTx } from '~/db/client';
import { type Actor, actorOfSession, anonymous } from './actor';
import { runtime } from './runtime';

const maxAge = 30 * 24 * 3600;

function secure(): boolean {
  return runtime().config.publicUrl?.startsWith('https:') ?? false;
}

/** The name next-auth reads its session from. */
export const sessionCookie = () => `${secure() ? '__Secure-' : ''}next-auth.session-token`;

/** The cookie that carries a session id, sealed by next-auth; lives for 30 days. */
export async function sealSession(sessionId: string, personId: string) {
  const value = await encode({
    token: { sub: personId, sid: sessionId },
    secret: runtime().secrets.session,
    maxAge,
  });
  return {
    name: sessionCookie(),
    value,
    options: { httpOnly: true, sameSite: 'lax' as const, secure: secure(), path: '/', maxAge },
  };
}

// Unsealing costs more than the query that follows it. Only the id is kept: whether that session still stands is
// asked of the database each time.
const unsealed = new Map<string, string>();
const unsealedAtMost = 2000;

async function sessionIdOf(token: string | undefined): Promise<string | null> {
  if (!token || token.length > 4096) return null;
  const known = unsealed.get(token);
  if (known) return known;
  try {
    const read = await decode({ token, secret: runtime().secrets.session });
    if (typeof read?.sid !== 'string') return null;
    if (unsealed.size >= unsealedAtMost) unsealed.delete(unsealed.keys().next().value!);
    unsealed.set(token, read.sid);
    return read.sid;
  } catch {
    return null;
  }
}

/** The actor behind a cookie value; whatever is wrong with it makes an anonymous actor. */
export async function actorOfToken(db: DbOrTx, token: string | undefined): Promise<Actor> {
  const sessionId = await sessionIdOf(token);
  return sessionId ? actorOfSession(db, sessionId) : anonymous;
}

/** The same for a Cookie header, for sockets. */
export function actorOfCookies(db: DbOrTx, header: string | undefined): Promise<Actor> {
  return actorOfToken(db, header ? parseCookie(header)[sessionCookie()] : undefined);
}

/**
 * Beside the session, and for a script to read: whose it is, by her tag. What another tab still holds of who was here
 * before goes by it (docs/decisions/111). It opens nothing.
 */
export const whoCookie = 'quien';

/** The header that gives it to a phone whose session is older than this cookie, or that has lost it. */
export const givesWho = (tag: string) =>
  stringifySetCookie(whoCookie, tag, { sameSite: 'lax', secure: secure(), path: '/', maxAge });

const derived = (what: string, personId: string) =>
  createHmac('sha256', runtime().secrets.codes).update(`${what} ${personId}`).digest();

/** An opaque tag of a person, so that a shared phone can tell whose words wait on it. It opens nothing. */
export const ownerTag = (personId: string) => derived('owner', personId).toString('hex').slice(0, 16);

/**
 * Opens what a phone keeps for this person (AES-256); only pages of hers carry it. A mask and the key under it, in
 * base64: a page is compressed together with what was searched for, and from its length nobody is to guess a key
 * that would be the same each time.
 */
export function phoneKey(personId: string): string {
  const mask = randomBytes(32);
  const hidden = derived('phone', personId).map((byte, i) => byte ^ mask[i]!);
  return Buffer.concat([mask, hidden]).toString('base64');
}
