import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { presenceFrame, updateFrame } from '~/server/realtime/protocol';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { buildPerson } from '~/tests/support/factories';
import { forumWorld } from '~/tests/support/people';
import { openForum, ourClient, pause, rawSocket, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});
const codesOf = (sockets: ReturnType<typeof rawSocket>[]) => {
  const codes: number[] = [];
  for (const socket of sockets) void socket.end.then(({ code }) => codes.push(code));
  return codes;
};
const settled = (sockets: ReturnType<typeof rawSocket>[], codes: number[]) =>
  until(
    'each let in or sent away',
    () => sockets.filter((socket) => socket.frames.length > 0).length + codes.length === sockets.length,
    20_000,
  );

describe('what one client can ask of the forum', () => {
  it('is twenty sockets for a person', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const { cookie } = await signIn(t.db, world.people.nieves.id);
    const sockets = Array.from({ length: 24 }, () => rawSocket(forum, `draft:${draft.id}`, cookie));
    const codes = codesOf(sockets);
    await settled(sockets, codes);
    expect(codes).toEqual([4500, 4500, 4500, 4500]);
  });

  it('is a queue of one megabyte: a client that does not read is cut, the others go on', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const slow = rawSocket(forum, `draft:${draft.id}`, (await signIn(t.db, world.people.rufino.id)).cookie);
    await slow.admitted();
    const before = process.memoryUsage().rss;
    slow.ws.pause();
    const nieves = ourClient(forum, `draft:${draft.id}`, (await signIn(t.db, world.people.nieves.id)).cookie);
    await until('open', () => nieves.state().link === 'open');
    const page = 'a'.repeat(30_000);
    for (let i = 0; i < 800; i++) {
      nieves.edit(0, nieves.text.length, page);
      if (i % 20 === 0) await until('saved', () => nieves.state().saving === 'saved', 10_000);
    }
    await until('saved', () => nieves.state().saving === 'saved', 10_000);
    slow.ws.resume();
    expect([4500, 1006]).toContain((await slow.end).code);
    const got = slow.frames.reduce((sum, frame) => sum + frame.length, 0);
    expect(got).toBeLessThan(12_000_000);
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(200);
    expect(nieves.text.toString()).toBe(page);
  }, 60_000);

  it('is what it may say in words of presence: a thousand clients in a frame and no more', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const socket = rawSocket(forum, `draft:${draft.id}`, (await signIn(t.db, world.people.nieves.id)).cookie);
    await socket.admitted();
    const many = Array.from({ length: 1001 }, (_, client) => ({ client, clock: 1, state: {} }));
    socket.ws.send(presenceFrame(many));
    expect((await socket.end).code).toBe(4400);
  });

  it('is nothing at all before it has been decided who it is', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const { cookie } = await signIn(t.db, world.people.carla.id);
    const socket = rawSocket(forum, `draft:${draft.id}`, cookie);
    const doc = new Y.Doc();
    doc.getText('text').insert(0, 'x'.repeat(100_000));
    socket.ws.on('open', () => {
      for (let i = 0; i < 20; i++) socket.ws.send(updateFrame(Y.encodeStateAsUpdate(doc)));
    });
    expect((await socket.end).code).toBe(4403);
    await pause(30);
    expect(socket.frames).toEqual([]);
  });

  it('is two hundred sockets for an address, and a new one when an old one is gone', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const cookies: string[] = [];
    for (let i = 0; i < 11; i++) {
      const one = await buildPerson(t.db, { name: `Vecina ${i}` });
      cookies.push((await signIn(t.db, one.id)).cookie);
    }
    const sockets = Array.from({ length: 204 }, (_, i) =>
      rawSocket(forum, `draft:${draft.id}`, cookies[i % 11]!),
    );
    const codes = codesOf(sockets);
    await settled(sockets, codes);
    expect(codes).toEqual([4500, 4500, 4500, 4500]);
    sockets.find((socket) => socket.frames.length > 0)!.ws.close();
    await pause(50);
    const late = rawSocket(forum, `draft:${draft.id}`, cookies[0]!);
    await late.admitted();
  });
});
