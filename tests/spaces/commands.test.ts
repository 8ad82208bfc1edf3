import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { spaceRoles, spaces } from '~/db/schema/spaces';
import { type Actor, actorOfPerson, anonymous } from '~/server/actor';
import { type ForumEvent, subscribe } from '~/server/events';
import { withCheckDigit } from '~/server/people/rules';
import { can } from '~/server/rule';
import { read } from '~/server/spaces/policy';
import { spaceFacts, visibleTo } from '~/server/spaces/queries';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import {
  buildAssociation,
  buildConcern,
  buildMembership,
  buildPerson,
  buildSpace,
  buildSpaceRole,
} from '../support/factories';
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
let serial = 2_000_000;
const newcomer = (name: string) =>
  buildPerson(database.db, { name, number: withCheckDigit(String(++serial)) });
const roleOf = async (personId: string, spaceId: string) =>
  (await actorOfPerson(database.db, personId)).spaces.get(spaceId) ?? null;
const mesa = {
  title: 'Mesa de Contratos',
  purpose: 'Aclarar los contratos con los titulares.',
  areas: ['contratos-con-titulares'],
};

describe('a table', () => {
  it('is opened by Gloria with who coordinates it, who names the others, and is closed', async () => {
    const [wilma, justo] = [await newcomer('Wilma Soto'), await newcomer('Justo Ramos')];
    const { id } = await (await as('gloria')).spaces.createTable({ ...mesa, number: wilma.number });
    expect(await roleOf(wilma.id, id)).toBe('coordinator');
    const hers = () => callAs(database.db, wilma.id);
    await (await hers()).spaces.appointToSpace({ id, number: justo.number, role: 'writer' });
    await (await hers()).spaces.appointToSpace({ id, number: justo.number, role: 'reader' });
    expect(await roleOf(justo.id, id)).toBe('reader');
    expect(await database.db.$count(spaceRoles, eq(spaceRoles.personId, justo.id))).toBe(2);
    await (await hers()).spaces.setPurpose({
      id,
      purpose: 'Contratos claros, con copia el mismo día.',
      areas: [],
    });
    expect(await (await callAs(database.db, null)).spaces.detail({ id })).toMatchObject({
      title: 'Mesa de Contratos',
      purpose: 'Contratos claros, con copia el mismo día.',
      people: null,
    });
    await (await hers()).spaces.endSpaceRole({ id, personId: justo.id });
    expect(await roleOf(justo.id, id)).toBeNull();
    expect(told).toEqual([wilma.id, justo.id, justo.id, justo.id]);

    await (await hers()).spaces.closeSpace({ id });
    expect(told.at(-1)).toBe(wilma.id);
    expect(await (await callAs(database.db, null)).spaces.detail({ id })).toMatchObject({ closed: true });
    const late = await problemOf(
      (await hers()).spaces.appointToSpace({ id, number: justo.number, role: 'writer' }),
    );
    expect(late.status).toBe(403);
  });

  it('keeps somebody who coordinates it', async () => {
    const { mesaTramites, people } = world;
    const delia = await as('delia');
    const ending = { id: mesaTramites.id, personId: people.delia.id };
    expect((await problemOf(delia.spaces.endSpaceRole(ending))).code).toBe('spaces.last_coordinator');
    const alma = await newcomer('Alma Vilca');
    await delia.spaces.appointToSpace({ id: mesaTramites.id, number: alma.number, role: 'coordinator' });
    await delia.spaces.endSpaceRole(ending);
    expect(await roleOf(people.delia.id, mesaTramites.id)).toBeNull();
  });

  it('without anybody to coordinate gets its first from the forum’s secretary, and no second', async () => {
    const empty = await buildSpace(database.db, { title: 'Mesa vacía' });
    const [first, second] = [await newcomer('Inés Rojas'), await newcomer('Nora Cusi')];
    const gloria = await as('gloria');
    await gloria.spaces.appointToSpace({ id: empty.id, number: first.number, role: 'reader' });
    expect(await roleOf(first.id, empty.id)).toBe('coordinator');
    const again = await problemOf(
      gloria.spaces.appointToSpace({ id: empty.id, number: second.number, role: 'writer' }),
    );
    expect(again.status).toBe(403);
  });

  it.each([
    ['a name that is taken', { title: 'mesa del agua' }, 'title'],
    ['no area', { areas: [] }, 'areas'],
    ['an area nobody knows', { areas: ['oro'] }, 'areas'],
    ['a number nobody has', { number: '12345678' }, 'number'],
    ['no purpose', { purpose: ' ' }, 'purpose'],
  ])('is not opened with %s', async (_what, over, field) => {
    const ok = await newcomer('Ok Mamani');
    const problem = await problemOf(
      (await as('gloria')).spaces.createTable({ ...mesa, title: 'Otra mesa', number: ok.number, ...over }),
    );
    expect(problem.fields[field]).toBeTruthy();
  });

  it('is nobody else’s to open, to name at, to word or to close', async () => {
    const id = world.mesaAgua.id;
    for (const name of ['rufino', 'hilario', 'delia', 'elvira', 'amador', 'carla', 'benita'] as const) {
      const api = await as(name);
      const number = '12345678';
      expect((await problemOf(api.spaces.createTable({ ...mesa, number }))).status).toBe(404);
      expect((await problemOf(api.spaces.appointToSpace({ id, number, role: 'reader' }))).status).toBe(403);
      expect(
        (await problemOf(api.spaces.setPurpose({ id, purpose: 'Otra cosa distinta.', areas: [] }))).status,
      ).toBe(403);
      expect((await problemOf(api.spaces.closeSpace({ id }))).status).toBe(403);
    }
  });
});

