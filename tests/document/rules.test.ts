import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonical,
  canonicalVersion,
  contentOf,
  hashOf,
  holds,
  lacksOf,
  numbered,
  orderWith,
  says,
  type VersionWording,
} from '~/server/document/rules';

const chapterAreas = ['mercurio-y-ambiente', 'agua', 'salud', 'reconocimiento'];
const slugs = fc.uniqueArray(fc.constantFrom('minem', 'sunafil', 'ana', 'mimp', 'ajam'), { maxLength: 5 });
const words = fc.string({ unit: 'grapheme', maxLength: 60 });
const wording = fc.record({
  id: fc.uuid(),
  area: fc.constantFrom(...chapterAreas),
  title: words,
  summary: words,
  text: words,
  areas: fc.uniqueArray(fc.constantFrom(...chapterAreas), { minLength: 1 }),
  law: words,
  reality: words,
  addressees: slugs,
  library: slugs,
  genderCheck: words,
  genderWaived: fc.boolean(),
  territory: fc.boolean(),
  concernIds: fc.uniqueArray(fc.uuid(), { maxLength: 4 }),
});
const version: fc.Arbitrary<VersionWording> = fc
  .record({
    number: fc.integer({ min: 1, max: 99 }),
    title: words,
    frozenAt: fc.date({ noInvalidDate: true, min: new Date('2026-01-01'), max: new Date('2030-01-01') }),
    previous: fc.constantFrom(null, hashOf('before')),
    articles: fc.uniqueArray(wording, { selector: (article) => article.id, minLength: 1, maxLength: 6 }),
  })
  .map((given) => ({
    ...given,
    chapters: chapterAreas.map((area) => ({ area, title: area })),
    articles: given.articles.map((article, i) => ({ ...article, number: i + 1 })),
  }));

const turned = <T>(items: readonly T[]): T[] => [...items].reverse();
const keysTurned = <T extends object>(value: T): T => Object.fromEntries(turned(Object.entries(value))) as T;

