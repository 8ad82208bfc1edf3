import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { mandates } from '~/db/schema/associations';
import { forumRoles, sessions } from '~/db/schema/people';
import { spaces } from '~/db/schema/spaces';
import { actorOfPerson, actorOfSession } from '~/server/actor';
import { testDatabase } from '../support/db';
import { buildForumRole, buildPerson, buildSpaceRole } from '../support/factories';
import { forumWorld } from '../support/people';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(database.db);
});

const signIn = async (personId: string, over: Partial<typeof sessions.$inferInsert> = {}) =>
  (
    await database.db
      .insert(sessions)
      .values({
        personId,
        device: 'x',
        seenOn: '2026-11-23',
        expiresAt: new Date(Date.now() + 60_000),
        ...over,
      })
      .returning()
  )[0]!.id;

describe('the actor of a session', () => {
  it('knows Nieves as member and delegate of her base and writer of the water table', async () => {
    const { nieves } = world.people;
    const actor = await actorOfSession(database.db, await signIn(nieves.id));
    expect(actor.personId).toBe(nieves.id);
    expect([...actor.associations.get(world.florDeCuarzo.id)!].sort()).toEqual(['delegate', 'member']);
    expect(actor.spaces.get(world.mesaAgua.id)).toBe('writer');
    expect(actor.forum.size).toBe(0);
  });

  it('knows what kind of space somebody coordinates, as long as the space is open', async () => {
    const { db } = database;
    const { mery, nieves, elvira } = world.people;
    const kinds = async (id: string) => [...(await actorOfPerson(db, id)).coordinates];
    expect(await kinds(mery.id)).toEqual(['table']);
    expect(await kinds(nieves.id)).toEqual([]);
    await buildSpaceRole(db, world.casaFlor.id, elvira.id, 'coordinator');
    expect(await kinds(elvira.id)).toEqual(['association']);
    await db.update(spaces).set({ closedAt: new Date() }).where(eq(spaces.id, world.mesaAgua.id));
    expect(await kinds(mery.id)).toEqual([]);
    await db.update(spaces).set({ closedAt: null }).where(eq(spaces.id, world.mesaAgua.id));
  });

  it('gives Carla her office', async () => {
    const actor = await actorOfPerson(database.db, world.people.carla.id);
    expect(actor.forum.has('liaison')).toBe(true);
    expect(actor.officeId).toBe(world.officeId);
  });

  it.each([
    ['ended', { endedAt: new Date() }],
    ['past its time', { expiresAt: new Date(Date.now() - 1000) }],
  ])('is nobody when the session is %s', async (_why, over) => {
    const actor = await actorOfSession(database.db, await signIn(world.people.gloria.id, over));
    expect(actor.personId).toBeNull();
    expect(actor.forum.size).toBe(0);
  });

  it('does not count a role that waits for its second person, nor one that ended', async () => {
    const marta = await buildPerson(database.db, { name: 'Marta' });
    await buildForumRole(database.db, marta.id, 'credentials', { confirmedAt: null });
    expect((await actorOfPerson(database.db, marta.id)).forum.size).toBe(0);
    await database.db
      .update(forumRoles)
      .set({ confirmedAt: new Date() })
      .where(eq(forumRoles.personId, marta.id));
    expect((await actorOfPerson(database.db, marta.id)).forum.has('credentials')).toBe(true);
    await database.db
      .update(forumRoles)
      .set({ endedAt: new Date() })
      .where(eq(forumRoles.personId, marta.id));
    expect((await actorOfPerson(database.db, marta.id)).forum.size).toBe(0);
  });

  it('takes the delegation away with the mandate', async () => {
    const { rufino } = world.people;
    await database.db.update(mandates).set({ state: 'withdrawn' }).where(eq(mandates.personId, rufino.id));
    expect([...(await actorOfPerson(database.db, rufino.id)).associations.get(world.tresVetas.id)!]).toEqual([
      'member',
    ]);
  });
});
