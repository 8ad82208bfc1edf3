import { beforeAll, describe, expect, it } from 'vitest';
import { presenceFrame } from '~/server/realtime/protocol';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { openForum, ourClient, pause, plainClient, rawSocket, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});
const enter = async (who: { id: string }) => (await signIn(t.db, who.id)).cookie;
const room = async () => {
  const draft = await buildDraft(t.db, world.mesaAgua.id);
  return `draft:${draft.id}`;
};
const seen = (client: ReturnType<typeof plainClient>) =>
  [...client.provider.awareness.getStates()].filter(([id]) => id !== client.doc.clientID);

describe('who is writing now', () => {
  it('is shown by the name of the base, and gone when she goes', async () => {
    const forum = await openForum(t.db);
    const name = await room();
    const nieves = ourClient(forum, name, await enter(world.people.nieves));
    const mery = ourClient(forum, name, await enter(world.people.mery));
    const rufino = ourClient(forum, name, await enter(world.people.rufino));
    await until('both seen', () => rufino.state().people.length === 2);
    expect(
      rufino
        .state()
        .people.map((one) => one.name)
        .sort(),
    ).toEqual(['Base libre', 'Flor de Cuarzo']);
    nieves.destroy();
    mery.destroy();
    await until('both gone', () => rufino.state().people.length === 0);
  });

  it('is shown again to who was away for a moment', async () => {
    const forum = await openForum(t.db);
    const name = await room();
    const nieves = ourClient(forum, name, await enter(world.people.nieves));
    const rufino = ourClient(forum, name, await enter(world.people.rufino));
    const together = () => rufino.state().people.length === 1 && nieves.state().people.length === 1;
    await until('together', together);
    nieves.network(false);
    await until('gone', () => rufino.state().people.length === 0);
    expect(nieves.state().people).toEqual([]);
    nieves.network(true);
    await until('together again', together);
  });

  it('cannot be forged: not the name, not the colour, nothing beside them', async () => {
    const forum = await openForum(t.db);
    const name = await room();
    const rufino = plainClient(forum, name, await enter(world.people.rufino));
    await rufino.synced();
    const nieves = plainClient(forum, name, await enter(world.people.nieves));
    nieves.provider.awareness.setLocalState({
      user: { name: 'Nieves Choque', color: 'url(evil)' },
      secret: 'x'.repeat(100),
    });
    await until('seen', () => seen(rufino).length > 0);
    await pause(1100);
    expect(seen(rufino)).toEqual([
      [
        nieves.doc.clientID,
        { user: { name: 'Flor de Cuarzo', color: expect.stringMatching(/^#[0-9a-f]{6}$/) } },
      ],
    ]);
  });

  it('is said by nobody for another', async () => {
    const forum = await openForum(t.db);
    const name = await room();
    const rufino = plainClient(forum, name, await enter(world.people.rufino));
    const nieves = plainClient(forum, name, await enter(world.people.nieves));
    await until('seen', () => seen(rufino).length === 1);
    const mallory = rawSocket(forum, name, await enter(world.people.mery));
    await mallory.admitted();
    const clock = Date.now() * 2;
    mallory.ws.send(presenceFrame([{ client: nieves.doc.clientID, clock, state: null }]));
    mallory.ws.send(presenceFrame([{ client: nieves.doc.clientID, clock, state: { user: { name: 'x' } } }]));
    mallory.ws.send(
      presenceFrame([
        { client: 5, clock, state: {} },
        { client: 6, clock, state: {} },
      ]),
    );
    await pause(80);
    expect(seen(rufino).find(([id]) => id === nieves.doc.clientID)?.[1].user.name).toBe('Flor de Cuarzo');
    expect(seen(rufino).some(([id]) => id === 6)).toBe(false);
  });

  it('is told once a second at most', async () => {
    const forum = await openForum(t.db);
    const name = await room();
    const rufino = rawSocket(forum, name, await enter(world.people.rufino));
    await rufino.admitted();
    const nieves = rawSocket(forum, name, await enter(world.people.nieves));
    await nieves.admitted();
    for (let i = 0; i < 60; i++) {
      nieves.ws.send(presenceFrame([{ client: 9, clock: i + 1, state: { i } }]));
      await pause(20);
    }
    expect(rufino.frames.filter((frame) => frame[0] === 1).length).toBeLessThanOrEqual(2);
  });

  it('shows who comes back on a new socket before the old one is found dead, once', async () => {
    const forum = await openForum(t.db);
    const name = await room();
    const rufino = plainClient(forum, name, await enter(world.people.rufino));
    await rufino.synced();
    const cookie = await enter(world.people.nieves);
    const [dead, fresh] = [rawSocket(forum, name, cookie), rawSocket(forum, name, cookie)];
    await Promise.all([dead.admitted(), fresh.admitted()]);
    dead.ws.send(presenceFrame([{ client: 77, clock: 1, state: {} }]));
    await until('seen', () => seen(rufino).length === 1);
    fresh.ws.send(presenceFrame([{ client: 77, clock: 1, state: {} }]));
    await pause(50);
    dead.ws.terminate();
    await pause(50);
    expect(seen(rufino).map(([id]) => id)).toEqual([77]);
  });

  it('is neither told by nor to who is there without a name, such as a liaison', async () => {
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const forum = await openForum(t.db, undefined, {
      draft: async (actor) => ({
        textId: draft.textId,
        right: 'edit',
        label: actor.forum.has('liaison') ? null : 'Flor de Cuarzo',
      }),
    });
    const name = `draft:${draft.id}`;
    const nieves = plainClient(forum, name, await enter(world.people.nieves));
    await nieves.synced();
    const carla = plainClient(forum, name, await enter(world.people.carla));
    await carla.synced();
    carla.write('hola');
    await nieves.reads('hola');
    await pause(50);
    expect(seen(nieves)).toEqual([]);
    expect(seen(carla)).toEqual([]);
  });
});
