import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { made } from '~/app/api/open/_leaves/made';
import { articles as demoArticles } from '~/db/demo/articles';
import { canonicalVersion } from '~/server/document/rules';
import { csvOf } from '~/server/document/rules/csv';
import { docxOf } from '~/server/document/rules/docx';
import { forms, isText, lightLeaf, type Order, sizeOf } from '~/server/document/rules/leaves';
import { pdfOf, shown } from '~/server/document/rules/pdf';
import { chapterHeading, type Tree, treeOf } from '~/server/document/rules/tree';
import { openDocx, openPdf } from '../support/files';
import { anyVersion, emiliasVersion } from '../support/leaves';

const emilia = emiliasVersion();
const tree = treeOf(emilia.canonical, emilia.sha256);
const treeFrom = (given: Parameters<typeof canonicalVersion>[0]) => {
  const { canonical, sha256 } = canonicalVersion(given);
  return treeOf(canonical, sha256);
};
const anyTree = anyVersion.map(treeFrom);

/** All that a version says, in its order. */
const wordsOf = (of: Tree): string[] => [
  of.kicker,
  of.title,
  ...of.chapters.flatMap((chapter) => [
    chapterHeading(chapter),
    ...(chapter.note ? [chapter.note] : []),
    ...chapter.articles.flatMap((article) => [
      article.heading,
      ...article.parts.flatMap(({ label, lines }) => (label ? [label, ...lines] : lines)),
    ]),
  ]),
];
const unspaced = (words: string[]) => words.join('').replace(/\s+/g, '');

describe('the file for a word processor', () => {
  it('says what the tree says, under real headings', async () => {
    const { paragraphs } = openDocx(await docxOf(tree));
    expect(paragraphs.map(({ words }) => words)).toEqual(wordsOf(tree));
    const under = (style: string) => paragraphs.filter((one) => one.style === style).map((one) => one.words);
    expect(under('Title')).toEqual(['Documento único de las bases']);
    expect(under('Heading1')).toEqual(['Capítulo 1. Agua', 'Capítulo 2. Salud', 'Capítulo 3. Dignidad']);
    expect(under('Heading2')).toEqual(['Artículo 1. Agua limpia', 'Artículo 2. Posta médica']);
    expect(under('Heading3')).toContain('Lo que dice la ley');
  });

  it('names nobody and no hour but the version’s own, and shows the seal on each page', async () => {
    const { file, names } = openDocx(await docxOf(tree));
    const core = file('docProps/core.xml');
    expect(core.match(/<(?:dc:creator|cp:lastModifiedBy)>([^<]*)/g)).toEqual([
      '<dc:creator>Frente Unido',
      '<cp:lastModifiedBy>Frente Unido',
    ]);
    expect(core.match(/\d{4}-\d\d-\d\dT[^<]*/g)).toEqual(Array(2).fill('2026-11-23T15:00:00.000Z'));
    const foot = names.filter((name) => /word\/footer\d+\.xml$/.test(name)).map(file);
    expect(foot).toHaveLength(1);
    expect(foot[0]).toContain(emilia.sha256);
  });

  it('is the same bytes each time it is made', async () => {
    expect(Buffer.from(await docxOf(tree)).equals(Buffer.from(await docxOf(tree)))).toBe(true);
  });

  it('keeps every word, whatever was frozen', async () => {
    await fc.assert(
      fc.asyncProperty(anyTree, async (any) => {
        const { paragraphs } = openDocx(await docxOf(any));
        expect(paragraphs.map(({ words }) => words)).toEqual(wordsOf(any));
      }),
      { numRuns: 30 },
    );
  });
});

describe('an article that names another', () => {
  const text = 'Vale:\n- el agua;\n- el artículo 2.';
  const references = [
    { article: emilia.articles[1]!.id, number: 2, at: [...text].length - [...'artículo 2.'].length },
  ];
  const { canonical, sha256 } = emiliasVersion({ text, references });
  const naming = treeOf(canonical, sha256);

  it('leads there in the file for a word processor', async () => {
    const { file } = openDocx(await docxOf(naming));
    const body = file('word/document.xml');
    expect(body).toMatch(/<w:bookmarkStart[^>]*w:name="articulo_2"/);
    expect(body).toMatch(/<w:hyperlink[^>]*w:anchor="articulo_2"[^>]*>.*?artículo 2.*?<\/w:hyperlink>/s);
  });

  it('leads there on the paper that is read on a screen, with its points lettered', async () => {
    const bytes = await pdfOf(naming);
    expect(Buffer.from(bytes).toString('latin1')).toMatch(/articulo-2/);
    const { pages } = await openPdf(bytes);
    expect(unspaced(pages.flatMap(({ pieces }) => pieces.map(({ words }) => words)))).toContain(
      unspaced(['Vale: a) el agua; b) el artículo 2.']),
    );
  });
});