describe('the space of a base', () => {
  it('takes in its own people only', async () => {
    const elvira = await as('elvira');
    const outsider = await newcomer('Berta Luna');
    const naming = { id: world.casaFlor.id, number: outsider.number, role: 'reader' as const };
    expect((await problemOf(elvira.spaces.appointToSpace(naming))).code).toBe('spaces.not_of_base');
    await buildMembership(database.db, world.florDeCuarzo.id, outsider.id);
    await elvira.spaces.appointToSpace(naming);
    expect(await roleOf(outsider.id, world.casaFlor.id)).toBe('reader');
  });

  it('is not there for anybody outside, and the answer is the same as for no space at all', async () => {
    for (const name of ['rufino', 'gloria', 'amador', 'carla'] as const) {
      const api = await as(name);
      const missing = await problemOf(api.spaces.detail({ id: '00000000-0000-4000-8000-000000000000' }));
      expect(await problemOf(api.spaces.detail({ id: world.casaFlor.id }))).toEqual(missing);
      expect((await problemOf(api.spaces.closeSpace({ id: world.casaFlor.id }))).status).toBe(404);
      expect((await api.spaces.list()).own.map(({ title }) => title)).not.toContain('Flor de Cuarzo');
    }
    expect((await (await as('sabina')).spaces.list()).own.map(({ title }) => title)).toEqual([
      'Flor de Cuarzo',
    ]);
  });
});

