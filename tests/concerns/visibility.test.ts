import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { concerns } from '~/db/schema/concerns';
import { actorOfPerson, anonymous } from '~/server/actor';
import * as policy from '~/server/concerns/policy';
import { concernFactsOf, visibleTo } from '~/server/concerns/queries';
import { can } from '~/server/rule';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildConcern } from '../support/factories';
import { forumWorld } from '../support/people';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let secret: string;
beforeAll(async () => {
  world = await forumWorld(database.db);
  const { sabina, rufino, mery } = world.people;
  const kept = await buildConcern(database.db, sabina.id, {
    words: 'La canción que nadie oye: zarzamora-cuarzo-41.',
    audience: 'space',
    spaceId: world.casaFlor.id,
    associationId: world.florDeCuarzo.id,
  });
  secret = kept.id;
  await buildConcern(database.db, rufino.id, { audience: 'space', spaceId: world.casaVetas.id });
  await buildConcern(database.db, mery.id, { spaceId: world.mesaAgua.id });
  await buildConcern(database.db, sabina.id, { words: 'Fui cuatro veces a la región. Falta el TRÁMITE.' });
});

describe('list and detail', () => {
  it('agree for every person and every concern', async () => {
    const all = await database.db.select({ id: concerns.id }).from(concerns);
    const everyone = [
      anonymous,
      ...(await Promise.all(Object.values(world.people).map((p) => actorOfPerson(database.db, p.id)))),
    ];
    for (const actor of everyone) {
      const listed = await database.db.select({ id: concerns.id }).from(concerns).where(visibleTo(actor));
      const readable: string[] = [];
      for (const { id } of all)
        if (can(policy.read, actor, (await concernFactsOf(database.db, id))!)) readable.push(id);
      expect(listed.map((row) => row.id).sort()).toEqual(readable.sort());
    }
  });

  it('give an outsider the same answer for a concern kept inside a base and for none', async () => {
    for (const who of [null, world.people.rufino.id, world.people.gloria.id, world.people.amador.id]) {
      const outsider = await callAs(database.db, who);
      const unseen = await problemOf(outsider.concerns.detail({ id: secret }));
      const missing = await problemOf(outsider.concerns.detail({ id: randomUUID() }));
      expect(JSON.stringify(unseen)).toBe(JSON.stringify(missing));
    }
  });

  it('keep it out of search, filters, counts and open data', async () => {
    const rufino = await callAs(database.db, world.people.rufino.id);
    expect((await rufino.concerns.list({ q: 'zarzamora', page: 1 })).total).toBe(0);
    expect(JSON.stringify(await rufino.concerns.open({ page: 1 }))).not.toContain('zarzamora');
    const seen = await (await callAs(database.db, null)).concerns.board();
    expect(seen.total).toBe(2);
    const sabina = await callAs(database.db, world.people.sabina.id);
    expect((await sabina.concerns.list({ q: 'zarzamora', page: 1 })).items.map((item) => item.id)).toEqual([
      secret,
    ]);
  });
});

describe('search', () => {
  it.each(['trámite', 'tramites', 'TRAMITE', 'trámites región'])(
    'finds «%s» whatever the accents and case',
    async (q) => {
      const found = await (await callAs(database.db, null)).concerns.list({ q, page: 1 });
      expect(found.items.map((item) => item.words)).toEqual([
        'Fui cuatro veces a la región. Falta el TRÁMITE.',
      ]);
    },
  );

  it.each(['"', "') or 1=1 --", ':*&|!', '((', '\u0000x'])('is not broken by %j', async (q) => {
    await expect((await callAs(database.db, null)).concerns.list({ q, page: 1 })).resolves.toBeDefined();
  });

  it('pages through a long list without missing one', async () => {
    await database.db.execute(sql`
      insert into concerns (words, areas, country, department, barrier, person_id)
      select 'Robo de mineral en el camino ' || n, '{robo-y-comercio-de-mineral}', 'PE', '13', 'otro', ${world.people.sabina.id}
      from generate_series(1, 95) n`);
    const anyone = await callAs(database.db, null);
    const seen = new Set<number>();
    for (let page = 1; page <= 5; page++)
      for (const item of (await anyone.concerns.list({ area: 'robo-y-comercio-de-mineral', page })).items)
        seen.add(item.number);
    expect(seen.size).toBe(95);
  });
});
