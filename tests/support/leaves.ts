import fc from 'fast-check';
import { areas } from '~/db/reference/areas';
import { authorities } from '~/db/reference/authorities';
import { library } from '~/db/reference/library';
import { canonicalVersion, type VersionWording } from '~/server/document/rules';

const slug = (items: readonly { slug: string }[]) => fc.constantFrom(...items.map((item) => item.slug));

/** Words as people and others send them: XML's own letters, emoji, turned lines, formulas, controls, halves of letters. */
const piece = fc.oneof(
  fc.constantFrom('El agua', 'ñandú', 'Ch’aska', 'palliris', 'mina', '“así”', 'y', 'año 2026'),
  fc.constantFrom('<script>', '&amp;', ']]>', '"', "'", '<!--', '--><p>', '&#0;', '<?xml?>', '\u2028'),
  fc.constantFrom('\u202Eoro\u202C', '\u200F', '\uFEFF', '\u0000', '\u0008', '\u001B', '\uFFFE', '\uD83D'),
  fc.constantFrom(
    '⛏️',
    '👩🏽‍🏭',
    '🇵🇪',
    '中文',
    'عربي',
    'e\u0301',
    '=1+1',
    '+51',
    '-x',
    '@a',
    '\t',
    '\r\n',
    '\n\n',
    '\n- ',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
export const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(' '));

const wording = fc.record({
  id: fc.uuid(),
  area: fc.constantFrom('agua', 'salud', 'dignidad'),
  title: hostile,
  summary: hostile,
  text: hostile,
  areas: fc.uniqueArray(slug(areas), { minLength: 1, maxLength: 3 }),
  law: hostile,
  reality: hostile,
  addressees: fc.uniqueArray(slug(authorities), { maxLength: 3 }),
  library: fc.uniqueArray(slug(library), { maxLength: 3 }),
  genderCheck: hostile,
  genderWaived: fc.boolean(),
  territory: fc.boolean(),
  concernIds: fc.uniqueArray(fc.uuid(), { maxLength: 4 }),
});

/** Any version that could ever have been frozen, and worse ones. */
export const anyVersion: fc.Arbitrary<VersionWording> = fc
  .record({
    number: fc.integer({ min: 1, max: 99 }),
    title: hostile,
    frozenAt: fc.date({ noInvalidDate: true, min: new Date('2026-01-01'), max: new Date('2030-01-01') }),
    previous: fc.constantFrom(null, 'a'.repeat(64)),
    articles: fc.uniqueArray(wording, { selector: (article) => article.id, minLength: 1, maxLength: 5 }),
  })
  .map((given) => ({
    ...given,
    chapters: ['agua', 'salud', 'dignidad', 'reconocimiento'].map((area) => ({ area, title: area })),
    articles: given.articles.map((article, i) => ({ ...article, number: i + 1 })),
  }));

/** What Emilia froze: two articles, and a chapter that has none. */
export function emiliasVersion(over: Partial<VersionWording['articles'][number]> = {}) {
  const article = {
    id: '3f1c9a52-7a5e-4f0e-9a62-0d0c5b0f1a11',
    number: 1,
    area: 'agua',
    title: 'Agua limpia',
    summary: 'Agua limpia en cada campamento, sin cobro.',
    text: 'Hay un punto de agua limpia cerca de cada campamento.\nSu uso no se cobra.',
    areas: ['agua', 'salud'],
    law: 'La Ley 29338 dice que el agua es de todos.',
    reality: 'El agua queda a una hora a pie.',
    addressees: ['ana'],
    library: ['ley-27651'],
    genderCheck: 'Las pallaqueras y cocineras cargan el agua: a ellas les toca primero.',
    genderWaived: false,
    territory: true,
    concernIds: ['0b8a7e7e-1111-4f0e-9a62-0d0c5b0f1a11'],
  };
  return canonicalVersion({
    number: 2,
    title: 'Documento único de las bases',
    frozenAt: new Date('2026-11-23T15:00:00Z'),
    previous: 'b'.repeat(64),
    chapters: [
      { area: 'agua', title: 'Agua' },
      { area: 'salud', title: 'Salud' },
      { area: 'dignidad', title: 'Dignidad' },
    ],
    articles: [
      { ...article, ...over },
      {
        ...article,
        id: '3f1c9a52-7a5e-4f0e-9a62-0d0c5b0f1a22',
        number: 2,
        area: 'salud',
        title: 'Posta médica',
        genderWaived: true,
        territory: false,
      },
    ],
  });
}
