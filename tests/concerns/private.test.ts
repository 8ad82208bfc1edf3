import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { callAs } from '../support/call';
import { testDatabase } from '../support/db';
import { buildDraft } from '../support/drafts';
import { buildConcern } from '../support/factories';
import { forumWorld } from '../support/people';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(database.db);
});
const as = (name: keyof typeof world.people | null) => callAs(database.db, name && world.people[name].id);
const outsiders = [null, 'rufino', 'mery', 'emilia', 'gloria', 'amador', 'carla'] as const;

/** All that an outsider can learn of a concern, in one string. */
async function told(id: string) {
  const views = await Promise.all(
    outsiders.map(async (name) => {
      const caller = await as(name);
      return [
        await caller.concerns.detail({ id }),
        await caller.thread.ofConcern({ id }),
        await caller.concerns.list({ page: 1 }),
        await caller.concerns.board(),
        await caller.concerns.open({ page: 1 }),
        await caller.forum.home(),
      ];
    }),
  );
  return JSON.stringify(views);
}

describe('what a private space does with a public concern', () => {
  it('shows nowhere outside: taken up, begun with, let go', async () => {
    const concern = await buildConcern(database.db, world.people.rufino.id);
    const draft = await buildDraft(database.db, world.casaFlor.id, { title: 'zarzamora-cuarzo-41' });
    const before = await told(concern.id);
    const sabina = await as('sabina');
    await sabina.drafts.takeUpConcern({ id: draft.id, concernId: concern.id });
    expect(await told(concern.id)).toBe(before);
    await sabina.drafts.create({
      key: randomUUID(),
      spaceId: world.casaFlor.id,
      title: 'Otro de la casa',
      concernIds: [concern.id],
    });
    expect(await told(concern.id)).toBe(before);
    const inside = await sabina.thread.ofConcern({ id: concern.id });
    expect(inside.drafts.map(({ title }) => title).sort()).toEqual([
      'Otro de la casa',
      'zarzamora-cuarzo-41',
    ]);
    await sabina.drafts.releaseConcern({ id: draft.id, concernId: concern.id });
    expect(await told(concern.id)).toBe(before);
  });

  it('does not bring back what was set aside with a reason', async () => {
    const concern = await buildConcern(database.db, world.people.rufino.id);
    const emilia = await as('emilia');
    await emilia.concerns.setAside({
      id: concern.id,
      reasonCode: 'repetida',
      reason: 'Es el planteamiento 1.',
    });
    const draft = await buildDraft(database.db, world.casaFlor.id);
    const before = await told(concern.id);
    await (await as('sabina')).drafts.takeUpConcern({ id: draft.id, concernId: concern.id });
    expect(await told(concern.id)).toBe(before);
  });

  it('neither keeps it under debate nor ends the debate of an open table', async () => {
    const concern = await buildConcern(database.db, world.people.rufino.id);
    const [own, open] = [
      await buildDraft(database.db, world.casaFlor.id),
      await buildDraft(database.db, world.mesaAgua.id),
    ];
    const [sabina, nieves] = [await as('sabina'), await as('nieves')];
    const state = async () => (await (await as(null)).concerns.detail({ id: concern.id })).state;
    await sabina.drafts.takeUpConcern({ id: own.id, concernId: concern.id });
    await nieves.drafts.takeUpConcern({ id: open.id, concernId: concern.id });
    expect(await state()).toBe('en_debate');
    expect(await (await as(null)).thread.ofConcern({ id: concern.id })).toMatchObject({ hiddenDrafts: 1 });
    await sabina.drafts.releaseConcern({ id: own.id, concernId: concern.id });
    expect(await state()).toBe('en_debate');
    await sabina.drafts.takeUpConcern({ id: own.id, concernId: concern.id });
    await nieves.drafts.releaseConcern({ id: open.id, concernId: concern.id });
    expect(await state()).toBe('recibida');
  });
});

describe('a concern that its space lets out', () => {
  it('comes out as received; what was debated inside is told to those inside alone', async () => {
    const sabina = await as('sabina');
    const concern = await sabina.concerns.raise({
      key: randomUUID(),
      words: 'El encargado pide la mitad de lo que juntamos.',
      areas: ['agua'],
      place: '21',
      barrier: 'otro',
      audience: 'space',
      spaceId: world.casaFlor.id,
    });
    const draft = await buildDraft(database.db, world.casaFlor.id);
    await sabina.drafts.takeUpConcern({ id: draft.id, concernId: concern.id });
    expect(await sabina.concerns.detail({ id: concern.id })).toMatchObject({ state: 'en_debate' });
    await sabina.concerns.publish({ id: concern.id });
    const states = async (name: (typeof outsiders)[number] | 'elvira' | 'sabina') =>
      (await (await as(name)).concerns.detail({ id: concern.id })).decisions.map(({ state }) => state);
    for (const name of outsiders) expect(await states(name)).toEqual(['recibida']);
    expect(await states('elvira')).toEqual(['recibida', 'en_debate', 'recibida']);
    expect(await states('sabina')).toEqual(['recibida', 'en_debate', 'recibida']);
    const open = await buildDraft(database.db, world.mesaAgua.id);
    await (await as('nieves')).drafts.takeUpConcern({ id: open.id, concernId: concern.id });
    expect(await states(null)).toEqual(['recibida', 'en_debate']);
  });
});
