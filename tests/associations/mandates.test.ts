import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mandates } from '~/db/schema/associations';
import { actorOfPerson } from '~/server/actor';
import { accreditedDelegates } from '~/server/associations/queries';
import { type ForumEvent, subscribe } from '~/server/events';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildForumRole, buildMembership, buildPerson } from '../support/factories';
import { forumWorld } from '../support/people';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
const as = (name: keyof typeof world.people) => callAs(database.db, world.people[name].id);
let told: string[] = [];
beforeAll(async () => {
  world = await forumWorld(database.db);
  return subscribe((event: ForumEvent) => {
    if (event.type === 'access.person.changed') told.push(...event.personIds);
  });
});
beforeEach(() => {
  told = [];
});

const acta = {
  actaReference: 'Libro 2, folio 14, acta 7',
  actaDate: '2026-10-18',
  actaWords: 'La asamblea nombra por mayoría a su delegada.',
};
const isDelegate = async (personId: string) =>
  (await actorOfPerson(database.db, personId)).associations.get(world.florDeCuarzo.id)?.has('delegate') ??
  false;
const roll = async () => (await accreditedDelegates(database.db)).map(({ personId }) => personId);

describe('the life of a mandate', () => {
  it('Elvira presents Sabina; Benita accredits her; the base takes its word back', async () => {
    const { florDeCuarzo, people } = world;
    const elvira = await as('elvira');
    const { id } = await elvira.associations.presentMandate({
      id: florDeCuarzo.id,
      personId: people.sabina.id,
      ...acta,
    });
    expect(await isDelegate(people.sabina.id)).toBe(false);
    expect(await roll()).not.toContain(people.sabina.id);

    const benita = await as('benita');
    const { waiting } = await benita.associations.desk();
    expect(waiting).toEqual([
      expect.objectContaining({ id, name: 'Sabina Quispe', ...acta, others: 1, abilities: { decide: true } }),
    ]);
    expect(waiting[0]!.association).toMatchObject({ name: 'Flor de Cuarzo', department: '21' });
    await benita.associations.accredit({ id });
    expect(await isDelegate(people.sabina.id)).toBe(true);
    // The second delegate of the same base: each stands on her own mandate.
    expect(await roll()).toEqual(expect.arrayContaining([people.sabina.id, people.nieves.id]));
    expect(told).toEqual([people.sabina.id]);
    expect((await problemOf(benita.associations.accredit({ id }))).code).toBe('associations.mandate.decided');

    await elvira.associations.withdrawMandate({ id });
    expect(await isDelegate(people.sabina.id)).toBe(false);
    expect(await roll()).not.toContain(people.sabina.id);
    expect(told).toEqual([people.sabina.id, people.sabina.id]);
    expect((await problemOf(elvira.associations.withdrawMandate({ id }))).code).toBe(
      'associations.mandate.over',
    );
  });

  it('a refusal says why, is read by the base, and does not close the door', async () => {
    const { florDeCuarzo, people } = world;
    const ysabel = await as('ysabel');
    const input = { id: florDeCuarzo.id, personId: people.elvira.id, ...acta };
    const { id } = await ysabel.associations.presentMandate(input);
    const ciro = await as('ciro');
    expect(
      (await problemOf(ciro.associations.refuseMandate({ id, reason: 'no' }))).fields.reason,
    ).toBeTruthy();
    await ciro.associations.refuseMandate({ id, reason: 'Al acta le faltan las firmas.' });
    const { mandates: seen } = await (await as('sabina')).associations.detail({ id: florDeCuarzo.id });
    expect(seen).toContainEqual(
      expect.objectContaining({ state: 'refused', reason: 'Al acta le faltan las firmas.' }),
    );
    expect(told).toEqual([]);
    const second = await ysabel.associations.presentMandate(input);
    await ysabel.associations.withdrawMandate({ id: second.id });
  });

  it('one person carries one mandate, whatever bases she belongs to, and whoever is first', async () => {
    const { florDeCuarzo, tresVetas } = world;
    const [elvira, tomasa] = [await as('elvira'), await as('tomasa')];
    const paula = await buildPerson(database.db, { name: 'Paula Ito' });
    await buildMembership(database.db, florDeCuarzo.id, paula.id);
    await buildMembership(database.db, tresVetas.id, paula.id);
    const both = await Promise.allSettled([
      elvira.associations.presentMandate({ id: florDeCuarzo.id, personId: paula.id, ...acta }),
      tomasa.associations.presentMandate({ id: tresVetas.id, personId: paula.id, ...acta }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const held = await database.db.select().from(mandates).where(eq(mandates.personId, paula.id));
    expect(held).toHaveLength(1);
  });

  it('who leaves the base is its delegate no longer', async () => {
    const { florDeCuarzo, people } = world;
    expect(await isDelegate(people.nieves.id)).toBe(true);
    const nieves = await as('nieves');
    await nieves.associations.leave({ id: florDeCuarzo.id, personId: people.nieves.id });
    expect((await actorOfPerson(database.db, people.nieves.id)).associations.size).toBe(0);
    expect(await roll()).not.toContain(people.nieves.id);
    expect(told).toEqual([people.nieves.id]);
  });

  it('the delegate gives it back herself', async () => {
    const rufino = await as('rufino');
    const [held] = await database.db
      .select({ id: mandates.id })
      .from(mandates)
      .where(eq(mandates.personId, world.people.rufino.id));
    await rufino.associations.withdrawMandate({ id: held!.id });
    expect(await roll()).not.toContain(world.people.rufino.id);
  });
});

describe('what is not done', () => {
  it.each([
    ['an acta of tomorrow', { actaDate: '2999-01-01' }, 'actaDate'],
    ['a day that is none', { actaDate: '2026-02-30' }, 'actaDate'],
    ['an acta without words', { actaWords: '   ' }, 'actaWords'],
    ['an acta nobody can find', { actaReference: '' }, 'actaReference'],
    ['somebody of another base', { personId: 'rufino' }, 'personId'],
  ] as const)('%s', async (_what, over, field) => {
    const given: Record<string, string> = { ...over };
    if (given.personId) given.personId = world.people.rufino.id;
    const input = { id: world.florDeCuarzo.id, personId: world.people.sabina.id, ...acta, ...given };
    const problem = await problemOf((await as('elvira')).associations.presentMandate(input));
    expect(problem.status).toBe(422);
    expect(problem.fields[field]).toBeTruthy();
  });

  it('nobody accredits for her own base, and only the committee does', async () => {
    const { florDeCuarzo, people } = world;
    const { id } = await (await as('elvira')).associations.presentMandate({
      id: florDeCuarzo.id,
      personId: people.sabina.id,
      ...acta,
    });
    const cirila = await buildPerson(database.db, { name: 'Cirila Flores' });
    await buildMembership(database.db, florDeCuarzo.id, cirila.id);
    await buildForumRole(database.db, cirila.id, 'credentials');
    const her = await callAs(database.db, cirila.id);
    const { waiting } = await her.associations.desk();
    expect(waiting.find((mandate) => mandate.id === id)?.abilities.decide).toBe(false);
    expect((await problemOf(her.associations.accredit({ id }))).status).toBe(403);
    expect(
      (await problemOf(her.associations.refuseMandate({ id, reason: 'No la conozco bien.' }))).status,
    ).toBe(403);
    for (const name of ['elvira', 'sabina', 'gloria'] as const)
      expect((await problemOf((await as(name)).associations.accredit({ id }))).status).toBe(403);
    // To others there is no such mandate.
    for (const name of ['tomasa', 'amador', 'carla', 'emilia'] as const) {
      const her = await as(name);
      const missing = await problemOf(
        her.associations.accredit({ id: '00000000-0000-4000-8000-000000000000' }),
      );
      expect(await problemOf(her.associations.accredit({ id }))).toEqual(missing);
      expect(missing.status).toBe(404);
    }
    expect(await isDelegate(people.sabina.id)).toBe(false);
  });

  it('a mandate is not accredited for who has become the State’s liaison meanwhile', async () => {
    const lino = await buildPerson(database.db, { name: 'Lino Farfán' });
    await buildMembership(database.db, world.florDeCuarzo.id, lino.id);
    const { id } = await (await as('elvira')).associations.presentMandate({
      id: world.florDeCuarzo.id,
      personId: lino.id,
      ...acta,
    });
    await buildForumRole(database.db, lino.id, 'liaison');
    expect((await problemOf((await as('benita')).associations.accredit({ id }))).code).toBe(
      'people.conflict_liaison',
    );
  });
});

describe('how many women are delegates (R-32)', () => {
  it('is counted, and told of ten or more with five on either side', async () => {
    const anyone = await callAs(database.db, null);
    expect((await anyone.associations.delegates()).women).toBeNull();
    for (let i = 0; i < 13; i++) {
      const one = await buildPerson(database.db, { name: `Delegada ${i}`, sex: i < 8 ? 'mujer' : 'hombre' });
      await database.db.insert(mandates).values({
        associationId: world.tresVetas.id,
        personId: one.id,
        ...acta,
        state: 'accredited',
      });
    }
    const told = await anyone.associations.delegates();
    expect(told).toMatchObject({ count: 13, women: 60 });
    expect(told.departments).toEqual([{ department: '04', count: 13, women: 60 }]);
  });
});