describe('the paper', () => {
  const text = (pages: Awaited<ReturnType<typeof openPdf>>['pages']) =>
    pages.flatMap(({ pieces }) => pieces.filter(({ y }) => y > 60).map(({ words }) => words));

  it('says what the tree says, on A4, with the seal and the page at the foot of each', async () => {
    const { pages } = await openPdf(await pdfOf(tree));
    expect(unspaced(text(pages))).toBe(unspaced(wordsOf(tree)));
    pages.forEach(({ view, pieces }, i) => {
      expect(view.map(Math.round)).toEqual([0, 0, 595, 842]);
      const foot = unspaced(pieces.filter(({ y }) => y <= 60).map(({ words }) => words));
      expect(foot).toBe(unspaced([`SHA-256 ${emilia.sha256} Página ${i + 1} de ${pages.length}`]));
    });
  });

  it('says of itself the forum, the title and the version’s moment, and nobody', async () => {
    const { info } = await openPdf(await pdfOf(tree));
    expect(info).toMatchObject({ Title: tree.title, Creator: 'Frente Unido', Producer: 'Frente Unido' });
    expect(info.Author).toBeUndefined();
    expect(info.CreationDate).toMatch(/^D:20261123150000/);
  });

  it('is the same bytes each time it is made', async () => {
    expect(Buffer.from(await pdfOf(tree)).equals(Buffer.from(await pdfOf(tree)))).toBe(true);
  });

  it('has no colour but grey', async () => {
    const bytes = Buffer.from(await pdfOf(tree));
    const painted: string[][] = [];
    for (let at = bytes.indexOf('stream\n'); at !== -1; at = bytes.indexOf('stream\n', at + 7)) {
      let inside = '';
      try {
        inside = inflateSync(bytes.subarray(at + 7)).toString('latin1');
      } catch {
        continue;
      }
      for (const [, colour] of inside.matchAll(/^([\d. ]+) (?:rg|RG|scn|SCN)$/gm))
        painted.push(colour!.split(' '));
    }
    expect(painted.length).toBeGreaterThan(0);
    for (const colour of painted) expect(new Set(colour).size).toBe(1);
  });

  it('ends no page with a heading, wherever the words break', async () => {
    const base = {
      areas: ['agua'],
      law: 'Una ley.',
      reality: 'Otra cosa.',
      addressees: ['ana'],
      library: [],
    };
    const rest = { genderCheck: 'A ellas primero.', genderWaived: false, territory: false, concernIds: [] };
    const chapters = Array.from({ length: 12 }, (_, i) => ({ area: `a${i}`, title: `Área ${i}` }));
    const long = treeFrom({
      number: 1,
      title: 'Largo',
      frozenAt: new Date('2026-11-23T15:00:00Z'),
      previous: null,
      chapters,
      articles: Array.from({ length: 120 }, (_, i) => ({
        ...base,
        ...rest,
        id: `3f1c9a52-7a5e-4f0e-9a62-${String(i).padStart(12, '0')}`,
        number: i + 1,
        area: `a${Math.floor(i / 10)}`,
        title: `Artículo sobre ${i}`,
        summary: i % 3 ? 'Una línea.' : '',
        text: Array(1 + ((i * 7) % 11))
          .fill('Toda persona que trabaja en la mina tiene agua limpia.')
          .join(i % 2 ? '\n' : ' '),
      })),
    });
    const { pages } = await openPdf(await pdfOf(long));
    expect(pages.length).toBeGreaterThan(20);
    expect(unspaced(text(pages))).toBe(unspaced(wordsOf(long)));
    const labels = new Set(
      long.chapters.flatMap(({ articles }) =>
        articles.flatMap(({ parts }) => parts.flatMap(({ label }) => label ?? [])),
      ),
    );
    for (const { pieces } of pages) {
      const body = pieces.filter(({ y }) => y > 60);
      const lowest = Math.min(...body.map(({ y }) => y));
      const last = body.filter(({ y }) => y === lowest);
      expect(last.map(({ size }) => size).filter((size) => size > 11)).toEqual([]);
      expect(
        labels.has(
          last
            .map(({ words }) => words)
            .join('')
            .trim(),
        ),
      ).toBe(false);
    }
  });

  it('shows a mark for a letter that it lacks, and says so; other letters stay', () => {
    expect(shown('Ñandú, Ch’aska — «así»')).toEqual({ words: 'Ñandú, Ch’aska — «así»', lost: false });
    expect(shown('pico ⛏️, 👩🏽‍🏭 y 中')).toEqual({ words: 'pico \uFFFD, \uFFFD y \uFFFD', lost: true });
  });

  it('keeps every word that its letters can show, whatever was frozen', async () => {
    await fc.assert(
      fc.asyncProperty(anyTree, async (any) => {
        const { pages } = await openPdf(await pdfOf(any));
        // A reader puts letters that stand on others, and those that show nothing, where it will.
        const letters = (words: string[]) =>
          unspaced(words)
            .normalize('NFKC')
            .match(/[A-Za-zñáéíóú\d]/g)
            ?.join('');
        const [kicker, title, ...others] = wordsOf(any).map((line) => shown(line).words);
        const said = letters(text(pages));
        const note = 'Algunasletrasodibujosnoestánenlaletradeestepapelysevencomo';
        expect(said).toContain(letters([kicker!, title!]));
        expect(said?.endsWith(letters(others)!)).toBe(true);
        expect(said?.includes(note)).toBe(wordsOf(any).some((line) => shown(line).lost));
      }),
      { numRuns: 20 },
    );
  });

  it('holds an article of fifty thousand words in one paragraph, and one without a blank', async () => {
    const { canonical, sha256 } = emiliasVersion({
      text: `${Array(50_000).fill('palabra').join(' ')}\n${'x'.repeat(20_000)}`,
    });
    const long = treeOf(canonical, sha256);
    const { pages } = await openPdf(await pdfOf(long));
    expect(unspaced(text(pages))).toBe(unspaced(wordsOf(long)));
    const { paragraphs } = openDocx(await docxOf(long));
    expect(paragraphs.map(({ words }) => words)).toEqual(wordsOf(long));
  });
});

