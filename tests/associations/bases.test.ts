import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { associations, memberships } from '~/db/schema/associations';
import { audit, submissions } from '~/db/schema/kernel';
import { persons } from '~/db/schema/people';
import { spaceRoles, spaces } from '~/db/schema/spaces';
import { actorOfPerson } from '~/server/actor';
import { associationsOf, placesOf } from '~/server/associations/queries';
import { type ForumEvent, subscribe } from '~/server/events';
import { withCheckDigit } from '~/server/people/rules';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import {
  buildAssociation,
  buildForumRole,
  buildMembership,
  buildPerson,
  buildSpaceRole,
} from '../support/factories';
import { forumWorld } from '../support/people';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
const as = (name: keyof typeof world.people) => callAs(database.db, world.people[name].id);
let told: string[] = [];
const silence = subscribe((event: ForumEvent) => {
  if (event.type === 'access.person.changed') told.push(...event.personIds);
});
let serial = 1_000_000;
const newcomer = (name: string) =>
  buildPerson(database.db, { name, number: withCheckDigit(String(++serial)) });
const rolesIn = async (personId: string, associationId: string) =>
  [...((await actorOfPerson(database.db, personId)).associations.get(associationId) ?? [])].sort();

beforeAll(async () => {
  world = await forumWorld(database.db);
  return silence;
});
afterEach(() => {
  told = [];
});

