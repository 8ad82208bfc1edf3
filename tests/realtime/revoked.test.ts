import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { spaceRoles } from '~/db/schema/spaces';
import { publish } from '~/server/events';
import { callAs } from '~/tests/support/call';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { buildPerson, buildSpace, buildSpaceRole } from '~/tests/support/factories';
import { forumWorld } from '~/tests/support/people';
import { percentiles, revocations } from '~/tests/support/revocation';
import { openForum, ourClient, pause, plainClient, rawSocket, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});

/** As the command does that ends a role: the row, and after the commit the event. */
async function remove(personId: string, spaceId: string) {
  await t.db
    .update(spaceRoles)
    .set({ endedAt: new Date() })
    .where(and(eq(spaceRoles.personId, personId), eq(spaceRoles.spaceId, spaceId)));
  publish({ type: 'access.person.changed', personIds: [personId] });
}

async function privateTable() {
  const space = await buildSpace(t.db, { private: true });
  const [julia, rosa] = [await buildPerson(t.db), await buildPerson(t.db)];
  await buildSpaceRole(t.db, space.id, julia.id, 'writer');
  await buildSpaceRole(t.db, space.id, rosa.id, 'writer');
  const draft = await buildDraft(t.db, space.id, { text: 'Entre nosotras. ' });
  return { space, julia, rosa, draft, room: `draft:${draft.id}` };
}

describe('a right that is taken away', () => {
  it('closes the open page of who left a private table, for good', async () => {
    const forum = await openForum(t.db);
    const { space, julia, rosa, room } = await privateTable();
    const hers = plainClient(forum, room, (await signIn(t.db, julia.id)).cookie);
    const other = plainClient(forum, room, (await signIn(t.db, rosa.id)).cookie);
    await Promise.all([hers.synced(), other.synced()]);
    await remove(julia.id, space.id);
    await until('refused', () => hers.closes.includes(4403));
    expect(hers.closes).toEqual([4500, 4403]);
    other.write('ya sin ella');
    hers.write('todavía yo');
    await pause(60);
    expect(hers.text.toString()).not.toContain('ya sin ella');
    expect(other.text.toString()).toBe('Entre nosotras. ya sin ella');
    expect(other.closes).toEqual([]);
  });

  it('leaves who lost her pen at an open table as a reader, her unsaved words in her hands', async () => {
    const forum = await openForum(t.db);
    const space = await buildSpace(t.db);
    const julia = await buildPerson(t.db);
    await buildSpaceRole(t.db, space.id, julia.id, 'writer');
    const draft = await buildDraft(t.db, space.id, { text: 'Art. 1. ' });
    const hers = ourClient(forum, `draft:${draft.id}`, (await signIn(t.db, julia.id)).cookie);
    await until('open', () => hers.state().writer);
    await remove(julia.id, space.id);
    hers.edit(8, 0, 'mi última palabra');
    await until('reader', () => hers.provider.synced && !hers.state().writer);
    expect(hers.state().unsaved).toBe('mi última palabra');
    expect(hers.state().saving).not.toBe('saved');
  });

  it('cuts off a session that was ended on another phone, and only that one', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const [here, there] = [
      await signIn(t.db, world.people.nieves.id),
      await signIn(t.db, world.people.nieves.id),
    ];
    const lost = plainClient(forum, `draft:${draft.id}`, there.cookie);
    const kept = plainClient(forum, `draft:${draft.id}`, here.cookie);
    await Promise.all([lost.synced(), kept.synced()]);
    const nieves = await callAs(t.db, world.people.nieves.id);
    await nieves.people.endSession({ id: there.sessionId });
    await until('refused', () => lost.closes.includes(4403));
    expect(kept.closes).toEqual([]);
  });

  it('turns writers into readers when Mery closes the draft, and back', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const rufino = ourClient(forum, `draft:${draft.id}`, (await signIn(t.db, world.people.rufino.id)).cookie);
    await until('writer', () => rufino.state().writer);
    const mery = await callAs(t.db, world.people.mery.id);
    await mery.drafts.close({ id: draft.id });
    await until('reader', () => !rufino.state().writer);
    await mery.drafts.reopen({ id: draft.id });
    await until('writer again', () => rufino.state().writer);
  });

  it('counts against who was just being let in, too', async () => {
    const forum = await openForum(t.db);
    const { space, julia, room } = await privateTable();
    const { cookie } = await signIn(t.db, julia.id);
    for (let i = 0; i < 5; i++) {
      const sockets = Array.from({ length: 3 }, () => rawSocket(forum, room, cookie));
      await pause(i);
      await remove(julia.id, space.id);
      const codes = await Promise.all(sockets.map(async ({ end }) => (await end).code));
      expect(codes.filter((code) => code !== 4403 && code !== 4500)).toEqual([]);
      await t.db.update(spaceRoles).set({ endedAt: null }).where(eq(spaceRoles.personId, julia.id));
    }
  });

  it('is noticed without an event as well, when a session runs out', async () => {
    const forum = await openForum(t.db, { askAgainMs: 50 });
    const { space, julia, room } = await privateTable();
    const hers = plainClient(forum, room, (await signIn(t.db, julia.id)).cookie);
    await hers.synced();
    await t.db.update(spaceRoles).set({ endedAt: new Date() }).where(eq(spaceRoles.spaceId, space.id));
    await until('refused', () => hers.closes.includes(4403));
  });

  it('takes effect within two seconds of the commit, measured over fifty tries', async () => {
    const forum = await openForum(t.db);
    const { took, codes } = await revocations(t.db, forum, 50);
    console.info(`revocation: ${percentiles(took)}`);
    expect(codes).toEqual([4500]);
    expect(took.at(-1)).toBeLessThan(2000);
  });
});
