import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { articles } from '~/db/schema/document';
import { versionInForce } from '~/server/document/queries';
import { holds } from '~/server/document/rules';
import { meaning, token } from '~/server/document/rules/references';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, fieldsOf, freezing, readyArticle } from '../support/document';

const database = testDatabase();
let world: DocumentWorld;
let before: number;
let water: string;
let clinic: string;
beforeEach(async () => {
  world ??= await documentWorld(database.db);
  before = (await versionInForce(database.db))?.number ?? 0;
  await database.db.update(articles).set({ retiredAt: new Date() });
  water = await readyArticle(world, { title: 'Agua limpia' });
  clinic = await readyArticle(world, { title: 'Posta médica', area: 'salud' });
});

/** Emilia opens the text of an article and sends it back as the form does. */
async function writes(id: string, text: string, seen?: { numbering: string; names: string }) {
  const emilia = await world.as('emilia');
  const { seq, references } = await emilia.document.workingArticle({ id });
  const form = seen ?? { numbering: references.numbering, names: meaning(references.names) };
  return emilia.document.editText({ key: randomUUID(), id, base: seq, text, ...form });
}
const opened = async (id: string) => (await world.as('emilia')).document.workingArticle({ id });

describe('an article that names another', () => {
  it('is written with a number, kept by the id, and says the new number when articles move', async () => {
    await writes(water, 'Como dice el [artículo 2].');
    expect((await opened(water)).text).toBe(`Como dice el ${token(clinic)}.`);
    expect((await opened(water)).references).toMatchObject({
      field: 'Como dice el [artículo 2].',
      read: { text: 'Como dice el artículo 2.' },
      names: [{ id: clinic, number: 2, title: 'Posta médica' }],
      broken: [],
    });
    const emilia = await world.as('emilia');
    const { revision } = await opened(clinic);
    await emilia.document.place({ id: clinic, revision, area: 'agua' });
    expect((await opened(water)).references.field).toBe('Como dice el [artículo 1].');
    const { number } = await emilia.document.freeze(freezing(before));
    const read = await (await world.as(null)).document.article({ number, article: 2 });
    expect(read).toMatchObject({
      text: 'Como dice el artículo 1.',
      references: [{ article: clinic, number: 1, at: 13 }],
    });
    const { canonical, sha256 } = await emilia.document.canonical({ number });
    expect(holds(canonical, sha256)).toBe(true);
    expect(canonical).toContain(`"references":[{"article":"${clinic}","at":13,"number":1}]`);
  });

  it('means what Emilia saw, though articles have moved while she wrote', async () => {
    await writes(water, 'Como dice el [artículo 2].');
    const { references } = await opened(water);
    const seen = { numbering: references.numbering, names: meaning(references.names) };
    await readyArticle(world, { title: 'Sombra' });
    await writes(water, 'Como bien dice el [artículo 2].', seen);
    expect((await opened(water)).references.field).toBe('Como bien dice el [artículo 3].');
  });

  it('is followed into the article that it was joined to', async () => {
    await writes(water, 'Como dice el [artículo 2].');
    const shade = await readyArticle(world, { title: 'Sombra', area: 'salud' });
    const emilia = await world.as('emilia');
    const [into, from] = [await opened(shade), await opened(clinic)];
    await emilia.document.merge({
      ...{ key: randomUUID(), id: shade, revision: into.revision, seq: into.seq, title: 'Sombra y posta' },
      ...{ other: clinic, otherRevision: from.revision, otherSeq: from.seq, wording: 'first' },
    });
    expect((await opened(water)).references).toMatchObject({ names: [{ id: shade, number: 2 }], broken: [] });
    const { number } = await emilia.document.freeze(freezing(before));
    expect(await emilia.document.article({ number, article: 1 })).toMatchObject({
      text: 'Como dice el artículo 2.',
      references: [{ article: shade, number: 2 }],
    });
  });

  it('is asked for again where the number is new and numbers have changed', async () => {
    const { references } = await opened(water);
    await readyArticle(world, { title: 'Sombra' });
    const late = writes(water, 'Ver el [artículo 2].', { numbering: references.numbering, names: '' });
    expect(await problemOf(late)).toMatchObject({
      code: 'document.numbers_moved',
      fields: {
        text: 'Mientras escribías, los artículos cambiaron de número. Mira cuál es el [artículo 2] y guarda otra vez.',
      },
    });
    expect((await opened(water)).references.names).toEqual([]);
  });

  it('is told so where no article bears the number', async () => {
    expect(await problemOf(writes(water, 'Ver el [artículo 99].'))).toMatchObject({
      code: 'document.number_unknown',
      sentence: 'No hay artículo 99. Mira los números y escribe el que corresponde.',
    });
  });
});

describe('before the document is frozen', () => {
  it('a reference to an article that is gone is refused, with both names', async () => {
    await writes(water, 'Como dice el [artículo 2].');
    const emilia = await world.as('emilia');
    const { revision } = await opened(clinic);
    await emilia.document.retire({ id: clinic, revision });
    expect(await problemOf(emilia.document.freeze(freezing(before)))).toMatchObject({
      code: 'document.lacks.reference',
      status: 422,
      sentence:
        'El artículo 1, «Agua limpia», nombra a «Posta médica», que ya no está. Quita la mención o nombra a otro.',
    });
    expect(await emilia.document.freezeCheck()).toMatchObject({
      lacking: [{ id: water, lacks: ['reference'], broken: [{ gone: 'Posta médica' }] }],
    });
    await writes(water, 'Como dice la ley.');
    await emilia.document.freeze(freezing(before));
  });

  it('a number that came by another way than the form is not taken for anything', async () => {
    const emilia = await world.as('emilia');
    const { seq } = await opened(water);
    const text = 'Ver el [artículo 2].';
    await emilia.document.editText({ key: randomUUID(), id: water, base: seq, text });
    expect(await problemOf(emilia.document.freeze(freezing(before)))).toMatchObject({
      sentence:
        'El artículo 1, «Agua limpia», dice [artículo 2] y no se sabe cuál es. Abre su texto y guárdalo.',
    });
    await writes(water, (await opened(water)).references.field);
    await emilia.document.freeze(freezing(before));
  });

  it('a sentence that sums it up is asked for', async () => {
    const emilia = await world.as('emilia');
    await emilia.document.setFields({ ...fieldsOf(await opened(clinic)), summary: ' ' });
    expect(await problemOf(emilia.document.freeze(freezing(before)))).toMatchObject({
      sentence: 'Al artículo 2, «Posta médica», le falta la frase que lo resume.',
    });
  });

  it('an article of fifty thousand words is refused where it is written, with what stands there unharmed', async () => {
    const { text } = await opened(water);
    const long = Array(50_000).fill('agua').join(' ');
    const { status, fields } = await problemOf(writes(water, long));
    expect(status).toBe(422);
    expect(fields.text).toMatch(/largo|caracteres|letras/i);
    expect((await opened(water)).text).toBe(text);
  });
});
