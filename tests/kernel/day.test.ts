import { beforeAll, describe, expect, it } from 'vitest';
import { concernDecisions } from '~/db/schema/concerns';
import { callAs } from '../support/call';
import { testDatabase } from '../support/db';
import { buildDraft } from '../support/drafts';
import { buildConcern, buildForumRole, buildMandate, buildPerson } from '../support/factories';
import { forumWorld } from '../support/people';

// Half past ten at night on the 23rd in Ananea; in London it is already the 24th.
const evening = new Date('2026-11-24T03:30:00Z');
const day = '2026-11-23';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(database.db);
});
const as = (name: keyof typeof world.people) => callAs(database.db, world.people[name].id);

describe('what Sabina did in the evening is of that day', () => {
  it('her concern, its decisions, and the open data', async () => {
    const concern = await buildConcern(database.db, world.people.sabina.id, { createdAt: evening });
    await database.db
      .insert(concernDecisions)
      .values({ concernId: concern.id, state: 'recibida', decidedAt: evening });
    const sabina = await as('sabina');
    const detail = await sabina.concerns.detail({ id: concern.id });
    expect([detail.day, detail.decisions[0]!.day]).toEqual([day, day]);
    expect((await sabina.concerns.open({ page: 1 })).concerns[0]!.day).toBe(day);
  });

  it('a draft, a mandate that waits, and an appointment', async () => {
    const { db } = database;
    const draft = await buildDraft(db, world.mesaAgua.id, { createdAt: evening });
    const drafts = await (await as('nieves')).drafts.ofSpace({ spaceId: world.mesaAgua.id });
    expect(drafts.find(({ id }) => id === draft.id)!.day).toBe(day);
    await buildMandate(db, world.tresVetas.id, world.people.tomasa.id, {
      state: 'presented',
      presentedAt: evening,
    });
    expect((await (await as('benita')).associations.desk()).waiting[0]!.day).toBe(day);
    const marta = await buildPerson(db, { name: 'Marta Luque' });
    await buildForumRole(db, marta.id, 'editor', { appointedAt: evening });
    const { roles } = await (await as('gloria')).people.roles();
    expect(roles.find(({ name }) => name === 'Marta Luque')!.day).toBe(day);
  });
});
