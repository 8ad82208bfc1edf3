import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { associations, memberships } from '~/db/schema/associations';
import { audit } from '~/db/schema/kernel';
import { forumRoles, persons } from '~/db/schema/people';
import type { ForumRole } from '~/server/actor';
import { type ForumEvent, subscribe } from '~/server/events';
import { conflictOf } from '~/server/people/queries';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import {
  buildAssociation,
  buildForumRole,
  buildMandate,
  buildMembership,
  buildOffice,
  buildPerson,
  buildSpace,
  buildSpaceRole,
} from '../support/factories';

const database = testDatabase();
type Person = typeof persons.$inferSelect;
let gloria: Person;
beforeEach(async () => {
  await database.db.update(forumRoles).set({ endedAt: new Date() }).where(isNull(forumRoles.endedAt));
  gloria = await buildPerson(database.db, { name: 'Gloria Sucasaire' });
  await buildForumRole(database.db, gloria.id, 'forumSecretary');
});

const people = async (person: { id: string }) => (await callAs(database.db, person.id)).people;
const name = async (person: Person, role: ForumRole, officeId?: string, by = gloria) =>
  (await people(by)).appoint({ key: randomUUID(), number: person.number, role, officeId });
const rolesOf = async (person: Person) =>
  (
    await database.db
      .select()
      .from(forumRoles)
      .where(and(eq(forumRoles.personId, person.id), isNull(forumRoles.endedAt)))
  )
    .filter((row) => row.confirmedAt)
    .map((row) => row.role);

async function told(run: () => Promise<unknown>) {
  const events: ForumEvent[] = [];
  const silence = subscribe((event) => events.push(event));
  await run();
  silence();
  return events;
}

describe('Gloria names', () => {
  it('an editor, at once, and the sockets are told', async () => {
    const emilia = await buildPerson(database.db, { name: 'Emilia Tito' });
    const events = await told(async () => {
      expect(await name(emilia, 'editor')).toMatchObject({ waiting: false, alone: false });
    });
    expect(events).toEqual([{ type: 'access.person.changed', personIds: [emilia.id] }]);
    expect(await rolesOf(emilia)).toEqual(['editor']);
    const [row] = await database.db.select().from(audit).where(eq(audit.subject, emilia.id));
    expect(row).toMatchObject({ action: 'people.appoint', personId: gloria.id });
  });

  it('the first of the committee alone, and the second with a second person', async () => {
    const [benita, ciro] = [await buildPerson(database.db), await buildPerson(database.db)];
    expect(await name(benita, 'credentials')).toMatchObject({ waiting: false, alone: true });
    const second = await name(ciro, 'credentials');
    expect(second).toMatchObject({ waiting: true, alone: false });
    expect(await rolesOf(ciro)).toEqual([]);
    const events = await told(async () => (await people(benita)).confirmAppointment({ id: second.id }));
    expect(events).toEqual([{ type: 'access.person.changed', personIds: [ciro.id] }]);
    expect(await rolesOf(ciro)).toEqual(['credentials']);
    // A second click finds nothing that waits.
    expect((await problemOf((await people(benita)).confirmAppointment({ id: second.id }))).status).toBe(403);
  });

  it('whoever named or is named does not confirm; who may not know of it finds nothing', async () => {
    const [benita, jacinta, sabina] = await Promise.all([1, 2, 3].map(() => buildPerson(database.db)));
    await name(benita!, 'credentials');
    const { id } = await name(jacinta!, 'forumSecretary');
    const confirm = async (person: Person) =>
      (await problemOf((await people(person)).confirmAppointment({ id }))).status;
    expect(await confirm(gloria)).toBe(403);
    expect([await confirm(jacinta!), await confirm(sabina!)]).toEqual([404, 404]);
  });

  it('a liaison with her office, and not without', async () => {
    const carla = await buildPerson(database.db, { name: 'Carla Núñez' });
    const office = await buildOffice(database.db);
    expect((await problemOf(name(carla, 'liaison'))).fields.officeId).toBeTruthy();
    expect((await problemOf(name(carla, 'liaison', randomUUID()))).fields.officeId).toBeTruthy();
    await name(carla, 'liaison', office.id);
    await expect((await people(carla)).me()).resolves.toMatchObject({
      forum: [{ role: 'liaison', office: 'Dirección Regional de Minería «de Prueba»' }],
    });
  });

  it('nobody twice, nobody unknown, not herself', async () => {
    const emilia = await buildPerson(database.db);
    await name(emilia, 'editor');
    expect(await problemOf(name(emilia, 'editor'))).toMatchObject({ code: 'people.role.taken', status: 409 });
    expect((await problemOf(name(gloria, 'credentials'))).code).toBe('people.oneself');
    const gone = await buildPerson(database.db);
    await database.db.delete(persons).where(eq(persons.id, gone.id));
    expect((await problemOf(name(gone, 'editor'))).code).toBe('people.nobody');
    expect((await problemOf(name({ ...gone, number: '12345678' }, 'editor'))).code).toBe(
      'people.number_wrong',
    );
  });

  it('once, however often the form arrives', async () => {
    const emilia = await buildPerson(database.db);
    const key = randomUUID();
    const send = async () => (await people(gloria)).appoint({ key, number: emilia.number, role: 'editor' });
    const [one, two] = await Promise.all([send(), send()]);
    expect(one).toEqual(two);
  });

  it('and nobody else does', async () => {
    const [sabina, emilia] = [await buildPerson(database.db), await buildPerson(database.db)];
    expect((await problemOf(name(emilia, 'editor', undefined, sabina))).code).toBe('not_found');
  });
});

