import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { likesOf } from '~/server/concerns/queries/likeness';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildConcern } from '../support/factories';
import { forumWorld } from '../support/people';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let scale: Concern;
let scaleAgain: Concern;
let scaleKept: Concern;
let water: Concern;
type Concern = Awaited<ReturnType<typeof buildConcern>>;

beforeAll(async () => {
  world = await forumWorld(database.db);
  const say = (words: string, over = {}) =>
    buildConcern(database.db, world.people.sabina.id, { words, areas: ['dignidad'], ...over });
  scale = await say('El comprador paga el mineral sin balanza y sin boleta.');
  scaleAgain = await say('Los compradores pagan mineral sin boleta ni valanza.', { department: '04' });
  scaleKept = await say('El comprador paga el mineral sin balanza y sin boleta, y es mi cuñado.', {
    audience: 'space',
    spaceId: world.casaFlor.id,
  });
  water = await say('Lavamos con agua de la mina. Se nos parte la piel.');
  await say("Con \\barras\\ y 'comillas' :* & | ! no se rompe nada, ni la balanza.");
});
const emilia = () => callAs(database.db, world.people.emilia.id);

describe('what seems alike', () => {
  it('is found in other forms of the words, misspelt too, and says what is shared', async () => {
    const { items } = await (await emilia()).concerns.suggestions({ of: scale.id });
    expect(items).toHaveLength(1);
    expect(items[0]!.likes.map(({ number }) => number)).toEqual([scaleAgain.number]);
    expect(items[0]!.likes[0]).toMatchObject({
      group: null,
      shares: { words: ['comprador', 'paga', 'mineral', 'boleta'], areas: ['dignidad'], department: false },
    });
  });

  it('is never what a base keeps inside: neither proposed, nor asked from', async () => {
    const all = JSON.stringify(await (await emilia()).concerns.suggestions({}));
    expect(all).not.toContain('cuñado');
    expect(await likesOf(database.db, [scaleKept.id])).toEqual([]);
    const unseen = await problemOf((await emilia()).concerns.suggestions({ of: scaleKept.id }));
    const missing = await problemOf((await emilia()).concerns.suggestions({ of: randomUUID() }));
    expect(unseen).toEqual(missing);
  });

  it('shows a pair of two that wait once, and not what is like nothing', async () => {
    const { items, next } = await (await emilia()).concerns.suggestions({});
    const pairs = items.flatMap(({ concern, likes }) =>
      likes.map((like) => [concern.number, like.number].sort()),
    );
    expect(new Set(pairs.map(String)).size).toBe(pairs.length);
    expect(items.map(({ concern }) => concern.number)).not.toContain(water.number);
    expect(next).toBeNull();
  });

  it('is not proposed again once it was said to be unlike, from either side; until that is taken back', async () => {
    const forum = await emilia();
    await forum.concerns.notAlike({ id: scaleAgain.id, otherIds: [scale.id] });
    await forum.concerns.notAlike({ id: scale.id, otherIds: [scaleAgain.id] });
    for (const [one, other] of [
      [scale, scaleAgain],
      [scaleAgain, scale],
    ] as const) {
      const { items, apart } = await forum.concerns.suggestions({ of: one.id });
      expect(items).toEqual([]);
      // Whoever thinks again finds there what was said.
      expect(apart).toEqual([{ id: other.id, number: other.number, words: other.words }]);
    }
    expect((await forum.concerns.suggestions({})).apart).toEqual([]);
    await forum.concerns.maybeAlike({ id: scale.id });
    const again = await forum.concerns.suggestions({ of: scaleAgain.id });
    expect(again.items).toHaveLength(1);
    expect(again.apart).toEqual([]);
    expect(await problemOf(forum.concerns.notAlike({ id: scale.id, otherIds: [scale.id] }))).toMatchObject({
      code: 'concerns.unlike_itself',
    });
  });

  it('is not proposed where it walks together already; another like it is proposed for their group', async () => {
    const forum = await emilia();
    const { id } = await forum.concerns.group({ key: randomUUID(), concernIds: [scale.id, scaleAgain.id] });
    expect((await forum.concerns.suggestions({ of: scale.id })).items).toEqual([]);
    const third = await buildConcern(database.db, world.people.mery.id, {
      words: 'Sin balanza y sin boleta paga el comprador de mineral.',
    });
    const { items } = await forum.concerns.suggestions({ of: third.id });
    expect(items[0]!.likes.map(({ group }) => group?.id)).toEqual([id, id]);
    expect(items[0]!.likes[0]!.closeness).toBe('almost');
  });

  it('stays bounded where words are common: the rarest bring the candidates', async () => {
    await database.db.execute(sql`
      insert into concerns (words, areas, country, department, barrier, person_id)
      select 'Lavamos con agua de la mina y el cerro ' || n || ' no descansa', '{agua}', 'PE', '21', 'otro',
        ${world.people.sabina.id} from generate_series(1, 3000) n`);
    await database.db.execute(sql`analyze concerns`);
    const rare = await buildConcern(database.db, world.people.mery.id, {
      words: 'La retorta del quimbalete no llega.',
    });
    const twin = await buildConcern(database.db, world.people.mery.id, {
      words: 'No llega al cerro la retorta del quimbalete con agua.',
    });
    expect((await likesOf(database.db, [rare.id])).map(({ id }) => id)).toEqual([twin.id]);
    expect((await likesOf(database.db, [twin.id]))[0]!.id).toBe(rare.id);
  });
});
