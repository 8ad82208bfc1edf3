import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { drafts, textUpdates } from '~/db/schema/drafts';
import { currentText } from '~/server/drafts/queries';
import { firstUpdate } from '~/server/drafts/rules';
import { publish } from '~/server/events';
import { authorsOf } from '~/server/realtime/authors';
import { compactText } from '~/server/realtime/compact';
import { append, appendAll, eraseText, UnknownText } from '~/server/realtime/log';
import { step1Frame } from '~/server/realtime/protocol';
import { startStates } from '~/server/realtime/state';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { openForum, ourClient, plainClient, rawSocket, signIn, until } from '~/tests/support/socket';
import { whereIs } from '~/tests/support/where';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});
const enter = async (who: { id: string }) => (await signIn(t.db, who.id)).cookie;

const canary = 'CANARIO-de-Nieves';

/** As the command does that deletes a draft for good. */
async function erase(draft: { id: string; textId: string }) {
  await t.db.transaction(async (tx) => {
    await tx.update(drafts).set({ state: 'erased' }).where(eq(drafts.id, draft.id));
    await eraseText(tx, draft.textId);
  });
  publish({ type: 'access.text.erased', textIds: [draft.textId] });
}

describe('a text that is deleted for good', () => {
  it('leaves not a letter in any table, neither in rows nor in a snapshot', async () => {
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const author = world.people.nieves.id;
    const rows = Array.from({ length: 250 }, (_, i) => ({ author, bytes: firstUpdate(`${canary} ${i} `) }));
    await appendAll(t.db, draft.textId, rows);
    await t.db.execute(sql`update ${textUpdates} set at = now() - interval '3 days' where seq <= 220`);
    await compactText(t.db, draft.textId);
    expect(new Set(await whereIs(t.db, canary))).toEqual(
      new Set(['text_updates.bytes', 'text_snapshots.state']),
    );
    expect((await authorsOf(t.db, draft.textId)).length).toBeGreaterThan(0);
    await erase(draft);
    expect(await whereIs(t.db, canary)).toEqual([]);
    expect(await authorsOf(t.db, draft.textId)).toEqual([]);
    expect(await currentText(t.db, draft.textId)).toEqual({ text: '', seq: 0 });
  });

  it('takes nothing any more, from nobody, and cannot be erased twice', async () => {
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: canary });
    await erase(draft);
    await expect(append(t.db, draft.textId, null, firstUpdate('otra vez'))).rejects.toThrow(UnknownText);
    await expect(erase(draft)).rejects.toThrow(UnknownText);
    expect(await whereIs(t.db, 'otra vez')).toEqual([]);
  });

  it('is closed before everybody who had it open, for good, and opens for nobody', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: canary });
    const room = `draft:${draft.id}`;
    const nieves = ourClient(forum, room, await enter(world.people.nieves));
    const rufino = plainClient(forum, room, await enter(world.people.rufino));
    await until('open', () => nieves.state().link === 'open' && rufino.provider.synced);
    await erase(draft);
    await until('ended', () => nieves.state().link === 'ended' && rufino.closes.length > 0);
    expect(rufino.closes).toEqual([4403]);
    const again = rawSocket(forum, room, await enter(world.people.rufino));
    expect((await again.end).code).toBe(4403);
    expect(again.frames).toEqual([]);
  });

  it('loses what was on its way to it, and nothing comes back with that', async () => {
    const forum = await openForum(t.db, { windowMs: 150 });
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'a' });
    const nieves = plainClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    const rufino = plainClient(forum, `draft:${draft.id}`, await enter(world.people.rufino));
    await Promise.all([nieves.synced(), rufino.synced()]);
    nieves.write(canary);
    await rufino.reads(`a${canary}`);
    await erase(draft);
    await until('both away', () => nieves.closes.includes(4403) && rufino.closes.includes(4403));
    const other = await buildDraft(t.db, world.mesaAgua.id);
    const later = plainClient(forum, `draft:${other.id}`, await enter(world.people.nieves));
    await later.synced();
    later.write('después');
    await until('written', async () => (await currentText(t.db, other.textId)).text === 'después');
    expect(await whereIs(t.db, canary)).toEqual([]);
  });

  it('is in the memory of the sync server no more, not even when it was just being read', async () => {
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: canary });
    const states = startStates(t.db);
    await states.of(draft.textId);
    const reading = states.of(draft.textId);
    await erase(draft);
    states.forget(draft.textId);
    await reading;
    expect((await states.of(draft.textId)).update).toEqual(new Uint8Array([0, 0]));
  });

  it('answers nobody who asks while it goes', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: canary });
    const asking = rawSocket(forum, `draft:${draft.id}`, await enter(world.people.rufino));
    await asking.admitted();
    await erase(draft);
    asking.ws.send(step1Frame(new Uint8Array([0])));
    expect((await asking.end).code).toBe(4403);
    expect(Buffer.concat(asking.frames).includes(canary)).toBe(false);
  });
});
