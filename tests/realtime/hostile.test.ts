import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { connect } from '~/app/_editor/connection';
import { currentText } from '~/server/drafts/queries';
import { firstUpdate } from '~/server/drafts/rules';
import { authorsOf } from '~/server/realtime/authors';
import { read } from '~/server/realtime/log';
import { step1Frame, updateFrame } from '~/server/realtime/protocol';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { buildPerson, buildSpace, buildSpaceRole } from '~/tests/support/factories';
import { forumWorld } from '~/tests/support/people';
import {
  atEnd,
  openForum,
  ourClient,
  plainClient,
  rawSocket,
  signIn,
  socketOf,
  until,
} from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});
const enter = async (who: { id: string }) => (await signIn(t.db, who.id)).cookie;
const patient = 60_000;

describe('a paste of five million letters', () => {
  it('comes through in pieces, is saved, and is read by the others', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const room = `draft:${draft.id}`;
    const nieves = ourClient(forum, room, await enter(world.people.nieves));
    await until('open', () => nieves.state().link === 'open');
    const long = 'ñandú '.repeat(833_334);
    nieves.edit(0, 0, long);
    await until('saved', () => nieves.state().saving === 'saved', patient);
    expect((await currentText(t.db, draft.textId)).text).toBe(long);
    const rufino = plainClient(forum, room, await enter(world.people.rufino));
    await until('read', () => rufino.text.length === long.length, patient);
  }, 120_000);

  it('or of half a million written without a network is taken when she is back', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const nieves = ourClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    await until('open', () => nieves.state().link === 'open');
    nieves.provider.disconnect();
    const long = 'ñandú '.repeat(80_000);
    nieves.edit(0, 0, long);
    nieves.provider.connect();
    await until('saved', () => nieves.state().saving === 'saved', patient);
    expect((await currentText(t.db, draft.textId)).text).toBe(long);
  });

  it('or of two million written without a network, with words taken away, is taken when she is back', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'Queremos agua. ' });
    const room = `draft:${draft.id}`;
    const nieves = ourClient(forum, room, await enter(world.people.nieves));
    const rufino = plainClient(forum, room, await enter(world.people.rufino));
    await until('open', () => nieves.state().link === 'open' && rufino.provider.synced);
    const closes: number[] = [];
    nieves.provider.on('connection-close', (event) => event && closes.push(event.code));
    nieves.provider.disconnect();
    nieves.edit(9, 0, 'ñandú 🦙 '.repeat(222_222));
    nieves.edit(100, 50, '');
    nieves.edit(0, 3, 'Ya');
    rufino.write('Y oro.');
    await rufino.reads('Queremos agua. Y oro.');
    closes.length = 0;
    nieves.provider.connect();
    await until('saved', () => nieves.state().saving === 'saved', patient);
    expect(closes).toEqual([]);
    const words = nieves.text.toString();
    expect(words).toContain('Y oro.');
    expect((await currentText(t.db, draft.textId)).text).toBe(words);
    await until('read', () => rufino.text.toString() === words, patient);
  }, 120_000);

  it('or that an earlier page left on her phone as one change is sent from there', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const room = `draft:${draft.id}`;
    const long = 'ñandú '.repeat(200_000);
    const kept = {
      id: randomUUID(),
      room,
      at: 1,
      update: firstUpdate(long) as Uint8Array<ArrayBuffer>,
      words: long,
    };
    const released: string[] = [];
    const nieves = connect({
      url: forum.url,
      room,
      socket: socketOf(await enter(world.people.nieves), forum.origin),
      shelf: {
        hold: async () => true,
        release: async (id) => void released.push(id),
        all: async () => [kept],
      },
    });
    atEnd(() => nieves.destroy());
    await until('sent, saved and let go of', () => released.includes(kept.id), patient);
    expect((await currentText(t.db, draft.textId)).text).toBe(long);
  }, 120_000);

  it('in one frame closes the socket that sent it, and keeps nothing of it', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const raw = rawSocket(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    await raw.admitted();
    raw.ws.send(updateFrame(firstUpdate('x'.repeat(5_000_000))));
    expect((await raw.end).code).toBe(1009);
    expect(await read(t.db, draft.textId)).toEqual([]);
  });
});

