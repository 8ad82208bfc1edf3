import { expect, test } from 'vitest';
import { areasWithoutArticle, articles, type DemoArticle } from '~/db/demo/articles';
import { finishedBallot, openBallot } from '~/db/demo/ballots';
import { concerns, type DemoConcern } from '~/db/demo/concerns';
import { drafts } from '~/db/demo/drafts';
import { organizations } from '~/db/demo/organizations';
import { people } from '~/db/demo/people';
import { asked, deadline, overdue, responses } from '~/db/demo/responses';
import { spaces } from '~/db/demo/spaces';
import { versions } from '~/db/demo/versions';
import { areas } from '~/db/reference/areas';

const all: readonly DemoConcern[] = concerns;
const document: readonly DemoArticle[] = articles;
const person = (key: string) => people.find((one) => one.key === key)!;
const article = (key: string) => document.find((one) => one.key === key)!;
const draft = (key: string) => drafts.find((one) => one.key === key)!;
const inState = (state: DemoConcern['state']) => all.filter((concern) => concern.state === state);
const [first, second] = [versions[0]!, versions[1]!];

test('the demo is as large as the forum promised', () => {
  expect(all.length).toBeGreaterThanOrEqual(120);
  expect(articles).toHaveLength(30);
  expect(drafts).toHaveLength(6);
  expect(areas).toHaveLength(15);
  for (const list of [all, document, drafts])
    expect(new Set(list.map(({ key }) => key)).size).toBe(list.length);
});

test('every area has at least five concerns, and most concerns were taken up', () => {
  for (const { slug } of areas) {
    const heard = all.filter((concern) => concern.areas.some((area) => area === slug));
    expect(heard.length, slug).toBeGreaterThanOrEqual(5);
  }
  expect(inState('recogida').length).toBeGreaterThanOrEqual(78);
  expect(inState('en_debate').length).toBeGreaterThanOrEqual(22);
  expect(inState('recibida').length).toBeGreaterThanOrEqual(12);
  expect(inState('no_recogida').length).toBeGreaterThanOrEqual(12);
});

test('each concern has what its state asks for, and nothing else (R-06)', () => {
  for (const concern of all) {
    expect(Boolean(concern.articles?.length), concern.key).toBe(concern.state === 'recogida');
    expect(Boolean(concern.reason), concern.key).toBe(concern.state === 'no_recogida');
    if (concern.state === 'en_debate') expect(draft(concern.draft!).state, concern.key).toBe('abierto');
    if (concern.state === 'recogida')
      expect(
        concern.articles!.map((key) => article(key).draft),
        concern.key,
      ).toContain(concern.draft);
    if (concern.state === 'recibida' || concern.state === 'no_recogida')
      expect(concern.draft).toBeUndefined();
  }
});

test('every reason for setting a concern aside is used at least once', () => {
  const codes = new Set(inState('no_recogida').map((concern) => concern.reason!.code));
  expect([...codes].sort()).toEqual(['fuera-de-tema', 'otra-via', 'repetida', 'sin-acuerdo', 'ya-en-ley']);
});

test('a concern in debate lies at a table that has its area', () => {
  for (const concern of inState('en_debate')) {
    const table = spaces.find(({ key }) => key === draft(concern.draft!).space)!;
    expect(concern.areas.filter((area) => table.areas.includes(area)).length, concern.key).toBeGreaterThan(0);
  }
});

test('a concern comes from a person of that organization, after it joined, in its own place', () => {
  for (const { key, from, organization, department, province, day } of all) {
    expect(person(from).organization, key).toBe(organization);
    expect(person(from).roles.forum?.includes('liaison') ?? false, key).toBe(false);
    if (province) expect(province.slice(0, 2), key).toBe(department);
    const home = organizations.find((one) => one.key === organization);
    if (home) expect(day, key).toBeGreaterThan(home.since);
    if (home && home.key !== 'sin-organizacion') expect(department, key).toBe(home.department);
    expect(day, key).toBeLessThan(0);
  }
});

test('concerns come from both countries, ten departments and people in and outside any organization', () => {
  expect(new Set(all.map(({ department }) => department)).size).toBeGreaterThanOrEqual(10);
  expect(all.some(({ department }) => department.startsWith('BO-'))).toBe(true);
  expect(all.filter(({ organization }) => organization === null).length).toBeGreaterThanOrEqual(3);
  expect(new Set(all.map(({ from }) => from)).size).toBeGreaterThanOrEqual(50);
});

