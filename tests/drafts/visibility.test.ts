import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { drafts } from '~/db/schema/drafts';
import { actorOfPerson, anonymous } from '~/server/actor';
import { openDoc } from '~/server/drafts/live';
import * as policy from '~/server/drafts/policy';
import { draftFacts, draftsOfConcern, visibleTo } from '~/server/drafts/queries';
import { type ForumEvent, subscribe } from '~/server/events';
import { can } from '~/server/rule';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildDraft } from '../support/drafts';
import { buildConcern } from '../support/factories';
import { forumWorld } from '../support/people';

const t = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let hidden: string;
let open: string;
beforeAll(async () => {
  world = await forumWorld(t.db);
  open = (await buildDraft(t.db, world.mesaAgua.id, { title: 'Agua para lavar' })).id;
  hidden = (await buildDraft(t.db, world.casaFlor.id, { title: 'zarzamora', text: 'Entre nosotras.' })).id;
  await buildDraft(t.db, world.casaVetas.id, { title: 'Lo de Tres Vetas' });
  await buildDraft(t.db, world.plenary.id, { title: 'Plenaria', state: 'closed' });
});
const everyone = async () => [
  anonymous,
  ...(await Promise.all(Object.values(world.people).map((one) => actorOfPerson(t.db, one.id)))),
];

describe('list, detail and socket', () => {
  it('agree for every person and every draft', async () => {
    const all = await t.db.select({ id: drafts.id }).from(drafts);
    for (const actor of await everyone()) {
      const listed = await t.db.select({ id: drafts.id }).from(drafts).where(visibleTo(actor));
      const readable: string[] = [];
      const opened: string[] = [];
      for (const { id } of all) {
        if (can(policy.read, actor, (await draftFacts(t.db, id))!)) readable.push(id);
        if ((await openDoc(actor, id))!.right !== 'none') opened.push(id);
      }
      expect(listed.map((row) => row.id).sort()).toEqual(readable.sort());
      expect(opened.sort()).toEqual(readable.sort());
    }
  });

  it('give an outsider the same answer for a draft of another base and for none', async () => {
    const { rufino, gloria, amador, carla } = world.people;
    for (const who of [null, rufino.id, gloria.id, amador.id, carla.id]) {
      const outsider = await callAs(t.db, who);
      for (const ask of [
        (id: string) => outsider.drafts.detail({ id }),
        (id: string) => outsider.drafts.retitle({ id, title: 'Otro nombre' }),
        (id: string) => outsider.drafts.close({ id }),
        (id: string) => outsider.drafts.editByForm({ id, key: randomUUID(), seq: 1, text: 'x' }),
        (id: string) => outsider.drafts.takeUpConcern({ id, concernId: randomUUID() }),
      ])
        expect(JSON.stringify(await problemOf(ask(hidden)))).toBe(
          JSON.stringify(await problemOf(ask(randomUUID()))),
        );
    }
  });

  it('give nobody who is not signed in a draft, and send her to sign in from the list', async () => {
    const nobody = await callAs(t.db, null);
    expect((await problemOf(nobody.drafts.detail({ id: open }))).code).toBe('not_found');
    expect((await problemOf(nobody.drafts.list({ page: 1 }))).code).toBe('sign_in');
  });

  it('keep a base’s draft out of every list of others', async () => {
    const rufino = await callAs(t.db, world.people.rufino.id);
    const lists = [
      (await rufino.drafts.list({ page: 1 })).items,
      await rufino.drafts.ofSpace({ spaceId: world.casaFlor.id }),
      await rufino.drafts.mine(),
    ];
    expect(JSON.stringify(lists)).not.toContain('zarzamora');
    expect(lists[1]).toEqual([]);
  });

  it('show the drafts of a concern only to those who may read them', async () => {
    const concern = await buildConcern(t.db, world.people.sabina.id);
    const sabina = await callAs(t.db, world.people.sabina.id);
    await sabina.drafts.takeUpConcern({ id: hidden, concernId: concern.id });
    const titles = async (who: { id: string }) =>
      (await draftsOfConcern(t.db, await actorOfPerson(t.db, who.id), concern.id)).map((row) => row.title);
    expect(await titles(world.people.sabina)).toEqual(['zarzamora']);
    expect(await titles(world.people.rufino)).toEqual([]);
  });
});

describe('what is shown of people', () => {
  it('is the names of bases, never those of persons', async () => {
    const hilario = await callAs(t.db, world.people.hilario.id);
    const draft = await hilario.drafts.detail({ id: open });
    expect(draft.writers).toEqual({ bases: ['Flor de Cuarzo', 'Tres Vetas'], free: 1 });
    for (const { name } of Object.values(world.people)) expect(JSON.stringify(draft)).not.toContain(name);
  });

  it('is the base for the others at the text, and «Base libre» for who has none', async () => {
    const label = async (who: { id: string }) =>
      (await openDoc(await actorOfPerson(t.db, who.id), open))!.label;
    expect(await label(world.people.nieves)).toBe('Flor de Cuarzo');
    expect(await label(world.people.mery)).toBe('Base libre');
    expect(await label(world.people.carla)).toBeNull();
  });

  it('is nothing of anybody where the space says of nobody who wrote: not at the text, not on its page', async () => {
    const told: ForumEvent[] = [];
    const quiet = subscribe((event) => void told.push(event));
    const mery = await callAs(t.db, world.people.mery.id);
    const draft = await mery.drafts.detail({ id: open });
    await mery.spaces.setAttribution({ id: draft.space.id, attribution: 'off' });
    quiet();
    // Whoever is there comes in again, without her base.
    expect(told).toEqual([
      { type: 'access.text.closed', textIds: expect.arrayContaining([expect.any(String)]) },
    ]);
    for (const who of [world.people.nieves, world.people.mery, world.people.hilario])
      expect((await openDoc(await actorOfPerson(t.db, who.id), open))!.label).toBe('Alguien');
    expect((await openDoc(await actorOfPerson(t.db, world.people.carla.id), open))!.label).toBeNull();
    const page = JSON.stringify({ ...(await mery.drafts.detail({ id: open })), space: null });
    for (const base of ['Flor de Cuarzo', 'Tres Vetas']) expect(page).not.toContain(base);
  });
});
