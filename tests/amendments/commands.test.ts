import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { amendments } from '~/db/schema/amendments';
import { articles } from '~/db/schema/document';
import { openAmendments, rivalsOf } from '~/server/amendments/queries';
import {
  anotherBase,
  type ConsultedWorld,
  consultedWorld,
  proposal,
  storyDatabase,
} from '../support/amendments';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { fieldsOf, freezing, words } from '../support/document';
import { buildForumRole, buildMembership } from '../support/factories';

const db = storyDatabase(testDatabase());
const changed = words.replace('no se cobra', 'es libre para todas');
let w: ConsultedWorld;
beforeEach(async () => {
  w = await consultedWorld(db());
});

const frozen = async (number: number, article: number) => (await w.place(number, article)).id;
/** Nieves, delegate of Flor de Cuarzo, proposes. */
async function proposed(over: Record<string, unknown> = {}) {
  const nieves = await w.as('nieves');
  const given = { versionArticleId: await frozen(1, 1), text: changed, ...over };
  return nieves.amendments.propose(proposal(w.florDeCuarzo.id, given));
}
const seen = async (id: string) => (await w.as(null)).amendments.detail({ id, page: 1 });
const working = async (id: string) => (await w.as('emilia')).document.workingArticle({ id });
async function write(id: string, text: string) {
  const emilia = await w.as('emilia');
  const { seq } = await emilia.document.workingArticle({ id });
  await emilia.document.editText({ key: randomUUID(), id, base: seq, text });
}
async function backed(id: string, ...names: string[]) {
  for (const name of names) {
    const base = await anotherBase(db(), name);
    await base.call.amendments.back({ id, associationId: base.id });
  }
}

describe('proposing', () => {
  it('stands publicly in the name of the base, with its acta and the difference, without the person', async () => {
    const { id } = await proposed();
    const shown = await seen(id);
    expect(shown).toMatchObject({
      state: 'open',
      by: 'Flor de Cuarzo',
      from: 'base',
      actaReference: 'Libro 3, folio 8',
      actaDate: '2026-10-12',
      article: { number: 1, title: 'Agua limpia' },
    });
    const pieces = shown.rows.flatMap((row) => (row.kind === 'line' ? row.pieces : []));
    const said = (kind: string) =>
      pieces
        .filter((one) => one.kind === kind)
        .map(({ text }) => text)
        .join(' ');
    expect([said('out'), said('in')]).toEqual(['no se cobra', 'es libre para todas']);
    expect(JSON.stringify(shown)).not.toContain('Nieves');
    expect(await (await w.as(null)).amendments.atArticle({ versionArticleId: await frozen(1, 1) })).toEqual({
      total: 1,
      open: 1,
    });
  });

  it('is for a table too, by who coordinates it, without an acta', async () => {
    const mery = await w.as('mery');
    const { id } = await mery.amendments.propose({
      ...proposal('', { versionArticleId: await frozen(1, 1), text: changed }),
      name: `mesa:${w.mesaAgua.id}`,
      actaReference: '',
      actaDate: '',
    });
    expect(await seen(id)).toMatchObject({ by: 'Mesa del Agua', from: 'table', actaReference: null });
  });

  it.each([
    ['no acta', { actaReference: '' }, 'amendments.acta', 'actaReference'],
    ['no day of the acta', { actaDate: '' }, 'amendments.acta.day', 'actaDate'],
    ['an acta of next year', { actaDate: '2099-01-01' }, 'amendments.acta.future', 'actaDate'],
    ['the same words', { text: words }, 'amendments.nothing', 'text'],
    ['no words', { text: ' \n ' }, 'field.missing', 'text'],
  ])('with %s is told so at the field', async (_name, over, code, field) => {
    const problem = await problemOf(proposed(over));
    expect(problem.code).toBe(code);
    expect(Object.keys(problem.fields)).toEqual([field]);
    expect(await db().$count(amendments)).toBe(0);
  });

  it('of 50,000 words is too long, and says how much fits', async () => {
    const problem = await problemOf(proposed({ text: 'palabra '.repeat(50_000) }));
    expect(problem).toMatchObject({ code: 'input', status: 422 });
    expect(problem.fields.text).toMatch(/^Es muy largo/);
  });

  it('twice the same is said once; the second base is led to back it, also after a no', async () => {
    const { id } = await proposed();
    const rufino = await w.as('rufino');
    const again = async () =>
      rufino.amendments.propose(
        proposal(w.tresVetas.id, { versionArticleId: await frozen(1, 1), text: changed }),
      );
    expect(await problemOf(again())).toMatchObject({ code: 'amendments.same.taken', status: 409 });
    await (await w.as('emilia')).amendments.reject({ id, reason: 'No alcanza el agua.' });
    expect(await problemOf(again())).toMatchObject({ code: 'amendments.same.rejected' });
  });

  it('to an article that is gone is told so, and to the words of an older version', async () => {
    const old = await frozen(1, 1);
    const emilia = await w.as('emilia');
    const { revision } = await working(w.ids.water);
    await emilia.document.retire({ id: w.ids.water, revision });
    expect(await problemOf(proposed({ versionArticleId: old }))).toMatchObject({
      code: 'amendments.article_gone',
    });
    const wells = await frozen(1, 2);
    await emilia.document.freeze(freezing(1));
    expect(await problemOf(proposed({ versionArticleId: wells }))).toMatchObject({
      code: 'amendments.version_old',
    });
    expect(await problemOf(proposed({ versionArticleId: randomUUID() }))).toMatchObject({
      code: 'amendments.article_gone',
    });
  });

  it('cannot be changed afterwards, not even by hand in the database', async () => {
    const { id } = await proposed();
    await expect(
      db().update(amendments).set({ text: 'Otra cosa.' }).where(eq(amendments.id, id)),
    ).rejects.toThrow();
  });
});