describe('a form that takes long to make', () => {
  const seal = (letter: string) => letter.repeat(64);

  it('is made in a thread of its own, and is what the tree gives', async () => {
    const paper = await made('pdf', emilia.canonical, emilia.sha256);
    expect(Buffer.from(paper).equals(Buffer.from(await pdfOf(tree)))).toBe(true);
    const file = await made('docx', emilia.canonical, emilia.sha256);
    expect(Buffer.from(file).equals(Buffer.from(await docxOf(tree)))).toBe(true);
    const table = await made('csv', emilia.canonical, emilia.sha256);
    expect(Buffer.from(table).toString()).toBe(csvOf(tree));
  });

  it('is made once for all who ask, one at a time, and the oldest goes where there is no more room', async () => {
    const orders: string[] = [];
    let running = 0;
    const make = async ({ sha256 }: Order) => {
      orders.push(sha256[0]!);
      expect(++running).toBe(1);
      await new Promise((go) => setImmediate(go));
      running--;
      return new Uint8Array(400);
    };
    const ask = (letter: string) => made('pdf', '{}', seal(letter), { make, atMost: 1000 });
    const [a, again] = await Promise.all([ask('1'), ask('1'), ask('2')]);
    expect(a).toBe(again);
    expect(orders).toEqual(['1', '2']);
    await ask('1');
    await ask('3');
    expect(orders).toEqual(['1', '2', '3']);
    // «1» was asked for after «2».
    await ask('1');
    expect(orders).toEqual(['1', '2', '3']);
    await ask('2');
    expect(orders).toEqual(['1', '2', '3', '2']);
  });

  it('is made anew where it failed, and what waits behind it is made', async () => {
    let times = 0;
    const make = async () => {
      if (times++ === 0) throw new Error('no');
      return new Uint8Array(1);
    };
    const first = made('docx', '{}', seal('4'), { make });
    const behind = made('docx', '{}', seal('5'), { make });
    await expect(first).rejects.toThrow('no');
    expect((await behind).length).toBe(1);
    expect((await made('docx', '{}', seal('4'), { make })).length).toBe(1);
  });
});

describe('what a form is said to weigh', () => {
  // The demo's own prose, turned around anew for each paragraph: what is said over and over packs too well.
  const prose = demoArticles
    .map((article) => article.text)
    .join(' ')
    .split(/\s+/);
  let at = 0;
  const paragraph = () =>
    Array.from({ length: 80 }, () => {
      at = (at * 7 + 13) % 1_000_003;
      return prose[at % prose.length];
    }).join(' ');

  it.each([
    ['short', 30, 1],
    ['long articles', 12, 20],
    ['many articles', 150, 1],
  ])('is about what it weighs: %s', async (_name, n, paragraphs) => {
    const articles = Array.from({ length: n }, (_, i) => ({
      ...JSON.parse(emilia.canonical).chapters[0].articles[0],
      id: `3f1c9a52-7a5e-4f0e-9a62-${String(i).padStart(12, '0')}`,
      number: i + 1,
      area: 'agua',
      text: Array.from({ length: paragraphs }, paragraph).join('\n'),
      genderCheck: 'A las pallaqueras y cocineras les toca primero.',
      genderWaived: false,
      concernIds: [],
    }));
    const chapters = [{ area: 'agua', title: 'Agua' }];
    const head = { number: 1, title: 'Largo', frozenAt: new Date('2026-11-23T15:00:00Z'), previous: null };
    const { canonical, sha256 } = canonicalVersion({ ...head, chapters, articles });
    const tree = treeOf(canonical, sha256);
    const bytes = Buffer.byteLength(canonical);
    for (const form of Object.keys(forms) as (keyof typeof forms)[]) {
      const whole = isText(form)
        ? Buffer.from(lightLeaf(form, canonical, sha256))
        : await (form === 'pdf' ? pdfOf(tree) : docxOf(tree));
      const told = sizeOf(form, { bytes, articles: n }) / whole.length;
      expect([form, told > 0.6 && told < 1.7, told]).toEqual([form, true, told]);
    }
  });
});
