import { translator } from '~/messages/catalogue';
import { caller, words } from '~/server/caller';
import { type Form, forms, isLong, isText, lightLeaf } from '~/server/document/rules/leaves';
import { describe } from '~/server/problem';
import { made } from './made';

/** What is not there, in one sentence. */
export async function nothing(): Promise<Response> {
  const { locale } = await words();
  return Response.json({ error: translator(locale)('failures.not_found') }, { status: 404 });
}

/** A version in one of its forms, or in one sentence why not. @param asked the version's number; the one in force without. */
export async function answer(form: Form, asked: string | undefined): Promise<Response> {
  try {
    const { canonical, sha256, number } = await (await caller()).document.canonical({ number: asked });
    const body =
      form === 'json' || (isText(form) && !isLong(canonical))
        ? lightLeaf(form, canonical, sha256)
        : await made(form, canonical, sha256);
    const headers: Record<string, string> = { 'Content-Type': forms[form].type };
    if (form !== 'json')
      headers['Content-Disposition'] = `attachment; filename="documento-unico-v${number}.${form}"`;
    return new Response(body as BodyInit, { headers });
  } catch (error) {
    const { locale } = await words();
    const problem = describe(error, locale);
    // An address that names no number names no version.
    if (problem.status < 500) return nothing();
    return Response.json({ error: problem.sentence }, { status: problem.status });
  }
}

/** A route for the version in force, or for the one that `?v=` names. */
export const route = (form: Form) => (req: Request) =>
  answer(form, new URL(req.url).searchParams.get('v') ?? undefined);
