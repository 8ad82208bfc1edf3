import { commonWords } from '~/db/reference/common-words';
import { departments, provinces, towns } from '~/db/reference/places';
import { bare } from '../rules';

/** What in a text could tell who wrote it, or where. */
export type Telling =
  | 'pseudonym'
  | 'place'
  | 'name'
  | 'document'
  | 'phone'
  | 'date'
  | 'contact'
  | 'number'
  | 'rare';
export type Warning = { at: number; length: number; words: string; why: Telling };

const months =
  'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre';
const weekdays = 'lunes|martes|miércoles|miercoles|jueves|viernes|sábado|sabado|domingo';
// In this order: what is found first is not looked at again.
const patterns: [Telling, RegExp][] = [
  ['contact', /[\w.+-]+@[\w-]+\.[\w.]+|https?:\/\/\S+|www\.\S+|(?<!\w)@[\w.]{3,}/giu],
  ['date', /\b\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{2,4})?\b/gu],
  [
    'date',
    new RegExp(`\\b(?:\\d{1,2}|primero)\\s+de\\s+(?:${months})(?:\\s+(?:de|del)\\s+\\d{4})?\\b`, 'giu'),
  ],
  ['date', new RegExp(`(?<!\\p{L})(?:el|este)\\s+(?:${weekdays})(?:\\s+pasado)?(?!\\p{L})`, 'giu')],
  ['date', /\b(?:ayer|anteayer|anoche)\b/giu],
  ['date', /\b\d{1,2}:\d{2}\b/gu],
  ['phone', /(?<!\d)(?:\+?5[19]\d?[\s-]?)?(?:9\d{2}[\s-]?\d{3}[\s-]?\d{3}|[67]\d{3}[\s-]?\d{4})(?!\d)/gu],
  ['document', /(?<!\d)(?:\d{11}|\d{7,8}(?:[\s-]?(?:LP|CH|CB|OR|PT|TJ|SC|BE|PD))?)(?!\d)/gu],
  ['number', /(?<!\d)\d{5,}(?!\d)/gu],
];
const places = [...departments, ...provinces, ...towns]
  .map(({ name }) => bare(name))
  .filter((one) => one.length > 3);
const placeWords = new Set(places);
const longestPlace = Math.max(...places.map((one) => one.split(' ').length));
// Provinces that are words of every day too: told only where they are written as names.
const alsoWords = new Set([
  'la union',
  'union',
  'grau',
  'islay',
  'canas',
  'lampa',
  'palpa',
  'la mar',
  'el dorado',
  'bolivar',
  'espinar',
  'acomayo',
  'sucre',
  'la libertad',
  'libertad',
  'la paz',
  'paz',
  'canta',
  'oro',
  'el oro',
]);

type Word = { text: string; plain: string; at: number; first: boolean };
/** The words of a text, with where they stand and whether a sentence begins there. */
function wordsOf(text: string): Word[] {
  return [...text.matchAll(/\p{L}[\p{L}\p{M}\p{N}’'-]*/gu)].map((match) => {
    const before = text.slice(0, match.index).trimEnd();
    const first = before === '' || /[.!?:;…\n«"“(–—-]$/.test(before) || text[match.index - 1] === '\n';
    return { text: match[0], plain: bare(match[0]), at: match.index, first };
  });
}

const isCapital = (word: string) => /^\p{Lu}/u.test(word) && !/^\p{Lu}+$/u.test(word);
const known = new Set(commonWords.split(' '));
/** Whether a word is of every day, in any of its usual endings. */
function isCommon(plain: string): boolean {
  if (known.has(plain)) return true;
  for (const end of [
    's',
    'es',
    'mente',
    'ito',
    'ita',
    'itos',
    'itas',
    'nos',
    'se',
    'lo',
    'la',
    'los',
    'las',
    'le',
    'les',
  ])
    if (plain.endsWith(end) && known.has(plain.slice(0, -end.length))) return true;
  // One who knows «pagar» knows «pagaron»: the stem is asked for.
  const stem = plain.replace(
    /(?:aciones|acion|abamos|aremos|ieron|iendo|ariamos|amos|emos|imos|aron|ando|aban|aran|eran|iran|adas|ados|idas|idos|ada|ado|ida|ido|aba|ara|era|ira|ian|ia|an|en|ar|er|ir|as|os|es|a|o|e)$/,
    '',
  );
  return stem.length >= 3 && stems.has(stem);
}
const stems = new Set(
  commonWords.split(' ').flatMap((word) => {
    const stem = word.replace(
      /(?:acion|ando|iendo|adas|ados|ada|ado|ida|ido|ar|er|ir|as|os|es|an|en|a|o|e)$/,
      '',
    );
    return stem.length >= 3 ? [stem] : [];
  }),
);

const rareAtMost = 8;

/**
 * What in a text could be known again by somebody from outside: shown before it leaves, never forbidden. Where two
 * things are found in one place, the more telling one stands.
 * @param pseudonyms of the members: the names they go by in the room
 */
export function tellingIn(text: string, pseudonyms: readonly string[]): Warning[] {
  const found: Warning[] = [];
  const isFree = (at: number, length: number) =>
    found.every((one) => at + length <= one.at || at >= one.at + one.length);
  const add = (why: Telling, at: number, length: number) => {
    if (length > 0 && isFree(at, length)) found.push({ at, length, words: text.slice(at, at + length), why });
  };
  const words = wordsOf(text);
  const run = (from: number, count: number) => {
    const part = words.slice(from, from + count);
    const last = part.at(-1)!;
    return {
      part,
      plain: part.map(({ plain }) => plain).join(' '),
      at: part[0]!.at,
      end: last.at + last.text.length,
    };
  };
  const names = new Set(pseudonyms.map(bare).filter(Boolean));
  const longest = Math.max(longestPlace, ...pseudonyms.map((one) => bare(one).split(' ').length));
  for (let count = Math.min(longest, words.length); count > 0; count--)
    for (let from = 0; from + count <= words.length; from++) {
      const { plain, at, end, part } = run(from, count);
      if (names.has(plain)) add('pseudonym', at, end - at);
      else if (placeWords.has(plain) && (!alsoWords.has(plain) || part.every((one) => isCapital(one.text))))
        add('place', at, end - at);
    }
  for (const [why, pattern] of patterns)
    for (const match of text.matchAll(pattern)) add(why, match.index, match[0].length);
  for (const word of words) {
    if (!isCapital(word.text) || isCommon(word.plain)) continue;
    if (!word.first) add('name', word.at, word.text.length);
  }
  let rare = 0;
  for (const word of words)
    if (
      word.plain.length >= 5 &&
      !isCommon(word.plain) &&
      isFree(word.at, word.text.length) &&
      rare++ < rareAtMost
    )
      add('rare', word.at, word.text.length);
  return found.sort((a, b) => a.at - b.at);
}
