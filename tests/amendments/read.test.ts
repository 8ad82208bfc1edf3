import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { comparedPoints, difference } from '~/server/document/rules/comparison';
import { meaning, token } from '~/server/document/rules/references';
import { type ConsultedWorld, consultedWorld, proposal, storyDatabase } from '../support/amendments';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { freezing } from '../support/document';

const db = storyDatabase(testDatabase());
let w: ConsultedWorld;
let emilia: Awaited<ReturnType<ConsultedWorld['as']>>;
const said = 'Como dice el [artículo 2], el agua:\n- está cerca\n- está limpia\nNo se cobra.';
const raw = /\[art[ií]culo:/i;

/** Emilia opens the text of an article and sends it back as the form does. */
async function writes(id: string, text: string) {
  const { seq, references } = await emilia.document.workingArticle({ id });
  const { numbering, names } = references;
  const form = { numbering, names: meaning(names) };
  await emilia.document.editText({ key: randomUUID(), id, base: seq, text, ...form });
}
/** Nieves proposes what is to be read in the first article of the version in force. */
async function proposes(text: string | null) {
  const { id: versionArticleId } = await w.place(2, 1);
  const asked = text === null ? { kind: 'remove' as const, text: '' } : { text };
  const nieves = await w.as('nieves');
  return (await nieves.amendments.propose(proposal(w.florDeCuarzo.id, { versionArticleId, ...asked }))).id;
}
const working = () => emilia.document.workingArticle({ id: w.ids.water });

beforeEach(async () => {
  w = await consultedWorld(db());
  emilia = await w.as('emilia');
  await writes(w.ids.water, said);
  await emilia.document.freeze(freezing(1));
});

describe('an amendment to an article that names another', () => {
  it('is no conflict and no change, since nobody has written anything since', async () => {
    const { text } = await w.place(2, 1);
    const id = await proposes(text.replace('No se cobra.', 'No se cobra a nadie.'));
    expect(await emilia.amendments.toDecide({ id })).toMatchObject({ changed: false, byHand: null });
    await emilia.amendments.accept({ id });
    expect((await working()).text).toContain(`${token(w.ids.wells)}, el agua`);
    expect((await working()).text).toContain('a nadie');
  });

  it('may want the article gone, without being told that it changed, also where the other has moved', async () => {
    const id = await proposes(null);
    const { revision } = await emilia.document.workingArticle({ id: w.ids.wells });
    await emilia.document.place({ id: w.ids.wells, revision, area: 'agua' });
    expect(await emilia.amendments.toDecide({ id })).toMatchObject({ changed: false, gone: false });
    await emilia.amendments.accept({ id });
  });

  it('is told that it changed where somebody did write', async () => {
    const id = await proposes(null);
    await writes(w.ids.water, said.replace('limpia', 'fresca'));
    expect(await emilia.amendments.toDecide({ id })).toMatchObject({ changed: true });
    expect(await problemOf(emilia.amendments.accept({ id }))).toMatchObject({
      code: 'amendments.changed_since',
    });
  });

  it('shows Emilia both wordings as they are read, and keeps the article that is named', async () => {
    const { text } = await w.place(2, 1);
    const id = await proposes(text.replace('No se cobra.', 'Es libre.'));
    await writes(w.ids.water, said.replace('No se cobra.', 'Cuesta poco.'));
    const { byHand } = await emilia.amendments.toDecide({ id });
    expect(byHand).toMatchObject({
      now: expect.stringContaining('Como dice el artículo 2, el agua'),
      references: [{ article: w.ids.wells, number: 2 }],
      field: expect.stringContaining('[artículo 2]'),
    });
    expect(byHand!.now + byHand!.wanted + byHand!.field).not.toMatch(raw);
    await emilia.amendments.accept({
      id,
      base: byHand!.seq,
      text: byHand!.field.replace('Cuesta poco.', 'Es libre y cuesta poco.'),
      numbering: byHand!.numbering,
      names: meaning(byHand!.names),
    });
    expect((await working()).text).toContain(`${token(w.ids.wells)}, el agua`);
    expect((await working()).references.broken).toEqual([]);
  });
});

describe('what the desk shows before it acts', () => {
  it('says the number of an article that is named, never its id', async () => {
    await writes(w.ids.wells, 'Véase el [artículo 1].\n- uno');
    const seen = await emilia.document.mergePreview({ id: w.ids.water, other: w.ids.wells });
    for (const { text } of Object.values(seen.joined!.reads)) expect(text).not.toMatch(raw);
    expect(seen.joined!.reads.first).toMatchObject({
      text: expect.stringContaining('Como dice el artículo 2'),
      references: [
        { article: w.ids.wells, number: 2, at: 13 },
        { article: w.ids.water, number: 1 },
      ],
    });
    const { references } = await working();
    expect(references.lines).toEqual([
      'Como dice el artículo 2, el agua:',
      '- está cerca',
      '- está limpia',
      'No se cobra.',
    ]);
  });

  it('compares two versions without an id, and letters the points', async () => {
    await writes(w.ids.water, said.replace('- está limpia', '- es de todos\n- está limpia'));
    await emilia.document.freeze(freezing(2));
    const shown = await (await w.as(null)).document.comparison({ from: 2, to: 3, page: 1 });
    const words = JSON.stringify(shown);
    expect(words).not.toMatch(raw);
    expect(words).toContain('b) es de todos');
    expect(words).toContain('c) está limpia');
  });

  it('shows an amendment with its letters', async () => {
    const { text } = await w.place(2, 1);
    const id = await proposes(text.replace('- está cerca\n', ''));
    const words = JSON.stringify((await (await w.as(null)).amendments.detail({ id, page: 1 })).rows);
    expect(words).toContain('{"kind":"out","text":"a) está cerca');
    expect(words).toContain('{"kind":"same","text":"a) está limpia');
    expect(words).not.toMatch(raw);
  });
});

describe('points held against each other', () => {
  const rows = (before: string, after: string) =>
    comparedPoints(before, after).map((row) =>
      row.kind === 'fold'
        ? row.lines
        : row.pieces
            .map(({ kind, text }) => `${{ same: '', in: '+', out: '-' }[kind]}${text.trimEnd()}`)
            .filter(Boolean),
    );
  it.each([
    ['a line that becomes a point', 'Agua', '- Agua', [['+a)', 'Agua']]],
    ['a point that becomes a line', '- Agua', 'Agua', [['-a)', 'Agua']]],
    ['a point exchanged', '- uno\n- dos', '- uno\n- tres', [['a) uno'], ['b)', '-dos', '+tres']]],
    ['a dash that is none', '-uno\n- ', '-dos\n- ', [['-', '-uno', '+dos'], ['-']]],
    ['what is left alone', 'x\ny\n- uno\nz', 'x\ny\n- uno\nq', [2, ['a) uno'], ['-z', '+q']]],
  ])('%s', (_name, before, after, wanted) => {
    expect(rows(before, after)).toEqual(wanted);
  });

  it('count no letter among the words that came', () => {
    const empty = {
      title: '',
      summary: '',
      law: '',
      reality: '',
      genderCheck: '',
      areas: [],
      addressees: [],
    };
    const one = { ...empty, library: [], territory: false, genderWaived: '', concernIds: [] };
    const of = (text: string) => ({ ...one, text }) as unknown as Parameters<typeof difference>[0];
    expect(difference(of('- uno'), of('- uno\n- dos')).words).toEqual({ in: 1, out: 0 });
  });
});
