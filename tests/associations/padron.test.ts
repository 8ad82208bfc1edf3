import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { likelyTwins, type Padron, type PadronRow, readPadron } from '~/server/associations/rules/padron';
import { bytesAtMost, readTable } from '~/server/associations/rules/table';
import { type Cell, sheetXml, workbook } from '../support/workbook';

const utf8 = (text: string) => strToU8(text);
const read = async (bytes: Uint8Array): Promise<Padron | { trouble: string; row?: number }> => {
  const table = await readTable(bytes);
  return 'trouble' in table ? table : readPadron(table);
};
const rowsOf = async (bytes: Uint8Array): Promise<PadronRow[]> => {
  const padron = await read(bytes);
  if ('trouble' in padron) throw new Error(padron.trouble);
  expect(padron.errors).toEqual([]);
  return padron.rows;
};

const three = [
  { row: 2, name: 'Yolanda Ñahui', sex: 'mujer', title: 'presidenta' },
  { row: 3, name: 'Juan José Pérez', sex: 'hombre', title: null },
  { row: 4, name: 'Rosa Mamani', sex: null, title: null },
];
const threeLines = (mark: string) =>
  ['Nombre|Sexo|Cargo', 'Yolanda Ñahui|mujer|presidenta', 'Juan José Pérez|Varón|', 'Rosa Mamani||']
    .join('\r\n')
    .replaceAll('|', mark);
const windows1252 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
const threeCells: Cell[][] = [
  ['Nombre', 'Sexo', 'Cargo'],
  ['Yolanda Ñahui', 'mujer', 'presidenta'],
  ['Juan José Pérez', 'Varón', null],
  ['Rosa Mamani', null, null],
];

