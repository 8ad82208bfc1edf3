import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, readyArticle, words } from '../support/document';
import { openForum, pause, plainClient, signIn, until } from '../support/socket';

const database = testDatabase();
let world: DocumentWorld;
beforeAll(async () => {
  world = await documentWorld(database.db);
});

it('two editors write an article live, a form joins in, a coordinator only reads', async () => {
  const forum = await openForum(database.db);
  const id = await readyArticle(world);
  const open = async (name: 'emilia' | 'filomena' | 'mery') =>
    plainClient(forum, `article:${id}`, (await signIn(database.db, world.people[name].id)).cookie);
  const [emilia, filomena, mery] = [await open('emilia'), await open('filomena'), await open('mery')];
  await Promise.all([emilia.synced(), filomena.synced(), mery.synced()]);
  expect(mery.text.toString()).toBe(words);

  emilia.write(' Y un baño.');
  await until('Filomena reads it', () => filomena.text.toString().endsWith(' Y un baño.'));
  const caller = await world.as('filomena');
  const { seq, text } = await caller.document.workingArticle({ id });
  await caller.document.editText({ key: randomUUID(), id, base: seq, text: text.replace('Hay', 'Habrá') });
  await until('Emilia reads the form', () => emilia.text.toString().startsWith('Habrá'));

  mery.write(' Esto no.');
  await pause(150);
  const kept = (await caller.document.workingArticle({ id })).text;
  expect(kept).toBe(`${words.replace('Hay', 'Habrá')} Y un baño.`);
});

it('a retired article closes for who had it open', async () => {
  const forum = await openForum(database.db);
  const id = await readyArticle(world, { title: 'Se retira' });
  const { cookie } = await signIn(database.db, world.people.emilia.id);
  const emilia = plainClient(forum, `article:${id}`, cookie);
  await emilia.synced();
  await (await world.as('filomena')).document.retire({ id, revision: 2 });
  await until('refused', () => emilia.closes.includes(4403));
});
