import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { connect } from '~/app/_editor/connection';
import type { Shelf } from '~/app/_editor/keeping';
import type { Change } from '~/app/_light/changes';
import { ownerTag } from '~/server/session';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { atEnd, openForum, plainClient, signIn, socketOf, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});

/** What lies on one phone for its owner. */
function phone() {
  const lies = new Map<string, Change>();
  let full = false;
  const shelf: Shelf = {
    hold: async (change) => !full && Boolean(lies.set(change.id, change)),
    release: async (id) => void lies.delete(id),
    all: async () => [...lies.values()].sort((a, b) => a.at - b.at),
  };
  return {
    shelf,
    lies,
    words: () => [...lies.values()].map(({ words }) => words),
    fill: () => {
      full = true;
    },
  };
}

async function begin(text = 'Pedimos agua.\n') {
  const forum = await openForum(t.db);
  const draft = await buildDraft(t.db, world.mesaAgua.id, { text });
  const room = `draft:${draft.id}`;
  const { nieves, rufino } = world.people;
  const cookie = (await signIn(t.db, nieves.id)).cookie;
  const others = (await signIn(t.db, rufino.id)).cookie;
  const reader = plainClient(forum, room, others);
  await reader.synced();
  return {
    forum,
    room,
    reader,
    /** Nieves opens the page, on this phone; `as` tells whose cookie is in it by then. */
    opens(shelf?: Shelf, as = cookie, owner = ownerTag(nieves.id)) {
      const live = connect({ url: forum.url, room, owner, shelf, socket: socketOf(as, forum.origin) });
      live.provider.maxBackoffTime = 200;
      atEnd(() => live.destroy());
      return live;
    },
    others,
  };
}
type Opened = ReturnType<Awaited<ReturnType<typeof begin>>['opens']>;
const open = (live: Opened) => until('she writes', () => live.state().writer && live.state().link === 'open');
const saved = (live: Opened) => until('saved', () => live.state().saving === 'saved');
const offline = async (live: Opened) => {
  live.network(false);
  await until('offline', () => live.state().saving === 'offline');
};

