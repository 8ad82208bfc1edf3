import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { departments, provinces } from '~/db/reference/places';

interface Row {
  inei: string;
  reniec: string;
  departamento: string;
  provincia: string;
}

const file = new URL('../../db/reference/peru-provincias.csv', import.meta.url);
const rows: Row[] = parse(readFileSync(file), { columns: true });

/** How the table writes a name: capitals, no accents but the Ñ. */
const plain = (name: string) =>
  name
    .normalize('NFD')
    .replace(/[\u0300-\u0302\u0304-\u036f]/g, '')
    .normalize('NFC')
    .toUpperCase();
const asInTable = (name: string) => (name === 'Nasca' ? 'NAZCA' : plain(name));
const province = (code: string) => provinces.find((place) => place.code === code)?.name;

test('the provinces of Peru are those of the table, by INEI code and in its order', () => {
  expect(provinces.map(({ code, name }) => [code, asInTable(name)])).toEqual(
    rows.map((row) => [row.inei.slice(0, 4), row.provincia]),
  );
  expect(provinces).toHaveLength(196);
});

test('the departments of Peru are those of the table', () => {
  const listed = new Map(rows.map((row) => [row.inei.slice(0, 2), row.departamento]));
  const peru = departments.filter((place) => place.country === 'PE');
  expect(new Map(peru.map(({ code, name }) => [code, plain(name)]))).toEqual(listed);
  expect(peru).toHaveLength(25);
});

test('the codes are INEI’s and not RENIEC’s where the two collide', () => {
  const reniec = (code: string) => rows.find((row) => row.reniec.startsWith(code))?.provincia;
  expect([province('0403'), reniec('0403')]).toEqual(['Caravelí', 'CAMANA']);
  expect([province('2008'), reniec('2008')]).toEqual(['Sechura', 'SANDIA']);
});

test('names are written as people write them', () => {
  expect(['1103', '0508', '2110', '1702', '1504', '0505'].map((code) => province(code) ?? '')).toEqual([
    'Nasca',
    'Páucar del Sara Sara',
    'San Antonio de Putina',
    'Manu',
    'Canta',
    'La Mar',
  ]);
  for (const { name } of [...departments, ...provinces]) expect(name).not.toMatch(/[A-ZÁÉÍÓÚÑ]{2}|^[a-z]/);
});

test('Bolivia has its nine departments under codes of our own, and no code twice', () => {
  const bolivia = departments.filter((place) => place.country === 'BO');
  expect(bolivia).toHaveLength(9);
  for (const { code } of bolivia) expect(code).toMatch(/^BO-[A-Z]$/);
  const codes = [...departments, ...provinces].map((place) => place.code);
  expect(new Set(codes).size).toBe(codes.length);
});
