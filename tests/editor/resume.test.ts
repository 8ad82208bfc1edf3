import { beforeAll, expect, it } from 'vitest';
import { connect } from '~/app/_editor/connection';
import { testDatabase } from '~/tests/support/db';
import { buildDraft } from '~/tests/support/drafts';
import { forumWorld } from '~/tests/support/people';
import { atEnd, openForum, plainClient, signIn, socketOf, until } from '~/tests/support/socket';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(t.db);
});

/** Nieves' page, and the first bytes of what it sends but for who is here. */
async function page() {
  const forum = await openForum(t.db, { quietMs: 20 });
  const draft = await buildDraft(t.db, world.mesaAgua.id, { text: 'Pedimos agua.' });
  const cookie = (await signIn(t.db, world.people.nieves.id)).cookie;
  const sent: string[] = [];
  class Counted extends socketOf(cookie, forum.origin) {
    override send(data: Uint8Array<ArrayBuffer>) {
      if (data[0] !== 1) sent.push(`${data[0]}/${data[1]}`);
      super.send(data);
    }
  }
  const room = `draft:${draft.id}`;
  const rufino = plainClient(forum, room, (await signIn(t.db, world.people.rufino.id)).cookie);
  const live = connect({ url: forum.url, room, socket: Counted });
  live.provider.maxBackoffTime = 200;
  atEnd(() => live.destroy());
  await Promise.all([
    rufino.synced(),
    until('open', () => live.state().writer && live.state().link === 'open'),
  ]);
  return {
    live,
    rufino,
    sent,
    saved: () => until('saved', () => live.state().saving === 'saved' && !live.state().dirty),
    async away() {
      live.network(false);
      await until('offline', () => live.state().saving === 'offline');
      sent.length = 0;
    },
  };
}

it('who comes back with nothing to bring says a number, hears what was missed, and goes on writing', async () => {
  const { live, rufino, sent, saved, away } = await page();
  live.edit(0, 0, 'Hoy: ');
  await saved();
  await rufino.reads('Hoy: Pedimos agua.');
  await away();
  rufino.write(' Y luz.');
  live.network(true);
  await until('she reads it', () => live.text.toString() === 'Hoy: Pedimos agua. Y luz.');
  expect(sent[0]).toBe('2/19');
  expect(sent).not.toContain('0/0');
  live.edit(0, 5, '');
  await rufino.reads('Pedimos agua. Y luz.');
  await saved();
});

it('who has written meanwhile, or writes while coming back, loses none of it', async () => {
  const { live, rufino, sent, saved, away } = await page();
  await away();
  live.edit(0, 0, 'Lejos: ');
  live.network(true);
  await rufino.reads('Lejos: Pedimos agua.');
  expect(sent[0]).toBe('0/0');
  await saved();
  await away();
  live.network(true);
  // The number has been said, and nobody has answered yet.
  await until('she is coming back', () => sent[0] === '2/19');
  live.edit(0, 0, 'Cerca. ');
  expect(live.state().saving).not.toBe('saved');
  await rufino.reads('Cerca. Lejos: Pedimos agua.');
  await saved();
});
