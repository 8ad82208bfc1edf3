import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Reference } from './rules/references';

/** How long the text of one article may be, in characters (code points). */
export const textAtMost = 40_000;

type Placed = { id: string; chapterId: string; position: number };

/**
 * Articles in the one number series: chapters by position, in them articles by position, from 1.
 * Equal positions are told apart by id, so that the order never depends on how rows were read.
 */
export function numbered<A extends Placed>(
  chapters: readonly { id: string; position: number }[],
  articles: readonly A[],
): (A & { number: number })[] {
  const place = new Map(chapters.map((chapter) => [chapter.id, chapter.position]));
  const at = (article: A) => place.get(article.chapterId) ?? Number.MAX_SAFE_INTEGER;
  return [...articles]
    .sort((a, b) => at(a) - at(b) || a.position - b.position || (a.id < b.id ? -1 : 1))
    .map((article, i) => ({ ...article, number: i + 1 }));
}

/**
 * The ids of a chapter once `moved` stands in it after `after` (null: first).
 * @returns null where `after` is not in the chapter.
 */
export function orderWith(ids: readonly string[], moved: string, after: string | null): string[] | null {
  const others = ids.filter((id) => id !== moved);
  const index = after === null ? 0 : others.indexOf(after) + 1;
  if (after !== null && index === 0) return null;
  return [...others.slice(0, index), moved, ...others.slice(index)];
}

const unspaced = (words: string) => words.normalize('NFC').replace(/\s+/g, ' ').trim();

/** Does the draft say these words? Line ends and double spaces do not count. */
export const says = (draft: string, passage: string): boolean => unspaced(draft).includes(unspaced(passage));

/** What an article says when it is frozen. Lists stand for sets: their order means nothing. */
export type Wording = {
  id: string;
  area: string;
  title: string;
  summary: string;
  text: string;
  areas: readonly string[];
  law: string;
  reality: string;
  addressees: readonly string[];
  library: readonly string[];
  genderCheck: string;
  genderWaived: boolean;
  territory: boolean;
  /** Ids of the concerns behind it. */
  concernIds: readonly string[];
  /** The articles that its text names, in their order. */
  references?: readonly Reference[];
};
export const lacks = ['text', 'long', 'reference', 'summary', 'gender', 'addressee'] as const;
export type Lack = (typeof lacks)[number];

type Finished = Pick<Wording, 'text' | 'summary' | 'genderCheck' | 'addressees'> & {
  /** How many references in its text name no article that stands. */
  broken: number;
};

/** What an article still lacks before it may be frozen, in the order in which it is said. */
export function lacksOf(article: Finished): Lack[] {
  const lacking: Record<Lack, boolean> = {
    text: article.text.trim() === '',
    long: [...article.text].length > textAtMost,
    reference: article.broken > 0,
    summary: article.summary.trim() === '',
    gender: article.genderCheck.trim() === '',
    addressee: article.addressees.length === 0,
  };
  return lacks.filter((lack) => lacking[lack]);
}

/** SHA-256 in lower-case hex of the UTF-8 bytes. */
export const hashOf = (bytes: string): string => createHash('sha256').update(bytes, 'utf8').digest('hex');

// RFC 8785 asks for Unicode text: half a character, as a cut emoji leaves it, has no bytes of its own.
const halves = /\p{Surrogate}/gu;

function nfc<T>(value: T): T {
  if (typeof value === 'string') return value.replace(halves, '\uFFFD').normalize('NFC') as T;
  if (Array.isArray(value)) return value.map(nfc) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, nfc(inner)])) as T;
}

/** Canonical JSON (RFC 8785) on NFC text. */
export const canonical = (value: unknown): string => canonicalize(nfc(value))!;

const set = (items: readonly string[]) => [...new Set(items.map(nfc))].sort();

/** An article as it stands in the canonical text; `sha256` is of its own canonical JSON without that field. */
export function sealed(article: Wording & { number: number }) {
  const said = {
    id: article.id,
    number: article.number,
    title: article.title,
    summary: article.summary,
    text: article.text,
    areas: set(article.areas),
    law: article.law,
    reality: article.reality,
    addressees: set(article.addressees),
    library: set(article.library),
    genderCheck: { words: article.genderCheck, waived: article.genderWaived },
    territory: article.territory,
    concerns: set(article.concernIds),
    // Only where there are any: what was frozen before there were references keeps its seal.
    ...(article.references?.length ? { references: article.references } : {}),
  };
  return { ...said, sha256: hashOf(canonical(said)) };
}

export type VersionWording = {
  number: number;
  title: string;
  frozenAt: Date;
  /** The hash of the version before, so that none can be slipped in or out. */
  previous: string | null;
  /** Every chapter, in order; also those without articles. */
  chapters: readonly { area: string; title: string }[];
  articles: readonly (Wording & { number: number })[];
};

/**
 * The text that is hashed, published and voted on. Chapters keep their order, articles stand by number; in what
 * order rows and keys were given changes nothing. A chapter without articles says so.
 * @returns the canonical JSON, its hash, and the articles with theirs, by number.
 */
export function canonicalVersion(version: VersionWording) {
  const articles = [...version.articles].sort((a, b) => a.number - b.number);
  const chapters = version.chapters.map((chapter, i) => {
    const own = articles.filter((article) => article.area === chapter.area).map(sealed);
    const head = { number: i + 1, area: chapter.area, title: chapter.title, articles: own };
    return own.length > 0 ? head : { ...head, note: 'sin artículos' };
  });
  const text = canonical({
    format: 'frente-unido/documento/1',
    number: version.number,
    title: version.title,
    frozenAt: version.frozenAt.toISOString(),
    previous: version.previous,
    chapters,
  });
  return { canonical: text, sha256: hashOf(text), articles: chapters.flatMap((chapter) => chapter.articles) };
}

type Published = { chapters: { articles: ({ sha256: string } & Record<string, unknown>)[] }[] };

/** What both versions say apart from when they were frozen; equal texts are the same document. */
export const contentOf = (text: string): string => {
  const { title, chapters } = JSON.parse(text) as Published & { title: string };
  return canonical({ title, chapters });
};

/** Whether a published text is what its hash says: its bytes, their canonical form, and each article's own hash. */
export function holds(text: string, sha256: string): boolean {
  if (hashOf(text) !== sha256) return false;
  const read = JSON.parse(text) as Published;
  if (canonical(read) !== text) return false;
  return read.chapters
    .flatMap((chapter) => chapter.articles)
    .every(({ sha256: own, ...said }) => hashOf(canonical(said)) === own);
}