describe('a base is founded', () => {
  it('with a new secretary, whose code is told once, and with its private space', async () => {
    const gloria = await as('gloria');
    const key = randomUUID();
    const input = {
      key,
      name: 'Manos del Desmonte',
      kind: 'asociacion' as const,
      place: '0402',
      womens: true,
    };
    const made = await gloria.associations.found({ ...input, person: 'Lidia Apaza', sex: 'mujer' });
    expect(made.secretary?.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    const lidia = made.secretary!.personId;
    expect(await rolesIn(lidia, made.id)).toEqual(['member', 'secretary']);
    const [row] = await database.db.select().from(associations).where(eq(associations.id, made.id));
    expect(row).toMatchObject({ country: 'PE', department: '04', province: '0402', womens: true });
    const [home] = await database.db.select().from(spaces).where(eq(spaces.associationId, made.id));
    expect(home).toMatchObject({
      id: made.spaceId,
      kind: 'association',
      private: true,
      title: 'Manos del Desmonte',
    });

    const again = await gloria.associations.found({ ...input, person: 'Lidia Apaza', sex: 'mujer' });
    expect(again).toEqual({ ...made, secretary: { ...made.secretary, code: null } });
    const kept = await database.db.select().from(submissions);
    expect(JSON.stringify(kept)).not.toContain(made.secretary!.code!);
    expect(await database.db.$count(audit, eq(audit.subject, made.id))).toBe(1);
  });

  it('with somebody who has a card', async () => {
    const paula = await newcomer('Paula Ito');
    const made = await (await as('gloria')).associations.found({
      name: 'Arena Mansa',
      kind: 'comite',
      place: 'BO-L',
      number: `${paula.number.slice(0, 4)}-${paula.number.slice(4)}`,
    });
    expect(made.secretary).toEqual({ personId: paula.id, number: paula.number, code: null });
    expect(told).toEqual([paula.id]);
    expect(await associationsOf(database.db, paula.id)).toMatchObject([
      {
        name: 'Arena Mansa',
        country: 'BO',
        department: 'BO-L',
        roles: expect.arrayContaining(['member', 'secretary']),
      },
    ]);
    expect((await placesOf(database.db, [made.id])).get(made.id)).toMatchObject({
      name: 'Arena Mansa',
      kind: 'comite',
    });
  });

  it.each([
    [
      'no secretary',
      { name: 'Sin Nadie', kind: 'comite', place: '21' },
      'associations.secretary.missing',
      'number',
    ],
    [
      'a name that is taken, in other letters',
      { name: 'FLOR DE CUARZO', kind: 'comite', place: '21', person: 'Ana Roca' },
      'associations.name.taken',
      'name',
    ],
    [
      'a number nobody has',
      { name: 'Veta Alta', kind: 'comite', place: '21', number: '12345678' },
      'people.nobody',
      'number',
    ],
    [
      'both',
      { name: 'Veta Alta', kind: 'comite', place: '21', number: '12345678', person: 'Ana Roca' },
      'associations.secretary.both',
      'person',
    ],
    [
      'a place of nowhere',
      { name: 'Veta Alta', kind: 'comite', place: '99', person: 'Ana Roca' },
      'input',
      'place',
    ],
    [
      'a name of 121 letters',
      { name: 'a'.repeat(121), kind: 'comite', place: '21', person: 'Ana Roca' },
      'input',
      'name',
    ],
  ] as const)('not with %s', async (_what, input, code, field) => {
    const before = await database.db.$count(persons);
    const problem = await problemOf((await as('gloria')).associations.found(input as never));
    expect(problem.code).toBe(code);
    expect(problem.fields[field]).toBeTruthy();
    expect(await database.db.$count(persons)).toBe(before);
  });

  it('by nobody but the forum’s secretary', async () => {
    const input = { name: 'Veta Alta', kind: 'comite' as const, place: '21', person: 'Ana Roca' };
    for (const name of ['ysabel', 'amador', 'carla', 'benita', 'emilia'] as const)
      expect((await problemOf((await as(name)).associations.found(input))).status).toBe(404);
  });

  it('free, without a secretary, one for each country; its people come through the forum’s office', async () => {
    const gloria = await as('gloria');
    const input = { name: 'Base libre de Bolivia', kind: 'base_libre' as const, place: 'BO-P' };
    const { id } = await gloria.associations.found(input);
    const second = await problemOf(gloria.associations.found({ ...input, name: 'Otra base libre' }));
    expect(second.code).toBe('associations.free_base.taken');
    const eva = await (await as('benita')).associations.enrollMember({ id, name: 'Eva Poma' });
    expect(await rolesIn(eva.personId, id)).toEqual(['member']);
    expect(
      (await problemOf((await as('ysabel')).associations.enrollMember({ id, name: 'Eva Poma' }))).status,
    ).toBe(403);
    // Its first secretary is named by the forum's; the next by herself.
    await gloria.associations.appointSecretary({ id, personId: eva.personId });
    const luz = await gloria.associations.enrollMember({ id, name: 'Luz Arce' });
    expect(
      (await problemOf(gloria.associations.appointSecretary({ id, personId: luz.personId }))).status,
    ).toBe(403);
    await (await callAs(database.db, eva.personId)).associations.appointSecretary({
      id,
      personId: luz.personId,
    });
    expect(await rolesIn(luz.personId, id)).toEqual(['member', 'secretary']);
  });
});

describe('people come, get offices and leave', () => {
  it('Ysabel enrolls Sonia and has her code to print, once', async () => {
    const ysabel = await as('ysabel');
    const key = randomUUID();
    const input = { key, id: world.florDeCuarzo.id, name: '  Sonia   Ticona ', sex: 'mujer' as const };
    const [first, twin] = await Promise.all([
      ysabel.associations.enrollMember(input),
      ysabel.associations.enrollMember(input),
    ]);
    expect(first.personId).toBe(twin.personId);
    expect([first.code, twin.code].filter(Boolean)).toHaveLength(1);
    const [sonia] = await database.db.select().from(persons).where(eq(persons.id, first.personId));
    expect(sonia).toMatchObject({ name: 'Sonia Ticona', sex: 'mujer', enrolledBy: world.people.ysabel.id });
  });

  it('a person belongs to two bases and to each for herself (R-27, R-37)', async () => {
    const paula = await newcomer('Paula Quispe');
    const [ysabel, tomasa] = [await as('ysabel'), await as('tomasa')];
    await ysabel.associations.addMember({ id: world.florDeCuarzo.id, number: paula.number });
    await tomasa.associations.addMember({ id: world.tresVetas.id, number: paula.number });
    expect(told).toEqual([paula.id, paula.id]);
    const again = await problemOf(
      tomasa.associations.addMember({ id: world.tresVetas.id, number: paula.number }),
    );
    expect(again).toMatchObject({ code: 'associations.member.taken', status: 409 });
    await tomasa.associations.leave({ id: world.tresVetas.id, personId: paula.id });
    expect(await rolesIn(paula.id, world.tresVetas.id)).toEqual([]);
    expect(await rolesIn(paula.id, world.florDeCuarzo.id)).toEqual(['member']);
    await tomasa.associations.addMember({ id: world.tresVetas.id, number: paula.number });
    const rows = await database.db.select().from(memberships).where(eq(memberships.personId, paula.id));
    expect(rows.filter(({ associationId }) => associationId === world.tresVetas.id)).toHaveLength(2);
  });

  it('who came with a card of hers gets no other one from this base: to know her number is no way into her account', async () => {
    const { florDeCuarzo } = world;
    const [ysabel, gloria] = [await as('ysabel'), await as('gloria')];
    // Wilma belongs to nobody; a secretary has learned her number.
    const wilma = await newcomer('Wilma Apaza');
    await ysabel.associations.addMember({ id: florDeCuarzo.id, number: wilma.number });
    const asked = { id: florDeCuarzo.id, persons: [wilma.id] };
    expect((await problemOf(ysabel.associations.issueCards(asked))).status).toBe(403);
    expect((await problemOf(ysabel.people.reissueCard({ personId: wilma.id }))).status).toBe(404);
    const shown = await ysabel.associations.member({ id: florDeCuarzo.id, personId: wilma.id });
    expect(shown.cardElsewhere).toBe(true);
    expect((await gloria.people.reissueCard({ personId: wilma.id })).code).toMatch(/^[0-9A-Z-]+$/);
    // Whom the base has enrolled itself gets hers there.
    const { personId } = await ysabel.associations.enrollMember({
      ...{ id: florDeCuarzo.id, key: randomUUID(), name: 'Zenaida Luque' },
    });
    expect(
      (await ysabel.associations.issueCards({ id: florDeCuarzo.id, persons: [personId] })).cards,
    ).toHaveLength(1);
    for (const one of [wilma.id, personId])
      await ysabel.associations.leave({ id: florDeCuarzo.id, personId: one });
  });

  it('numbers cannot be tried out in rows', async () => {
    const ulla = await newcomer('Ulla Rojas');
    await buildMembership(database.db, world.florDeCuarzo.id, ulla.id, 'secretary');
    const her = await callAs(database.db, ulla.id);
    const codes = [];
    for (let i = 0; i < 41; i++)
      codes.push(
        (await problemOf(her.associations.addMember({ id: world.florDeCuarzo.id, number: '12345678' }))).code,
      );
    expect(codes.slice(0, 40)).toEqual(Array(40).fill('people.nobody'));
    expect(codes[40]).toBe('too_many');
    await (await as('ysabel')).associations.leave({ id: world.florDeCuarzo.id, personId: ulla.id });
  });

  it('an office is given with its name, and ended; she stays a member', async () => {
    const { florDeCuarzo, people } = world;
    const ysabel = await as('ysabel');
    await ysabel.associations.appointOfficer({
      id: florDeCuarzo.id,
      personId: people.sabina.id,
      title: 'tesorera',
    });
    expect(await rolesIn(people.sabina.id, florDeCuarzo.id)).toEqual(['member', 'officer']);
    const seen = await (await as('elvira')).associations.detail({ id: florDeCuarzo.id });
    expect(seen.within?.leaders).toContainEqual(
      expect.objectContaining({ name: 'Sabina Quispe', role: 'officer', title: 'tesorera' }),
    );
    await (await as('sabina')).associations.endRole({
      id: florDeCuarzo.id,
      personId: people.sabina.id,
      role: 'officer',
    });
    expect(await rolesIn(people.sabina.id, florDeCuarzo.id)).toEqual(['member']);
    expect(told).toEqual([people.sabina.id, people.sabina.id]);
  });

  it('an office is for members only, and given by nobody from outside', async () => {
    const { florDeCuarzo, people } = world;
    const input = { id: florDeCuarzo.id, personId: people.rufino.id };
    expect((await problemOf((await as('ysabel')).associations.appointOfficer(input))).code).toBe(
      'associations.not_a_member',
    );
    for (const name of ['elvira', 'sabina', 'tomasa', 'gloria', 'amador'] as const)
      expect((await problemOf((await as(name)).associations.appointOfficer(input))).status).toBe(403);
  });

  it('a base is never without a secretary: neither by ending, nor by leaving, nor by two at once', async () => {
    const { florDeCuarzo, people } = world;
    const id = florDeCuarzo.id;
    const ysabel = await as('ysabel');
    const end = (personId: string) => ysabel.associations.endRole({ id, personId, role: 'secretary' });
    expect((await problemOf(end(people.ysabel.id))).code).toBe('associations.last_secretary');
    expect((await problemOf(ysabel.associations.leave({ id, personId: people.ysabel.id }))).code).toBe(
      'associations.last_secretary',
    );
    await ysabel.associations.appointSecretary({ id, personId: people.sabina.id });
    const sabina = await as('sabina');
    const both = await Promise.allSettled([
      end(people.ysabel.id),
      sabina.associations.endRole({ id, personId: people.sabina.id, role: 'secretary' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await database.db
      .update(memberships)
      .set({ endedAt: null })
      .where(eq(memberships.personId, people.ysabel.id));
    await ysabel.associations.endRole({ id, personId: people.sabina.id, role: 'secretary' }).catch(() => {});
    expect(await rolesIn(people.ysabel.id, id)).toContain('secretary');
  });

  it('who leaves takes her roles in the base’s space with her', async () => {
    const { florDeCuarzo, casaFlor } = world;
    const rosa = await newcomer('Rosa Calla');
    await buildMembership(database.db, florDeCuarzo.id, rosa.id);
    await buildSpaceRole(database.db, casaFlor.id, rosa.id, 'coordinator');
    const her = await callAs(database.db, rosa.id);
    await her.associations.leave({ id: florDeCuarzo.id, personId: rosa.id });
    expect((await actorOfPerson(database.db, rosa.id)).spaces.size).toBe(0);
    const after = await callAs(database.db, rosa.id);
    expect((await problemOf(after.spaces.detail({ id: casaFlor.id }))).status).toBe(404);
  });
});

describe('roles that may not meet in one person are refused by every command (R-79)', () => {
  it('an administrator leads no base, a liaison is in none, who accredits leads none', async () => {
    const { florDeCuarzo } = world;
    const id = florDeCuarzo.id;
    const ysabel = await as('ysabel');
    const inside = async (name: string, role: 'admin' | 'credentials') => {
      const one = await newcomer(name);
      await buildMembership(database.db, id, one.id);
      await buildForumRole(database.db, one.id, role);
      return one;
    };
    const admin = await inside('Aldo Cruz', 'admin');
    const judge = await inside('Celia Mayta', 'credentials');
    // A role that waits to be confirmed counts as well.
    const waiting = await newcomer('Wilma Soto');
    await buildMembership(database.db, id, waiting.id);
    await buildForumRole(database.db, waiting.id, 'credentials', { confirmedAt: null });
    for (const [person, code] of [
      [admin, 'people.conflict_admin'],
      [judge, 'people.conflict_credentials'],
      [waiting, 'people.conflict_credentials'],
    ] as const) {
      const input = { id, personId: person.id };
      expect((await problemOf(ysabel.associations.appointOfficer(input))).code).toBe(code);
      expect((await problemOf(ysabel.associations.appointSecretary(input))).code).toBe(code);
    }
    const liaison = await newcomer('Lino Farfán');
    await buildForumRole(database.db, liaison.id, 'liaison');
    const number = liaison.number;
    expect((await problemOf(ysabel.associations.addMember({ id, number }))).code).toBe(
      'people.conflict_liaison',
    );
    const gloria = await as('gloria');
    const founding = { name: 'Del Estado', kind: 'comite' as const, place: '21', number };
    expect((await problemOf(gloria.associations.found(founding))).code).toBe('people.conflict_liaison');
    const table = { title: 'Mesa del Estado', purpose: 'Para ver qué pasa.', areas: ['agua'], number };
    expect((await problemOf(gloria.spaces.createTable(table))).code).toBe('people.conflict_liaison');
    const mery = await as('mery');
    const naming = { id: world.mesaAgua.id, number, role: 'writer' as const };
    expect((await problemOf(mery.spaces.appointToSpace(naming))).code).toBe('people.conflict_liaison');
    expect(told).toEqual([]);
  });
});

describe('a base is dissolved', () => {
  it('with its mandates, its space and its people’s roles; only the office still finds it', async () => {
    const base = await buildAssociation(database.db, { name: 'Quebrada Honda' });
    const [home] = await database.db
      .insert(spaces)
      .values({ kind: 'association', title: 'Quebrada Honda', associationId: base.id, private: true })
      .returning();
    const [silvia, guest] = [await newcomer('Silvia Huanca'), await newcomer('Gina Ortiz')];
    await buildMembership(database.db, base.id, silvia.id);
    await buildMembership(database.db, base.id, silvia.id, 'secretary');
    await buildSpaceRole(database.db, home!.id, guest.id, 'reader');
    const her = await callAs(database.db, silvia.id);
    const { id: mandate } = await her.associations.presentMandate({
      id: base.id,
      personId: silvia.id,
      actaReference: 'Libro 1, folio 3',
      actaDate: '2026-10-04',
      actaWords: 'La asamblea nombra a Silvia como su delegada.',
    });
    await (await as('benita')).associations.accredit({ id: mandate });
    expect(await rolesIn(silvia.id, base.id)).toContain('delegate');
    told = [];

    const gloria = await as('gloria');
    expect((await problemOf(gloria.associations.dissolve({ id: base.id }))).code).toBe(
      'associations.not_sure',
    );
    await gloria.associations.dissolve({ id: base.id, sure: true });
    expect(new Set(told)).toEqual(new Set([silvia.id, guest.id]));
    expect((await actorOfPerson(database.db, silvia.id)).associations.size).toBe(0);
    const open = await database.db.select().from(spaceRoles).where(eq(spaceRoles.spaceId, home!.id));
    expect(open.every(({ endedAt }) => endedAt !== null)).toBe(true);
    expect(
      (await problemOf((await callAs(database.db, silvia.id)).associations.detail({ id: base.id }))).status,
    ).toBe(404);
    expect((await gloria.associations.detail({ id: base.id })).dissolved).toBe(true);
    expect((await problemOf(gloria.associations.dissolve({ id: base.id, sure: true }))).status).toBe(403);
  });
});
