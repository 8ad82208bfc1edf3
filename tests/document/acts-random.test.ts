import { expect, it } from 'vitest';
import { testDatabase } from '../support/db';
import { workAtDesk } from '../support/desk-acts';

const database = testDatabase();

it('acts in any order, in a real forum: one state for each concern, undone to the byte, refused without a trace', async () => {
  // npm run soak -- acts 10000 does the same for longer.
  const done = await workAtDesk(database.db, 120, 20_261_127);
  expect(done.acts).toBeGreaterThanOrEqual(120);
  expect(done.undone).toBeGreaterThan(10);
  expect(done.refused).toBeGreaterThan(5);
  for (const often of [done.grouped, done.appealed, done.answered]) expect(often).toBeGreaterThan(0);
});
