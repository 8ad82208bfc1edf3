import { aknOf } from './akn';
import { csvOf } from './csv';
import { treeOf } from './tree';

/** The forms in which a version leaves, each with what it is to a browser. */
export const forms = {
  json: { type: 'application/json; charset=utf-8' },
  csv: { type: 'text/csv; charset=utf-8' },
  xml: { type: 'application/xml; charset=utf-8' },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  pdf: { type: 'application/pdf' },
} as const;
export type Form = keyof typeof forms;
/** What takes seconds to make of a long version, and libraries that a page does not need. */
export type HeavyForm = 'docx' | 'pdf';
export type LightForm = Exclude<Form, HeavyForm>;

export const isForm = (word: string): word is Form => Object.hasOwn(forms, word);
export const isHeavy = (form: Form): form is HeavyForm => form === 'docx' || form === 'pdf';

/** A version's canonical text in another form that is text. @param sha256 the version's seal. */
export function lightLeaf(form: LightForm, canonical: string, sha256: string): string {
  if (form === 'json') return canonical;
  const tree = treeOf(canonical, sha256);
  return form === 'csv' ? csvOf(tree) : aknOf(tree);
}

/** What a thread is given to make. */
export type Order = { form: HeavyForm; canonical: string; sha256: string };
