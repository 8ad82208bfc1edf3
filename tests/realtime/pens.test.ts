import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { currentText } from '~/server/drafts/queries';
import { read } from '~/server/realtime/log';
import {
  markOf,
  placeOf,
  presenceFrame,
  step1Frame,
  step2Frame,
  updateFrame,
  upToFrame,
} from '~/server/realtime/protocol';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import {
  openForum,
  type Place,
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

async function story(options = { carryMs: 0 }) {
  const forum = await openForum(t.db, options);
  const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'Queremos agua. ' });
  const room = `draft:${draft.id}`;
  const nieves = plainClient(forum, room, await enter(world.people.nieves));
  await nieves.synced();
  const there = async () => (await currentText(t.db, draft.textId)).text;
  return {
    forum,
    room,
    nieves,
    there,
    rows: () => read(t.db, draft.textId),
    written: (words: string) => until(`«${words}» is there`, async () => (await there()) === words),
  };
}

/** What the next letter of this document would be, had it been somebody else who wrote it. */
function ahead(of: Y.Doc, words = 'FALSO ') {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(of));
  copy.clientID = of.clientID;
  const before = Y.encodeStateVector(copy);
  copy.getText('text').insert(0, words);
  return Y.encodeStateAsUpdate(copy, before);
}

async function comes(forum: Place, room: string, who: { id: string }) {
  const raw = rawSocket(forum, room, await enter(who));
  await raw.admitted();
  raw.ws.send(step1Frame(new Uint8Array([0])));
  await until('told', () => raw.frames.some((frame) => frame[0] === 0 && frame[1] === 1));
  return raw;
}
const saved = (frames: Uint8Array[]) => frames.some((frame) => frame[0] === 2 && frame[1] === 16);

describe('who writes in the id of another’s client, ahead of her', () => {
  it('is sent away with nothing kept, and what she writes next is read by everybody', async () => {
    const { forum, room, nieves, there, written, rows } = await story();
    nieves.write('Limpia. ');
    await written('Queremos agua. Limpia. ');
    const before = (await rows()).length;
    const rufino = await comes(forum, room, world.people.rufino);
    rufino.ws.send(updateFrame(ahead(nieves.doc)));
    expect((await rufino.end).code).toBe(4409);
    expect(saved(rufino.frames)).toBe(false);
    expect(await rows()).toHaveLength(before);
    nieves.write('Hoy.');
    await written('Queremos agua. Limpia. Hoy.');
    const mery = plainClient(forum, room, await enter(world.people.mery));
    await mery.reads(await there());
  });

  it('gains nothing by saying it as what she has brought from elsewhere, and may come back', async () => {
    const { forum, room, nieves, written, rows } = await story();
    nieves.write('Limpia. ');
    await written('Queremos agua. Limpia. ');
    const before = (await rows()).length;
    const rufino = await comes(forum, room, world.people.rufino);
    rufino.ws.send(step2Frame(ahead(nieves.doc)));
    expect((await rufino.end).code).toBe(4500);
    expect(await rows()).toHaveLength(before);
    const unasked = rawSocket(forum, room, await enter(world.people.rufino));
    await unasked.admitted();
    unasked.ws.send(updateFrame(ahead(nieves.doc)));
    expect((await unasked.end).code).toBe(4409);
    nieves.write('Hoy.');
    await written('Queremos agua. Limpia. Hoy.');
  });

  it('nor while she is away with words that nobody has yet, the forum started anew', async () => {
    const { forum, room, nieves, written } = await story();
    nieves.write('Limpia. ');
    await written('Queremos agua. Limpia. ');
    nieves.provider.disconnect();
    const stolen = ahead(nieves.doc);
    nieves.write('Escrito en el cerro. ');
    await forum.restart();
    for (const frame of [updateFrame(stolen), step2Frame(stolen)]) {
      const rufino = await comes(forum, room, world.people.rufino);
      rufino.ws.send(frame);
      expect([4409, 4500]).toContain((await rufino.end).code);
    }
    nieves.provider.connect();
    await written('Queremos agua. Limpia. Escrito en el cerro. ');
  });

  it('nor before she has written her first word: she is here with her id', async () => {
    const { forum, room, nieves, written } = await story();
    nieves.provider.awareness.setLocalState({});
    await new Promise((resolve) => setTimeout(resolve, 50));
    const rufino = await comes(forum, room, world.people.rufino);
    rufino.ws.send(updateFrame(ahead(nieves.doc)));
    expect((await rufino.end).code).toBe(4409);
    nieves.write('Limpia.');
    await written('Queremos agua. Limpia.');
  });
});

