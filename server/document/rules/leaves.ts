import { aknOf } from './akn';
import { csvOf } from './csv';
import { treeOf } from './tree';

/** The forms in which a version leaves, each with what it is to a browser. */
export const forms = {
  json: { type: 'application/json; charset=utf-8' },
  csv: { type: 'text/csv; charset=utf-8' },
  xml: { type: 'application/xml; charset=utf-8' },
} as const;
export type Form = keyof typeof forms;

export const isForm = (word: string): word is Form => Object.hasOwn(forms, word);

/** A version's canonical text in another form. @param sha256 the version's seal. */
export async function leafOf(form: Form, canonical: string, sha256: string): Promise<Uint8Array> {
  if (form === 'json') return Buffer.from(canonical);
  const tree = treeOf(canonical, sha256);
  return Buffer.from(form === 'csv' ? csvOf(tree) : aknOf(tree));
}
