import { asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { textUpdates } from '~/db/schema/drafts';
import { currentText } from '~/server/drafts/queries';
import { callAs } from '~/tests/support/call';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { openForum, ourClient, plainClient, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});
const enter = async (who: { id: string }) => (await signIn(t.db, who.id)).cookie;

describe('writing together', () => {
  it('shows Rufino every letter of Nieves, and the other way round', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'Art. 1. ' });
    const nieves = plainClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    const rufino = plainClient(forum, `draft:${draft.id}`, await enter(world.people.rufino));
    await Promise.all([nieves.synced(), rufino.synced()]);
    for (const letter of 'agua') nieves.write(letter);
    await rufino.reads('Art. 1. agua');
    rufino.text.insert(rufino.text.length, ' limpia');
    await nieves.reads('Art. 1. agua limpia');
  });

  it('writes down whose words they are, by the socket they came on', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const nieves = ourClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    await until('open', () => nieves.state().link === 'open');
    nieves.edit(0, 0, 'Queremos agua.');
    expect(nieves.state().saving).toBe('saving');
    await until('saved', () => nieves.state().saving === 'saved');
    const log = await t.db
      .select()
      .from(textUpdates)
      .where(eq(textUpdates.textId, draft.textId))
      .orderBy(asc(textUpdates.seq));
    expect(log.map((row) => row.author)).toEqual([world.people.nieves.id]);
    expect((await currentText(t.db, draft.textId)).text).toBe('Queremos agua.');
  });

  it('writes down a burst in few commits', async () => {
    const forum = await openForum(t.db, { windowMs: 20 });
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const nieves = ourClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    await until('open', () => nieves.state().link === 'open');
    for (let i = 0; i < 200; i++) nieves.edit(i, 0, 'a');
    await until('saved', () => nieves.state().saving === 'saved');
    const rows = await t.db.execute<{ commits: number; updates: number }>(
      `select count(distinct xmin::text)::int as commits, count(*)::int as updates
       from text_updates where text_id = '${draft.textId}'`,
    );
    expect(rows[0]!.updates).toBe(200);
    expect(rows[0]!.commits).toBeLessThanOrEqual(10);
  });

  it('shows those who write live what Hilario’s neighbour sent by form', async () => {
    const forum = await openForum(t.db);
    const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'Pedimos agua.\nPedimos salud.\n' });
    const nieves = plainClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    await nieves.synced();
    nieves.text.insert(12, ' limpia');
    const rufino = await callAs(t.db, world.people.rufino.id);
    await rufino.drafts.editByForm({
      id: draft.id,
      key: crypto.randomUUID(),
      seq: 1,
      text: 'Pedimos agua.\nPedimos salud para todas.\n',
    });
    await nieves.reads('Pedimos agua limpia.\nPedimos salud para todas.\n');
  });

  it('keeps a client that is alone from giving its connection up for dead', async () => {
    const forum = await openForum(t.db, { beatMs: 1000 });
    const draft = await buildDraft(t.db, world.mesaAgua.id);
    const nieves = plainClient(forum, `draft:${draft.id}`, await enter(world.people.nieves));
    await nieves.synced();
    const before = nieves.provider.wsLastMessageReceived;
    await until('something heard', () => nieves.provider.wsLastMessageReceived > before + 100, 10_000);
    expect(nieves.closes).toEqual([]);
  });
});