describe('who is here as our own page comes, which asks for the text packed or from a place', () => {
  it.each(['packed', 'from a place'])('is here with her id as anybody is: %s', async (how) => {
    const forum = await openForum(t.db, { carryMs: 0 });
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'Queremos agua. ' });
    const room = `draft:${draft.id}`;
    const page = new Y.Doc();
    const nieves = rawSocket(forum, room, await enter(world.people.nieves));
    await nieves.admitted();
    const [last] = (await read(t.db, draft.textId)).slice(-1);
    // As a client asks: auth, then `whole`, or `resume` and from where.
    nieves.ws.send(
      how === 'packed' ? Uint8Array.of(2, 20) : upToFrame(placeOf(last!.seq, markOf(last!.bytes))),
    );
    nieves.ws.send(presenceFrame([{ client: page.clientID, clock: 1, state: {} }]));
    await until('told', () => nieves.frames.some((frame) => frame[0] === 2 && [19, 20].includes(frame[1]!)));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const rufino = await comes(forum, room, world.people.rufino);
    rufino.ws.send(updateFrame(ahead(page)));
    expect((await rufino.end).code).toBe(4409);
    page.getText('text').insert(0, 'Hoy. ');
    nieves.ws.send(updateFrame(Y.encodeStateAsUpdate(page)));
    await until('saved', () => saved(nieves.frames));
    expect((await currentText(t.db, draft.textId)).text).toContain('Hoy. ');
  });
});

describe('her own id', () => {
  it('stays hers over reconnects, on another process, and after a new start', async () => {
    const { forum, nieves, written } = await story();
    nieves.write('Uno. ');
    await written('Queremos agua. Uno. ');
    nieves.provider.disconnect();
    nieves.write('Dos. ');
    nieves.provider.connect();
    await written('Queremos agua. Uno. Dos. ');
    nieves.write('Tres. ');
    await written('Queremos agua. Uno. Dos. Tres. ');
    await forum.restart();
    await until('back', () => nieves.provider.wsconnected && nieves.provider.synced);
    nieves.write('Cuatro. ');
    await written('Queremos agua. Uno. Dos. Tres. Cuatro. ');
    const second = await openForum(t.db, { carryMs: 0 });
    nieves.provider.disconnect();
    nieves.provider.serverUrl = second.url;
    Object.assign(nieves.provider, {
      _WS: socketOf(await enter(world.people.nieves), second.origin),
    });
    nieves.provider.connect();
    await until('there', () => nieves.provider.synced);
    nieves.write('Cinco.');
    await written('Queremos agua. Uno. Dos. Tres. Cuatro. Cinco.');
    expect(nieves.closes.filter((code) => code >= 4400 && code < 4500)).toEqual([]);
  });

  it('may be repeated by others: what the text has already changes nothing', async () => {
    const { forum, room, nieves, written } = await story();
    nieves.write('Limpia. ');
    await written('Queremos agua. Limpia. ');
    const rufino = await comes(forum, room, world.people.rufino);
    rufino.ws.send(updateFrame(Y.encodeStateAsUpdate(nieves.doc)));
    await until('saved', () => saved(rufino.frames));
    nieves.write('Hoy.');
    await written('Queremos agua. Limpia. Hoy.');
  });

  it('is brought by others right after a start: the forum may have lost what she has been told is read', async () => {
    const { forum, room, nieves, written } = await story({ carryMs: 60_000 });
    nieves.write('Limpia. ');
    await written('Queremos agua. Limpia. ');
    nieves.provider.disconnect();
    nieves.write('Perdido. ');
    const rufino = await comes(forum, room, world.people.rufino);
    rufino.ws.send(step2Frame(Y.encodeStateAsUpdate(nieves.doc)));
    await written('Queremos agua. Limpia. Perdido. ');
    nieves.provider.connect();
    await until('back', () => nieves.provider.synced);
    nieves.write('Hoy.');
    await written('Queremos agua. Limpia. Perdido. Hoy.');
  });

  it('is not the next one’s who takes up her phone: a page that was left open writes no more', async () => {
    const { forum, nieves, written, rows } = await story();
    nieves.write('Limpia. ');
    await written('Queremos agua. Limpia. ');
    nieves.provider.disconnect();
    const before = (await rows()).length;
    Object.assign(nieves.provider, { _WS: socketOf(await enter(world.people.rufino), forum.origin) });
    nieves.provider.connect();
    await until('back', () => nieves.provider.synced);
    nieves.write('Otra mano.');
    await until('sent away', () => nieves.closes.includes(4409));
    expect(await rows()).toHaveLength(before);
  });
});
