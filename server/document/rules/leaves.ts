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
/** What is text; the others need libraries that no page loads. */
export type LightForm = Exclude<Form, 'docx' | 'pdf'>;

export const isForm = (word: string): word is Form => Object.hasOwn(forms, word);
export const isText = (form: Form): form is LightForm => form !== 'docx' && form !== 'pdf';

/** Whether even a form that is text would hold everybody else up while it is made. */
export const isLong = (canonical: string): boolean => canonical.length >= 250_000;

// As measured (docs/decisions/095): what a form weighs by itself, for each byte of the text and for each article.
const weights: Record<Form, readonly [alone: number, aByte: number, anArticle: number]> = {
  json: [0, 1, 0],
  csv: [0, 0.93, 0],
  xml: [0, 1.03, 830],
  docx: [11_000, 0.21, 0],
  pdf: [40_000, 2.3, 0],
};

/** About how many bytes a form has, without making it. @param bytes of the canonical text. */
export function sizeOf(form: Form, { bytes, articles }: { bytes: number; articles: number }): number {
  const [alone, aByte, anArticle] = weights[form];
  return alone + aByte * bytes + anArticle * articles;
}

/** A version's canonical text in another form that is text. @param sha256 the version's seal. */
export function lightLeaf(form: LightForm, canonical: string, sha256: string): string {
  if (form === 'json') return canonical;
  const tree = treeOf(canonical, sha256);
  return form === 'csv' ? csvOf(tree) : aknOf(tree);
}

/** What a thread is given to make. */
export type Order = { form: Form; canonical: string; sha256: string };
