import { expect, test } from 'vitest';
import { amendments, comments } from '~/db/demo/amendments';
import { articles, type DemoArticle } from '~/db/demo/articles';
import { announcedBallot, chamberBallot, finishedBallot, handBallot, openBallot } from '~/db/demo/ballots';
import { concerns, type DemoConcern } from '~/db/demo/concerns';
import { drafts } from '~/db/demo/drafts';
import { offices } from '~/db/demo/offices';
import { organizations } from '~/db/demo/organizations';
import { people } from '~/db/demo/people';
import { overdue, responses } from '~/db/demo/responses';
import { spaces } from '~/db/demo/spaces';
import { versions } from '~/db/demo/versions';
import { areas } from '~/db/reference/areas';
import { authorities } from '~/db/reference/authorities';
import { barriers } from '~/db/reference/barriers';
import { library } from '~/db/reference/library';

const demo = { articles, concerns, drafts, organizations, people, responses, spaces, versions };
const rest = {
  amendments,
  comments,
  offices,
  overdue,
  announcedBallot,
  chamberBallot,
  finishedBallot,
  handBallot,
  openBallot,
  areas,
  authorities,
  barriers,
  library,
};
const everything = JSON.stringify({ ...demo, ...rest }).normalize('NFC');

const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean);
const sentencesOf = (text: string) => text.split(/(?<=[.;?!])\s+/);

test('nobody is called by a word that wounds', () => {
  expect(everything).not.toMatch(/\bilegal|\bv[ií]ctima|beneficiari|\binformal/i);
});

test('no canary of the protected rooms is spent here', () => {
  for (const canary of ['zarzamora-cuarzo-41', 'vicuña-azul-77', 'tucumana-lenta-09'])
    expect(everything).not.toContain(canary);
});

test('what was told in a protected room, or with a receipt alone, is not here', () => {
  const told = [
    'mitad de lo que juntamos',
    'Refogo en mi cocina',
    'levanté la mano tres veces',
    'archivo de mi esposo',
    'mi firma vale poco',
    'En mi casa no puedo hablar',
  ];
  for (const phrase of told) expect(everything).not.toContain(phrase);
});

test('what was said in public is here, word for word', () => {
  const said = [
    'Se pierde mineral en el camino a la planta. No sabemos en qué parte. Queremos un punto de entrega con balanza.',
    'Fui cuatro veces a la capital de la región. Siempre falta un papel. Cada viaje son dos días sin trabajar.',
    'Mi compañera muele igual que yo y cobra menos. Quiero que eso vaya en el artículo.',
    'Lavamos con agua de la mina. Se nos parte la piel.',
  ];
  for (const words of said) expect(concerns.map((concern) => concern.words)).toContain(words);
});

test('a concern is 20 to 400 characters of a miner’s own', () => {
  for (const { key, words } of concerns) {
    expect(words.length, key).toBeGreaterThanOrEqual(20);
    expect(words.length, key).toBeLessThanOrEqual(400);
    expect(words, key).not.toMatch(/planteamiento|lorem|ejemplo \d/i);
  }
});

test('no two concerns say the same', () => {
  const bags = concerns.map(({ words }) => new Set(words.toLowerCase().match(/\p{L}{4,}/gu)));
  const alike = (one: Set<string>, other: Set<string>) => {
    const shared = [...one].filter((word) => other.has(word)).length;
    return shared / (one.size + other.size - shared);
  };
  const twins = concerns.flatMap(({ key }, at) =>
    concerns
      .slice(0, at)
      .flatMap((other, before) => (alike(bags[at]!, bags[before]!) >= 0.4 ? [[key, other.key]] : [])),
  );
  expect(twins).toEqual([]);
});

test('the articles’ texts are short and plain', () => {
  for (const { key, text, firstText, points, summary } of articles as readonly DemoArticle[]) {
    for (const wording of firstText ? [text, firstText] : [text]) {
      expect(wordsOf(wording).length, key).toBeLessThanOrEqual(80);
      expect(sentencesOf(wording).length, key).toBeLessThanOrEqual(2);
      for (const sentence of sentencesOf(wording))
        expect(wordsOf(sentence).length, sentence).toBeLessThanOrEqual(19);
    }
    for (const point of points ?? []) expect(wordsOf(point).length, point).toBeLessThanOrEqual(19);
    expect(firstText, key).not.toBe(text);
    expect(sentencesOf(summary), key).toHaveLength(1);
    expect(wordsOf(summary).length, key).toBeLessThanOrEqual(12);
  }
});

test('what people read beside an article, or as a reason, comes in sentences of at most twelve words', () => {
  const beside = (articles as readonly DemoArticle[]).flatMap(
    ({ law = '', reality = '', genderCheck, summary }) => [law, reality, genderCheck, summary],
  );
  const reasons = (concerns as readonly DemoConcern[]).flatMap(({ reason }) => reason?.words ?? []);
  const sentences = [...beside, ...reasons].flatMap((text) => text.split(/(?<=[.;:?!])\s+/));
  expect(sentences.filter((sentence) => wordsOf(sentence).length > 12)).toEqual([]);
});

test('an article names no law that it does not cite from the library', () => {
  for (const { key, text, law = '', reality = '', library: cited } of articles as readonly DemoArticle[]) {
    const titles = library.filter(({ slug }) => cited.some((one) => one === slug)).map(({ title }) => title);
    for (const number of `${text} ${law} ${reality}`.match(/\d{3,}/g) ?? []) {
      const isYear = /^20\d\d$/.test(number);
      if (!isYear) expect(titles.join(' '), key).toContain(number);
    }
  }
});

test('an office answers in two to five courteous sentences', () => {
  for (const { article, words, revision } of responses)
    for (const wording of revision ? [words, revision.words] : [words]) {
      expect(sentencesOf(wording).length, article).toBeGreaterThanOrEqual(2);
      expect(sentencesOf(wording).length, article).toBeLessThanOrEqual(5);
    }
});
