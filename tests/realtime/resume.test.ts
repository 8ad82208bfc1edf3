import { brotliCompressSync, gunzipSync } from 'node:zlib';
import { eq, sql } from 'drizzle-orm';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { textSnapshots, texts, textUpdates } from '~/db/schema/drafts';
import { currentText } from '~/server/drafts/queries';
import { editUpdate, firstUpdate } from '~/server/drafts/rules';
import { publish } from '~/server/events';
import { compactText } from '~/server/realtime/compact';
import { documentOf } from '~/server/realtime/document';
import { append, appendAll, textState } from '~/server/realtime/log';
import { placeIn, placeOf, step1Frame, step2Frame, updateFrame, upToFrame } from '~/server/realtime/protocol';
import { startReach } from '~/server/realtime/reach';
import { unpack } from '~/server/realtime/snapshots';
import { startStates } from '~/server/realtime/state';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { openForum, type Place, plainClient, rawSocket, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});
const enter = async (who: { id: string }) => (await signIn(t.db, who.id)).cookie;

/**
 * A phone that keeps its document and the place it has been told, and comes back with that place alone.
 * `bytes` is what has come down to it since it last came, but for who else is here.
 */
function phone(forum: Place, room: string, cookie: string) {
  const doc = new Y.Doc();
  let place = 0;
  let raw: ReturnType<typeof rawSocket>;
  let asked = 0;
  let done = false;
  const come = async (first: Uint8Array) => {
    raw = rawSocket(forum, room, cookie);
    done = false;
    asked = 0;
    raw.ws.on('message', (data: Buffer) => {
      const decoder = decoding.createDecoder(data);
      const [type, kind] = [decoding.readVarUint(decoder), decoding.readVarUint(decoder)];
      if (type === 0 && kind === 0) asked++;
      if (type === 0 && kind > 0) Y.applyUpdate(doc, decoding.readVarUint8Array(decoder));
      if (type === 0 && kind === 1) done = true;
      if (type === 2 && kind === 20) {
        place = decoding.readVarUint(decoder);
        Y.applyUpdateV2(doc, gunzipSync(decoding.readVarUint8Array(decoder)));
        done = true;
      }
      if (type === 2 && kind === 19) place = decoding.readVarUint(decoder);
    });
    await raw.admitted();
    raw.ws.send(first);
    await until('answered', () => done && (raw.frames.at(-1)![0] === 2 || place === 0));
  };
  return {
    doc,
    read: () => doc.getText('text').toString(),
    place: () => place,
    seq: () => placeIn(place).seq,
    open: () => come(step1Frame(Y.encodeStateVector(doc))),
    resume: (from = place) => come(upToFrame(from)),
    /** As our own pages do that hold nothing yet. */
    whole: () => come(new Uint8Array([2, 20])),
    bytes: () => raw.frames.reduce((sum, frame) => sum + (frame[0] === 1 ? 0 : frame.length), 0),
    /** Whether the server asked what this phone has. */
    asked: () => asked > 0,
    frames: () => raw.frames,
    send: (frame: Uint8Array) => raw.ws.send(frame),
    end: () => raw.end,
    away: async () => {
      raw.ws.close();
      await raw.end;
    },
  };
}

const wordsOf = (packed: Uint8Array) =>
  documentOf([unpack(packed)])
    .getText('text')
    .toString();

async function story(text = 'Queremos agua. ', options = { quietMs: 20 }) {
  const forum = await openForum(t.db, options);
  const draft = await buildDraft(t.db, world.mesaAgua.id, { text });
  const room = `draft:${draft.id}`;
  const rufino = plainClient(forum, room, await enter(world.people.rufino));
  await rufino.synced();
  const nieves = phone(forum, room, await enter(world.people.nieves));
  return { forum, draft, textId: draft.textId, room, rufino, nieves };
}

