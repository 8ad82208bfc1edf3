import { rowsAtMost, type Table } from './table';

export type Sex = 'mujer' | 'hombre' | 'otra' | 'prefiere_no_decir';
/** A person of a padrón, with the row of the file she stands in. */
export type PadronRow = { row: number; name: string; sex: Sex | null; title: string | null };
export type Column = 'name' | 'sex' | 'title' | 'row';
/** What is wrong with a row; `reason` has a sentence in associations.json under `padron.wrong.`. */
export type PadronError = { row: number; column: Column; reason: Reason; value: string };
export type Reason =
  | 'missing'
  | 'short'
  | 'long'
  | 'digits'
  | 'formula'
  | 'signs'
  | 'garbled'
  | 'unknown_sex'
  | 'unclear_m'
  | 'extra';

export type Padron =
  | { rows: PadronRow[]; errors: PadronError[] }
  | { trouble: 'empty' | 'header' | 'header_twice' | 'many' };

/** Names are compared without accents, case, marks and double spaces. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

type Key = 'name' | 'surname' | 'sex' | 'title';
const headers: Record<string, Key> = {
  nombre: 'name',
  nombres: 'name',
  'nombre completo': 'name',
  'nombres completos': 'name',
  'nombre y apellido': 'name',
  'nombre y apellidos': 'name',
  'nombres y apellidos': 'name',
  'apellidos y nombres': 'name',
  apellido: 'surname',
  apellidos: 'surname',
  sexo: 'sex',
  genero: 'sex',
  cargo: 'title',
};

const sexes: Record<string, Sex> = {
  mujer: 'mujer',
  f: 'mujer',
  fem: 'mujer',
  femenino: 'mujer',
  femenina: 'mujer',
  hombre: 'hombre',
  h: 'hombre',
  varon: 'hombre',
  masc: 'hombre',
  masculino: 'hombre',
  otra: 'otra',
  otro: 'otra',
  'prefiere no decir': 'prefiere_no_decir',
  'prefiero no decir': 'prefiere_no_decir',
};

type Header = { line: number; columns: Map<number, Key>; width: number };

/** The header is the first line, among the first ten, that has a column of names. */
function headerOf(table: Table): Header | 'header' | 'header_twice' {
  for (const [line, cells] of table.lines.slice(0, 10).entries()) {
    const keys = cells.map((cell) => headers[plain(cell)]);
    if (!keys.includes('name')) continue;
    const known = keys.filter((key) => key !== undefined);
    if (new Set(known).size < known.length) return 'header_twice';
    const columns = new Map(keys.flatMap((key, i) => (key ? [[i, key] as const] : [])));
    return { line, columns, width: cells.length };
  }
  return 'header';
}

// «M» is mujer where men are H, and masculino where women are F; alone it may be either.
function meaningOfM(values: string[]): Sex | null {
  const [f, h] = [values.includes('f'), values.includes('h')];
  if (f === h) return null;
  return f ? 'hombre' : 'mujer';
}

// What a double reading of UTF-8 leaves («MarÃ­a»), and the mark of a letter that was lost.
const garbled = /[ÃÂ][\u0080-\u00bf]|\ufffd/;
const letters = /^[\p{L}\p{M} .'’´`-]+$/u;
const titleWords = /^[\p{L}\p{M}\p{N} .,'’()/º°ª-]+$/u;

function wrongName(name: string): Reason | null {
  if (name === '') return 'missing';
  if (name.length > 80) return 'long';
  if (/^[=+@-]/.test(name)) return 'formula';
  if (garbled.test(name)) return 'garbled';
  if (/\p{N}/u.test(name)) return 'digits';
  if (!letters.test(name)) return 'signs';
  return (name.match(/\p{L}/gu) ?? []).length < 2 ? 'short' : null;
}

function wrongTitle(title: string): Reason | null {
  if (title.length > 60) return 'long';
  if (/^[=+@-]/.test(title)) return 'formula';
  if (garbled.test(title)) return 'garbled';
  return title === '' || titleWords.test(title) ? null : 'signs';
}

const tidy = (cell: string | undefined) => (cell ?? '').replace(/\s+/g, ' ').trim();

/**
 * Reads a padrón out of a table: who stands in it, and row by row what is wrong.
 * Blank lines are passed over; columns other than name, surname, sex and office are not kept.
 */
export function readPadron(table: Table): Padron {
  if (table.lines.flat().every((cell) => tidy(cell) === '')) return { trouble: 'empty' };
  const header = headerOf(table);
  if (typeof header === 'string') return { trouble: header };
  const { columns, width } = header;
  const people = table.lines
    .map((cells, i) => ({ row: i + 1, cells: cells.map(tidy) }))
    .slice(header.line + 1)
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (people.length === 0) return { trouble: 'empty' };
  if (people.length > rowsAtMost) return { trouble: 'many' };

  const at = (cells: string[], key: Key) => {
    for (const [i, named] of columns) if (named === key) return cells[i] ?? '';
    return '';
  };
  const m = meaningOfM(people.map(({ cells }) => plain(at(cells, 'sex'))));
  const rows: PadronRow[] = [];
  const errors: PadronError[] = [];
  for (const { row, cells } of people) {
    const wrong = (column: Column, reason: Reason, value: string) =>
      errors.push({ row, column, reason, value: [...value].slice(0, 40).join('') });
    const name = tidy(`${at(cells, 'name')} ${at(cells, 'surname')}`).normalize('NFC');
    const title = at(cells, 'title').normalize('NFC');
    const told = plain(at(cells, 'sex'));
    const sex = told === 'm' ? m : (sexes[told] ?? null);
    const badName = wrongName(name);
    if (badName) wrong('name', badName, name);
    if (told !== '' && sex === null)
      wrong('sex', told === 'm' ? 'unclear_m' : 'unknown_sex', at(cells, 'sex'));
    const badTitle = wrongTitle(title);
    if (badTitle) wrong('title', badTitle, title);
    const extra = cells.slice(width).find((cell) => cell !== '');
    if (extra) wrong('row', 'extra', extra);
    rows.push({ row, name, sex, title: title || null });
  }
  return { rows, errors };
}

/** Rows whose name stands in an earlier row, and rows whose name a present member has. */
export function likelyTwins(rows: PadronRow[], present: string[]) {
  const there = new Set(present.map(plain));
  const seen = new Set<string>();
  const repeated: number[] = [];
  const already: number[] = [];
  for (const { row, name } of rows) {
    const key = plain(name);
    if (there.has(key)) already.push(row);
    else if (seen.has(key)) repeated.push(row);
    seen.add(key);
  }
  return { repeated, already };
}
