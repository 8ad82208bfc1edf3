import { scope, words } from '~/server/caller';
import type { FormState } from '~/server/http/scope';
import { describe } from '~/server/problem';

const isNavigation = (error: unknown) =>
  typeof (error as { digest?: unknown })?.digest === 'string' &&
  /^NEXT_(REDIRECT|HTTP_ERROR_FALLBACK|NOT_FOUND)/.test((error as { digest: string }).digest);

/** A form's fields as an input for a procedure: one value as a string, several of one name as a list. */
export function fieldsOf(form: FormData): Record<string, string | string[] | File> {
  const out: Record<string, string | string[] | File> = {};
  for (const name of new Set(form.keys())) {
    if (name.startsWith('$ACTION')) continue;
    const all = form.getAll(name);
    if (all[0] instanceof File) out[name] = all[0];
    else out[name] = all.length > 1 ? (all as string[]) : (all[0] as string);
  }
  return out;
}

/**
 * Runs what a form asks for. When it fails in an expected way the same page is shown again, with the
 * sentences at the fields, what was typed, and a 4xx status; redirects pass through.
 * @param name which form of the page it is, as given to `formState`.
 */
export async function submit<T>(
  name: string,
  form: FormData,
  // biome-ignore lint/suspicious/noExplicitAny: the procedure's own zod schema checks what comes from a form.
  run: (input: any) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await run(fieldsOf(form));
  } catch (error) {
    if (isNavigation(error)) throw error;
    const { locale } = await words();
    const problem = describe(error, locale);
    const values: Record<string, string[]> = {};
    for (const key of new Set(form.keys())) {
      if (key.startsWith('$ACTION')) continue;
      values[key] = form.getAll(key).filter((value): value is string => typeof value === 'string');
    }
    const held = await scope();
    held.status = problem.status;
    held.form = { name, values, errors: problem.fields, sentence: problem.sentence };
    return undefined;
  }
}

/** Shows the same page again with what an act has answered and no address may hold: a code, a next step. */
export async function showAgain(name: string, values: Record<string, string[]>): Promise<void> {
  (await scope()).form = { name, values, errors: {}, sentence: '' };
}

const empty = { values: {}, errors: {}, sentence: '' };

/** What the page must show again of a form: `value(field)`, `values(field)`, `error(field)`, `sentence`. */
export async function formState(name: string) {
  const held: Pick<FormState, 'values' | 'errors' | 'sentence'> = await scope().then((s) =>
    s.form?.name === name ? s.form : empty,
  );
  return {
    failed: held.sentence !== '',
    sentence: held.sentence,
    errors: held.errors,
    value: (field: string): string | undefined => held.values[field]?.[0],
    values: (field: string): string[] => held.values[field] ?? [],
    error: (field: string): string | undefined => held.errors[field],
  };
}
