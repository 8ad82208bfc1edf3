import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { responseRequests } from '~/db/schema/responses';
import { actorOfPerson, anonymous } from '~/server/actor';
import * as policy from '~/server/responses/policy';
import { visibleTo } from '~/server/responses/queries';
import { can } from '~/server/rule';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, freezing, readyArticle } from '../support/document';
import { buildOffice } from '../support/factories';

const database = testDatabase();
let world: DocumentWorld;
let toCarla: string;
let toOther: string;
beforeAll(async () => {
  world = await documentWorld(database.db);
  await readyArticle(world);
  const emilia = await world.as('emilia');
  await emilia.document.freeze(freezing(0));
  const { id } = await emilia.document.article({ number: 1, article: 1 });
  const ask = async (officeId: string) =>
    (
      await emilia.responses.askResponse({
        key: randomUUID(),
        versionArticleId: id,
        officeId,
        dueOn: '2099-01-01',
      })
    ).id;
  toCarla = await ask(world.officeId);
  toOther = await ask((await buildOffice(database.db, { name: 'Otra oficina' })).id);
});

describe('requests', () => {
  it('stand in a list exactly for those who may open each of them', async () => {
    const rows = await database.db.select().from(responseRequests);
    expect(rows).toHaveLength(2);
    const actors = [anonymous];
    for (const person of Object.values(world.people))
      actors.push(await actorOfPerson(database.db, person.id));
    for (const actor of actors) {
      const listed = await database.db.select().from(responseRequests).where(visibleTo(actor));
      const may = rows.filter((row) => can(policy.readRequest, actor, row));
      expect(listed.map((row) => row.id).sort()).toEqual(may.map((row) => row.id).sort());
    }
  });

  it('of another office and requests that are not there are answered alike', async () => {
    const carla = await world.as('carla');
    expect((await carla.responses.request({ id: toCarla })).abilities).toEqual({ respond: true });
    const unseen = await problemOf(carla.responses.request({ id: toOther }));
    expect(unseen).toEqual(await problemOf(carla.responses.request({ id: randomUUID() })));
    const answer = { key: randomUUID(), kind: 'acogida' as const, words: 'De acuerdo con todo.' };
    const refused = await problemOf(carla.responses.respond({ ...answer, id: toOther }));
    expect(refused).toEqual(await problemOf(carla.responses.respond({ ...answer, id: randomUUID() })));
    expect(refused.status).toBe(404);
  });

  it('are answered by nobody of the forum: editors see them and are told so', async () => {
    for (const name of ['emilia', 'gloria'] as const) {
      const answer = {
        key: randomUUID(),
        id: toCarla,
        kind: 'acogida' as const,
        words: 'De acuerdo con todo.',
      };
      const problem = await problemOf((await world.as(name)).responses.respond(answer));
      expect(problem).toMatchObject({ code: 'refused', status: 403 });
    }
  });

  it('give a liaison no other door: she neither raises, takes up, edits nor freezes', async () => {
    const carla = await world.as('carla');
    const key = randomUUID();
    for (const call of [
      () => carla.document.working(),
      () =>
        carla.document.takeUp({ key, draftId: world.draft.id, area: 'agua', title: 'Otro', concernIds: [] }),
      () => carla.document.freeze(freezing(1)),
      () =>
        carla.concerns.raise({
          key,
          words: 'Desde la oficina pedimos que nos traigan los papeles completos.',
          areas: ['agua'],
          place: '21',
          barrier: 'otro',
        }),
    ])
      expect((await problemOf(call())).status).toBe(404);
  });
});