describe('coming back with the place one has been told', () => {
  it('costs less than 64 bytes both ways together when nothing has happened, however much was ever deleted', async () => {
    const { nieves, rufino, textId } = await story('x');
    for (let i = 0; i < 200; i++) {
      rufino.text.insert(i % 2 ? 0 : rufino.text.length, `palabra${i} `);
      rufino.text.delete(Math.floor(rufino.text.length / 3), 2);
    }
    await until('written', async () => (await currentText(t.db, textId)).text === rufino.text.toString());
    await nieves.open();
    const whole = nieves.bytes();
    expect(nieves.read()).toBe(rufino.text.toString());
    await nieves.away();
    await nieves.resume();
    expect(nieves.bytes() + upToFrame(nieves.place()).length).toBeLessThanOrEqual(64);
    expect(whole).toBeGreaterThan(1000);
    expect(nieves.read()).toBe(rufino.text.toString());
  });

  it('brings what others wrote meanwhile, and nothing twice', async () => {
    const { nieves, rufino, textId } = await story();
    await nieves.open();
    await nieves.away();
    rufino.write('Limpia. ');
    rufino.write('Hoy.');
    await until('written', async () => (await currentText(t.db, textId)).text.endsWith('Hoy.'));
    const { seq } = await currentText(t.db, textId);
    await nieves.resume();
    expect(nieves.read()).toBe('Queremos agua. Limpia. Hoy.');
    expect(nieves.seq()).toBe(seq);
    expect(nieves.frames().filter((frame) => frame[0] === 0 && frame[1] === 2)).toHaveLength(2);
    expect(nieves.asked()).toBe(false);
  });

  it('is told to who is just listening, so that she knows her place without having asked', async () => {
    const { nieves, rufino, textId } = await story();
    await nieves.open();
    const before = nieves.seq();
    rufino.write('Limpia.');
    await until('told', () => nieves.seq() > before);
    expect(nieves.read()).toBe('Queremos agua. Limpia.');
    expect(nieves.seq()).toBe((await currentText(t.db, textId)).seq);
  });

  it('counts what a form wrote, which is told too', async () => {
    const { nieves, rufino, textId } = await story();
    await nieves.open();
    const { updates } = (await textState(t.db, textId))!;
    const bytes = editUpdate(updates, 'Queremos agua. De la planilla.')!;
    const seq = await append(t.db, textId, null, bytes);
    publish({ type: 'text.appended', textId, author: null, bytes });
    await rufino.reads('Queremos agua. De la planilla.');
    await until('told', () => nieves.seq() === seq);
    expect(nieves.read()).toBe('Queremos agua. De la planilla.');
    rufino.write(' Y más.');
    await until('told on', () => nieves.seq() > seq);
    expect(nieves.read()).toBe('Queremos agua. De la planilla. Y más.');
  });

  it('lets her write on at once; what she sends then is saved and told', async () => {
    const { nieves, rufino } = await story();
    await nieves.open();
    await nieves.away();
    await nieves.resume();
    const before = Y.encodeStateVector(nieves.doc);
    nieves.doc.getText('text').insert(0, 'Sí: ');
    nieves.send(updateFrame(Y.encodeStateAsUpdate(nieves.doc, before)));
    await rufino.reads('Sí: Queremos agua. ');
    await until('saved', () => nieves.frames().some((frame) => frame[0] === 2 && frame[1] === 16));
  });

  it('gives the whole text to who comes from before the snapshot', async () => {
    const { nieves, rufino, textId } = await story();
    await nieves.open();
    await nieves.away();
    const { updates } = (await textState(t.db, textId))!;
    const doc = documentOf(updates);
    const rows: { author: null; bytes: Uint8Array }[] = [];
    doc.on('update', (bytes: Uint8Array) => rows.push({ author: null, bytes }));
    for (let i = 0; i < 250; i++) doc.getText('text').insert(0, `${i} `);
    await appendAll(t.db, textId, rows);
    await t.db.execute(
      sql`update ${textUpdates} set at = now() - interval '3 days' where text_id = ${textId}`,
    );
    await compactText(t.db, textId);
    await nieves.resume();
    expect(nieves.read()).toBe(doc.getText('text').toString());
    expect(nieves.seq()).toBe(251);
    // And she who stood at the snapshot's own place needs nothing.
    await nieves.away();
    await nieves.resume();
    expect(nieves.bytes()).toBeLessThanOrEqual(40);
    publish({ type: 'text.appended', textId, author: null, bytes: rows[0]!.bytes });
    await rufino.reads(doc.getText('text').toString());
  });

  it('is asked for everything when the log is another than the one she knew: a backup was put back', async () => {
    const { forum, nieves, rufino, textId } = await story('Esto estaba en la copia. ');
    await nieves.open();
    rufino.write('Esto vino después.');
    await until('told', () => nieves.read().endsWith('después.') && nieves.seq() === 2);
    await nieves.away();
    rufino.provider.destroy();
    await forum.restart();
    await t.db.execute(sql`delete from ${textUpdates} where text_id = ${textId} and seq = 2`);
    await t.db.execute(sql`update ${texts} set last_seq = 1 where id = ${textId}`);
    // Her place is beyond the end of this log.
    await nieves.resume();
    expect(nieves.asked()).toBe(true);
    await nieves.away();
    // And now it is not, but another stands there.
    await append(t.db, textId, null, firstUpdate('Otra cosa. '));
    await nieves.resume(placeOf(2, 12345));
    expect(nieves.asked()).toBe(true);
    nieves.send(step2Frame(Y.encodeStateAsUpdate(nieves.doc)));
    await until('whole again', async () => (await currentText(t.db, textId)).text === nieves.read());
    expect(nieves.read()).toContain('Esto vino después.');
    expect(nieves.read()).toContain('Otra cosa.');
  });

  it.each([
    ['the beginning', 0],
    ['a place that there is not', placeOf(10 ** 8, 5)],
    ['her seq with another mark', placeOf(1, 0)],
    ['the largest number', Number.MAX_SAFE_INTEGER],
  ])('brings everything to who comes from %s', async (_where, place) => {
    const { nieves } = await story();
    await nieves.resume(place);
    expect(nieves.read()).toBe('Queremos agua. ');
  });

  it('is malformed when it says anything more, or less', async () => {
    for (const frame of [
      [2, 19],
      [2, 19, 5, 5],
      [2, 18, 1],
    ]) {
      const { forum, room } = await story();
      const raw = rawSocket(forum, room, await enter(world.people.nieves));
      await raw.admitted();
      raw.ws.send(new Uint8Array(frame));
      expect((await raw.end).code).toBe(4400);
    }
  });

  it('is nothing that a plain client stumbles over', async () => {
    const { rufino } = await story();
    rufino.write('Hoy.');
    await until('told', () => rufino.provider.wsconnected);
    expect(rufino.closes).toEqual([]);
    const encoder = encoding.createEncoder();
    const decoder = decoding.createDecoder(upToFrame(placeOf(3, 7)));
    decoding.readVarUint(decoder);
    rufino.provider.messageHandlers[2]!(encoder, decoder, rufino.provider, false, 2);
  });
});