describe('roles that may not meet (R-79)', () => {
  it('are refused to an officer, with the reason', async () => {
    const elvira = await buildPerson(database.db, { name: 'Elvira Mamani' });
    const flor = await buildAssociation(database.db);
    await buildMembership(database.db, flor.id, elvira.id, 'officer');
    for (const role of ['admin', 'credentials'] as const)
      expect((await problemOf(name(elvira, role))).code).toBe(`people.conflict_${role}`);
    await database.db
      .update(associations)
      .set({ dissolvedAt: new Date() })
      .where(eq(associations.id, flor.id));
    await name(elvira, 'admin');
  });

  it.each([
    ['a member', (id: string, base: string) => buildMembership(database.db, base, id)],
    ['a delegate', (id: string, base: string) => buildMandate(database.db, base, id)],
    [
      'a delegate to be',
      (id: string, base: string) => buildMandate(database.db, base, id, { state: 'presented' }),
    ],
    [
      'a reader',
      async (id: string) => buildSpaceRole(database.db, (await buildSpace(database.db)).id, id, 'reader'),
    ],
    ['an editor to be', (id: string) => buildForumRole(database.db, id, 'editor', { confirmedAt: null })],
  ])('%s does not become a liaison', async (_who, give) => {
    const carla = await buildPerson(database.db);
    await give(carla.id, (await buildAssociation(database.db)).id);
    const office = await buildOffice(database.db);
    expect((await problemOf(name(carla, 'liaison', office.id))).code).toBe('people.conflict_liaison');
  });

  it('are looked at again when a second person confirms', async () => {
    const [benita, ciro] = [await buildPerson(database.db), await buildPerson(database.db)];
    await name(benita, 'credentials');
    const { id } = await name(ciro, 'credentials');
    await buildMembership(database.db, (await buildAssociation(database.db)).id, ciro.id, 'officer');
    expect((await problemOf((await people(benita)).confirmAppointment({ id }))).code).toBe(
      'people.conflict_credentials',
    );
    expect(await rolesOf(ciro)).toEqual([]);
  });

  it('given at the same moment by two people, do not meet', async () => {
    const rufino = await buildPerson(database.db);
    const base = await buildAssociation(database.db);
    // What a base does when it names an officer: ask, then give, in one transaction.
    const nameOfficer = database.db.transaction(async (tx) => {
      const problem = await conflictOf(tx, rufino.id, 'officer');
      if (problem) throw new Error(problem);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await tx.insert(memberships).values({ associationId: base.id, personId: rufino.id, role: 'officer' });
    });
    const [officer, admin] = await Promise.allSettled([nameOfficer, name(rufino, 'admin')]);
    expect([officer.status, admin.status].sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('the end of a role', () => {
  it('comes from the secretary or from herself, and is told', async () => {
    const [emilia, benita] = [await buildPerson(database.db), await buildPerson(database.db)];
    const { id } = await name(emilia, 'editor');
    const events = await told(async () => (await people(gloria)).endRole({ id }));
    expect(events).toEqual([{ type: 'access.person.changed', personIds: [emilia.id] }]);
    const own = await name(benita, 'credentials');
    await (await people(benita)).endRole({ id: own.id });
    expect([await rolesOf(emilia), await rolesOf(benita)]).toEqual([[], []]);
    expect((await problemOf((await people(gloria)).endRole({ id }))).code).toBe('not_found');
  });

  it('never comes to the last secretary, not even when two end each other', async () => {
    const [own] = await database.db
      .select()
      .from(forumRoles)
      .where(and(eq(forumRoles.personId, gloria.id), isNull(forumRoles.endedAt)));
    expect((await problemOf((await people(gloria)).endRole({ id: own!.id }))).code).toBe(
      'people.last_secretary',
    );
    const jacinta = await buildPerson(database.db);
    const other = await buildForumRole(database.db, jacinta.id, 'forumSecretary');
    const ends = await Promise.allSettled([
      (await people(gloria)).endRole({ id: other.id }),
      (await people(jacinta)).endRole({ id: own!.id }),
    ]);
    expect(ends.map((end) => end.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([...(await rolesOf(gloria)), ...(await rolesOf(jacinta))]).toEqual(['forumSecretary']);
  });
});

describe('the list of roles', () => {
  it('has names, days and what she may do, for the secretary and the committee alone', async () => {
    const [benita, ciro, sabina] = await Promise.all(
      ['Benita Larico', 'Ciro Paredes', 'Sabina Quispe'].map((one) =>
        buildPerson(database.db, { name: one }),
      ),
    );
    await name(benita!, 'credentials');
    await name(ciro!, 'credentials');
    const seen = await (await people(benita!)).roles();
    expect(seen.roles.find((row) => row.name === 'Ciro Paredes')).toMatchObject({
      role: 'credentials',
      waiting: true,
      appointer: 'Gloria Sucasaire',
      number: expect.stringMatching(/^\d{4}-\d{4}$/),
      abilities: { confirm: true, end: false },
    });
    expect(seen.abilities).toEqual({ appoint: false, enroll: false });
    expect((await problemOf((await people(sabina!)).roles())).code).toBe('not_found');
    expect((await problemOf((await callAs(database.db, null)).people.roles())).code).toBe('not_found');
  });
});
