import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { derive, openKeyring } from '~/app/_keyring/lock';
import { loadDemo } from '~/db/demo/load';
import { demoWords } from '~/db/demo/load/people';
import { pictureWords } from '~/db/reference/words';
import { keyrings, persons } from '~/db/schema/people';
import { callAs } from '../support/call';
import { testDatabase } from '../support/db';

const database = testDatabase();
beforeAll(async () => {
  await loadDemo(database.db);
}, 120_000);

test('the README’s words open the keyring of whoever tries the demo', async () => {
  expect(readFileSync('README.md', 'utf8')).toContain(demoWords.join(', '));
  const [sabina] = await database.db.select().from(persons).where(eq(persons.name, 'Sabina Larico'));
  const forum = await callAs(database.db, sabina!.id);
  const { made, salt } = await forum.people.keyring();
  const numbers = demoWords.map((word) => pictureWords.indexOf(word));
  const keys = await derive(numbers, Buffer.from(salt, 'base64url'));
  const { keyring } = await forum.people.openKeyring({ auth: Buffer.from(keys.auth).toString('base64url') });
  expect([made, openKeyring(keys.wrap, Buffer.from(keyring, 'base64url'))]).toEqual([true, []]);
  expect(await database.db.$count(keyrings)).toBe(await database.db.$count(persons));
});
