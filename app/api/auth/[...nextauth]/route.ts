import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { requestContext } from '~/server/caller';
import { runtime } from '~/server/runtime';

// Signing in is a form of ours that works without scripts (people.commands); next-auth holds the session
// cookie and answers what its clients ask. No provider of its own lets anyone in.
async function handle(req: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) {
  const { actor } = await requestContext();
  const auth = NextAuth({
    secret: runtime().secrets.session,
    session: { strategy: 'jwt' },
    pages: { signIn: '/entrar', signOut: '/salir', error: '/entrar' },
    providers: [Credentials({ credentials: {}, authorize: () => null })],
    // An ended session is none, whatever its cookie still says.
    callbacks: {
      session: ({ session }) => (actor.personId ? { expires: session.expires } : { expires: '' }),
    },
  });
  return auth(req, context);
}

export { handle as GET, handle as POST };
