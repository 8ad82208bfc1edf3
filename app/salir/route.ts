import { caller } from '~/server/caller';
import { runtime } from '~/server/runtime';
import { sessionCookie, whoCookie } from '~/server/session';

// A search for the weather: cheap, plausible on any phone of Peru or Bolivia, and not ours (docs/decisions/031).
const elsewhere = 'https://www.google.com/search?q=clima';

const ended = (name: string) =>
  `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${
    runtime().config.publicUrl?.startsWith('https:') ? '; Secure' : ''
  }`;

async function leave(to: string, clear: Record<string, string>): Promise<Response> {
  // The way out stays open when the database does not answer; the cookie goes all the same.
  await caller()
    .then((forum) => forum.people.signOut())
    .catch((error) => console.error('sign-out', error instanceof Error ? error.name : 'unknown'));
  const headers = new Headers({ Location: to, ...clear });
  for (const name of [sessionCookie(), whoCookie]) headers.append('Set-Cookie', ended(name));
  return new Response(null, { status: 303, headers });
}

/** The quick exit: a link. Another site that sends somebody here, or a browser that looks ahead, ends nothing. */
export async function GET(req: Request): Promise<Response> {
  const site = req.headers.get('sec-fetch-site') ?? 'none';
  const ahead = `${req.headers.get('sec-purpose')} ${req.headers.get('purpose')}`.includes('prefetch');
  if (ahead) return new Response(null, { status: 204 });
  if (site !== 'none' && site !== 'same-origin')
    return new Response(null, { status: 303, headers: { Location: '/' } });
  return leave(elsewhere, { 'Clear-Site-Data': '"cookies", "storage"' });
}

/**
 * «Cerrar mi sesión»: back to the home page; the language stays. So does what others have waiting on this phone,
 * sealed (docs/decisions/070); what was hers the light script has taken away.
 */
export const POST = () => leave('/', {});