describe('accepting', () => {
  it('puts the words into the article in the making, beside what the committee wrote meanwhile', async () => {
    const { id } = await proposed();
    await write(w.ids.water, words.replace('cerca de', 'dentro de'));
    await (await w.as('emilia')).amendments.accept({ id });
    expect((await working(w.ids.water)).text).toBe(
      'Hay un punto de agua limpia dentro de cada campamento.\nSu uso es libre para todas.',
    );
    await (await w.as('emilia')).document.freeze(freezing(1));
    expect((await w.place(2, 1)).text).toContain('es libre para todas');
    expect(await seen(id)).toMatchObject({
      state: 'accepted',
      byHand: false,
      made: { version: 2, number: 1 },
    });
  });

  it('needs a person where the same words have changed; what she writes is what stands', async () => {
    const { id } = await proposed();
    await write(w.ids.water, words.replace('no se cobra', 'cuesta poco'));
    const emilia = await w.as('emilia');
    expect(await problemOf(emilia.amendments.accept({ id }))).toMatchObject({ code: 'amendments.conflict' });
    expect(await seen(id)).toMatchObject({ state: 'open' });
    const { byHand } = await emilia.amendments.toDecide({ id });
    expect(byHand!.now).toContain('cuesta poco');
    expect(byHand!.wanted).toContain('es libre');
    const text = words.replace('no se cobra', 'no se cobra a nadie');
    await emilia.amendments.accept({ id, text, base: byHand!.seq });
    expect((await working(w.ids.water)).text).toBe(text);
    expect(await seen(id)).toMatchObject({ state: 'accepted', byHand: true });
  });

  it('puts a new article where it was asked for', async () => {
    const { id } = await proposed({
      kind: 'add',
      versionArticleId: undefined,
      area: 'agua',
      after: w.ids.water,
      title: 'Lluvia',
      text: 'Se junta el agua de lluvia.',
    });
    expect(await seen(id)).toMatchObject({ after: { number: 1, title: 'Agua limpia' }, article: null });
    await (await w.as('emilia')).amendments.accept({ id, reason: 'Buena idea.' });
    const { chapters } = await (await w.as('emilia')).document.working();
    const water = chapters.find(({ area }) => area === 'agua')!;
    expect(water.articles.map(({ title }) => title)).toEqual(['Agua limpia', 'Lluvia', 'Pozos']);
  });

  it('takes an article out; one that has changed meanwhile only when she is sure', async () => {
    const { id } = await proposed({ kind: 'remove', text: undefined });
    await write(w.ids.water, `${words}\nY se analiza.`);
    const emilia = await w.as('emilia');
    expect(await problemOf(emilia.amendments.accept({ id }))).toMatchObject({
      code: 'amendments.changed_since',
      fields: { sure: expect.any(String) },
    });
    await emilia.amendments.accept({ id, sure: true });
    const [row] = await db().select().from(articles).where(eq(articles.id, w.ids.water));
    expect(row!.retiredAt).not.toBeNull();
  });

  it('is done once', async () => {
    const { id } = await proposed();
    const emilia = await w.as('emilia');
    await emilia.amendments.accept({ id });
    expect(await problemOf(emilia.amendments.reject({ id, reason: 'No alcanza el agua.' }))).toMatchObject({
      code: 'amendments.over.taken',
      status: 409,
    });
  });

  it('is not for a member of the committee who belongs to the base, and not for who proposed', async () => {
    const { id } = await proposed();
    await buildMembership(db(), w.florDeCuarzo.id, w.people.filomena.id);
    const filomena = await w.as('filomena');
    expect(await problemOf(filomena.amendments.accept({ id }))).toMatchObject({ status: 403 });
    expect(await problemOf(filomena.amendments.reject({ id, reason: 'No alcanza el agua.' }))).toMatchObject({
      status: 403,
    });
    await buildForumRole(db(), w.people.mery.id, 'editor');
    const mery = await w.as('mery');
    const own = await mery.amendments.propose({
      ...proposal('', { versionArticleId: await frozen(1, 2), text: changed }),
      name: `mesa:${w.mesaAgua.id}`,
    });
    expect(await problemOf(mery.amendments.accept(own))).toMatchObject({ status: 403 });
  });
});

