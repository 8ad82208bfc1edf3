import { areas } from '~/db/reference/areas';
import { authorities } from '~/db/reference/authorities';
import { library } from '~/db/reference/library';
import { translator } from '~/messages/catalogue';
import { type Line, linesOf, plainLines, sayLine } from './points';
import type { Reference } from './references';

const t = translator('es');
const nameOf = (items: readonly { slug: string; title?: unknown; name?: string }[]) => {
  const names = new Map(items.map((item) => [item.slug, item.name ?? String(item.title)]));
  return (slug: string) => names.get(slug) ?? slug;
};
const authorityName = nameOf(authorities);
const itemTitle = nameOf(library);
const areaTitle = nameOf(areas.map(({ slug, title }) => ({ slug, title: title.es })));

export const kinds = [
  'summary',
  'text',
  'law',
  'reality',
  'addressees',
  'areas',
  'gender',
  'territory',
  'library',
  'concerns',
] as const;
/** One thing that an article says; `label` is null where its words need none before them. */
export type Part = {
  kind: (typeof kinds)[number];
  label: string | null;
  lines: string[];
  /** The same lines with the letters of points and the articles that they name apart; of the text alone. */
  read: Line[] | null;
};
export type Leaf = {
  id: string;
  number: number;
  title: string;
  /** «Artículo 3. Agua limpia» */
  heading: string;
  parts: Part[];
  genderWaived: boolean;
  territory: boolean;
  concerns: number;
  sha256: string;
};
export type Branch = {
  number: number;
  area: string;
  title: string;
  /** What a chapter without articles says instead. */
  note: string | null;
  articles: Leaf[];
};
/** A version as every form of it is made from: the same words in the same order, and nothing besides. */
export type Tree = {
  number: number;
  title: string;
  /** «Versión 2 · lunes, 23 de noviembre de 2026» */
  kicker: string;
  frozenAt: Date;
  /** Of the canonical JSON, which this was read from. */
  sha256: string;
  previous: string | null;
  chapters: Branch[];
};

type Sealed = {
  id: string;
  number: number;
  title: string;
  summary: string;
  text: string;
  areas: string[];
  law: string;
  reality: string;
  addressees: string[];
  library: string[];
  genderCheck: { words: string; waived: boolean };
  territory: boolean;
  concerns: string[];
  references?: Reference[];
  sha256: string;
};
type Published = {
  number: number;
  title: string;
  frozenAt: string;
  previous: string | null;
  chapters: { number: number; area: string; title: string; note?: string; articles: Sealed[] }[];
};

const lineOf = (text: string) => plainLines(text).join(' ');

function partsOf(article: Sealed): Part[] {
  const { waived, words } = article.genderCheck;
  const read = linesOf(article.text, article.references);
  const said: Omit<Part, 'read'>[] = [
    { kind: 'summary', label: null, lines: plainLines(article.summary) },
    { kind: 'text', label: null, lines: read.map(sayLine) },
    { kind: 'law', label: t('document.law'), lines: plainLines(article.law) },
    { kind: 'reality', label: t('document.reality'), lines: plainLines(article.reality) },
    {
      kind: 'addressees',
      label: t('document.addressees'),
      lines: article.addressees.map(authorityName),
    },
    { kind: 'areas', label: t('document.areas'), lines: article.areas.map(areaTitle) },
    {
      kind: 'gender',
      label: t(waived ? 'document.gender.waived.short' : 'document.gender'),
      lines: plainLines(words),
    },
    {
      kind: 'territory',
      label: t('document.territory'),
      lines: article.territory ? [t('document.territory.line')] : [],
    },
    { kind: 'library', label: t('document.library'), lines: article.library.map(itemTitle) },
    {
      kind: 'concerns',
      label: null,
      lines: [t('document.article.behind', { n: article.concerns.length })],
    },
  ];
  return said
    .filter((part) => part.lines.length > 0)
    .map((part) => ({ ...part, read: part.kind === 'text' ? read : null }));
}

const day = new Intl.DateTimeFormat('es-PE', { dateStyle: 'full', timeZone: 'America/Lima' });

/** Reads a version's canonical JSON. @param sha256 the version's seal, as it is kept beside the text. */
export function treeOf(canonical: string, sha256: string): Tree {
  const read = JSON.parse(canonical) as Published;
  const frozenAt = new Date(read.frozenAt);
  return {
    number: read.number,
    title: lineOf(read.title),
    kicker: t('document.version.of', { n: read.number, day: day.format(frozenAt) }),
    frozenAt,
    sha256,
    previous: read.previous,
    chapters: read.chapters.map((chapter) => ({
      number: chapter.number,
      area: chapter.area,
      title: lineOf(chapter.title),
      note: chapter.articles.length === 0 ? t('document.no_articles') : null,
      articles: chapter.articles.map((article) => ({
        id: article.id,
        number: article.number,
        title: lineOf(article.title),
        heading: t('document.leaf.article', { number: article.number, title: lineOf(article.title) }),
        parts: partsOf(article),
        genderWaived: article.genderCheck.waived,
        territory: article.territory,
        concerns: article.concerns.length,
        sha256: article.sha256,
      })),
    })),
  };
}

/** «Capítulo 2. Agua» */
export const chapterHeading = ({ number, title }: Branch) => t('document.leaf.chapter', { number, title });

/** What the parts of this kind say, line by line. */
export const said = (article: Leaf, kind: Part['kind']): string[] =>
  article.parts.filter((part) => part.kind === kind).flatMap((part) => part.lines);
