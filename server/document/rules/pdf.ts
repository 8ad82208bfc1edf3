import { openSync } from 'fontkit';
import pdfmake from 'pdfmake';
import roboto from 'pdfmake/fonts/Roboto.js';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces';
import { translator } from '~/messages/catalogue';
import type { Line } from './points';
import { chapterHeading, type Leaf, type Tree } from './tree';

const t = translator('es');
const files = new Set(Object.values(roboto.Roboto));
pdfmake.setFonts(roboto);
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => files.has(path));

const [normal, bold] = [roboto.Roboto.normal, roboto.Roboto.bold].map((file) => {
  const font = openSync(file);
  if (!('hasGlyphForCodePoint' in font)) throw new Error('a font file that holds several');
  return font;
});
const letters = new Intl.Segmenter('es', { granularity: 'grapheme' });
const has = (letter: string) =>
  [...letter].every(
    (one) =>
      normal!.hasGlyphForCodePoint(one.codePointAt(0)!) && bold!.hasGlyphForCodePoint(one.codePointAt(0)!),
  );
const plain = /^[ -~\u00A1-\u00FF]*$/;

/** Words as this font can show them: a letter that it lacks becomes one mark that says so. */
export function shown(words: string): { words: string; lost: boolean } {
  if (plain.test(words)) return { words, lost: false };
  let lost = false;
  const kept = Array.from(letters.segment(words), ({ segment }) => {
    if (has(segment)) return segment;
    lost = true;
    return '\uFFFD';
  });
  return { words: kept.join(''), lost };
}

// The layout looks at all that is left of a paragraph at every word of it: the longest ones are laid out in pieces.
const pieceAtMost = 6000;
const pieces = (line: string) =>
  line.length <= pieceAtMost ? [line] : (line.match(/.{1,6000}(?:\s|$)|.{1,6000}/gsu) ?? [line]);

// Room for three lines below a heading. It is held together with the heading and then given back to the words
// that follow, so that no heading ends a page and no text is too long to be broken.
const room = 44;
const together = (headings: Content[]): Content => ({
  stack: [...headings, { canvas: [], margin: [0, 0, 0, room] }],
  unbreakable: true,
  margin: [0, 0, 0, -room],
});
// What is held together cannot be broken at all: a heading longer than any form admits goes without.
const headingAtMost = 800;
const held = (headings: Content[], words: string) =>
  words.length > headingAtMost ? headings : [together(headings)];

const styles: TDocumentDefinitions['styles'] = {
  kicker: { fontSize: 10, color: '#444444' },
  title: { fontSize: 22, bold: true, margin: [0, 2, 0, 6] },
  chapter: { fontSize: 16, bold: true, margin: [0, 18, 0, 6] },
  article: { fontSize: 13, bold: true, margin: [0, 12, 0, 4] },
  label: { fontSize: 9, bold: true, color: '#444444', margin: [0, 4, 0, 1] },
  summary: { italics: true, margin: [0, 0, 0, 4] },
  text: { margin: [0, 0, 0, 4] },
  more: { fontSize: 9, margin: [0, 0, 0, 2] },
  foot: { fontSize: 7, color: '#444444' },
};
// Where a reference leads.
const anchor = (number: number) => `articulo-${number}`;

function definition(tree: Tree): TDocumentDefinitions {
  let anyLost = false;
  const say = (words: string) => {
    const found = shown(words);
    anyLost ||= found.lost;
    return found.words;
  };
  const heading = (words: string, style: 'chapter' | 'article', id?: string): Content => ({
    text: say(words),
    style,
    outline: true,
    ...(id ? { id } : {}),
  });
  const top = (article: Leaf) => heading(article.heading, 'article', anchor(article.number));
  /** A line of an article's text: a point hangs behind its letter, an article that is named is a link to it. */
  const spelled = ({ letter, runs }: Line): Content[] => {
    const style = 'text';
    const words = runs.flatMap(({ words, to }) =>
      to
        ? [{ text: words, linkToDestination: anchor(to.number), decoration: 'underline' as const }]
        : pieces(say(words)).map((text) => ({ text })),
    );
    const long = words.length > 1 && !runs.some(({ to }) => to);
    if (letter) {
      const body: Content = long
        ? { stack: words.map((text) => ({ ...text, style })) }
        : { text: words, style };
      return [
        {
          columns: [
            { text: letter, width: 20 },
            { ...body, width: '*' },
          ],
          style: 'point',
        },
      ];
    }
    return long ? words.map((text) => ({ ...text, style })) : [{ text: words, style }];
  };
  const parts = (article: Leaf): Content[] =>
    article.parts.flatMap(({ kind, label, lines, read }): Content[] => {
      const style = kind === 'summary' ? 'summary' : 'more';
      const said =
        read?.flatMap(spelled) ??
        lines.flatMap((line) => pieces(say(line)).map((text): Content => ({ text, style })));
      return label ? [...held([{ text: say(label), style: 'label' }], label), ...said] : said;
    });
  const body = tree.chapters.flatMap((chapter): Content[] => {
    const [first, ...others] = chapter.articles;
    const own = chapterHeading(chapter);
    const head = heading(own, 'chapter');
    if (!first) return [...held([head], own), { text: say(chapter.note ?? ''), style: 'text' }];
    return [
      ...held([head, top(first)], own + first.heading),
      ...parts(first),
      ...others.flatMap((article) => [...held([top(article)], article.heading), ...parts(article)]),
    ];
  });
  const head: Content[] = [
    { text: say(tree.kicker), style: 'kicker' },
    { text: say(tree.title), style: 'title' },
  ];
  const note: Content[] = anyLost
    ? [{ text: t('document.leaf.lost'), style: 'more', margin: [0, 0, 0, 6] }]
    : [];
  return {
    pageSize: 'A4',
    pageMargins: [56, 56, 56, 64],
    language: 'es-PE',
    displayTitle: true,
    // The moment is the version's own, so that the same version is the same bytes.
    info: {
      title: tree.title,
      creator: 'Frente Unido',
      producer: 'Frente Unido',
      creationDate: tree.frozenAt,
    },
    defaultStyle: { font: 'Roboto', fontSize: 11, lineHeight: 1.2, color: '#000000' },
    styles,
    content: [...head, ...note, ...body],
    footer: (page, pages) => ({
      margin: [56, 16, 56, 0],
      columns: [
        { text: `SHA-256 ${tree.sha256}`, style: 'foot', width: '*' },
        { text: t('document.leaf.page', { page, pages }), style: 'foot', width: 'auto' },
      ],
    }),
  };
}

/** A version as A4 in black and grey. The same version gives the same bytes. */
export async function pdfOf(tree: Tree): Promise<Uint8Array> {
  return pdfmake.createPdf(definition(tree)).getBuffer();
}
