import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { concernAppeals } from '~/db/schema/concerns';
import { problemOf } from '../support/call';
import { buildSetAside } from '../support/concerns';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, readyArticle } from '../support/document';
import { buildConcern } from '../support/factories';

const database = testDatabase();
let world: DocumentWorld;
beforeAll(async () => {
  world = await documentWorld(database.db);
});

const words = 'No está dicho en otro lado: habla de la balanza.';
const asked = (id: string) => ({ key: randomUUID(), id, words });
const answer = 'Tienes razón: es otra cosa.';

/** Sabina's concern in the name of Flor de Cuarzo, set aside by Emilia. */
async function setAside() {
  const { id } = await buildConcern(database.db, world.people.sabina.id, {
    words: 'Pagan el mineral sin balanza.',
    associationId: world.florDeCuarzo.id,
  });
  const reason = { reasonCode: 'repetida', reason: 'Ya está dicho en otro.' } as const;
  await (await world.as('emilia')).concerns.setAside({ id, ...reason });
  return id;
}
const seenBy = async (name: Parameters<DocumentWorld['as']>[0], id: string) =>
  (await world.as(name)).concerns.detail({ id });
const appealOn = async (id: string) => (await seenBy(null, id)).appeals.at(-1)!;

describe('asking that it be looked at again', () => {
  it('is for Sabina, who raised it, within the time; everybody reads what she asks, and nobody that it was she', async () => {
    const id = await setAside();
    expect(await seenBy('sabina', id)).toMatchObject({ mayAppeal: true, mayAsk: { state: 'open' } });
    await (await world.as('sabina')).concerns.appeal(asked(id));
    const seen = await seenBy(null, id);
    expect(seen).toMatchObject({ state: 'no_recogida', mayAsk: null, mayAppeal: false });
    expect(seen.appeals).toMatchObject([
      { words, answer: null, standing: { state: 'waiting' }, mayDecide: false },
    ]);
    const listed = await (await world.as(null)).concerns.appeals({ page: 1 });
    expect(listed.waiting).toBeGreaterThan(0);
    for (const told of [JSON.stringify(seen), JSON.stringify(listed)]) {
      expect(told).not.toContain(world.people.sabina.id);
      expect(told).not.toContain(world.people.emilia.id);
    }
  });

  it('is for Nieves, delegate of its base, too; not for another of the base, nor for the delegate of another', async () => {
    const id = await setAside();
    for (const name of ['elvira', 'ysabel', 'rufino', 'mery', 'emilia'] as const) {
      expect((await seenBy(name, id)).mayAppeal).toBe(false);
      expect(await problemOf((await world.as(name)).concerns.appeal(asked(id)))).toMatchObject({
        code: 'refused',
      });
    }
    expect(await problemOf((await world.as(null)).concerns.appeal(asked(id)))).toMatchObject({
      code: 'sign_in',
    });
    await (await world.as('nieves')).concerns.appeal(asked(id));
    expect((await appealOn(id)).standing.state).toBe('waiting');
  });

  it('is done once: the second time, and by another, is told so', async () => {
    const id = await setAside();
    const input = asked(id);
    const sabina = await world.as('sabina');
    await Promise.all([sabina.concerns.appeal(input), sabina.concerns.appeal(input)]);
    for (const name of ['sabina', 'nieves'] as const)
      expect(await problemOf((await world.as(name)).concerns.appeal(asked(id)))).toMatchObject({
        code: 'concerns.appealed.taken',
        fields: { words: 'Ya se pidió que se vuelva a mirar. Se pide una sola vez.' },
      });
  });

  it('comes too late on the 31st day, and says until when it could be done', async () => {
    const { id } = await buildConcern(database.db, world.people.sabina.id, {
      state: 'no_recogida',
      reasonCode: 'repetida',
      reason: 'Ya está dicho.',
    });
    await buildSetAside(database.db, id, world.people.emilia.id, 31);
    expect(await seenBy('sabina', id)).toMatchObject({ mayAppeal: false, mayAsk: { state: 'late' } });
    const problem = await problemOf((await world.as('sabina')).concerns.appeal(asked(id)));
    expect(problem.code).toBe('concerns.appeal_late');
    expect(problem.sentence).toMatch(/El plazo para pedirlo terminó el/);
  });

  it('is of a concern that is set aside', async () => {
    const { id } = await buildConcern(database.db, world.people.sabina.id);
    expect(await problemOf((await world.as('sabina')).concerns.appeal(asked(id)))).toMatchObject({
      code: 'concerns.not_set_aside',
    });
    const aside = await setAside();
    const short = await problemOf(
      (await world.as('sabina')).concerns.appeal({ ...asked(aside), words: 'No.' }),
    );
    expect(short.fields.words).toBe('Escribe un poco más: al menos 10 letras.');
  });
});