describe('the secretary’s list is read however it was saved', () => {
  it.each<[string, Uint8Array]>([
    ['commas, UTF-8', utf8(threeLines(','))],
    ['semicolons, UTF-8', utf8(threeLines(';'))],
    ['tabs', utf8(threeLines('\t'))],
    ['UTF-8 with its mark', utf8(`\ufeff${threeLines(';')}`)],
    ['Windows-1252', windows1252(threeLines(';'))],
    ['UTF-16, as Excel’s Unicode text', utf16(threeLines('\t'))],
    [
      'quoted cells',
      utf8(
        '"Nombre","Sexo","Cargo"\n"Yolanda Ñahui","F","presidenta"\n"Juan José Pérez","M",""\n"Rosa Mamani","",""\n',
      ),
    ],
    ['old Mac line ends', utf8(threeLines(',').replaceAll('\r\n', '\r'))],
    ['XLSX', workbook(threeCells)],
    [
      'XLSX with formulas, as last computed',
      workbook([
        threeCells[0]!,
        [{ formula: 'A9&" "&B9', value: 'Yolanda Ñahui' }, 'mujer', 'presidenta'],
        ...threeCells.slice(2),
      ]),
    ],
  ])('%s', async (_how, bytes) => {
    expect(await rowsOf(bytes)).toEqual(three);
  });

  it('takes shared strings and a sheet in another place', async () => {
    const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const bytes = workbook('<worksheet/>', {
      'xl/sharedStrings.xml': utf8(
        '<sst><si><t>NOMBRES</t></si><si><r><t>Rosa </t></r><r><t>Mamani</t></r></si></sst>',
      ),
      'xl/otra/lista.xml': utf8(
        '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row></sheetData></worksheet>',
      ),
      'xl/_rels/workbook.xml.rels': utf8(
        `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="otra/lista.xml"/><Relationship Id="rId2" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
      ),
    });
    expect((await rowsOf(bytes)).map(({ name }) => name)).toEqual(['Rosa Mamani']);
  });

  it.each(['NOMBRE', ' nómbre ', 'Nombres y Apellidos', 'APELLIDOS Y NOMBRES', 'Nombre completo'])(
    'knows the column «%s»',
    async (header) => {
      expect((await rowsOf(utf8(`N°,${header}\n1,Rosa Mamani\n`)))[0]!.name).toBe('Rosa Mamani');
    },
  );

  it('joins names and surnames that stand in two columns', async () => {
    const rows = await rowsOf(utf8('Nombres;Apellidos;GÉNERO\nRosa;Mamani Quispe;F\n'));
    expect(rows).toEqual([{ row: 2, name: 'Rosa Mamani Quispe', sex: 'mujer', title: null }]);
  });

  it('finds the header under a title, passes over blank lines, and keeps no other column', async () => {
    const rows = await rowsOf(
      utf8('PADRÓN 2026;;\n;;\nDNI;Nombre;Celular\n40404040;Rosa Mamani;951000000\n;;\n\n;Lidia Apaza;\n'),
    );
    expect(rows.map(({ row, name }) => [row, name])).toEqual([
      [4, 'Rosa Mamani'],
      [7, 'Lidia Apaza'],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/40404040|951000000/);
  });

  it('understands M by its company: masculino beside F, mujer beside H', async () => {
    const sexes = async (column: string) =>
      (await rowsOf(utf8(`nombre,sexo\n${column}`))).map(({ sex }) => sex);
    expect(await sexes('Rosa Mamani,F\nJuan Puma,M\n')).toEqual(['mujer', 'hombre']);
    expect(await sexes('Rosa Mamani,M\nJuan Puma,H\n')).toEqual(['mujer', 'hombre']);
  });
});

const sign = (...codes: number[]) => String.fromCodePoint(...codes);
const long = 'Rosa '.repeat(30);
// One wrong row each, under the header «nombre;sexo;cargo» and a good row; what is said of it.
const wrongRows: [string, string, string, string][] = [
  ['no name', ';mujer;', 'name', 'missing'],
  ['a name of blanks', '   ;mujer;', 'name', 'missing'],
  ['a name of a space that does not break', `${sign(0xa0)};mujer;`, 'name', 'missing'],
  ['only an office', ';;tesorera', 'name', 'missing'],
  ['one letter', 'R;mujer;', 'name', 'short'],
  ['one dot', '.;mujer;', 'name', 'short'],
  ['an initial and a dot', 'R.;mujer;', 'name', 'short'],
  ['a name of 150 letters', `${long};mujer;`, 'name', 'long'],
  ['a name of 100 000 letters', `${'a'.repeat(90_000)};;`, 'name', 'long'],
  ['an identity number', '40404040;mujer;', 'name', 'digits'],
  ['a name with its number', 'Rosa Mamani 40404040;;', 'name', 'digits'],
  ['a date', '2026-11-23;;', 'name', 'digits'],
  ['a telephone', 'Rosa 951 000 000;;', 'name', 'digits'],
  ['digits of another script', `Rosa ${sign(0x661, 0x662)};;`, 'name', 'digits'],
  ['a formula', '=2+2;;', 'name', 'formula'],
  ['a formula that calls a program', "=cmd|'/c calc'!A1;;", 'name', 'formula'],
  ['a formula with HYPERLINK', '"=HYPERLINK(""http://x"",""Rosa"")";;', 'name', 'formula'],
  ['a plus', '+Rosa Mamani;;', 'name', 'formula'],
  ['a minus', '-Rosa Mamani;;', 'name', 'formula'],
  ['an at sign', '@Rosa;;', 'name', 'formula'],
  ['a script', '<script>alert(1)</script>;;', 'name', 'digits'],
  ['a script without digits', '<script>alert()</script>;;', 'name', 'signs'],
  ['HTML', '<b>Rosa</b> Mamani;;', 'name', 'signs'],
  ['an entity', 'Rosa &amp Mamani;;', 'name', 'signs'],
  ['an emoji', `Rosa ${sign(0x1f469)};;`, 'name', 'signs'],
  ['a sign that turns the writing', `Rosa ${sign(0x202e)}inamaM;;`, 'name', 'signs'],
  ['an invisible sign', `Ro${sign(0x200b)}sa Mamani;;`, 'name', 'signs'],
  ['an e-mail', 'rosa@ejemplo.org;;', 'name', 'signs'],
  ['two people in a cell', 'Rosa Mamani / Lidia Apaza;;', 'name', 'signs'],
  ['quotes inside', 'Rosa "la China" Mamani;;', 'name', 'signs'],
  ['letters read twice', 'MarÃ­a PÃ©rez;;', 'name', 'garbled'],
  ['a letter that was lost', `Mar${sign(0xfffd)}a;;`, 'name', 'garbled'],
  ['a sex nobody knows', 'Rosa Mamani;señora;', 'sex', 'unknown_sex'],
  ['a number for the sex', 'Rosa Mamani;2;', 'sex', 'unknown_sex'],
  ['HTML for the sex', 'Rosa Mamani;<i>mujer</i>;', 'sex', 'unknown_sex'],
  ['M that may be either', 'Rosa Mamani;M;', 'sex', 'unclear_m'],
  ['an office of 150 letters', `Rosa Mamani;;${long}`, 'title', 'long'],
  ['a formula for the office', 'Rosa Mamani;;=A1', 'title', 'formula'],
  ['HTML for the office', 'Rosa Mamani;;<img src=x>', 'title', 'signs'],
  ['an emoji for the office', `Rosa Mamani;;${sign(0x2b50)}`, 'title', 'signs'],
  ['an office read twice', 'Rosa Mamani;;SecretarÃ­a', 'title', 'garbled'],
  ['a cell too many', 'Rosa;Mamani;;Quispe', 'row', 'extra'],
];

describe('a wrong row is told by its number, its column and why', () => {
  it.each(wrongRows)('%s', async (_what, line, column, reason) => {
    const padron = await read(utf8(`nombre;sexo;cargo\nLidia Apaza;mujer;\n${line}\n`));
    expect(padron).toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ row: 3, column, reason })]),
    });
  });

  it('counts at least forty kinds', () => {
    expect(wrongRows.length).toBeGreaterThanOrEqual(40);
  });

  it('tells everything wrong at once, and shows at most forty letters of it', async () => {
    const padron = await read(utf8(`nombre;sexo\n;x\n=A1;y\n${'<'.repeat(60)};\n`));
    expect(padron).toMatchObject({
      errors: [
        { row: 2, column: 'name', reason: 'missing' },
        { row: 2, column: 'sex', reason: 'unknown_sex' },
        { row: 3, column: 'name', reason: 'formula' },
        { row: 3, column: 'sex', reason: 'unknown_sex' },
        { row: 4, column: 'name', reason: 'signs', value: '<'.repeat(40) },
      ],
    });
  });

  it.each<[string, Cell, string]>([
    ['a number', 40404040, 'digits'],
    ['a truth value', true, 'digits'],
    ['a formula never computed', { formula: 'A9' }, 'missing'],
    ['a formula that failed', { error: '#REF!' }, 'missing'],
    ['a text that looks like a formula', '=A1', 'formula'],
  ])('in a workbook: %s for a name', async (_what, cell, reason) => {
    const padron = await read(
      workbook([
        ['nombre', 'sexo'],
        ['Lidia Apaza', 'mujer'],
        [cell, 'mujer'],
      ]),
    );
    const errors = 'trouble' in padron ? [] : (padron.errors as { row: number; reason: string }[]);
    expect(errors.map(({ row, reason }) => [row, reason])).toEqual([[3, reason]]);
  });
});

const people = (n: number) =>
  Array.from(
    { length: n },
    (_, i) =>
      `Rosa ${'abcdefghij'[i % 10]}${'klmnopqrst'[Math.floor(i / 10) % 10]}${'uvwxyz'[Math.floor(i / 100) % 6]}`,
  );
const bombSheet = (cell: string) =>
  `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>nombre</t></is></c></row><row r="2">${cell}</row></sheetData></worksheet>`;

describe('a file that is no padrón is refused whole', () => {
  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'empty'],
    ['only a header', utf8('nombre,sexo,cargo\n'), 'empty'],
    ['a header and blank lines', utf8('nombre,sexo\n,,\n\n  ,\n'), 'empty'],
    ['no column of names', utf8('dni,celular\n1,2\n'), 'header'],
    ['a web page', utf8('<html><table><tr><td>Rosa</td></tr></table></html>'), 'header'],
    ['two columns of names', utf8('nombre,nombre\nRosa,Lidia\n'), 'header_twice'],
    ['2,001 people', utf8(`nombre\n${people(2001).join('\n')}\n`), 'many'],
    ['100,000 people', utf8(`nombre\n${people(100_000).join('\n')}\n`), 'many'],
    ['3 MB', new Uint8Array(bytesAtMost + 1).fill(97), 'too_big'],
    ['10 MB', new Uint8Array(10 * 1024 * 1024).fill(97), 'too_big'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), 'not_a_table'],
    ['the old Excel', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'old_excel'],
    ['quotes that never end', utf8('nombre\n"Rosa Mamani\nLidia Apaza\n'), 'quotes'],
    ['a zip that is no workbook', workbook([], { 'xl/workbook.xml': utf8('<x/>') }), 'unreadable'],
    ['half a workbook', workbook(threeCells).slice(0, 400), 'unreadable'],
    [
      'a workbook of other bytes',
      Uint8Array.from([0x50, 0x4b, 3, 4, ...new Array(300).fill(7)]),
      'unreadable',
    ],
    ['an empty sheet', workbook([]), 'empty'],
  ])('%s', async (_what, bytes, trouble) => {
    expect(await read(bytes)).toMatchObject({ trouble });
  });

  it.each<[string, string, string]>([
    ['a cell at the far corner', '<c r="XFD1048576"><v>1</v></c>', 'too_big'],
    ['a cell at the far corner, in other quotes', "<c r='XFD1048576'><v>1</v></c>", 'too_big'],
    ['a cell at the far corner, under a prefix', '<x:c r="XFD1048576"><v>1</v></x:c>', 'too_big'],
    ['a cell whose place is disguised', '<c r="&#88;FD1048576"><v>1</v></c>', 'unreadable'],
    ['a cell whose tag is not plain', '<c s=">" r="XFD1048576"><v>1</v></c>', 'unreadable'],
    ['a row far below', '</row><row r="1048576"><c r="A1048576"><v>1</v></c>', 'too_big'],
  ])('a small workbook that would swell in memory: %s', async (_what, cell, trouble) => {
    expect(await read(workbook(bombSheet(cell)))).toMatchObject({ trouble });
  });

  it('a workbook that would unpack to 40 MB is refused before it is unpacked', async () => {
    const bomb = workbook(sheetXml(threeCells), {
      'xl/sharedStrings.xml': new Uint8Array(40 * 1024 * 1024),
    });
    expect(bomb.length).toBeLessThan(bytesAtMost);
    expect(await read(bomb)).toMatchObject({ trouble: 'too_big' });
    // Nobody has looked inside: what cannot be unpacked at all is refused for its size just the same.
    const name = Buffer.from(bomb).indexOf('xl/sharedStrings.xml');
    const broken = bomb.slice().fill(0xff, name + 40, name + 2000);
    expect(await read(broken)).toMatchObject({ trouble: 'too_big' });
  });

  it('a workbook that lies about its size is held to what it said', async () => {
    const bytes = workbook(sheetXml(threeCells), {
      'xl/sharedStrings.xml': new Uint8Array(20 * 1024 * 1024),
    });
    // The declared size in the central directory, made one hundred bytes.
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let i = 0; i < bytes.length - 46; i++)
      if (view.getUint32(i, true) === 0x02014b50 && view.getUint32(i + 24, true) === 20 * 1024 * 1024)
        view.setUint32(i + 24, 100, true);
    const before = process.memoryUsage().arrayBuffers;
    await read(bytes);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  });
});

describe('likely twins', () => {
  it('are told by name, whatever the accents, the case and the order of spaces', () => {
    const rows = ['Rosa Mamani', 'ROSA  MAMANI', 'Rósa mamaní', 'Lidia Apaza', 'Lidia Apaza'].map(
      (name, i) => ({
        row: i + 2,
        name,
        sex: null,
        title: null,
      }),
    );
    expect(likelyTwins(rows, ['lidia APAZA'])).toEqual({ repeated: [3, 4], already: [5, 6] });
  });
});
