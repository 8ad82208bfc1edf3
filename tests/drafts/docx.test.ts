import { randomUUID } from 'node:crypto';
import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { drafts } from '~/db/schema/drafts';
import { linesUpdate, plainText } from '~/server/drafts/rules';
import { docxAtMost, readDocx, UnreadableDocx } from '~/server/drafts/rules/docx';
import { type Line, wordsOf } from '~/server/drafts/rules/lines';
import { linesIn, textOf } from '~/server/drafts/rules/texts';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
/** A file with this body, as any program may have zipped it. */
const fileOf = (body: string, more: Record<string, string> = {}) =>
  zipSync({
    'word/document.xml': strToU8(
      `<?xml version="1.0"?><w:document ${w}><w:body>${body}</w:body></w:document>`,
    ),
    ...Object.fromEntries(Object.entries(more).map(([name, xml]) => [`word/${name}.xml`, strToU8(xml)])),
  });
const p = (words: string, look = '') => `<w:p>${look}<w:r><w:t>${words}</w:t></w:r></w:p>`;
const said = (bytes: Uint8Array) => readDocx(bytes).map((line) => [line.block, wordsOf(line)]);
const reasonOf = (bytes: Uint8Array) => {
  try {
    readDocx(bytes);
  } catch (error) {
    return error instanceof UnreadableDocx ? error.reason : error;
  }
  return null;
};

describe('a file that Tomasa’s secretary wrote', () => {
  it('keeps headings, lists, bold and slanted words', async () => {
    const bytes = await Packer.toBuffer(
      new Document({
        numbering: {
          config: [
            { reference: 'n', levels: [{ level: 0, format: 'decimal', text: '%1.', alignment: 'left' }] },
          ],
        },
        sections: [
          {
            children: [
              new Paragraph({ text: 'Agua limpia', heading: HeadingLevel.HEADING_1 }),
              new Paragraph({
                children: [
                  new TextRun('Hay un punto de '),
                  new TextRun({ text: 'agua', bold: true }),
                  new TextRun({ text: ' limpia.', italics: true }),
                ],
              }),
              new Paragraph({ text: 'Cerca', bullet: { level: 0 } }),
              new Paragraph({ text: 'Gratis', numbering: { reference: 'n', level: 0 } }),
              new Paragraph(''),
            ],
          },
        ],
      }),
    );
    expect(readDocx(bytes)).toEqual([
      { block: 'heading', runs: [{ text: 'Agua limpia' }] },
      {
        block: 'paragraph',
        runs: [
          { text: 'Hay un punto de ' },
          { text: 'agua', bold: true },
          { text: ' limpia.', italic: true },
        ],
      },
      { block: 'bullet', runs: [{ text: 'Cerca' }] },
      { block: 'number', runs: [{ text: 'Gratis' }] },
    ]);
  });

  it('is told a heading by what Word calls it in every language', () => {
    const styles = `<w:styles ${w}><w:style w:type="paragraph" w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style></w:styles>`;
    expect(said(fileOf(p('Título', '<w:pPr><w:pStyle w:val="Ttulo1"/></w:pPr>'), { styles }))).toEqual([
      ['heading', 'Título'],
    ]);
  });
});

