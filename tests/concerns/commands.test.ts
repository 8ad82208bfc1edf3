import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { concernDecisions, concerns } from '~/db/schema/concerns';
import { audit } from '~/db/schema/kernel';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(database.db);
});

const as = (name: keyof typeof world.people | null) => callAs(database.db, name && world.people[name].id);
const typed = (over: Record<string, unknown> = {}) =>
  ({
    key: randomUUID(),
    words: 'Lavamos con agua de la mina. Se nos parte la piel.',
    areas: ['agua', 'salud'],
    place: '2110',
    barrier: 'otro',
    ...over,
  }) as Parameters<Awaited<ReturnType<typeof as>>['concerns']['raise']>[0];

describe('raising a concern', () => {
  it('keeps Sabina’s words with the place by INEI code, and not her name in what leaves', async () => {
    const raised = await (await as('sabina')).concerns.raise(typed({ associationId: world.florDeCuarzo.id }));
    const seen = await (await as(null)).concerns.detail({ id: raised.id });
    expect(seen).toMatchObject({
      words: 'Lavamos con agua de la mina. Se nos parte la piel.',
      department: '21',
      province: '2110',
      country: 'PE',
      association: 'Flor de Cuarzo',
      state: 'recibida',
      abilities: { reword: false, decide: false, publish: false },
    });
    expect(JSON.stringify(seen)).not.toContain(world.people.sabina.id);
    expect(JSON.stringify(seen)).not.toContain('Sabina');
  });

  it('tells Caravelí (INEI 0403) from the Camaná that RENIEC numbers the same', async () => {
    const { id } = await (await as('rufino')).concerns.raise(typed({ place: '0403' }));
    expect(await (await as(null)).concerns.detail({ id })).toMatchObject({
      department: '04',
      province: '0403',
    });
  });

  it('takes the same submission twice, even at once, as one', async () => {
    const input = typed({ words: 'Siempre falta un papel. Cada viaje son dos días.' });
    const sabina = await as('sabina');
    const answers = await Promise.all([1, 2, 3, 4].map(() => sabina.concerns.raise(input)));
    expect(new Set(answers.map((answer) => answer.number)).size).toBe(1);
    const rows = await database.db.select().from(concerns).where(eq(concerns.id, input.key));
    expect(rows).toHaveLength(1);
  });

  it('does not hand one person’s submission to another who guesses its key', async () => {
    const input = typed();
    await (await as('sabina')).concerns.raise(input);
    expect(await problemOf((await as('rufino')).concerns.raise(input))).toMatchObject({ code: 'not_found' });
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['no words', { words: '' }, 'words', 'Escribe un poco más: al menos 10 letras.'],
    ['only spaces', { words: '         \n   ' }, 'words', 'Escribe un poco más: al menos 10 letras.'],
    ['too many words', { words: 'agua '.repeat(400) }, 'words', 'Es muy largo: hasta 1500 letras.'],
    ['no area', { areas: [] }, 'areas', 'Falta este dato.'],
    ['an area that is none', { areas: ['fútbol'] }, 'areas', 'Elige una opción.'],
    ['a place that is none', { place: '9999' }, 'place', 'Elige una opción.'],
    ['numbers for words', { words: 12 }, 'words', 'Falta este dato.'],
    ['a barrier that is none', { barrier: '<script>' }, 'barrier', 'Elige una opción.'],
  ])('says in Spanish, at the field, what is wrong with %s', async (_what, over, field, words) => {
    const problem = await problemOf((await as('sabina')).concerns.raise(typed(over)));
    expect(problem.code).toBe('input');
    expect(problem.fields[field]).toBe(words);
  });

  it('keeps signs as they are typed, and drops marks that turn the reading around', async () => {
    const words = '<b>Agua</b> & «lodo» 💧 \u202Eal revés\u202C hasta aquí';
    const { id } = await (await as('sabina')).concerns.raise(typed({ words }));
    expect((await (await as(null)).concerns.detail({ id })).words).toBe(
      '<b>Agua</b> & «lodo» 💧 al revés hasta aquí',
    );
  });

  it('is not found for a liaison, an administrator, or in the name of somebody else’s base', async () => {
    for (const who of ['carla', 'amador'] as const)
      expect(await problemOf((await as(who)).concerns.raise(typed()))).toMatchObject({ code: 'not_found' });
    const foreign = typed({ associationId: world.tresVetas.id });
    expect(await problemOf((await as('sabina')).concerns.raise(foreign))).toMatchObject({
      code: 'not_found',
    });
  });

  it('leaves in the audit that Sabina took part, and not in what', async () => {
    const { id } = await (await as('sabina')).concerns.raise(typed());
    const rows = await database.db.select().from(audit).where(eq(audit.personId, world.people.sabina.id));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row.subject === null)).toBe(true);
    expect(JSON.stringify(rows, (_k, v) => (typeof v === 'bigint' ? String(v) : v))).not.toContain(id);
  });
});

