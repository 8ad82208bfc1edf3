import {
  AlignmentType,
  Bookmark,
  Document,
  Footer,
  HeadingLevel,
  InternalHyperlink,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Line } from './points';
import { chapterHeading, type Leaf, type Tree } from './tree';

const forum = 'Frente Unido';

// Sizes are half points, distances twentieths of a point.
const heading = (size: number, before: number) => ({
  run: { size, bold: true, color: '000000', font: 'Arial' },
  paragraph: { spacing: { before, after: 80 }, keepNext: true, keepLines: true },
});
const own = (id: string, name: string, run: object, paragraph: object = {}) => ({
  id,
  name,
  basedOn: 'Normal',
  run,
  paragraph,
});
const styles = {
  default: {
    document: {
      run: { font: 'Arial', size: 22, language: { value: 'es-PE' } },
      paragraph: { spacing: { after: 80 } },
    },
    title: heading(44, 0),
    heading1: heading(32, 360),
    heading2: heading(26, 240),
    heading3: heading(18, 80),
  },
  paragraphStyles: [
    own('Resumen', 'Resumen', { italics: true }),
    own('Datos', 'Datos', { size: 18 }),
    own('Sello', 'Sello', { size: 14, color: '444444' }),
  ],
};

const said = (words: string, style?: string) => new Paragraph({ text: words, style });
const titled = (words: string, level: (typeof HeadingLevel)[keyof typeof HeadingLevel]) =>
  new Paragraph({ text: words, heading: level });

// Word wants names that begin with a letter and hold no dash.
const anchor = (number: number) => `articulo_${number}`;

/** A line of an article's text: a point hangs behind its letter, an article that is named is a link to it. */
const spelled = ({ letter, runs }: Line) =>
  new Paragraph({
    ...(letter ? { indent: { left: 425, hanging: 425 } } : {}),
    children: [
      ...(letter ? [new TextRun(`${letter} `)] : []),
      ...runs.map(({ words, to }) => {
        const run = new TextRun({ text: words, ...(to ? { underline: {} } : {}) });
        return to ? new InternalHyperlink({ anchor: anchor(to.number), children: [run] }) : run;
      }),
    ],
  });

const article = (leaf: Leaf): Paragraph[] => [
  new Paragraph({
    heading: HeadingLevel.HEADING_2,
    children: [new Bookmark({ id: anchor(leaf.number), children: [new TextRun(leaf.heading)] })],
  }),
  ...leaf.parts.flatMap(({ kind, label, lines, read }) => [
    ...(label ? [titled(label, HeadingLevel.HEADING_3)] : []),
    ...(read?.map(spelled) ?? lines.map((line) => said(line, kind === 'summary' ? 'Resumen' : 'Datos'))),
  ]),
];

function documentOf(tree: Tree): Document {
  const foot = new Paragraph({
    style: 'Sello',
    alignment: AlignmentType.LEFT,
    children: [
      new TextRun(`SHA-256 ${tree.sha256} · `),
      new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] }),
    ],
  });
  const page = {
    size: { width: 11906, height: 16838 },
    margin: { top: 1134, right: 1134, bottom: 1134, left: 1134 },
  };
  return new Document({
    title: tree.title,
    description: tree.kicker,
    creator: forum,
    lastModifiedBy: forum,
    styles,
    sections: [
      {
        properties: { page },
        footers: { default: new Footer({ children: [foot] }) },
        children: [
          said(tree.kicker, 'Datos'),
          titled(tree.title, HeadingLevel.TITLE),
          ...tree.chapters.flatMap((chapter) => [
            titled(chapterHeading(chapter), HeadingLevel.HEADING_1),
            ...(chapter.note ? [said(chapter.note)] : chapter.articles.flatMap(article)),
          ]),
        ],
      },
    ],
  });
}

const moment = /(<dcterms:(?:created|modified)[^>]*>)[^<]*/g;

/** A version for a word processor, with real headings. The same version gives the same bytes. */
export async function docxOf(tree: Tree): Promise<Uint8Array> {
  const files = unzipSync(await Packer.toBuffer(documentOf(tree)));
  // The library writes when the file was made; what is true of every copy is when the version was frozen.
  const core = strFromU8(files['docProps/core.xml']!).replace(moment, `$1${tree.frozenAt.toISOString()}`);
  files['docProps/core.xml'] = strToU8(core);
  // It counts bookmarks through the life of the process; here they are counted through the file.
  let [begun, ended] = [0, 0];
  const body = strFromU8(files['word/document.xml']!).replace(
    /(<w:bookmark(Start|End)\b[^>]*?w:id=")\d+/g,
    (_all, head: string, which: string) => `${head}${which === 'Start' ? ++begun : ++ended}`,
  );
  files['word/document.xml'] = strToU8(body);
  // A day of the zip's own calendar, which knows no hour of the world.
  return zipSync(files, { mtime: new Date(1980, 0, 1), level: 6 });
}