describe('updates for what is not there', () => {
  it.each([
    ['a draft that does not exist', () => `draft:${randomUUID()}`],
    ['a kind that does not exist', () => `acta:${randomUUID()}`],
    ['no draft at all', () => 'draft:'],
    ['a place above', () => 'draft:../../etc/passwd'],
  ])('leave no trace and learn nothing: %s', async (_what, room) => {
    const forum = await openForum(t.db);
    const before = await t.db.execute('select count(*)::int as n from text_updates');
    const raw = rawSocket(forum, room(), await enter(world.people.nieves));
    await until('connected', () => raw.ws.readyState === raw.ws.OPEN || raw.ws.readyState === raw.ws.CLOSED);
    raw.ws.send(updateFrame(firstUpdate('hola')), () => {});
    expect((await raw.end).code).toBe(4403);
    expect(raw.frames).toEqual([]);
    expect(await t.db.execute('select count(*)::int as n from text_updates')).toEqual(before);
  });
});

describe('a frame that is not for this text', () => {
  it('taken from a private table and sent to an open one carries nothing out of it', async () => {
    const forum = await openForum(t.db);
    const space = await buildSpace(t.db, { private: true });
    const julia = await buildPerson(t.db);
    await buildSpaceRole(t.db, space.id, julia.id, 'writer');
    const secret = await buildDraft(t.db, space.id, { text: 'Entre nosotras.' });
    const open = await buildDraft(t.db, world.mesaAgua.id, { text: 'De todos.' });
    // An update that stands on words of the private text: somebody saw only her own part of it.
    const doc = new Y.Doc();
    for (const { bytes } of await read(t.db, secret.textId)) Y.applyUpdate(doc, bytes);
    const vector = Y.encodeStateVector(doc);
    doc.getText('text').insert(6, ' (lo nuestro) ');
    const foreign = updateFrame(Y.encodeStateAsUpdate(doc, vector));
    const rufino = rawSocket(forum, `draft:${open.id}`, await enter(world.people.rufino));
    await rufino.admitted();
    rufino.ws.send(step1Frame(new Uint8Array([0])));
    rufino.ws.send(foreign);
    await until('kept', async () => (await read(t.db, open.textId)).length === 2);
    const mery = plainClient(forum, `draft:${open.id}`, await enter(world.people.mery));
    await mery.synced();
    // It waits for words that this text will never have, and shows nothing.
    expect(mery.text.toString()).toBe('De todos.');
    mery.write(' Y más.');
    await until('written', async () => (await currentText(t.db, open.textId)).text === 'De todos. Y más.');
    expect(Buffer.concat(rufino.frames).includes('nosotras')).toBe(false);
    // Who has not even asked for the text is told that it stands on nothing here.
    const unasked = rawSocket(forum, `draft:${open.id}`, await enter(world.people.rufino));
    await unasked.admitted();
    unasked.ws.send(foreign);
    expect((await unasked.end).code).toBe(4424);
  });

  it('recorded and sent again a hundred times by another changes neither the words nor whose they are', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const room = `draft:${draft.id}`;
    const nieves = plainClient(forum, room, await enter(world.people.nieves));
    await nieves.synced();
    nieves.write('Queremos agua.');
    await until('written', async () => (await currentText(t.db, draft.textId)).text === 'Queremos agua.');
    const own = (await read(t.db, draft.textId)).map(({ bytes }) => bytes);
    const rufino = rawSocket(forum, room, await enter(world.people.rufino));
    await rufino.admitted();
    for (let i = 0; i < 100; i++) for (const update of own) rufino.ws.send(updateFrame(update));
    await until(
      'acknowledged',
      () => rufino.frames.some((frame) => frame[0] === 2 && frame[1] === 16 && frame[2] === 100 * own.length),
      patient,
    );
    expect((await currentText(t.db, draft.textId)).text).toBe('Queremos agua.');
    const authors = await authorsOf(t.db, draft.textId);
    expect(new Set(authors.map(({ author }) => author))).toEqual(new Set([world.people.nieves.id]));
    expect(nieves.text.toString()).toBe('Queremos agua.');
  });
});
