import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { responseRequests, responses } from '~/db/schema/responses';
import { limaDay } from '~/server/day';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, freezing, readyArticle } from '../support/document';
import { buildForumRole, buildOffice, buildPerson } from '../support/factories';

const database = testDatabase();
let world: DocumentWorld;
let versionArticleId: string;
let ajam: { id: string };
let oscar: { id: string };
beforeAll(async () => {
  world = await documentWorld(database.db);
  await readyArticle(world);
  await (await world.as('emilia')).document.freeze(freezing(0));
  versionArticleId = (await (await world.as(null)).document.article({ number: 1, article: 1 })).id;
  ajam = await buildOffice(database.db, { name: 'Autoridad minera «de Prueba»', country: 'BO' });
  oscar = await buildPerson(database.db, { name: 'Óscar Loayza' });
  await buildForumRole(database.db, oscar.id, 'liaison', { officeId: ajam.id });
});

const inDays = (n: number) => limaDay(new Date(Date.now() + n * 86_400_000));
const said = (over: Record<string, unknown> = {}) => ({
  key: randomUUID(),
  kind: 'acogida_con_cambios' as const,
  words: 'De acuerdo, con un plazo de dos años para los puntos de agua.',
  ...over,
});
/** A request that nobody else of these stories uses: to an office of its own, unless Carla's is asked for. */
async function asking(over: { officeId?: string; dueOn?: string } = {}) {
  const officeId = over.officeId ?? (await buildOffice(database.db, { name: `Oficina ${randomUUID()}` })).id;
  const emilia = await world.as('emilia');
  const dueOn = over.dueOn ?? inDays(30);
  const { id } = await emilia.responses.askResponse({ key: randomUUID(), versionArticleId, officeId, dueOn });
  return { id, officeId };
}
/** The liaison of an office, as a caller. */
async function liaisonOf(officeId: string) {
  const person = await buildPerson(database.db, { name: 'Enlace de prueba' });
  await buildForumRole(database.db, person.id, 'liaison', { officeId });
  return callAs(database.db, person.id);
}
const under = async (id: string) => {
  const { here } = await (await world.as(null)).responses.forArticle({ versionArticleId });
  return here.find((one) => one.id === id)!;
};

describe('asking an office', () => {
  it('stands publicly under the article, with its day', async () => {
    const { id } = await asking({ dueOn: inDays(10) });
    expect(await under(id)).toMatchObject({
      version: 1,
      article: 1,
      dueOn: inDays(10),
      current: null,
      overdue: false,
      daysLate: 0,
    });
  });

  it('is done once for each office, and not by a day that is over', async () => {
    const { officeId } = await asking();
    const emilia = await world.as('emilia');
    const again = { key: randomUUID(), versionArticleId, officeId, dueOn: inDays(5) };
    expect(await problemOf(emilia.responses.askResponse(again))).toMatchObject({
      code: 'responses.asked.taken',
      status: 409,
    });
    const past = { ...again, key: randomUUID(), officeId: ajam.id, dueOn: inDays(-1) };
    expect(await problemOf(emilia.responses.askResponse(past))).toMatchObject({
      code: 'responses.past',
      fields: { dueOn: 'Elige un día de hoy en adelante.' },
    });
    const nowhere = { ...again, key: randomUUID(), versionArticleId: randomUUID() };
    expect(await problemOf(emilia.responses.askResponse(nowhere))).toMatchObject({ status: 404 });
  });

  it('needs an office of the State, which a secretary of the forum names once', async () => {
    const gloria = await world.as('gloria');
    const office = { key: randomUUID(), name: 'Ministerio «de Prueba»', country: 'PE' as const };
    const { id } = await gloria.responses.createOffice(office);
    expect((await gloria.responses.offices()).map((one) => one.id)).toContain(id);
    const twin = { ...office, key: randomUUID(), name: '  Ministerio   «de Prueba» ' };
    expect(await problemOf(gloria.responses.createOffice(twin))).toMatchObject({
      code: 'responses.office.taken',
    });
    const emilia = await world.as('emilia');
    const byEditor = { ...office, key: randomUUID(), name: 'Otra' };
    expect(await problemOf(emilia.responses.createOffice(byEditor))).toMatchObject({ status: 404 });
  });
});

