import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { sessions } from '~/db/schema/people';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { openForum, plainClient, rawSocket, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let open: string;
let hidden: string;
beforeAll(async () => {
  world = await forumWorld(t.db);
  open = `draft:${(await buildDraft(t.db, world.mesaAgua.id)).id}`;
  hidden = `draft:${(await buildDraft(t.db, world.casaFlor.id)).id}`;
});

describe('who is let in to a draft', () => {
  it('lets a writer of the table write', async () => {
    const forum = await openForum(t.db);
    const nieves = plainClient(forum, open, (await signIn(t.db, world.people.nieves.id)).cookie);
    await nieves.synced();
    expect(nieves.closes).toEqual([]);
  });

  it.each([
    ['nobody who is not signed in', () => null, () => open],
    ['no liaison of the State', () => world.people.carla.id, () => open],
    ['not who runs the machine', () => world.people.amador.id, () => open],
    ['no outsider to a base’s own space', () => world.people.rufino.id, () => hidden],
    ['nobody to a draft that is not there', () => world.people.nieves.id, () => `draft:${randomUUID()}`],
    ['nobody to a name that is no draft', () => world.people.nieves.id, () => 'draft:../../etc/passwd'],
    [
      'nobody to a kind of text that there is not',
      () => world.people.nieves.id,
      () => `toString:${randomUUID()}`,
    ],
  ])('lets in %s, with the same last word', async (_who, who, room) => {
    const forum = await openForum(t.db);
    const id = who();
    const socket = rawSocket(forum, room(), id ? (await signIn(t.db, id)).cookie : null);
    expect(await socket.end).toEqual({ code: 4403, reason: '' });
    expect(socket.frames).toEqual([]);
  });

  it('refuses a cookie that is brought by a page of another site', async () => {
    const forum = await openForum(t.db);
    const { cookie } = await signIn(t.db, world.people.nieves.id);
    expect(await rawSocket(forum, open, cookie, 'https://otro.example').end).toEqual({
      code: 4403,
      reason: '',
    });
  });

  it('refuses a session that was ended before', async () => {
    const forum = await openForum(t.db);
    const { cookie, sessionId } = await signIn(t.db, world.people.nieves.id);
    await t.db.update(sessions).set({ endedAt: new Date() }).where(eq(sessions.id, sessionId));
    expect((await rawSocket(forum, open, cookie).end).code).toBe(4403);
  });

  it('refuses a cookie that somebody made up', async () => {
    const forum = await openForum(t.db);
    expect((await rawSocket(forum, open, 'next-auth.session-token=ey.ey.ey').end).code).toBe(4403);
  });

  it('tells a plain client for good: it does not come back', async () => {
    const forum = await openForum(t.db);
    const carla = plainClient(forum, open, (await signIn(t.db, world.people.carla.id)).cookie);
    await until('closed', () => carla.closes.length > 0);
    expect(carla.closes).toEqual([4403]);
    expect(carla.provider.shouldConnect).toBe(false);
    expect(carla.text.toString()).toBe('');
  });
});
