import { expect, it } from 'vitest';
import { loadDemo } from '~/db/demo/load';
import { forum } from '~/db/schema/kernel';
import { persons } from '~/db/schema/people';
import { testDatabase } from '../support/db';
import { buildForum, buildPerson } from '../support/factories';

const database = testDatabase();

it('Ysabel’s real forum takes no fictional people', async () => {
  await buildForum(database.db, { name: 'Foro de verdad' });
  await buildPerson(database.db, { name: 'Ysabel Ticona' });
  await expect(loadDemo(database.db)).rejects.toThrow(
    'This database holds a forum that is not the demo; choose another DATA_DIR or DATABASE_URL.',
  );
  expect(await database.db.$count(persons)).toBe(1);
  expect((await database.db.select().from(forum)).map(({ name, demo }) => [name, demo])).toEqual([
    ['Foro de verdad', false],
  ]);
});