describe('answering it', () => {
  async function appealed() {
    const id = await setAside();
    await (await world.as('sabina')).concerns.appeal(asked(id));
    return { id, appeal: (await appealOn(id)).id };
  }
  const decide = async (
    name: Parameters<DocumentWorld['as']>[0],
    appeal: string,
    verdict: 'upheld' | 'refused' = 'upheld',
  ) => (await world.as(name)).concerns.decideAppeal({ id: appeal, verdict, answer });

  it('is not for Emilia, who set it aside, nor for Sabina or her base: another of the committee does', async () => {
    const { id, appeal } = await appealed();
    for (const name of ['emilia', 'sabina', 'nieves', 'benita', 'carla', 'amador'] as const)
      expect(await problemOf(decide(name, appeal))).toMatchObject({ code: 'refused' });
    expect((await seenBy('filomena', id)).appeals[0]).toMatchObject({ mayDecide: true });
    await decide('filomena', appeal);
    const seen = await seenBy(null, id);
    expect(seen.state).toBe('recibida');
    expect(seen.appeals).toMatchObject([{ standing: { state: 'upheld' }, answer }]);
    expect(seen.decisions.map(({ state }) => state)).toEqual(['no_recogida', 'recibida']);
    expect(await problemOf(decide('gloria', appeal))).toMatchObject({
      code: 'concerns.appeal_decided.taken',
      status: 409,
    });
  });

  it('is not for an editor who raised it herself', async () => {
    const { id } = await buildConcern(database.db, world.people.filomena.id);
    await (await world.as('emilia')).concerns.setAside({
      id,
      reasonCode: 'otra-via',
      reason: 'Va por otro lado.',
    });
    await (await world.as('filomena')).concerns.appeal(asked(id));
    const appeal = (await appealOn(id)).id;
    expect(await problemOf(decide('filomena', appeal))).toMatchObject({ code: 'refused' });
    await decide('gloria', appeal);
  });

  it('brings it back into the debate where a table’s draft holds it', async () => {
    const id = await setAside();
    const nieves = await world.as('nieves');
    await nieves.drafts.create({
      key: randomUUID(),
      spaceId: world.mesaAgua.id,
      title: 'La balanza',
      concernIds: [id],
    });
    // To be taken up by a table is to be looked at again, too.
    const state = (await seenBy(null, id)).state;
    if (state === 'en_debate')
      await (await world.as('emilia')).concerns.setAside({
        id,
        reasonCode: 'repetida',
        reason: 'Ya está dicho.',
      });
    await (await world.as('sabina')).concerns.appeal(asked(id));
    await decide('filomena', (await appealOn(id)).id);
    expect((await seenBy(null, id)).state).toBe('en_debate');
  });

  it('with no leaves it where it is, for good; set aside anew it can be asked anew', async () => {
    const { id, appeal } = await appealed();
    await decide('filomena', appeal, 'refused');
    expect(await seenBy('sabina', id)).toMatchObject({
      state: 'no_recogida',
      mayAppeal: false,
      appeals: [{ standing: { state: 'refused' } }],
    });
    expect(await problemOf((await world.as('sabina')).concerns.appeal(asked(id)))).toMatchObject({
      code: 'concerns.appealed.taken',
    });
    const emilia = await world.as('emilia');
    const reason = { reasonCode: 'sin-acuerdo', reason: 'No hubo acuerdo en la mesa.' } as const;
    expect(await problemOf(emilia.concerns.setAside({ id, ...reason }))).toMatchObject({
      code: 'concerns.set_aside_already',
    });
    await emilia.concerns.reconsider({ id });
    await emilia.concerns.setAside({ id, ...reason });
    expect((await seenBy('sabina', id)).mayAppeal).toBe(true);
  });

  it('needs no answer any more once it has come about: in an article, or looked at again', async () => {
    const first = await appealed();
    const article = await readyArticle(world);
    await (await world.as('emilia')).document.linkConcern({ id: article, concernId: first.id });
    const second = await appealed();
    await (await world.as('emilia')).concerns.reconsider({ id: second.id });
    for (const { id, appeal } of [first, second]) {
      expect((await appealOn(id)).standing.state).toBe('met');
      expect(await problemOf(decide('filomena', appeal))).toMatchObject({
        code: 'concerns.appeal_decided.taken',
      });
    }
  });

  it('stands: the database lets nobody write it anew, nor take it away', async () => {
    const { appeal } = await appealed();
    await decide('filomena', appeal, 'refused');
    const row = eq(concernAppeals.id, appeal);
    await expect(
      database.db.update(concernAppeals).set({ answer: 'Otra cosa.' }).where(row),
    ).rejects.toThrow();
    await expect(database.db.delete(concernAppeals).where(row)).rejects.toThrow();
  });
});
