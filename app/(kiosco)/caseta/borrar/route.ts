import { sheetCookie } from '~/app/(foro)/votaciones/_parts/sheet';
import { runtime } from '~/server/runtime';
import { boothPath, voterCookie } from '../cookies';

const gone = (name: string) =>
  `${name}=; Path=${boothPath}; Max-Age=0; HttpOnly; SameSite=Strict${
    runtime().config.publicUrl?.startsWith('https:') ? '; Secure' : ''
  }`;

/**
 * Between two voters: takes away who stood there, what she had filled in, and whatever a page may have kept, and begins
 * anew. The booth itself stays. Reached twice, or by chance, it does no harm.
 */
export function GET(): Response {
  const headers = new Headers({ Location: boothPath, 'Clear-Site-Data': '"cache", "storage"' });
  for (const name of [voterCookie, sheetCookie]) headers.append('Set-Cookie', gone(name));
  return new Response(null, { status: 303, headers });
}
