import { describe, expect, it, vi } from 'vitest';
import { docxOf } from '~/server/document/rules/docx';
import { said, treeOf } from '~/server/document/rules/tree';
import { readDocx } from '~/server/drafts/rules/docx';
import { wordsOf } from '~/server/drafts/rules/lines';
import { emiliasVersion } from '../support/leaves';
import { convertedByWord, wordHere } from '../support/word';

vi.setConfig({ testTimeout: 180_000 });
const text = 'Vale:\n- el agua de la quebrada;\n- el artículo 2.\nÑandú, Ch’aska y «así».';
const references = [
  { article: '3f1c9a52-7a5e-4f0e-9a62-0d0c5b0f1a22', number: 2, at: text.indexOf('artículo 2') },
];
const { canonical, sha256 } = emiliasVersion({ text, references });
const tree = treeOf(canonical, sha256);
const articles = tree.chapters.flatMap((chapter) => chapter.articles);
const everything = articles.flatMap((article) => [
  article.heading,
  ...article.parts.flatMap((part) => part.lines),
]);

describe.skipIf(!wordHere())('the file for a word processor', () => {
  it('opens in LibreOffice, and every word survives as text', async () => {
    const words = convertedByWord(await docxOf(tree), 'txt:Text (encoded):UTF8').toString('utf8');
    for (const line of everything) expect(words).toContain(line);
    expect(words.indexOf('Capítulo 1')).toBeLessThan(words.indexOf('Capítulo 2'));
  });

  it('saved again by LibreOffice, comes back as a draft with its headings', async () => {
    const lines = readDocx(convertedByWord(await docxOf(tree), 'docx'));
    const words = lines.map(wordsOf);
    for (const line of said(articles[0]!, 'text')) expect(words).toContain(line);
    const headings = lines.filter(({ block }) => block === 'heading').map(wordsOf);
    expect(headings).toEqual(expect.arrayContaining(['Capítulo 1. Agua', 'Artículo 1. Agua limpia']));
  });
});
