import { type Branch, type Leaf, said, type Tree } from './tree';

// A table program takes a cell that begins so for a formula and runs it. The mark that is put before it is put
// before a cell that begins with the mark, too: who reads the file takes one away and has the words again.
const active = /^[=+\-@\t\r＝＋－＠']/;
const safe = (words: string) => (active.test(words) ? `'${words}` : words);
const cell = (words: string) => `"${safe(words).replaceAll('"', '""')}"`;
export const row = (cells: string[]) => `${cells.map(cell).join(',')}\r\n`;
const yes = (flag: boolean) => (flag ? 'sí' : 'no');

type Column = [name: string, value: (article: Leaf, chapter: Branch, tree: Tree) => string];
const lines = (kind: Parameters<typeof said>[1]) => (article: Leaf) => said(article, kind).join('\n');
const columns: Column[] = [
  ['version', (_a, _c, tree) => String(tree.number)],
  ['sello_version', (_a, _c, tree) => tree.sha256],
  ['capitulo', (_a, chapter) => String(chapter.number)],
  ['titulo_capitulo', (_a, chapter) => chapter.title],
  ['articulo', (article) => String(article.number)],
  ['id', (article) => article.id],
  ['titulo', (article) => article.title],
  ['resumen', lines('summary')],
  ['texto', lines('text')],
  ['ley', lines('law')],
  ['lo_que_pasa', lines('reality')],
  ['dirigido_a', lines('addressees')],
  ['areas', lines('areas')],
  ['mujeres_mineras', lines('gender')],
  ['sin_revision_de_genero', (article) => yes(article.genderWaived)],
  ['territorio_indigena', (article) => yes(article.territory)],
  ['leyes_y_guias', lines('library')],
  ['planteamientos', (article) => String(article.concerns)],
  ['sello_articulo', (article) => article.sha256],
];

/** A version as a table (RFC 4180, UTF-8 with its mark): one row an article. */
export const csvOf = (tree: Tree): string =>
  `\uFEFF${row(columns.map(([name]) => name))}${tree.chapters
    .flatMap((chapter) =>
      chapter.articles.map((article) => row(columns.map(([, value]) => value(article, chapter, tree)))),
    )
    .join('')}`;
