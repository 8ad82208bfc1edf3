import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { associations, mandates, memberships } from '~/db/schema/associations';
import { type Actor, actorOfPerson, anonymous } from '~/server/actor';
import * as policy from '~/server/associations/policy';
import {
  associationFacts,
  visibleTo,
  visibleToInMandates,
  visibleToInPadron,
} from '~/server/associations/queries';
import { can } from '~/server/rule';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import {
  buildAssociation,
  buildForumRole,
  buildMandate,
  buildMembership,
  buildPerson,
} from '../support/factories';
import { forumWorld } from '../support/people';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
const actors = new Map<string, Actor>([['anonymous', anonymous]]);

beforeAll(async () => {
  const { db } = database;
  world = await forumWorld(db);
  const libre = await buildAssociation(db, { name: 'Base libre', kind: 'base_libre' });
  const gone = await buildAssociation(db, { name: 'La que fue', dissolvedAt: new Date() });
  const [rosa, luz, cirila, old] = [
    await buildPerson(db, { name: 'Rosa Calla' }),
    await buildPerson(db, { name: 'Luz Arce' }),
    await buildPerson(db, { name: 'Cirila Flores' }),
    await buildPerson(db, { name: 'Olga Vera' }),
  ];
  await buildMembership(db, libre.id, rosa.id);
  await buildMembership(db, libre.id, luz.id);
  await buildMembership(db, libre.id, luz.id, 'secretary');
  await buildMembership(db, libre.id, world.people.sabina.id);
  await buildMembership(db, world.florDeCuarzo.id, cirila.id);
  await buildForumRole(db, cirila.id, 'credentials');
  await buildMembership(db, gone.id, old.id, 'secretary');
  await buildMandate(db, gone.id, old.id, { state: 'withdrawn' });
  await buildMandate(db, libre.id, rosa.id, { state: 'presented' });
  await buildMandate(db, world.tresVetas.id, world.people.tomasa.id, {
    state: 'refused',
    reason: 'Falta el acta.',
  });
  const everybody = { ...world.people, rosa, luz, cirila, old };
  for (const [name, { id }] of Object.entries(everybody)) actors.set(name, await actorOfPerson(db, id));
});

describe('a list shows what a detail may show, for every person and every row', () => {
  it('of associations', async () => {
    const all = await database.db.select({ id: associations.id }).from(associations);
    for (const [name, actor] of actors) {
      const rows = await database.db
        .select({ id: associations.id })
        .from(associations)
        .where(visibleTo(actor));
      const listed = new Set(rows.map(({ id }) => id));
      for (const { id } of all) {
        const facts = (await associationFacts(database.db, id))!;
        expect([name, facts.name, listed.has(id)]).toEqual([
          name,
          facts.name,
          can(policy.read, actor, facts),
        ]);
      }
    }
  });

  it('of who belongs', async () => {
    const all = await database.db.select().from(memberships);
    for (const [name, actor] of actors) {
      const rows = await database.db
        .select({ id: memberships.id })
        .from(memberships)
        .innerJoin(associations, eq(associations.id, memberships.associationId))
        .where(visibleToInPadron(actor));
      const listed = new Set(rows.map(({ id }) => id));
      for (const { id, associationId, personId, role } of all) {
        const association = (await associationFacts(database.db, associationId))!;
        const seen = can(policy.readMembership, actor, { association, personId, role });
        expect([name, association.name, role, listed.has(id)]).toEqual([name, association.name, role, seen]);
      }
    }
  });

  it('of mandates', async () => {
    const all = await database.db.select().from(mandates);
    for (const [name, actor] of actors) {
      const rows = await database.db
        .select({ id: mandates.id })
        .from(mandates)
        .innerJoin(associations, eq(associations.id, mandates.associationId))
        .where(visibleToInMandates(actor));
      const listed = new Set(rows.map(({ id }) => id));
      for (const { id, associationId, personId } of all) {
        const association = (await associationFacts(database.db, associationId))!;
        const seen = can(policy.readMandate, actor, { association, personId });
        expect([name, association.name, listed.has(id)]).toEqual([name, association.name, seen]);
      }
    }
  });
});

describe('what the outside learns of a base', () => {
  it('is its name, its kind and its place: no person, and no number below ten', async () => {
    for (const name of [null, world.people.tomasa.id, world.people.carla.id, world.people.amador.id]) {
      const api = await callAs(database.db, name);
      const shown = await api.associations.detail({ id: world.florDeCuarzo.id });
      expect(shown).toMatchObject({
        name: 'Flor de Cuarzo',
        womens: true,
        members: null,
        within: null,
        mandates: [],
      });
      expect(JSON.stringify(shown)).not.toMatch(/Elvira|Ysabel|Sabina|Nieves/);
      const { items } = await api.associations.list({ page: 1 });
      expect(items.every(({ members }) => members === null)).toBe(true);
      expect((await problemOf(api.associations.padron({ id: world.florDeCuarzo.id, page: 1 }))).status).toBe(
        name === null ? 401 : 403,
      );
      const member = await problemOf(
        api.associations.member({ id: world.florDeCuarzo.id, personId: world.people.sabina.id }),
      );
      expect(member.status).toBe(404);
    }
  });

  it('is how many they are from ten on, and names are found whatever the accents', async () => {
    for (let i = 0; i < 10; i++)
      await buildMembership(database.db, world.tresVetas.id, (await buildPerson(database.db, {})).id);
    const { items } = await (await callAs(database.db, null)).associations.list({ q: 'TRÉS vetás', page: 1 });
    expect(items).toMatchObject([{ name: 'Tres Vetas', members: 12 }]);
    const none = await (await callAs(database.db, null)).associations.list({ q: '%', page: 1 });
    expect(none.total).toBe(0);
  });

  it('is the same for a base that is not there and one that was dissolved', async () => {
    const api = await callAs(database.db, world.people.sabina.id);
    const [gone] = await database.db.select().from(associations).where(eq(associations.name, 'La que fue'));
    const missing = await problemOf(api.associations.detail({ id: '00000000-0000-4000-8000-000000000000' }));
    expect(await problemOf(api.associations.detail({ id: gone!.id }))).toEqual(missing);
  });
});
