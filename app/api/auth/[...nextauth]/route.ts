import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { requestContext } from '~/server/caller';
import { runtime } from '~/server/runtime';

type Context = { params: Promise<{ nextauth: string[] }> };

// Signing in and out are forms of ours that work without scripts (people.commands); next-auth seals and holds the
// session cookie. Of its own addresses only the one that says whether a session stands is there.
export async function GET(req: NextRequest, context: Context) {
  const { nextauth } = await context.params;
  if (nextauth.join('/') !== 'session') return new Response(null, { status: 404 });
  const { actor } = await requestContext();
  const auth = NextAuth({
    secret: runtime().secrets.session,
    session: { strategy: 'jwt' },
    providers: [Credentials({ credentials: {}, authorize: () => null })],
    // An ended session is none, whatever its cookie still says.
    callbacks: {
      session: ({ session }) => (actor.personId ? { expires: session.expires } : { expires: '' }),
    },
  });
  return auth(req, context);
}

export const POST = () => new Response(null, { status: 404 });
