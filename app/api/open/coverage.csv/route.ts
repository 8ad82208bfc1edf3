import { caller, words } from '~/server/caller';
import { coverageCsv } from '~/server/document/rules/coverage-csv';
import { forms } from '~/server/document/rules/leaves';
import { describe } from '~/server/problem';
import { nothing } from '../_leaves/answer';

/**
 * `GET /api/open/coverage.csv`: who raised what and what the version in force answers; `?v=` names another,
 * `?obra` the document in the making for who may read it.
 */
export async function GET(req: Request) {
  const asked = new URL(req.url).searchParams;
  try {
    const forum = await caller();
    const all = await forum.document.coverage({
      number: asked.get('v') ?? undefined,
      making: asked.has('obra'),
    });
    const name = all.version ? `v${all.version.number}` : all.making ? 'en-obra' : all.day;
    return new Response(coverageCsv(all), {
      headers: {
        'Content-Type': forms.csv.type,
        'Content-Disposition': `attachment; filename="cobertura-${name}.csv"`,
      },
    });
  } catch (error) {
    const problem = describe(error, (await words()).locale);
    if (problem.status < 500) return nothing();
    return Response.json({ error: problem.sentence }, { status: problem.status });
  }
}
