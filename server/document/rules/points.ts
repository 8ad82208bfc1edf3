import { clean } from '../../input';
import { type Reference, spoken } from './references';

/** Words of a line; `to` is the article that they name. */
export type Run = { words: string; to?: { id: string; number: number } };
/** A line of an article as it is read; `letter` where it is a point: «a)». */
export type Line = { letter: string | null; runs: Run[] };

const alphabet = [...'abcdefghijklmnñopqrstuvwxyz'];

/** The letter of the n-th point of an article, from 0: a … z, aa, ab … */
export function letterOf(n: number): string {
  const head = Math.floor(n / alphabet.length);
  return `${head > 0 ? letterOf(head - 1) : ''}${alphabet[n % alphabet.length]}`;
}

// «- » is what a thumb types; the others come with what is pasted.
const mark = /^[-–•*] +(?=\S)/;
// Letters that no XML may hold; half a character has none of its own.
const unwritable = /[\uFFFE\uFFFF]|\p{Surrogate}/gu;
const ends = /[\n\u2028\u2029]/;

/** As `clean`, but what stands at the ends stays: it may be the blank before a reference. */
const kept = (words: string) => clean(`.${words}.`).slice(1, -1).replace(unwritable, '\uFFFD');

const isThere = (letters: readonly string[], { at, number }: Reference) =>
  letters.slice(at, at + spoken(number).length).join('') === spoken(number);

/** The stretches of each line, with the articles that are named. */
function stretches(text: string, references: readonly Reference[]): Run[][] {
  const lines: Run[][] = [[]];
  const say = (words: string) => {
    for (const [i, part] of kept(words).split(ends).entries()) {
      if (i > 0) lines.push([]);
      lines.at(-1)!.push({ words: part.replace(/\s+/g, ' ') });
    }
  };
  if (references.length === 0) {
    say(text);
    return lines;
  }
  const letters = [...text];
  let from = 0;
  for (const one of [...references].sort((a, b) => a.at - b.at)) {
    if (one.at < from || !isThere(letters, one)) continue;
    say(letters.slice(from, one.at).join(''));
    lines.at(-1)!.push({ words: spoken(one.number), to: { id: one.article, number: one.number } });
    from = one.at + spoken(one.number).length;
  }
  say(letters.slice(from).join(''));
  return lines;
}

/** Without blanks at the ends of the line, and without stretches that say nothing. */
function trimmed(runs: Run[]): Run[] {
  const full = runs.filter(({ words }) => words !== '');
  const first = full[0];
  if (first && !first.to) full[0] = { words: first.words.trimStart() };
  const last = full.at(-1);
  if (last && !last.to) full[full.length - 1] = { words: last.words.trimEnd() };
  return full.filter(({ words }) => words !== '');
}

const isPoint = ([first, second]: Run[]): boolean =>
  !!first && !first.to && mark.test(second ? `${first.words}x` : first.words);

/**
 * The lines of an article that hold words. One that begins with «- » is a point. Points are lettered through the
 * whole article, so that «punto c)» of an article is one thing only.
 */
export function linesOf(text: string, references: readonly Reference[] = []): Line[] {
  let points = 0;
  return stretches(text, references).flatMap((runs): Line[] => {
    const said = trimmed(runs);
    if (said.length === 0) return [];
    if (!isPoint(said)) return [{ letter: null, runs: said }];
    const [first, ...others] = said;
    const words = `${first!.words}x`.replace(mark, '').slice(0, -1);
    return [{ letter: `${letterOf(points++)})`, runs: words ? [{ words }, ...others] : others }];
  });
}

/** Of each line of a text, in its place, the letter of the point that it is; null where it is none. */
export function lettersIn(text: string): (string | null)[] {
  let points = 0;
  return text.split('\n').map((line) => {
    const read = linesOf(line);
    const letter = read[0]?.letter ? `${letterOf(points)})` : null;
    points += read.filter((one) => one.letter).length;
    return letter;
  });
}

/** Whether a line is a point. */
export const isLettered = (line: string): boolean => !!linesOf(line)[0]?.letter;

/** The beginning of a line with the letter in the place of its mark. */
export const withLetter = (words: string, letter: string): string =>
  words.replace(/^\s*[-–•*] +/, `${letter} `);

/** The lines that hold words, each without blanks at its ends: of words in which nothing is a point. */
export const plainLines = (text: string): string[] =>
  stretches(text, []).flatMap((runs) => trimmed(runs).map(({ words }) => words));

/** What a line says, with its letter, in one string. */
export const sayLine = ({ letter, runs }: Line): string =>
  (letter ? `${letter} ` : '') + runs.map(({ words }) => words).join('');