describe('the state of a concern', () => {
  it('is set aside only with a reason, told to everybody, and can be taken up again', async () => {
    const { id } = await (await as('sabina')).concerns.raise(typed());
    const emilia = await as('emilia');
    expect(
      (await problemOf(emilia.concerns.setAside({ id, reasonCode: 'repetida', reason: '' }))).fields.reason,
    ).toBe('Escribe un poco más: al menos 10 letras.');
    await emilia.concerns.setAside({
      id,
      reasonCode: 'repetida',
      reason: 'Ya está dicho en otro planteamiento.',
    });
    expect(await (await as(null)).concerns.detail({ id })).toMatchObject({
      state: 'no_recogida',
      reasonCode: 'repetida',
      reason: 'Ya está dicho en otro planteamiento.',
    });
    await emilia.concerns.reconsider({ id });
    const after = await (await as(null)).concerns.detail({ id });
    expect(after.state).toBe('recibida');
    expect(after.decisions.map((decision) => decision.state)).toEqual([
      'recibida',
      'no_recogida',
      'recibida',
    ]);
    expect(await problemOf(emilia.concerns.reconsider({ id }))).toMatchObject({
      code: 'concerns.not_set_aside',
    });
  });

  it('is not for the miner who raised it, nor for a delegate, to decide', async () => {
    const { id } = await (await as('sabina')).concerns.raise(typed());
    const decision = { id, reasonCode: 'repetida', reason: 'Ya está dicho antes.' } as const;
    for (const who of ['sabina', 'nieves', 'carla'] as const)
      expect(await problemOf((await as(who)).concerns.setAside(decision))).toMatchObject({
        code: 'refused',
        status: 403,
      });
    expect(await problemOf((await as(null)).concerns.setAside(decision))).toMatchObject({
      code: 'sign_in',
      status: 401,
    });
  });

  it('keeps its history, which the database refuses to change', async () => {
    const { id } = await (await as('sabina')).concerns.raise(typed());
    const erase = database.db.delete(concernDecisions).where(eq(concernDecisions.concernId, id));
    await expect(erase).rejects.toThrow();
  });
});

describe('her own words', () => {
  it('can be corrected while nobody has built on them', async () => {
    const { id } = await (await as('sabina')).concerns.raise(typed());
    await (await as('sabina')).concerns.reword({ id, words: 'Lavamos con agua sucia de la mina.' });
    expect((await (await as(null)).concerns.detail({ id })).words).toBe('Lavamos con agua sucia de la mina.');
    await database.db.update(concerns).set({ state: 'en_debate' }).where(eq(concerns.id, id));
    const late = (await as('sabina')).concerns.reword({ id, words: 'Otra cosa del todo distinta.' });
    expect(await problemOf(late)).toMatchObject({ code: 'refused' });
  });
});