describe('the State’s answer', () => {
  it('stands under the article with the office’s name and no person’s', async () => {
    const { id } = await asking({ officeId: world.officeId });
    const carla = await world.as('carla');
    await carla.responses.respond({ ...said(), id });
    const shown = await under(id);
    expect(shown).toMatchObject({
      office: 'Dirección Regional de Minería «de Prueba»',
      current: { revision: 1, kind: 'acogida_con_cambios' },
      earlier: [],
      overdue: false,
    });
    expect(JSON.stringify(shown)).not.toContain(world.people.carla.id);
    expect(JSON.stringify(shown)).not.toContain('Carla');
  });

  it('gets further wordings, and every earlier one stays readable', async () => {
    const { id, officeId } = await asking();
    const liaison = await liaisonOf(officeId);
    await liaison.responses.respond({ ...said({ kind: 'en_estudio', until: inDays(20) }), id });
    await liaison.responses.revise({
      ...said({ kind: 'no_acogida', words: 'No hay presupuesto este año.' }),
      id,
      revision: 1,
    });
    expect(await under(id)).toMatchObject({
      current: { revision: 2, kind: 'no_acogida', words: 'No hay presupuesto este año.' },
      earlier: [{ revision: 1, kind: 'en_estudio' }],
    });
  });

  it('is not begun twice, nor continued from a wording that is no longer the last', async () => {
    const { id, officeId } = await asking();
    const [one, two] = [await liaisonOf(officeId), await liaisonOf(officeId)];
    const ends = await Promise.allSettled([
      one.responses.respond({ ...said(), id }),
      two.responses.respond({ ...said({ kind: 'no_acogida' }), id }),
    ]);
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected']);
    await one.responses.revise({ ...said(), id, revision: 1 });
    expect(await problemOf(two.responses.revise({ ...said(), id, revision: 1 }))).toMatchObject({
      code: 'responses.changed.taken',
      status: 409,
    });
    expect((await under(id)).current!.revision).toBe(2);
  });

  it('says why, and is one of four', async () => {
    const { id, officeId } = await asking();
    const liaison = await liaisonOf(officeId);
    const wordless = liaison.responses.respond({ ...said({ words: 'No.' }), id });
    expect(await problemOf(wordless)).toMatchObject({
      code: 'input',
      fields: { words: 'Escribe un poco más: al menos 10 letras.' },
    });
    const fifth = liaison.responses.respond({ ...said({ kind: 'archivada' }), id });
    expect(await problemOf(fifth)).toMatchObject({ fields: { kind: expect.any(String) } });
    expect((await under(id)).current).toBeNull();
  });

  it('is neither changed nor taken away, not even in the database', async () => {
    const { id, officeId } = await asking();
    await (await liaisonOf(officeId)).responses.respond({ ...said(), id });
    const { db } = database;
    for (const attempt of [
      () => db.update(responses).set({ words: 'Otra cosa.' }).where(eq(responses.requestId, id)),
      () => db.delete(responses).where(eq(responses.requestId, id)),
    ])
      await expect(attempt()).rejects.toMatchObject({
        cause: { message: expect.stringContaining('append-only') },
      });
  });

  it('«en estudio» says until when, at most ninety days ahead', async () => {
    const { id, officeId } = await asking();
    const liaison = await liaisonOf(officeId);
    const study = (until?: string) =>
      liaison.responses.respond({ ...said({ kind: 'en_estudio', until }), id });
    for (const [until, code] of [
      [undefined, 'responses.until'],
      [inDays(-1), 'responses.past'],
      [inDays(91), 'responses.until.far'],
    ] as const) {
      const problem = await problemOf(study(until));
      expect([problem.code, Object.keys(problem.fields)]).toEqual([code, ['until']]);
    }
    await study(inDays(90));
    expect(await under(id)).toMatchObject({ current: { until: inDays(90) }, overdue: false });
    await liaison.responses.revise({ ...said({ until: inDays(5) }), id, revision: 1 });
    expect((await under(id)).current!.until).toBeNull();
  });

  it('«en estudio» whose day has passed is silence again: under the article, on the desk, on the liaison’s home', async () => {
    const { id, officeId } = await asking();
    const liaison = await liaisonOf(officeId);
    const counts = async () => (await liaison.responses.desk({ state: 'all', page: 1 })).counts;
    await database.db.insert(responses).values({
      requestId: id,
      revision: 1,
      kind: 'en_estudio',
      words: 'Se estudia.',
      until: inDays(0),
    });
    expect(await under(id)).toMatchObject({ overdue: false, daysLate: 0 });
    expect(await counts()).toEqual({ waiting: 0, overdue: 0, answered: 1 });
    const acts = async () => JSON.stringify((await liaison.forum.home()).acts);
    const before = await acts();
    await database.db.insert(responses).values({
      requestId: id,
      revision: 2,
      kind: 'en_estudio',
      words: 'Se sigue estudiando.',
      until: inDays(-3),
    });
    expect(await under(id)).toMatchObject({ overdue: true, daysLate: 3 });
    expect(await counts()).toEqual({ waiting: 0, overdue: 1, answered: 0 });
    expect((await liaison.responses.desk({ state: 'overdue', page: 1 })).items.map((one) => one.id)).toEqual([
      id,
    ]);
    expect(await acts()).not.toBe(before);
  });

  it('that came late stays marked as late', async () => {
    const { id, officeId } = await asking();
    await database.db
      .update(responseRequests)
      .set({ dueOn: inDays(-4) })
      .where(eq(responseRequests.id, id));
    expect(await under(id)).toMatchObject({ overdue: true, daysLate: 4 });
    await (await liaisonOf(officeId)).responses.respond({ ...said(), id });
    expect(await under(id)).toMatchObject({ overdue: false, daysLate: 4 });
  });
});

describe('the desk', () => {
  it('of a liaison holds her own office’s requests, the most urgent first, in three heaps', async () => {
    const office = await buildOffice(database.db, { name: 'Oficina del agua «de Prueba»' });
    const liaison = await liaisonOf(office.id);
    await readyArticle(world, { title: 'Otro' });
    const emilia = await world.as('emilia');
    await emilia.document.freeze(freezing(1));
    const again = await emilia.document.article({ number: 2, article: 2 });
    const { id: late } = await asking({ officeId: office.id });
    const { id: open } = await emilia.responses.askResponse({
      key: randomUUID(),
      versionArticleId: again.id,
      officeId: office.id,
      dueOn: inDays(3),
    });
    await database.db
      .update(responseRequests)
      .set({ dueOn: inDays(-1) })
      .where(eq(responseRequests.id, late));
    const desk = await liaison.responses.desk({ state: 'all', page: 1 });
    expect(desk.items.map((item) => item.id)).toEqual([late, open]);
    expect(desk.counts).toEqual({ waiting: 1, overdue: 1, answered: 0 });
    await liaison.responses.respond({ ...said(), id: open });
    const answered = await liaison.responses.desk({ state: 'answered', page: 1 });
    expect(answered.items.map((item) => item.id)).toEqual([open]);
    expect(answered.abilities).toEqual({ ask: false, createOffice: false });
  });
});