test('the articles are one series without gaps, chapter by chapter', () => {
  expect(document.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
  const chapters = document.map(({ area }) => area).filter((area, at, before) => area !== before[at - 1]);
  expect(new Set(chapters).size).toBe(chapters.length);
  for (const { key, area, areas: own } of document) expect(own, key).toContain(area);
  const without = areas.map(({ slug }) => slug).filter((slug) => !document.some(({ area }) => area === slug));
  expect(without).toEqual(areasWithoutArticle);
});

test('the ten articles of the origin keep their numbers', () => {
  const kept = { 1: 'reconocimiento', 4: 'acceso-al-desmonte', 7: 'ventanilla-cercana', 9: 'contrato-claro' };
  const more = { 12: 'adios-al-mercurio', 15: 'agua-segura', 18: 'igual-pago', 21: 'robo-de-mineral' };
  const last = { 24: 'banos-duchas-y-cuidado', 27: 'sin-represalias' };
  for (const [number, key] of Object.entries({ ...kept, ...more, ...last }))
    expect(article(key).number, key).toBe(Number(number));
});

test('Rufino can walk back from every article to a concern raised before it was frozen (R-04)', () => {
  for (const { key, since } of document) {
    const frozen = since === 1 ? first.frozen : second.frozen;
    const behind = inState('recogida').filter((concern) => concern.articles!.some((one) => one === key));
    expect(behind.filter(({ day }) => day < frozen).length, key).toBeGreaterThan(0);
  }
});

test('every article names who must answer and how it touches women (R-09, R-24)', () => {
  for (const { key, addressees, genderCheck } of document) {
    expect(addressees.length, key).toBeGreaterThanOrEqual(1);
    expect(genderCheck.length, key).toBeGreaterThan(30);
  }
  expect(document.filter(({ territory }) => territory).length).toBeGreaterThanOrEqual(2);
});

test('every article stands as a line of the draft it was born from, written by that table', () => {
  for (const { key, text, draft: source } of document)
    expect(draft(source).text.split('\n'), key).toContain(text);
  for (const { key, space, writers, text, day } of drafts) {
    const table = spaces.find((one) => one.key === space)!;
    expect([table.coordinator, ...table.writers], key).toEqual(expect.arrayContaining([...writers]));
    const words = text.split(/\s+/).length;
    expect(words, key).toBeGreaterThanOrEqual(150);
    expect(words, key).toBeLessThanOrEqual(400);
    expect(day, key).toBeLessThan(first.frozen);
  }
});

test('version 2 has four new articles and eight that changed; version 1 counts without gaps', () => {
  expect(document.filter(({ since }) => since === 2)).toHaveLength(4);
  expect(document.filter(({ firstText }) => firstText)).toHaveLength(8);
  for (const { since, firstText } of document) if (firstText) expect(since).toBe(1);
  expect(first.articles.map(({ number }) => number)).toEqual(Array.from({ length: 26 }, (_, at) => at + 1));
  expect(first.articles.find(({ key }) => key === 'igual-pago')?.text).toBe('El pago se anota.');
  expect(second.articles.find(({ key }) => key === 'igual-pago')?.text).toBe(article('igual-pago').text);
});

test('Carla and her colleagues answer articles of version 1 for their own office, within the term', () => {
  expect(responses.length).toBeGreaterThanOrEqual(12);
  expect(new Set(responses.map(({ kind }) => kind)).size).toBe(4);
  for (const response of responses) {
    expect(article(response.article).since, response.article).toBe(1);
    expect(person(response.liaison).office, response.article).toBe(response.office);
    expect(response.day).toBeGreaterThan(asked);
    expect(response.day).toBeLessThanOrEqual(deadline);
    if (response.revision) expect(response.revision.day).toBeGreaterThan(response.day);
  }
});

test('four articles wait for an answer past their day', () => {
  const answered: string[] = responses.map((response) => response.article);
  expect(overdue).toHaveLength(4);
  for (const silence of overdue) {
    expect(answered).not.toContain(silence.article);
    expect(article(silence.article).since).toBe(1);
    expect(silence.deadline).toBeLessThan(0);
  }
});

test('the first ballot asked every article of version 1, and each count adds up to those who voted', () => {
  const { results, whole, roll, voted, rule } = finishedBallot;
  expect(results.map((result) => result.article)).toEqual(first.articles.map(({ key }) => key));
  for (const { yes, no, abstain } of [...results, whole]) expect(yes + no + abstain).toBe(voted.length);
  expect(voted.length / roll.length).toBeGreaterThanOrEqual(rule.quorum.percent / 100);
  expect(roll.filter((key) => voted.includes(key))).toEqual(voted);
  expect(whole.yes).toBeGreaterThan((voted.length * rule.majority.percent) / 100);
});

test('one article was not approved the first time, and it came back in other words', () => {
  const half = (finishedBallot.voted.length * finishedBallot.rule.majority.percent) / 100;
  const refused = finishedBallot.results.filter(({ yes }) => yes <= half).map((result) => result.article);
  expect(refused).toEqual(['voz-y-turno']);
  expect(article('voz-y-turno').firstText).toBeDefined();
});

test('the second ballot is open on version 2, and the people one meets first have not voted', () => {
  const { roll, voted, opened, closes } = openBallot;
  const delegates = people
    .filter(({ roles }) => roles.association?.includes('delegate'))
    .map(({ key }) => key);
  expect(roll).toEqual(delegates);
  expect(roll).toEqual(expect.arrayContaining([...voted]));
  expect(new Set(voted).size).toBe(voted.length);
  for (const key of ['rufino', 'mery', 'elvira', 'fortunato-palomino'] as const)
    expect(voted).not.toContain(key);
  expect(second.frozen).toBeLessThan(opened);
  expect(opened).toBeLessThan(0);
  expect(closes).toBeGreaterThan(0);
  expect(first.frozen).toBeLessThan(finishedBallot.opened);
  expect(finishedBallot.closes - finishedBallot.opened).toBeGreaterThanOrEqual(3);
});
