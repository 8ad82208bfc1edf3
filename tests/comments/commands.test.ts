import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ConsultedWorld, consultedWorld, storyDatabase } from '../support/amendments';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { fieldsOf, freezing } from '../support/document';

const db = storyDatabase(testDatabase());
let w: ConsultedWorld;
let versionArticleId: string;
beforeEach(async () => {
  w = await consultedWorld(db());
  versionArticleId = (await w.place(1, 1)).id;
});

type Name = Parameters<ConsultedWorld['as']>[0];
const say = async (who: Name, over: Record<string, unknown> = {}) =>
  (await w.as(who)).comments.comment({
    key: randomUUID(),
    versionArticleId,
    side: 'for',
    words: 'Hace falta.',
    ...over,
  });
const under = async (who: Name = null) =>
  (await w.as(who)).comments.ofArticle({ number: 1, article: 1, page: 1 });
const inTheNameOf = (base: { id: string }) => ({ associationId: base.id });

describe('speaking', () => {
  it('stands in two columns, under the name of the base where she wants that, never under hers', async () => {
    await say('sabina', inTheNameOf(w.florDeCuarzo));
    await say('rufino', { side: 'against', words: 'Así no alcanza.' });
    const shown = await under();
    expect(shown.for).toMatchObject([{ base: 'Flor de Cuarzo', words: 'Hace falta.' }]);
    expect(shown.against).toMatchObject([{ base: null, words: 'Así no alcanza.' }]);
    expect(JSON.stringify(shown)).not.toMatch(/Sabina|Rufino|personId/);
    expect(await (await w.as(null)).comments.atArticle({ versionArticleId })).toEqual({ for: 1, against: 1 });
  });

  it('is counted by kind of group; the State stands apart and is not counted (R-03)', async () => {
    await say('sabina', inTheNameOf(w.florDeCuarzo));
    await say('mery', { side: 'against' });
    await say('carla', { side: 'against', words: 'La oficina lo estudia.' });
    const { tally, state, against } = await under();
    expect(tally).toEqual({
      for: 1,
      against: 1,
      groups: [
        { group: 'asociacion', for: 1, against: 0 },
        { group: 'none', for: 0, against: 1 },
      ],
      womens: { for: 1, against: 0 },
    });
    expect(against).toHaveLength(1);
    expect(state).toMatchObject([{ office: expect.any(String), side: 'against' }]);
  });

  it('is done once; she may change her words or take them back and speak again', async () => {
    const { id } = await say('sabina');
    expect(await problemOf(say('sabina'))).toMatchObject({ code: 'comments.taken', status: 409 });
    const sabina = await w.as('sabina');
    await sabina.comments.reword({ id, words: 'Hace mucha falta.' });
    expect((await under('sabina')).mine).toMatchObject({ words: 'Hace mucha falta.', edited: true });
    await sabina.comments.withdraw({ id });
    expect((await under()).for).toEqual([]);
    await say('sabina', { side: 'against' });
    expect((await under()).tally).toMatchObject({ for: 0, against: 1 });
  });

  it('of 601 letters is too long, and to an old version too late', async () => {
    expect((await problemOf(say('sabina', { words: 'a'.repeat(601) }))).fields.words).toMatch(/600/);
    const emilia = await w.as('emilia');
    const article = await emilia.document.workingArticle({ id: w.ids.water });
    await emilia.document.setFields({ ...fieldsOf(article), law: 'Ley de ejemplo.' });
    await emilia.document.freeze(freezing(1));
    expect(await problemOf(say('sabina'))).toMatchObject({ code: 'comments.old' });
  });
});

describe('words that hurt', () => {
  const reason = 'Nombra a una compañera que no está en el foro.';
  it('are reported, hidden with a reason that all read, and the voice still counts', async () => {
    const { id } = await say('rufino', { side: 'against', words: 'Fulana no sabe nada.' });
    const sabina = await w.as('sabina');
    await sabina.comments.report({ id, reason: 'Nombra a una persona.' });
    expect(await problemOf(sabina.comments.report({ id, reason: 'Otra vez.' }))).toMatchObject({
      code: 'comments.reported.taken',
    });
    const gloria = await w.as('gloria');
    expect((await gloria.comments.desk({ page: 1 })).items).toMatchObject([
      { id, reasons: ['Nombra a una persona.'] },
    ]);
    await gloria.comments.hide({ id, reason });
    const shown = await under();
    expect(shown.against).toMatchObject([{ words: null, hiddenReason: reason }]);
    expect(JSON.stringify(shown)).not.toContain('Fulana');
    expect(shown.tally.against).toBe(1);
    expect((await gloria.comments.desk({ page: 1 })).items).toEqual([]);
    const rufino = await w.as('rufino');
    expect(await problemOf(rufino.comments.reword({ id, words: 'Otra cosa.' }))).toMatchObject({
      code: 'comments.hidden',
    });
    expect(await problemOf(rufino.comments.withdraw({ id }))).toMatchObject({ code: 'comments.hidden' });
  });

  it('may be left as they are, and reported anew', async () => {
    const { id } = await say('rufino');
    const sabina = await w.as('sabina');
    await sabina.comments.report({ id, reason: 'No me gusta.' });
    const gloria = await w.as('gloria');
    await gloria.comments.keep({ id });
    expect((await gloria.comments.desk({ page: 1 })).items).toEqual([]);
    await sabina.comments.report({ id, reason: 'Sigue sin gustarme.' });
    expect((await gloria.comments.desk({ page: 1 })).items).toHaveLength(1);
  });

  it('of a secretary herself are for another secretary', async () => {
    const { id } = await say('gloria');
    expect(await problemOf((await w.as('gloria')).comments.hide({ id, reason }))).toMatchObject({
      status: 403,
    });
    await (await w.as('jacinta')).comments.hide({ id, reason });
  });
});