describe('the canonical text of a version', () => {
  it('does not depend on the order of keys, of rows or of the members of a set', () => {
    fc.assert(
      fc.property(version, (given) => {
        const other = keysTurned({
          ...given,
          articles: turned(given.articles).map((article) =>
            keysTurned({
              ...article,
              areas: turned(article.areas),
              addressees: turned(article.addressees),
              library: turned(article.library),
              concernIds: turned(article.concernIds),
            }),
          ),
        });
        expect(canonicalVersion(other)).toMatchObject({ canonical: canonicalVersion(given).canonical });
      }),
    );
  });

  it('has another hash as soon as one letter is another, and so has the article', () => {
    fc.assert(
      fc.property(
        version,
        fc.constantFrom('title', 'summary', 'text', 'law', 'reality', 'genderCheck'),
        fc.nat(),
        (given, field, where) => {
          const [first] = given.articles;
          const old = first![field as 'text'];
          const at = where % (old.length + 1);
          const changed = { ...first!, [field]: `${old.slice(0, at)}x${old.slice(at)}` };
          const [before, after] = [
            canonicalVersion(given),
            canonicalVersion({ ...given, articles: [changed, ...given.articles.slice(1)] }),
          ];
          expect(after.sha256).not.toBe(before.sha256);
          const sealOf = (made: typeof before) => made.articles.find(({ id }) => id === first!.id)!.sha256;
          expect(sealOf(after)).not.toBe(sealOf(before));
        },
      ),
    );
  });

  it('holds against its hash, and no longer when one byte of the published file is another', () => {
    fc.assert(
      fc.property(version, fc.nat(), (given, where) => {
        const made = canonicalVersion(given);
        expect(holds(made.canonical, made.sha256)).toBe(true);
        const at = where % made.canonical.length;
        const letter = made.canonical[at] === 'a' ? 'b' : 'a';
        const forged = made.canonical.slice(0, at) + letter + made.canonical.slice(at + 1);
        expect(holds(forged, made.sha256)).toBe(false);
      }),
    );
  });

  it('notices an article whose own hash was not made anew, even where the whole was hashed again', () => {
    const made = canonicalVersion(story);
    const forged = made.canonical.replace('oficios mineros', 'oficios menores');
    expect(forged).not.toBe(made.canonical);
    expect(holds(forged, hashOf(forged))).toBe(false);
  });

  it('notices a file that says the same in another form', () => {
    const made = canonicalVersion(story);
    const pretty = JSON.stringify(JSON.parse(made.canonical), null, 2);
    expect(holds(pretty, hashOf(pretty))).toBe(false);
  });

  it('is the same whether an accent was typed as one letter or as two', () => {
    const composed = canonicalVersion({ ...story, title: 'Minería' });
    const decomposed = canonicalVersion({ ...story, title: 'Minería'.normalize('NFD') });
    expect(decomposed.canonical).toBe(composed.canonical);
  });

  it('says of a chapter without articles that it has none', () => {
    const read = JSON.parse(canonicalVersion(story).canonical);
    expect(read.chapters.map((chapter: { note?: string }) => chapter.note)).toEqual([
      'sin artículos',
      undefined,
    ]);
    expect(read.chapters[0]).toMatchObject({ number: 1, area: 'agua', articles: [] });
  });

  it('names the version before, so that none can be slipped in between', () => {
    const after = canonicalVersion({ ...story, previous: hashOf('another past') });
    expect(after.sha256).not.toBe(canonicalVersion(story).sha256);
  });

  it('can be recomputed with nothing but SHA-256 over the bytes', () => {
    const made = canonicalVersion(story);
    const hash = createHash('sha256').update(Buffer.from(made.canonical, 'utf8')).digest('hex');
    expect(made.sha256).toBe(hash);
    expect(made.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('tells two versions with the same content from two that differ', () => {
    const [one, later] = [
      canonicalVersion(story),
      canonicalVersion({ ...story, number: 2, frozenAt: new Date('2027-01-01') }),
    ];
    expect(later.sha256).not.toBe(one.sha256);
    expect(contentOf(later.canonical)).toBe(contentOf(one.canonical));
    const moved = canonicalVersion({ ...story, title: 'Otro título' });
    expect(contentOf(moved.canonical)).not.toBe(contentOf(one.canonical));
  });

  it('writes keys in order and numbers plainly, as RFC 8785 asks', () => {
    expect(canonical({ b: [1e21, 0.1, -0], a: 'é\n', '\u20ac': true, '\r': null })).toBe(
      '{"\\r":null,"a":"é\\n","b":[1e+21,0.1,0],"€":true}',
    );
  });

  it('never leaves half a character in the text', () => {
    expect(canonical({ cut: '\ud83d' })).toBe('{"cut":"\uFFFD"}');
  });
});

const story: VersionWording = {
  number: 1,
  title: 'Documento único',
  frozenAt: new Date('2026-11-23T15:00:00Z'),
  previous: null,
  chapters: [
    { area: 'agua', title: 'Agua' },
    { area: 'reconocimiento', title: 'Reconocimiento' },
  ],
  articles: [
    {
      id: '5b1f3f0e-2f0a-4b4e-9a53-1f7f3a4f2b11',
      number: 1,
      area: 'reconocimiento',
      title: 'Reconocimiento',
      summary: 'El pallaqueo es un oficio minero.',
      text: 'El pallaqueo y el trabajo de las palliris son oficios mineros.',
      areas: ['reconocimiento', 'derechos-laborales'],
      law: '',
      reality: '',
      addressees: ['minem'],
      library: [],
      genderCheck: 'Trata del trabajo de las pallaqueras.',
      genderWaived: false,
      territory: false,
      concernIds: [],
    },
  ],
};

describe('numbers', () => {
  const chapters = [
    { id: 'salud', position: 3 },
    { id: 'agua', position: 2 },
  ];
  it('run through the whole document: chapters by place, articles by place', () => {
    const rows = [
      { id: 'c', chapterId: 'salud', position: 1 },
      { id: 'b', chapterId: 'agua', position: 2 },
      { id: 'a', chapterId: 'agua', position: 1 },
    ];
    expect(numbered(chapters, rows).map(({ id, number }) => [id, number])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
  });
  it('are without gaps and the same for any order in which rows were read', () => {
    const rows = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        chapterId: fc.constantFrom('salud', 'agua'),
        position: fc.integer({ min: 1, max: 3 }),
      }),
      { selector: (row) => row.id },
    );
    fc.assert(
      fc.property(rows, (given) => {
        const result = numbered(chapters, given);
        expect(result.map(({ number }) => number)).toEqual(given.map((_, i) => i + 1));
        expect(numbered(chapters, turned(given))).toEqual(result);
      }),
    );
  });
});

describe('the place of an article', () => {
  it.each([
    ['first', null, ['m', 'a', 'b']],
    ['after a', 'a', ['a', 'm', 'b']],
    ['last', 'b', ['a', 'b', 'm']],
  ])('moved to %s', (_name, after, expected) => {
    expect(orderWith(['a', 'b', 'm'], 'm', after)).toEqual(expected);
    expect(orderWith(['a', 'b'], 'm', after)).toEqual(expected);
  });
  it('is refused after an article that is not there, or after itself', () => {
    expect(orderWith(['a', 'b'], 'm', 'z')).toBeNull();
    expect(orderWith(['a', 'm'], 'm', 'm')).toBeNull();
  });
});

describe('a passage of a draft', () => {
  it('is found whatever the line ends and spaces', () => {
    expect(says('Lavamos con agua\nde la mina.  Se nos parte la piel.', 'agua de la mina. Se nos')).toBe(
      true,
    );
  });
  it('is not found when a word was put in', () => {
    expect(says('Lavamos con agua de la mina.', 'Lavamos con agua limpia de la mina.')).toBe(false);
  });
});

describe('what an article lacks', () => {
  const whole = {
    text: 'Hay un padrón.',
    summary: 'Un padrón de quienes pallaquean.',
    genderCheck: 'Nombra a las pallaqueras.',
    addressees: ['minem'],
    broken: 0,
  };
  const bare = { text: '', summary: ' ', genderCheck: '', addressees: [], broken: 0 };
  it.each([
    ['nothing', whole, []],
    ['a text', { ...whole, text: ' \n' }, ['text']],
    ['shortness', { ...whole, text: 'á'.repeat(40_001) }, ['long']],
    ['the gender check', { ...whole, genderCheck: '' }, ['gender']],
    ['an addressee', { ...whole, addressees: [] }, ['addressee']],
    ['its sentence', { ...whole, summary: '' }, ['summary']],
    ['an article that it names', { ...whole, broken: 2 }, ['reference']],
    ['everything', bare, ['text', 'summary', 'gender', 'addressee']],
  ])('%s', (_name, article, lacks) => {
    expect(lacksOf(article)).toEqual(lacks);
  });
});
