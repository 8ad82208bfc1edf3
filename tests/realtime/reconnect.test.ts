import { beforeAll, describe, expect, it } from 'vitest';
import { currentText } from '~/server/drafts/queries';
import { read } from '~/server/realtime/log';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { openForum, ourClient, pause, plainClient, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});
const enter = async (who: { id: string }) => (await signIn(t.db, who.id)).cookie;

describe('coming back', () => {
  it('brings what Nieves wrote without a network, beside what Rufino wrote meanwhile', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'uno\ndos\n' });
    const nieves = ourClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    const rufino = ourClient(forum, `draft:${draft.id}`, await enter(world.people.rufino));
    await until('open', () => nieves.state().link === 'open' && rufino.state().link === 'open');
    nieves.provider.disconnect();
    nieves.edit(3, 0, ' de Nieves');
    expect(nieves.state()).toMatchObject({ saving: 'offline', unsaved: ' de Nieves' });
    rufino.edit(7, 0, ' de Rufino');
    await until('saved', () => rufino.state().saving === 'saved');
    nieves.provider.connect();
    await until('saved', () => nieves.state().saving === 'saved');
    await until('told', () => rufino.text.toString() === nieves.text.toString());
    expect(nieves.text.toString()).toBe('uno de Nieves\ndos de Rufino\n');
    expect((await currentText(t.db, draft.textId)).text).toBe(nieves.text.toString());
  });

  it('brings deletions made without a network', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'esto sobra, esto queda' });
    const nieves = ourClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    await until('open', () => nieves.state().link === 'open');
    nieves.provider.disconnect();
    nieves.edit(0, 12, '');
    nieves.provider.connect();
    await until('saved', () => nieves.state().saving === 'saved');
    expect((await currentText(t.db, draft.textId)).text).toBe('esto queda');
  });

  it('goes on by itself when the forum is started again in the middle of a sentence', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const nieves = ourClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    const rufino = plainClient(forum, `draft:${draft.id}`, await enter(world.people.rufino));
    await until('open', () => nieves.state().link === 'open');
    let written = '';
    for (let round = 0; round < 4; round++) {
      for (const letter of `vuelta ${round}. `) {
        nieves.edit(written.length, 0, letter);
        written += letter;
        if (letter === ' ') await pause(1);
      }
      await forum.restart();
    }
    await until('saved', () => nieves.state().saving === 'saved', 10_000);
    await rufino.reads(written);
    expect((await currentText(t.db, draft.textId)).text).toBe(written);
    expect(rufino.closes.every((code) => code === 1001)).toBe(true);
  });

  it('adds nothing to the log when there is nothing new, however often she comes back', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'mucho que se borra' });
    const nieves = ourClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    await until('open', () => nieves.state().link === 'open');
    nieves.edit(0, 18, 'nuevo');
    await until('saved', () => nieves.state().saving === 'saved');
    const before = (await read(t.db, draft.textId)).length;
    for (let i = 0; i < 25; i++) {
      nieves.provider.disconnect();
      nieves.provider.connect();
      await until('synced', () => nieves.provider.synced);
    }
    expect((await read(t.db, draft.textId)).length).toBe(before);
  });
});
