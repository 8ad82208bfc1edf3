import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { sealSession } from '~/server/session';

/** How the browser names itself; the forum keeps coarse words of it alone. */
export const agent = async () => (await headers()).get('user-agent') ?? '';

/** Gives this phone the cookie of a session that a procedure has opened, and goes on to `to`. */
export async function signInHere(
  opened: { sessionId: string; personId: string },
  to: string,
): Promise<never> {
  const { name, value, options } = await sealSession(opened.sessionId, opened.personId);
  (await cookies()).set(name, value, options);
  redirect(to);
}
