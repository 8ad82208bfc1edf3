import { sheetCookie } from '~/app/(foro)/votaciones/_parts/sheet';
import { runtime } from '~/server/runtime';
import { boothPath, heldHere, overCookie, voterCookie } from '../cookies';

const gone = (name: string) =>
  `${name}=; Path=${boothPath}; Max-Age=0; HttpOnly; SameSite=Strict${
    runtime().config.publicUrl?.startsWith('https:') ? '; Secure' : ''
  }`;

/**
 * Between two voters: takes away who stood there, what she had filled in, and whatever a page may have kept, and begins
 * anew. The booth itself stays. A phone that is no booth keeps what waits on it, whoever led it here.
 */
export async function GET(): Promise<Response> {
  const headers = new Headers({ Location: boothPath });
  if (await heldHere()) {
    headers.set('Clear-Site-Data', '"cache", "storage"');
    for (const name of [voterCookie, sheetCookie, overCookie]) headers.append('Set-Cookie', gone(name));
  }
  return new Response(null, { status: 303, headers });
}