describe('what is shown of a space', () => {
  it('to everybody: its public concerns counted, the bases that coordinate, no name', async () => {
    const { mesaAgua, people, florDeCuarzo } = world;
    await buildConcern(database.db, people.sabina.id, { spaceId: mesaAgua.id });
    await buildConcern(database.db, people.sabina.id, { spaceId: mesaAgua.id, audience: 'space' });
    await buildMembership(database.db, florDeCuarzo.id, people.mery.id);
    const shown = await (await callAs(database.db, null)).spaces.detail({ id: mesaAgua.id });
    expect(shown).toMatchObject({ concerns: 1, coordinators: ['Flor de Cuarzo'], people: null, women: null });
    expect(JSON.stringify(shown)).not.toMatch(/Mery|Rufino|Nieves|Hilario/);
    const { tables, plenary } = await (await callAs(database.db, null)).spaces.list();
    expect(plenary?.title).toBe('Plenaria');
    expect(tables.find(({ id }) => id === mesaAgua.id)).toMatchObject({ concerns: 1 });
  });

  it('to those inside: who has which role, and what they may do', async () => {
    const { mesaAgua } = world;
    const shown = await (await as('hilario')).spaces.detail({ id: mesaAgua.id });
    expect(shown.people?.map(({ name, role, abilities }) => [name, role, abilities.end])).toEqual([
      ['Mery Apaza', 'coordinator', false],
      ['Nieves Choque', 'writer', false],
      ['Rufino Huamaní', 'writer', false],
      ['Hilario Puma', 'reader', true],
    ]);
    expect(shown.abilities).toEqual({
      appoint: false,
      first: false,
      edit: false,
      write: false,
      close: false,
    });
  });

  it('of the bases beside a name: one’s own, and nobody else’s', async () => {
    const { mesaAgua } = world;
    const bases = async (who: Parameters<typeof as>[0]) =>
      Object.fromEntries(
        (await (await as(who)).spaces.detail({ id: mesaAgua.id })).people!.map(({ name, base }) => [
          name,
          base,
        ]),
      );
    expect(await bases('hilario')).toMatchObject({ 'Nieves Choque': null, 'Rufino Huamaní': null });
    expect(await bases('nieves')).toMatchObject({
      'Nieves Choque': 'Flor de Cuarzo',
      'Rufino Huamaní': null,
    });
    expect(await bases('rufino')).toMatchObject({ 'Nieves Choque': null, 'Rufino Huamaní': 'Tres Vetas' });
  });

  it('of a free base, where people do not know each other: who coordinates, and oneself', async () => {
    const { db } = database;
    const free = await buildAssociation(db, { name: 'Sin Organización', kind: 'base_libre' });
    const home = await buildSpace(db, { kind: 'association', associationId: free.id, private: true });
    const [rosa, lucia, julia] = [
      await buildPerson(db, { name: 'Rosa Pari' }),
      await buildPerson(db, { name: 'Lucía Mayta' }),
      await buildPerson(db, { name: 'Julia Poma' }),
    ];
    for (const { id } of [rosa, lucia, julia]) await buildMembership(db, free.id, id);
    await buildSpaceRole(db, home.id, rosa.id, 'coordinator');
    await buildSpaceRole(db, home.id, lucia.id, 'writer');
    const seenBy = async ({ id }: { id: string }) =>
      (await (await callAs(db, id)).spaces.detail({ id: home.id })).people!.map(({ name, base }) => [
        name,
        base,
      ]);
    expect(await seenBy(julia)).toEqual([['Rosa Pari', null]]);
    expect(await seenBy(lucia)).toEqual([
      ['Rosa Pari', null],
      ['Lucía Mayta', 'Sin Organización'],
    ]);
  });

  it('in a list as in the detail, for every person and every space', async () => {
    await buildSpaceRole(database.db, world.casaVetas.id, world.people.hilario.id, 'reader');
    const everybody: [string, Actor][] = [['anonymous', anonymous]];
    for (const [name, { id }] of Object.entries(world.people))
      everybody.push([name, await actorOfPerson(database.db, id)]);
    const all = await database.db.select({ id: spaces.id, title: spaces.title }).from(spaces);
    for (const [name, actor] of everybody) {
      const rows = await database.db.select({ id: spaces.id }).from(spaces).where(visibleTo(actor));
      const listed = new Set(rows.map(({ id }) => id));
      for (const { id, title } of all) {
        const facts = (await spaceFacts(database.db, id))!;
        expect([name, title, listed.has(id)]).toEqual([name, title, can(read, actor, facts)]);
      }
    }
  });
});
