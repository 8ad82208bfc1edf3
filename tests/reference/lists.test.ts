import { expect, test } from 'vitest';
import { areas } from '~/db/reference/areas';
import { authorities } from '~/db/reference/authorities';
import { barriers } from '~/db/reference/barriers';
import { type LibraryItem, library } from '~/db/reference/library';

const items: readonly LibraryItem[] = library;
const words = (text: string) => text.split(/\s+/).length;
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

test('the fifteen areas stand in the miners’ order, each with a gist of at most twelve words', () => {
  expect(areas.map((area) => area.number)).toEqual(Array.from({ length: 15 }, (_, at) => at + 1));
  for (const { gist } of areas) {
    expect(words(gist.es), gist.es).toBeLessThanOrEqual(12);
    expect(words(gist.en), gist.en).toBeLessThanOrEqual(12);
  }
});

test('the barriers are the six of R-17', () => {
  expect(barriers.map((barrier) => barrier.title.es)).toEqual([
    'Titularidad',
    'Superposición',
    'Costo',
    'Trámite',
    'Distancia',
    'Otro',
  ]);
});

test('every slug is plain and used once in its list', () => {
  for (const list of [areas, authorities, barriers, library]) {
    const slugs = list.map((entry) => entry.slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    for (const slug of slugs) expect(slug).toMatch(kebab);
  }
});

test('Sabina finds in the library where each thing was read and when it was checked (R-19)', () => {
  for (const item of items) {
    expect(item.source.length, item.slug).toBeGreaterThan(8);
    expect(item.checked).toBe('2026-11');
    expect(item.areas.length, item.slug).toBeGreaterThan(0);
    if (item.date) expect(item.date).toMatch(/^\d{4}(-\d{2}(-\d{2})?)?$/);
    if (!item.verified) expect(item.status, item.slug).toBe('por-verificar');
  }
});

test('Nieves finds the Bolivian help services without any number to call: none was confirmed', () => {
  const help = items.filter((item) => item.kind === 'ayuda' && item.country === 'BO');
  expect(help.map((item) => item.slug)).toEqual(['slim-bo', 'felcv-bo']);
  for (const item of help) {
    expect(item.verified).toBe(false);
    expect(item.title + item.oneLiner.es + item.oneLiner.en + item.source).not.toMatch(/\d/);
  }
});

test('both countries have someone to answer: labour inspection in Peru, mining rights in Bolivia (R-65)', () => {
  const slugs: string[] = authorities.map((authority) => authority.slug);
  expect(slugs).toEqual(expect.arrayContaining(['sunafil', 'drem-grem', 'municipalidad', 'ajam', 'comibol']));
});
