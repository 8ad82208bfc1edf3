import { translator } from '~/messages/catalogue';
import { caller, words } from '~/server/caller';
import { describe } from '~/server/problem';

/** `GET /api/open/ballots/ID/archive.json`: what `npm run verify` counts again; the bytes its seal speaks of. */
export async function GET(_req: Request, { params }: { params: Promise<{ id: string }> }) {
  try {
    const { archive } = await (await caller()).ballots.archive({ id: (await params).id });
    return new Response(archive, { headers: { 'Content-Type': 'application/json; charset=utf-8' } });
  } catch (error) {
    const { locale } = await words();
    const { status, sentence } = describe(error, locale);
    // What is no ballot's name, what is not closed, what was never counted: the same bytes.
    const missing = status < 500 ? translator(locale)('failures.not_found') : null;
    return Response.json({ error: missing ?? sentence }, { status: missing ? 404 : status });
  }
}
