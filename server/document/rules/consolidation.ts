import { sliceOf, type Words, wordsIn } from '../../drafts/rules/texts';

/** What an article says besides its words and its place. */
export type Fields = {
  title: string;
  summary: string;
  areas: string[];
  law: string;
  reality: string;
  addressees: string[];
  library: string[];
  genderCheck: string;
  genderWaived: boolean;
  territory: boolean;
};

/** How much a field of words may hold. */
export const fieldAtMost = 4000;

const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])];
/** Both, one after the other; what one of them says already is not said twice. */
const both = (a: string, b: string) =>
  b === '' || a.includes(b) ? a : a === '' || b.includes(a) ? b : `${a}\n${b}`;

/**
 * What two articles say as one: lists and long fields of both, so that nothing is lost; one line (the summary) of the
 * first that has one.
 */
export function joinedFields(a: Fields, b: Fields, title: string): Fields {
  const waived = (one: Fields) => one.genderCheck === '' || one.genderWaived;
  return {
    title,
    summary: a.summary || b.summary,
    areas: union(a.areas, b.areas),
    law: both(a.law, b.law),
    reality: both(a.reality, b.reality),
    addressees: union(a.addressees, b.addressees),
    library: union(a.library, b.library),
    genderCheck: both(a.genderCheck, b.genderCheck),
    // A check that one of them has done is not waived by the other.
    genderWaived: (a.genderWaived || b.genderWaived) && waived(a) && waived(b),
    territory: a.territory || b.territory,
  };
}

/** The field of these that is longer than one may be; null where all fit. */
export const tooLong = (fields: Fields) =>
  (['law', 'reality', 'genderCheck'] as const).find((name) => [...fields[name]].length > fieldAtMost) ?? null;

export const wordings = ['first', 'second', 'onlyFirst', 'onlySecond'] as const;
/** Whose words come first, or whose stand alone. */
export type Wording = (typeof wordings)[number];

/** One text behind the other, on a line of its own. */
export function append(a: Words, b: Words): Words {
  const [first, second] = [wordsIn(a), wordsIn(b)];
  if (first === '') return b;
  if (second === '') return a;
  return first.endsWith('\n') ? [...a, ...b] : [...a, { insert: '\n' }, ...b];
}

export function joinedWords(a: Words, b: Words, wording: Wording): Words {
  if (wording === 'onlyFirst') return a;
  if (wording === 'onlySecond') return b;
  return wording === 'first' ? append(a, b) : append(b, a);
}

/**
 * A text in two, before one of its lines (the second is 1). A line end that says how its line looks stays with it.
 * @returns null where there is no such line, or a part would say nothing.
 */
export function cut(words: Words, line: number): [Words, Words] | null {
  const lines = wordsIn(words).split('\n');
  if (line < 1 || line >= lines.length) return null;
  const at = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  const end = sliceOf(words, at - 1, at);
  const [head, tail] = [sliceOf(words, 0, end[0]?.attributes ? at : at - 1), sliceOf(words, at)];
  return wordsIn(head).trim() && wordsIn(tail).trim() ? [head, tail] : null;
}

/** The lines before which a text can be divided, with what each begins with. */
export function cuts(text: string): { line: number; words: string }[] {
  const lines = text.split('\n');
  return lines.flatMap((words, line) =>
    line > 0 && words.trim() && lines.slice(0, line).some((one) => one.trim()) ? [{ line, words }] : [],
  );
}
