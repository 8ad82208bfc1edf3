import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { ownerTag, sealSession, whoCookie } from '~/server/session';

/** How the browser names itself; the forum keeps coarse words of it alone. */
export const agent = async () => (await headers()).get('user-agent') ?? '';

/** Gives this phone the cookie of a session that a procedure has opened, and goes on to `to`. */
export async function signInHere(
  opened: { sessionId: string; personId: string },
  to: string,
): Promise<never> {
  const { name, value, options } = await sealSession(opened.sessionId, opened.personId);
  const jar = await cookies();
  jar.set(name, value, options);
  jar.set(whoCookie, ownerTag(opened.personId), { ...options, httpOnly: false });
  redirect(to);
}