describe('the worst that Word makes', () => {
  it('drops what was deleted, fields, second copies, pictures, comments, and keeps tables as lines', () => {
    const body = [
      '<w:p><w:del><w:r><w:delText>fuera</w:delText></w:r></w:del><w:ins><w:r><w:t>dentro</w:t></w:r></w:ins></w:p>',
      '<w:p><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>7</w:t></w:r></w:p>',
      '<w:p><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>En caja</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:p><w:r><w:t>En caja</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:r><w:t>afuera</w:t></w:r></w:p>',
      `<w:tbl><w:tr><w:tc>${p('uno')}</w:tc><w:tc>${p('dos')}</w:tc></w:tr></w:tbl>`,
      '<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c&amp;&#241;&#xF1;</w:t></w:r></w:p>',
      p('&lt;script&gt; \u202Eoro'),
    ].join('');
    expect(said(fileOf(body)).map(([, words]) => words)).toEqual([
      'dentro',
      '7',
      'En caja',
      'afuera',
      'uno',
      'dos',
      'a',
      'b c&ññ',
      '<script> oro',
    ]);
  });

  it.each([
    ['an old file or one with a password', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1]), 'old'],
    ['no zip', strToU8('esto no es Word'), 'unreadable'],
    ['another zip', zipSync({ 'xl/workbook.xml': strToU8('<x/>') }), 'unreadable'],
    ['no words', fileOf(p('  ')), 'empty'],
    ['too many bytes', new Uint8Array(docxAtMost + 1), 'too_big'],
    ['a bomb', fileOf('x'.repeat(13 * 1024 * 1024)), 'too_big'],
    ['words that grow', fileOf(`<!DOCTYPE x [<!ENTITY a "aaaa">]>${p('&a;&a;')}`), null],
  ])('is refused for what it is: %s', (_name, bytes, reason) => {
    expect(reasonOf(bytes)).toBe(reason);
  });

  it('ends in lines or in a reason, whatever stands in it', () => {
    const piece = fc.constantFrom(
      ...[
        '<w:p>',
        '</w:p>',
        '<w:r>',
        '</w:r>',
        '<w:t>',
        '</w:t>',
        '<w:del>',
        '</w:del>',
        '<',
        '>',
        'agua',
        '&',
      ],
      ...[
        '<w:t/>',
        '<w:p/>',
        '<w:b/>',
        '<mc:Fallback>',
        '<w:numId w:val="3"/>',
        '"',
        '&#99999999;',
        '\uD83D',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const reason = reasonOf(fileOf(pieces.join('')));
        expect([null, 'empty', 'unreadable']).toContain(reason);
      }),
    );
  });

  it('comes into a text as it was read', () => {
    const lines: Line[] = [
      { block: 'heading', runs: [{ text: 'Agua' }] },
      { block: 'paragraph', runs: [{ text: 'Hay ' }, { text: 'agua', bold: true }, { text: '.' }] },
      { block: 'bullet', runs: [{ text: 'cerca' }] },
    ];
    const update = linesUpdate(lines);
    expect(plainText([update])).toBe('Agua\nHay agua.\ncerca\n');
    expect(linesIn(textOf([update])).slice(0, 3)).toEqual(lines);
  });
});

describe('beginning a draft with a file', () => {
  const test = testDatabase();
  let world: Awaited<ReturnType<typeof forumWorld>>;
  beforeAll(async () => {
    world = await forumWorld(test.db);
  });
  const begin = async (bytes: Uint8Array, name = 'propuesta.docx') => {
    const forum = await callAs(test.db, world.people.tomasa.id);
    const [home] = await forum.drafts.homes();
    const given = { key: randomUUID(), spaceId: home!.id, title: 'Agua limpia', concernIds: [] };
    return forum.drafts.create({ ...given, file: new File([Uint8Array.from(bytes)], name) });
  };

  it('puts its words into the draft, as hers', async () => {
    const { id } = await begin(fileOf(p('Hay agua limpia.') + p('Y es gratis.')));
    const forum = await callAs(test.db, world.people.tomasa.id);
    expect((await forum.drafts.detail({ id })).text).toBe('Hay agua limpia.\nY es gratis.');
  });

  it('says in a sentence why not, and begins nothing', async () => {
    const before = await test.db.$count(drafts);
    const long = fileOf(p('agua '.repeat(25_000)));
    for (const [bytes, words] of [
      [
        new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]),
        'Es un Word antiguo o tiene clave. Ábrelo y guárdalo como .docx sin clave.',
      ],
      [new Uint8Array(docxAtMost + 1), 'El archivo pesa demasiado. Quítale las fotos o divídelo en dos.'],
      [long, 'El archivo tiene más de 100,000 letras. Divídelo en dos.'],
    ] as const)
      expect(await problemOf(begin(bytes))).toMatchObject({ status: 422, fields: { file: words } });
    expect(await test.db.$count(drafts)).toBe(before);
  });
});
