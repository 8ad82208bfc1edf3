import { translator } from '~/messages/catalogue';
import { caller, words } from '~/server/caller';
import { describe } from '~/server/problem';

/**
 * `GET /api/open/document.json?v=N`: the bytes of one version, or of the version in force, exactly as they
 * were hashed: the SHA-256 of the answer is the seal that the pages show.
 */
export async function GET(req: Request) {
  const number = new URL(req.url).searchParams.get('v') ?? undefined;
  try {
    const { canonical } = await (await caller()).document.canonical({ number });
    return new Response(canonical, { headers: { 'Content-Type': 'application/json; charset=utf-8' } });
  } catch (error) {
    const { locale } = await words();
    const problem = describe(error, locale);
    // An address that names no number names no version.
    const none = problem.status < 500;
    const sentence = none ? translator(locale)('failures.not_found') : problem.sentence;
    return Response.json({ error: sentence }, { status: none ? 404 : problem.status });
  }
}
