import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { openForum, ourClient, plainClient, signIn, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it.each([
  ['unpacks the text', () => {}],
  ['cannot unpack', () => vi.stubGlobal('DecompressionStream', undefined)],
  [
    'fails at unpacking',
    () =>
      vi.stubGlobal(
        'DecompressionStream',
        class {
          constructor() {
            throw new TypeError('no gzip here');
          }
        },
      ),
  ],
])('a phone that %s opens it, writes and is read', async (_what, arrange) => {
  arrange();
  const forum = await openForum(t.db);
  const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'Queremos agua. ' });
  const enter = async (who: { id: string }) => (await signIn(t.db, who.id)).cookie;
  const room = `draft:${draft.id}`;
  const nieves = ourClient(forum, room, await enter(world.people.nieves));
  const rufino = plainClient(forum, room, await enter(world.people.rufino));
  await until('open', () => nieves.state().link === 'open' && rufino.provider.synced);
  expect(nieves.text.toString()).toBe('Queremos agua. ');
  nieves.edit(nieves.text.length, 0, 'Limpia.');
  await until('saved', () => nieves.state().saving === 'saved');
  await rufino.reads('Queremos agua. Limpia.');
  rufino.write(' Hoy.');
  await until('told', () => nieves.text.toString().endsWith('Hoy.'));
});
