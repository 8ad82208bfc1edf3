import { expect, it } from 'vitest';
import { rooms } from '~/db/schema/rooms';
import { foundRoom, openBoxes } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';

const given = testDatabase();

it('no key of a woman in one room is hers in another (T9)', async () => {
  const { ask } = await openBoxes(given.db);
  const names: [string, string, string] = ['Luna', 'Cerro', 'Quena'];
  const twice = [names.map(woman), names.map(woman)] as [Woman[], Woman[]];
  for (const women of twice) await foundRoom(ask, women as [Woman, Woman, Woman]);
  const rows = await given.db.select({ stewards: rooms.stewards }).from(rooms);
  const keys = rows.flatMap(({ stewards }) => stewards);
  expect(new Set(keys).size).toBe(keys.length);
});
