import { beforeAll, describe, expect, it, vi } from 'vitest';
import { currentText } from '~/server/drafts/queries';
import { firstUpdate } from '~/server/drafts/rules';
import { read } from '~/server/realtime/log';
import { presenceFrame, step2Frame, updateFrame } from '~/server/realtime/protocol';
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

describe('who may only read', () => {
  it('reads along with Nieves, letter by letter', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'Art. 1. ' });
    const nieves = plainClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    const hilario = plainClient(forum, `draft:${draft.id}`, await enter(world.people.hilario));
    await Promise.all([nieves.synced(), hilario.synced()]);
    nieves.write('agua');
    await hilario.reads('Art. 1. agua');
  });

  it('writes nothing, and is told: to the log, to the others, by no kind of frame', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'Art. 1. ' });
    const nieves = plainClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    const hilario = plainClient(forum, `draft:${draft.id}`, await enter(world.people.hilario));
    const raw = rawSocket(forum, `draft:${draft.id}`, await enter(world.people.hilario));
    await Promise.all([nieves.synced(), hilario.synced(), raw.admitted()]);
    hilario.write('lo mío');
    raw.ws.send(updateFrame(firstUpdate('lo mío')));
    raw.ws.send(step2Frame(firstUpdate('lo mío')));
    raw.ws.send(presenceFrame([{ client: 7, clock: 1, state: { user: { name: 'Nieves' } } }]));
    await until('told', () => warned.mock.calls.length > 0);
    await until(
      'told twice',
      () => raw.frames.filter((frame) => frame[0] === 2 && frame[1] === 0).length === 2,
    );
    await pause(50);
    expect(await read(t.db, draft.textId)).toHaveLength(1);
    expect(nieves.text.toString()).toBe('Art. 1. ');
    expect([...nieves.provider.awareness.getStates().keys()]).toEqual([nieves.doc.clientID]);
    expect(hilario.closes).toEqual([]);
  });

  it('is told so by our own client before the first letter', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'Art. 1.' });
    const hilario = ourClient(forum, `draft:${draft.id}`, await enter(world.people.hilario));
    await until('open', () => hilario.state().link === 'open');
    expect(hilario.state().writer).toBe(false);
    expect(hilario.text.toString()).toBe('Art. 1.');
  });

  it('is everybody, once a draft is closed', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'Acordado.', state: 'closed' });
    const mery = ourClient(forum, `draft:${draft.id}`, await enter(world.people.mery));
    await until('open', () => mery.state().link === 'open');
    expect(mery.state().writer).toBe(false);
    mery.edit(0, 0, 'No ');
    await pause(50);
    expect(mery.state().saving).toBe('saving');
    expect((await currentText(t.db, draft.textId)).text).toBe('Acordado.');
  });
});
