import { beforeAll, describe, expect, it, vi } from 'vitest';
import { currentText } from '~/server/drafts/queries';
import { onServer, testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { killRounds } from '~/tests/support/kill';
import { forumWorld } from '~/tests/support/people';
import { openForum, ourClient, pause, plainClient, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});
const enter = async (who: { id: string }) => (await signIn(t.db, who.id)).cookie;

describe('what has been acknowledged', () => {
  it('is in the database when the process is killed, and nothing typed is missing in the end', async () => {
    const end = await killRounds({ db: t.db, databaseUrl: t.url, rounds: 3, writers: 6, lifeMs: 300 });
    expect(end.lost).toEqual([]);
    expect(end.missing).toEqual([]);
    // Enough for the trial to mean something; how many there are is the speed of the machine, not ours to judge.
    expect(end.acknowledged).toBeGreaterThan(10);
  }, 60_000);

  it('is in the database already when the page says so', async () => {
    const forum = await openForum(t.db, { windowMs: 20 });
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const nieves = ourClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    await until('open', () => nieves.state().link === 'open');
    for (let i = 0; i < 20; i++) {
      nieves.edit(nieves.text.length, 0, `línea ${i}\n`);
      await until('saved', () => nieves.state().saving === 'saved');
      expect((await currentText(t.db, draft.textId)).text).toBe(nieves.text.toString());
    }
  });

  it('is nothing while the database is away; what was written waits, is told so, and comes through', async () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const nieves = ourClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    const rufino = plainClient(forum, `draft:${draft.id}`, await enter(world.people.rufino));
    await until('open', () => nieves.state().link === 'open' && rufino.provider.synced);
    const name = new URL(t.url).pathname.slice(1);
    await onServer(`alter database ${name} with allow_connections false`);
    await onServer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    nieves.edit(0, 0, 'sin base de datos');
    await until('told', () => nieves.state().saving === 'waiting');
    await rufino.reads('sin base de datos');
    expect(forum.healthy()).toBe(false);
    await pause(300);
    expect(nieves.state()).toMatchObject({ saving: 'waiting', unsaved: 'sin base de datos' });
    await onServer(`alter database ${name} with allow_connections true`);
    await until('saved', () => nieves.state().saving === 'saved', 10_000);
    expect((await currentText(t.db, draft.textId)).text).toBe('sin base de datos');
    expect(forum.healthy()).toBe(true);
    silent.mockRestore();
  });

  it('is everything that came in before an orderly stop', async () => {
    const forum = await openForum(t.db, { windowMs: 200 });
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const nieves = plainClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    const rufino = plainClient(forum, `draft:${draft.id}`, await enter(world.people.rufino));
    await Promise.all([nieves.synced(), rufino.synced()]);
    nieves.write('justo antes');
    await rufino.reads('justo antes');
    nieves.provider.shouldConnect = false;
    rufino.provider.shouldConnect = false;
    await forum.restart();
    expect((await currentText(t.db, draft.textId)).text).toBe('justo antes');
  });
});
