/** A reference in a frozen text: which article it names, its number then, and where its words begin (in code points). */
export type Reference = { article: string; number: number; at: number };
/** Where an article stands; one that was put into another stands where that one does. */
export type PlaceOf = (id: string) => { id: string; number: number } | null;
/** What names no article that stands: one that is gone, or a number that nobody has tied to one. */
export type Broken = { id: string } | { number: number };

const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const written = new RegExp(`\\[art[ií]culo:(${id})\\]|\\[art(?:[ií]culo|\\.)?\\s*(\\d{1,6})\\]`, 'giu');

/** A reference as it is kept: by the id, which no move changes. */
export const token = (article: string) => `[artículo:${article}]`;
/** As a person writes and reads it in a field. */
export const typed = (number: number) => `[artículo ${number}]`;
/** As it is read everywhere else. */
export const spoken = (number: number) => `artículo ${number}`;

type Found = { from: number; to: number; id?: string; number?: number };
const found = (text: string): Found[] =>
  [...text.matchAll(written)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    ...(match[1] ? { id: match[1].toLowerCase() } : { number: Number(match[2]) }),
  }));

/** The text with each reference exchanged for what `say` makes of it; null leaves it as it is. */
function exchanged(text: string, say: (one: Found) => string | null): string {
  let [out, at] = ['', 0];
  for (const one of found(text)) {
    const words = say(one);
    if (words === null) continue;
    out += text.slice(at, one.from) + words;
    at = one.to;
  }
  return out + text.slice(at);
}

/** The ids that a text names, each once, in their order. */
export const namedIn = (text: string): string[] => [
  ...new Set(found(text.normalize('NFC')).flatMap((one) => one.id ?? [])),
];
/** The numbers that a text names and that are tied to no article yet. */
export const looseIn = (text: string): number[] => [
  ...new Set(found(text.normalize('NFC')).flatMap((one) => one.number ?? [])),
];

/** «[artículo 12]» turned into the article that bears the number; a number that none bears stays as it is written. */
export const tied = (text: string, articleOf: (number: number) => string | undefined): string =>
  exchanged(text.normalize('NFC'), ({ number }) => {
    const article = number === undefined ? undefined : articleOf(number);
    return article ? token(article) : null;
  });

/** What the numbers in a field meant, as the form carries it: «12=id 13=id». */
export const meaning = (names: readonly { id: string; number: number }[]): string =>
  names.map(({ id: article, number }) => `${number}=${article}`).join(' ');
/** The way back. */
export function meantBy(names: string): (number: number) => string | undefined {
  const meant = new Map(names.split(' ').map((one) => one.split('=') as [string, string]));
  return (number) => meant.get(String(number));
}

/** The way back, for a field: the number of today. Who names an article that is gone sees it by its id, and is told. */
export const untied = (text: string, placeOf: PlaceOf): string =>
  exchanged(text.normalize('NFC'), (one) => {
    const place = one.id ? placeOf(one.id) : null;
    return place ? typed(place.number) : null;
  });

/**
 * A text in the making in the words in which it was frozen: an article that was named then has its number of then,
 * whatever it bears by now. So only what somebody has written since is another wording.
 */
export function asFrozen(text: string, placeOf: PlaceOf, named: readonly Reference[]): string {
  const then = new Map(named.map(({ article, number }) => [article, number]));
  const place: PlaceOf = (id) => {
    const now = placeOf(id);
    return now && { id: now.id, number: then.get(id) ?? then.get(now.id) ?? now.number };
  };
  return settled(text, place, '[…]').text;
}

/**
 * A text with its references as they are read, at this moment's numbers.
 * @param gone what stands for one that names nothing.
 */
export function settled(text: string, placeOf: PlaceOf, gone: string) {
  const references: Reference[] = [];
  const broken: Broken[] = [];
  let [out, at, letters] = ['', 0, 0];
  const say = (part: string) => {
    out += part;
    letters += [...part].length;
  };
  // NFC first: places are counted in the letters that are kept.
  const words = text.normalize('NFC');
  for (const one of found(words)) {
    say(words.slice(at, one.from));
    at = one.to;
    const place = one.id ? placeOf(one.id) : null;
    if (place) references.push({ article: place.id, number: place.number, at: letters });
    else broken.push(one.id ? { id: one.id } : { number: one.number! });
    say(place ? spoken(place.number) : gone);
  }
  return { text: out + words.slice(at), references, broken };
}
