import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { canonicalVersion } from '~/server/document/rules';
import { aknOf } from '~/server/document/rules/akn';
import { csvOf } from '~/server/document/rules/csv';
import { sayLine } from '~/server/document/rules/points';
import { type Part, said, type Tree, treeOf } from '~/server/document/rules/tree';
import { unescaped } from '../support/files';
import { anyVersion, emiliasVersion } from '../support/leaves';

const emilia = emiliasVersion();
const tree = treeOf(emilia.canonical, emilia.sha256);
const articles = (of: Tree) => of.chapters.flatMap((chapter) => chapter.articles);
const anyTree = anyVersion.map((given) => {
  const { canonical, sha256 } = canonicalVersion(given);
  return treeOf(canonical, sha256);
});
// What no form may carry on: controls, marks that turn a line around, what XML has no word for.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const tricks = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/;

describe('the tree', () => {
  it('says what Emilia froze, in her order, with the names that people use', () => {
    expect(tree).toMatchObject({
      number: 2,
      title: 'Documento único de las bases',
      kicker: 'Versión 2 · lunes, 23 de noviembre de 2026',
      sha256: emilia.sha256,
      chapters: [
        { title: 'Agua', note: null, articles: [{ heading: 'Artículo 1. Agua limpia' }] },
        { title: 'Salud', note: null, articles: [{ heading: 'Artículo 2. Posta médica' }] },
        { title: 'Dignidad', note: 'Sin artículos.', articles: [] },
      ],
    });
    const [first, second] = articles(tree);
    expect(said(first!, 'text')).toEqual([
      'Hay un punto de agua limpia cerca de cada campamento.',
      'Su uso no se cobra.',
    ]);
    expect(said(first!, 'addressees')[0]).toMatch(/Autoridad Nacional del Agua/);
    expect(first!.parts.map((part) => part.kind)).toContain('territory');
    expect(second!.parts.find((part) => part.kind === 'gender')!.label).toMatch(/Sin revisión de género/);
    expect(second!.parts.map((part) => part.kind)).not.toContain('territory');
  });

  it('names nobody: of concerns it has the number alone', () => {
    const whole = JSON.stringify(tree);
    expect(whole).not.toContain('0b8a7e7e');
    expect(articles(tree)[0]!.concerns).toBe(1);
  });

  it('holds no letter that hides something, whatever was frozen', () => {
    fc.assert(
      fc.property(anyTree, (any) => {
        for (const article of articles(any))
          for (const line of [article.title, ...article.parts.flatMap((part) => part.lines)]) {
            expect(line).not.toMatch(tricks);
            expect(line).not.toMatch(/\p{Surrogate}/u);
          }
      }),
    );
  });
});

describe('the table', () => {
  const read = (csv: string): Record<string, string>[] =>
    parse(csv, { columns: true, bom: true, record_delimiter: '\r\n' });
  const plain = (cell: string) => cell.replace(/^'/, '');

  it('begins with the mark that table programs ask for, and has one row an article', () => {
    const csv = csvOf(tree);
    expect(csv.startsWith('\uFEFF"version",')).toBe(true);
    expect(read(csv)).toMatchObject([
      {
        version: '2',
        sello_version: emilia.sha256,
        titulo_capitulo: 'Agua',
        articulo: '1',
        titulo: 'Agua limpia',
        texto: 'Hay un punto de agua limpia cerca de cada campamento.\nSu uso no se cobra.',
        territorio_indigena: 'sí',
        planteamientos: '1',
        sello_articulo: emilia.articles[0]!.sha256,
      },
      { articulo: '2', sin_revision_de_genero: 'sí', territorio_indigena: 'no' },
    ]);
  });

  it.each(['=HYPERLINK("http://x")', '+1', '-2', '@SUM(A1)', '＝1+1', "'=1"])(
    'runs nothing: «%s» is words, and can be had back',
    (words) => {
      const { canonical, sha256 } = emiliasVersion({ title: words, text: `${words}\n\tY más.` });
      const [row] = read(csvOf(treeOf(canonical, sha256)));
      expect(row!.titulo).toBe(`'${words}`);
      expect(plain(row!.texto!)).toBe(`${words}\nY más.`);
    },
  );

  it('gives back the words of the tree, whatever they are, and no cell is a formula', () => {
    fc.assert(
      fc.property(anyTree, (any) => {
        const rows = read(csvOf(any));
        expect(rows.map((row) => plain(row.texto!))).toEqual(
          articles(any).map((article) => said(article, 'text').join('\n')),
        );
        expect(rows.map((row) => plain(row.titulo!))).toEqual(articles(any).map(({ title }) => title));
        for (const row of rows)
          for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
      }),
    );
  });
});

describe('Akoma Ntoso', () => {
  const schema = ['akomantoso30.xsd', 'xml.xsd'].map((fileName) => ({
    fileName,
    contents: readFileSync(`tests/data/${fileName}`, 'utf8'),
  }));
  const check = (...contents: string[]) =>
    validateXML({
      xml: contents.map((one, i) => ({ fileName: `documento-${i}.xml`, contents: one })),
      schema: [schema[0]!],
      preload: [schema[1]!],
    });
  it('holds to the official schema, and the schema is one that refuses', async () => {
    const xml = aknOf(tree);
    expect((await check(xml)).errors).toEqual([]);
    expect((await check(xml.replace('<body>', '<cuerpo>').replace('</body>', '</cuerpo>'))).valid).toBe(
      false,
    );
    expect((await check(xml.replace(/<FRBRcountry[^>]*>/, ''))).valid).toBe(false);
  });

  it('says who made it by the assembly’s name alone, and carries every seal', () => {
    const xml = aknOf(tree);
    expect(xml.match(/TLC[A-Z][a-z]+/g)).toEqual(['TLCOrganization']);
    for (const seal of [emilia.sha256, ...emilia.articles.map((article) => article.sha256)])
      expect(xml).toContain(`sha256="${seal}"`);
  });

  it('holds to it with whatever was frozen', async () => {
    const contents = fc.sample(anyTree, 60).map(aknOf);
    const { errors } = await check(...contents);
    expect(errors.map(({ rawMessage }) => [rawMessage, contents])).toEqual([]);
  });

  it('holds to it with points and with articles that are named', async () => {
    const text = 'Vale:\n- el agua;\n- el artículo 2.\nY nada más.';
    const references = [{ article: emilia.articles[1]!.id, number: 2, at: text.indexOf('artículo 2') }];
    const { canonical, sha256 } = emiliasVersion({ text, references });
    const xml = aknOf(treeOf(canonical, sha256));
    expect((await check(xml)).errors).toEqual([]);
    expect(xml).toContain('href="#art_2"');
    expect(xml).toContain('<article eId="art_2"');
  });

  it('says the same words as the tree', () => {
    // The letter of a point stands in an element of its own.
    const bare = ({ read, lines }: Part) => read?.map((line) => sayLine({ ...line, letter: null })) ?? lines;
    fc.assert(
      fc.property(anyTree, (any) => {
        const said = [...aknOf(any).matchAll(/<p>([^<]*)<\/p>/g)].map(([, words]) => unescaped(words!));
        expect(said.slice(1)).toEqual(
          any.chapters.flatMap((chapter) =>
            chapter.note
              ? [chapter.note]
              : chapter.articles.flatMap((article) => article.parts.flatMap(bare)),
          ),
        );
      }),
    );
  });
});