describe('an article that a base wants to amend', () => {
  it('is not moved or taken out before that is decided; one that nobody wants to amend is', async () => {
    await proposed();
    const emilia = await w.as('emilia');
    const { revision } = await working(w.ids.water);
    const problem = await problemOf(emilia.document.retire({ id: w.ids.water, revision }));
    expect(problem.code).toBe('document.amendment_waits');
    expect(problem.sentence).toContain('Flor de Cuarzo');
    expect(
      await problemOf(emilia.document.place({ id: w.ids.water, revision, area: 'salud' })),
    ).toMatchObject({ code: 'document.amendment_waits' });
    const wells = await working(w.ids.wells);
    await emilia.document.retire({ id: w.ids.wells, revision: wells.revision });
  });
});

describe('backing', () => {
  it('is of other bases, once each, and can be taken back', async () => {
    const { id } = await proposed();
    const rufino = await w.as('rufino');
    const ours = { id, associationId: w.tresVetas.id };
    await rufino.amendments.back(ours);
    await rufino.amendments.back(ours);
    expect((await seen(id)).bases).toEqual(['Tres Vetas']);
    await rufino.amendments.unback(ours);
    expect((await seen(id)).bases).toEqual([]);
    const nieves = await w.as('nieves');
    expect(await problemOf(nieves.amendments.back({ id, associationId: w.florDeCuarzo.id }))).toMatchObject({
      status: 403,
    });
  });

  it('makes a rejected one a rival from the third base on, until its own base takes it back', async () => {
    const { id } = await proposed();
    await backed(id, 'Río Claro', 'Cerro Unido');
    await (await w.as('emilia')).amendments.reject({ id, reason: 'No alcanza el agua.' });
    expect(await seen(id)).toMatchObject({ state: 'rejected', reason: 'No alcanza el agua.', rival: false });
    await backed(id, 'Quebrada Honda');
    expect(await seen(id)).toMatchObject({ rival: true, backings: 3, needed: 3 });
    expect((await rivalsOf(db(), w.version.id)).map((one) => one.id)).toEqual([id]);
    await (await w.as('nieves')).amendments.withdraw({ id });
    expect(await rivalsOf(db(), w.version.id)).toEqual([]);
  });
});

describe('the next version', () => {
  it('carries along what was written for words that are still there, and tells the others', async () => {
    const kept = await proposed({ versionArticleId: await frozen(1, 2) });
    const moved = await proposed();
    await write(w.ids.water, `${words}\nY se analiza.`);
    const emilia = await w.as('emilia');
    await emilia.document.freeze(freezing(1));
    expect(await seen(kept.id)).toMatchObject({ state: 'open', version: 2, firstVersion: 1, inForce: true });
    expect(await seen(moved.id)).toMatchObject({
      state: 'overtaken',
      version: 1,
      latest: { version: 2, number: 1 },
    });
    expect(await problemOf(emilia.amendments.accept(moved))).toMatchObject({ code: 'amendments.over.taken' });
    expect(await openAmendments(db(), w.ids.water)).toEqual([]);
    expect(await openAmendments(db(), w.ids.wells)).toEqual([
      { id: kept.id, kind: 'replace', by: 'Flor de Cuarzo', version: 2 },
    ]);
  });

  it('does not take a rival out of the vote by changing a word', async () => {
    const { id } = await proposed();
    const emilia = await w.as('emilia');
    await emilia.amendments.reject({ id, reason: 'No alcanza el agua.' });
    await backed(id, 'Río Claro', 'Cerro Unido', 'Quebrada Honda');
    await write(w.ids.water, words.replace('cerca de', 'dentro de'));
    const { id: version } = await emilia.document.freeze(freezing(1));
    expect((await rivalsOf(db(), version)).map((one) => one.id)).toEqual([id]);
  });

  it('is not stopped by amendments at all where nothing else has changed', async () => {
    const { id } = await proposed();
    const emilia = await w.as('emilia');
    const article = await emilia.document.workingArticle({ id: w.ids.wells });
    await emilia.document.setFields({ ...fieldsOf(article), law: 'Ley de ejemplo.' });
    await emilia.document.freeze(freezing(1));
    expect(await seen(id)).toMatchObject({ state: 'open', version: 2 });
  });
});
