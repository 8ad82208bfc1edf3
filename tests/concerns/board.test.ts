import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { dimensions, states } from '~/server/concerns/rules/board';
import { callAs } from '../support/call';
import { testDatabase } from '../support/db';
import { buildConcern } from '../support/factories';
import { forumWorld } from '../support/people';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(database.db);
  const say = (over: object) => buildConcern(database.db, world.people.sabina.id, over);
  const flor = world.florDeCuarzo.id;
  await say({ areas: ['agua', 'salud'], associationId: flor });
  await say({ areas: ['agua'], associationId: flor, state: 'recogida' });
  await say({ areas: ['salud'], associationId: world.tresVetas.id, department: '04', state: 'en_debate' });
  await say({ areas: ['dignidad'], state: 'no_recogida' });
  await say({ areas: ['agua'], audience: 'space', spaceId: world.casaFlor.id, associationId: flor });
});
type Name = keyof typeof world.people;
const as = (name: Name | null) => callAs(database.db, name && world.people[name].id);

describe('the board', () => {
  it('tells outsiders of four, and those inside of their own fifth, which it says only they see', async () => {
    const whole = { total: 4, recibida: 1, en_debate: 1, recogida: 1, no_recogida: 1, kept: 0, rows: [] };
    for (const name of [null, 'rufino', 'gloria', 'amador', 'carla'] as const)
      expect(await (await as(name)).concerns.board()).toMatchObject(whole);
    for (const name of ['sabina', 'elvira', 'nieves'] as const)
      expect(await (await as(name)).concerns.board()).toMatchObject({
        ...whole,
        total: 5,
        recibida: 2,
        kept: 1,
      });
  });

  it('can be read by area, region and kind of group; two areas are two rows, and one concern', async () => {
    const forum = await as(null);
    const by = async (dimension: (typeof dimensions)[number]) => {
      const board = await forum.concerns.board({ by: dimension });
      expect(board.total).toBe(4);
      return Object.fromEntries(board.rows.map(({ key, total }) => [key, total]));
    };
    expect(await by('area')).toEqual({ agua: 2, salud: 2, dignidad: 1 });
    expect(await by('department')).toEqual({ '21': 3, '04': 1 });
    expect(await by('kind')).toEqual({ mujeres: 2, asociacion: 1, base_libre: 1 });
  });

  it('agrees with the list, for everybody, in every cell', async () => {
    for (const name of [null, 'sabina', 'rufino', 'emilia'] as const) {
      const forum = await as(name);
      for (const dimension of dimensions)
        for (const { key, ...counts } of (await forum.concerns.board({ by: dimension })).rows)
          for (const state of states) {
            const { total } = await forum.concerns.list({ [dimension]: key, state, page: 1 });
            expect([name, key, state, counts[state]]).toEqual([name, key, state, total]);
          }
    }
  });

  it('is what a count straight from the table says, at any moment', async () => {
    const count = async () => [
      ...(await database.db.execute<{ state: string; n: number }>(sql`
        select state, count(*)::int n from concerns where audience = 'public' group by state`)),
    ];
    const agree = async () => {
      const board = await (await as(null)).concerns.board();
      for (const { state, n } of await count()) expect(board[state as 'recibida']).toBe(n);
    };
    await agree();
    const { items } = await (await as(null)).concerns.list({ state: 'recibida', page: 1 });
    await (await as('emilia')).concerns.setAside({
      id: items[0]!.id,
      reasonCode: 'otra-via',
      reason: 'Va a otra oficina.',
    });
    await agree();
    expect((await (await as(null)).concerns.board()).no_recogida).toBe(2);
  });
});