describe('what is written without a network', () => {
  it('lies on the phone, is counted, and goes when the forum has it', async () => {
    const { opens, reader } = await begin();
    const { shelf, words, lies } = phone();
    const live = opens(shelf);
    await open(live);
    await offline(live);
    live.edit(12, 0, ' lim');
    live.edit(16, 0, 'pia');
    expect(live.state().kept).toBe(0);
    await until('it lies on the phone', () => live.state().kept === 1);
    expect(words()).toEqual([' limpia']);
    live.network(true);
    await reader.reads('Pedimos agua limpia.\n');
    await saved(live);
    await until('the phone is clean', () => lies.size === 0);
    expect(live.state()).toMatchObject({ kept: 0, dirty: false });
  });

  it('is sent by the page that is opened a day later, merged with what others wrote meanwhile', async () => {
    const { opens, reader } = await begin();
    const { shelf, lies } = phone();
    const first = opens(shelf);
    await open(first);
    await offline(first);
    first.edit(12, 0, ' limpia');
    await until('it lies on the phone', () => first.state().kept === 1);
    first.destroy();
    reader.text.insert(0, 'Todas: ');

    const second = opens(shelf);
    await open(second);
    await reader.reads('Todas: Pedimos agua limpia.\n');
    await until('the phone is clean', () => lies.size === 0);
    // Her words of that day are hers on this day too: somebody takes them away, and she is told.
    reader.text.delete(19, 7);
    await until('they are in her tray', () => second.state().lost.length === 1);
    expect(second.state().lost[0]!.words).toBe(' limpia');
  });

  it('is one edit, however often it is sent', async () => {
    const { opens, reader } = await begin('');
    const { shelf, lies } = phone();
    const first = opens(shelf);
    await open(first);
    await offline(first);
    first.edit(0, 0, 'una vez');
    await until('it lies on the phone', () => first.state().kept === 1);
    const [change] = lies.values();
    first.network(true);
    await reader.reads('una vez');
    await until('the phone is clean', () => lies.size === 0);
    lies.set(change!.id, change!);
    const second = opens(shelf);
    await open(second);
    await until('the phone is clean again', () => lies.size === 0);
    expect(reader.text.toString()).toBe('una vez');
  });

  it('is never called kept where the phone is full, nor counted as kept where only a part is', async () => {
    const { opens } = await begin('');
    const { shelf, fill } = phone();
    const live = opens(shelf);
    await open(live);
    await offline(live);
    live.edit(0, 0, 'uno');
    await until('it lies on the phone', () => live.state().kept === 1);
    fill();
    live.edit(3, 0, ' dos');
    expect(live.state()).toMatchObject({ dirty: true, kept: 0 });
    live.flush();
    await Promise.resolve();
    expect(live.state().kept).toBe(0);
  });

  it('is not kept at all where no shelf is given', async () => {
    const { opens } = await begin('');
    const live = opens();
    await open(live);
    await offline(live);
    live.edit(0, 0, 'en privado');
    live.flush();
    expect(live.state()).toMatchObject({ dirty: true, kept: 0 });
  });

  it('comes back as words to be copied where she may no longer write', async () => {
    const { opens } = await begin('');
    const { shelf, lies } = phone();
    const first = opens(shelf);
    await open(first);
    await offline(first);
    first.edit(0, 0, 'mis palabras');
    await until('it lies on the phone', () => first.state().kept === 1);
    first.destroy();
    const stranger = (await signIn(t.db, world.people.tomasa.id)).cookie;
    const second = opens(shelf, stranger, ownerTag(world.people.tomasa.id));
    await until('it is told', () => second.state().unsaved === 'mis palabras');
    expect(second.state().writer).toBe(false);
    expect(lies.size).toBe(1);
  });

  it('stays on the phone as long as a part of it stands on words that the forum does not have', async () => {
    const { opens, reader, room } = await begin('');
    const { shelf, lies } = phone();
    // A backup was put back: of the two who wrote, the forum has forgotten one; Nieves answered both in one go.
    const [forgotten, mine] = [new Y.Doc(), new Y.Doc()];
    forgotten.getText('text').insert(0, 'Luz.');
    mine.getText('text').insert(0, 'Agua.');
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(forgotten));
    const before = Y.encodeStateVector(mine);
    mine.getText('text').delete(mine.getText('text').toString().indexOf('Luz'), 3);
    const [first, second] = [
      Y.encodeStateAsUpdate(mine, Y.encodeStateVector(forgotten)),
      Y.encodeStateAsUpdate(mine, before),
    ];
    const update = Y.mergeUpdates([first, second]) as Uint8Array<ArrayBuffer>;
    lies.set('z', { id: 'z', room, at: 1, update, words: 'Agua.' });
    const live = opens(shelf);
    await open(live);
    await reader.reads('Agua.');
    await saved(live);
    reader.write(' Sigo.');
    await until('she reads on', () => live.text.toString() === 'Agua. Sigo.');
    expect([...lies.keys()]).toEqual(['z']);
  });

  it('a change that is spoiled blocks none of the others', async () => {
    const { opens, reader, room } = await begin('');
    const { shelf, lies } = phone();
    const spoiled = { id: 'x', room, at: 1, update: new Uint8Array([9, 9, 9]), words: 'x' };
    const doc = new Y.Doc();
    doc.getText('text').insert(0, 'entero');
    const whole = { id: 'y', room, at: 2, words: 'entero' };
    lies.set('x', spoiled);
    lies.set('y', { ...whole, update: Y.encodeStateAsUpdate(doc) as Uint8Array<ArrayBuffer> });
    await open(opens(shelf));
    await reader.reads('entero');
    await until('the phone is clean', () => lies.size === 0);
  });
});

it('a page left open when somebody else signs in on the phone sends nothing of its owner’s', async () => {
  const { opens, others, reader } = await begin('');
  const { shelf, lies } = phone();
  const mine = opens(shelf);
  await open(mine);
  await offline(mine);
  mine.edit(0, 0, 'de Nieves');
  await until('it lies on the phone', () => mine.state().kept === 1);
  // The same page, with Rufino's cookie in the phone.
  const theirs = opens(shelf, others);
  await until('it has ended', () => theirs.state().link === 'ended');
  theirs.edit(0, 0, 'y más');
  theirs.network(true);
  reader.write('Sigo.');
  await reader.reads('Sigo.');
  expect(theirs.provider.wsconnected).toBe(false);
  expect([...lies.values()].map(({ words }) => words)).toContain('de Nieves');
  mine.network(true);
  await until('hers comes with her own cookie', () => reader.text.toString().includes('de Nieves'));
  expect(reader.text.toString()).not.toContain('y más');
});