describe('who holds nothing yet', () => {
  /** Words that stood there for a while, in the log and in no text. */
  async function takenBack(rufino: Awaited<ReturnType<typeof story>>['rufino'], textId: string) {
    rufino.text.insert(0, 'SECRETO ');
    await until('there', async () => (await currentText(t.db, textId)).text.startsWith('SECRETO'));
    rufino.text.delete(0, 8);
    await until('gone', async () => (await currentText(t.db, textId)).text === 'Queremos agua. ');
  }
  const told = (frames: Uint8Array[]) => frames.map((frame) => Buffer.from(frame).toString('latin1')).join();

  it('gets the text as it lies in the snapshot, with nothing made of it, and is told what comes', async () => {
    const { nieves, rufino, textId } = await story();
    for (let i = 0; i < 220; i++) rufino.write(`palabra${i} `);
    await until('written', async () => (await currentText(t.db, textId)).text === rufino.text.toString());
    await t.db.execute(
      sql`update ${textUpdates} set at = now() - interval '3 days' where text_id = ${textId}`,
    );
    await compactText(t.db, textId);
    const states = startStates(t.db);
    const [kept] = await t.db.select().from(textSnapshots).where(eq(textSnapshots.textId, textId));
    expect(Buffer.from((await states.packed(textId)).packed).equals(kept!.state)).toBe(true);
    await nieves.whole();
    expect(nieves.read()).toBe(rufino.text.toString());
    expect(nieves.asked()).toBe(false);
    rufino.write('Hoy.');
    await until('told', () => nieves.read().endsWith('Hoy.'));
    await nieves.away();
    await nieves.resume();
    expect(nieves.read()).toBe(rufino.text.toString());
  });

  it('gets one from a snapshot of before, and one that has not been folded, just as well', async () => {
    const { nieves, rufino, textId } = await story();
    await nieves.whole();
    expect(nieves.read()).toBe(rufino.text.toString());
    const { updates, seq } = (await textState(t.db, textId))!;
    const state = brotliCompressSync(Y.encodeStateAsUpdateV2(documentOf(updates)));
    await t.db.insert(textSnapshots).values({ textId, seq, state });
    const { packed } = await startStates(t.db).packed(textId);
    expect(wordsOf(packed)).toBe(rufino.text.toString());
  });

  it('gets what the text is, never the words that were taken out of it', async () => {
    const { nieves, rufino, textId, forum, room } = await story();
    await takenBack(rufino, textId);
    await nieves.resume(0);
    expect(nieves.read()).toBe('Queremos agua. ');
    expect(told(nieves.frames())).not.toContain('SECRETO');
    const mery = phone(forum, room, await enter(world.people.mery));
    await mery.whole();
    expect(mery.doc.store.clients.size).toBeGreaterThan(0);
    expect(told([Y.encodeStateAsUpdate(mery.doc)])).not.toContain('SECRETO');
  });

  it('nor does who only reads, and comes back to words that came and went', async () => {
    const { rufino, textId, forum, room } = await story();
    const hilario = phone(forum, room, await enter(world.people.hilario));
    await hilario.open();
    await hilario.away();
    await takenBack(rufino, textId);
    await hilario.resume();
    expect(hilario.read()).toBe('Queremos agua. ');
    expect(told(hilario.frames())).not.toContain('SECRETO');
  });

  it('shares one look into the log with all who come at the same moment', async () => {
    const { textId } = await story();
    let looks = 0;
    const counting = new Proxy(t.db, {
      get: (db, name) => {
        if (name === 'execute') looks++;
        return Reflect.get(db, name) as unknown;
      },
    });
    const states = startStates(counting);
    await Promise.all(Array.from({ length: 50 }, () => states.of(textId)));
    expect(looks).toBe(1);
    // Who comes while a look is under way may need what was written since: all of those share the next one.
    const first = states.of(textId);
    await Promise.resolve();
    await Promise.resolve();
    const later = Array.from({ length: 50 }, () => states.packed(textId));
    await Promise.all([first, ...later]);
    expect(looks).toBeLessThanOrEqual(3);
  });
});

describe('how far everybody has been told everything', () => {
  const at = (seq: number) => ({ seq, mark: seq * 10 });

  it('is where the first hole is', () => {
    let grown = 0;
    const reach = startReach(() => grown++);
    reach.add(4, at(5));
    expect(reach.now).toBeNull();
    reach.begin(at(3));
    expect(reach.now).toEqual(at(5));
    reach.add(8, at(9));
    reach.add(7, at(7));
    expect(reach.now).toEqual(at(5));
    expect(reach.waits).toBe(true);
    reach.add(6, at(6));
    expect(reach.now).toEqual(at(9));
    expect(reach.waits).toBe(false);
    reach.add(1, at(4));
    reach.begin(at(2));
    expect(reach.now).toEqual(at(9));
    expect(grown).toBe(2);
  });

  it('goes on when a hole is closed behind which more was told than is remembered', () => {
    const reach = startReach(() => {});
    reach.begin(at(1));
    for (let seq = 3; seq < 2000; seq++) reach.add(seq, at(seq));
    expect(reach.now).toEqual(at(1));
    reach.add(2, at(2000));
    expect(reach.now).toEqual(at(2000));
    expect(reach.waits).toBe(false);
  });
});
