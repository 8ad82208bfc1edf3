import { limaDay } from '../../day';
import type { Line } from './points';
import type { Leaf, Part, Tree } from './tree';

const namespace = 'http://docs.oasis-open.org/legaldocml/ns/akn/3.0';
const ours = 'urn:frente-unido:documento';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const escaped = (words: string) => words.replace(/[&<>"']/g, (letter) => entities[letter]!);

type Attributes = Record<string, string | number>;
/** An element; `inner` is markup already, words go through `text`. */
const tag = (name: string, attributes: Attributes, ...inner: string[]) => {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return inner.length > 0
    ? `<${name}${said.join('')}>${inner.join('')}</${name}>`
    : `<${name}${said.join('')}/>`;
};
const text = (name: string, words: string, attributes: Attributes = {}) =>
  tag(name, attributes, escaped(words));

/** Work, expression and manifestation, as Akoma Ntoso's naming wants them. The assembly is the author: nobody is named. */
function identification(tree: Tree): string {
  const date = limaDay(tree.frozenAt);
  const work = '/akn/pe/bill/asamblea/documento-unico';
  const expression = `${work}/spa@${date}/v${tree.number}`;
  const of = (level: string, uri: string, ...more: string[]) =>
    tag(
      level,
      {},
      tag('FRBRthis', { value: `${uri}/!main` }),
      tag('FRBRuri', { value: uri }),
      tag('FRBRdate', { date, name: 'congelada' }),
      tag('FRBRauthor', { href: '#asamblea' }),
      ...more,
    );
  return tag(
    'identification',
    { source: '#asamblea' },
    of('FRBRWork', work, tag('FRBRcountry', { value: 'pe' })),
    of(
      'FRBRExpression',
      expression,
      tag('FRBRversionNumber', { value: tree.number }),
      tag('FRBRlanguage', { language: 'spa' }),
    ),
    of('FRBRManifestation', `${expression}.akn`, tag('FRBRformat', { value: 'application/akn+xml' })),
  );
}

/** The seals by which a file can be held against the published version. */
const seals = (tree: Tree) =>
  tag(
    'proprietary',
    { source: '#asamblea', 'xmlns:fu': ours },
    tag('fu:version', { sha256: tree.sha256, ...(tree.previous ? { previous: tree.previous } : {}) }),
    ...tree.chapters
      .flatMap((chapter) => chapter.articles)
      .map((article) => tag('fu:article', { number: article.number, sha256: article.sha256 })),
  );

/** A line's words; an article that they name is one that they lead to. */
const paragraph = ({ runs }: Line) =>
  tag(
    'p',
    {},
    ...runs.map(({ words, to }) => (to ? text('ref', words, { href: `#art_${to.number}` }) : escaped(words))),
  );

/** Lines and points, each in its place; the schema wants no words beside points. */
const withPoints = (eId: string, lines: readonly Line[]) =>
  lines.map((line, i) =>
    line.letter
      ? tag(
          'point',
          { eId: `${eId}__point_${line.letter.slice(0, -1)}` },
          text('num', line.letter),
          tag('content', {}, paragraph(line)),
        )
      : tag('subparagraph', { eId: `${eId}__subpara_${i + 1}` }, tag('content', {}, paragraph(line))),
  );

function part(parent: string, { kind, label, lines, read }: Part, at: number): string {
  const eId = `${parent}__para_${at + 1}`;
  const said = read ?? lines.map((words): Line => ({ letter: null, runs: [{ words }] }));
  return tag(
    'paragraph',
    { eId, class: kind },
    ...(label ? [text('heading', label)] : []),
    ...(said.some(({ letter }) => letter)
      ? withPoints(eId, said)
      : [tag('content', {}, ...said.map(paragraph))]),
  );
}

function article(leaf: Leaf): string {
  const eId = `art_${leaf.number}`;
  return tag(
    'article',
    { eId, GUID: leaf.id },
    text('num', String(leaf.number)),
    text('heading', leaf.title),
    ...leaf.parts.map((one, i) => part(eId, one, i)),
  );
}

/** A version as Akoma Ntoso 3.0. */
export function aknOf(tree: Tree): string {
  const organization = tag('TLCOrganization', {
    eId: 'asamblea',
    href: '/akn/ontology/organization/frente-unido/asamblea',
    showAs: 'Asamblea',
  });
  const chapters = tree.chapters.map((chapter) =>
    tag(
      'chapter',
      { eId: `chp_${chapter.number}` },
      text('num', String(chapter.number)),
      text('heading', chapter.title),
      ...(chapter.note ? [tag('content', {}, text('p', chapter.note))] : chapter.articles.map(article)),
    ),
  );
  const bill = tag(
    'bill',
    { name: 'documento-unico', contains: 'singleVersion' },
    tag(
      'meta',
      {},
      identification(tree),
      tag('references', { source: '#asamblea' }, organization),
      seals(tree),
    ),
    tag('preface', {}, tag('p', {}, text('docTitle', tree.title)), text('p', tree.kicker)),
    tag('body', {}, ...chapters),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag('akomaNtoso', { xmlns: namespace }, bill)}\n`;
}
