import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld } from '../support/document';
import { buildConcern } from '../support/factories';

const database = testDatabase();
let world: DocumentWorld;
beforeAll(async () => {
  world = await documentWorld(database.db);
});

const say = async () => (await buildConcern(database.db, world.people.sabina.id)).id;
const undo = async (id: string | null) =>
  (await world.as('emilia')).document.undo({ key: randomUUID(), id: id! });
const group = async (concernIds: string[], groupId?: string) =>
  (await world.as('emilia')).concerns.group({ key: randomUUID(), title: 'La balanza', concernIds, groupId });
const walks = async (...ids: string[]) =>
  Promise.all(
    ids.map(async (id) => (await (await world.as(null)).concerns.detail({ id })).group?.id ?? null),
  );

describe('what the committee does with groups is an act that can be undone', () => {
  it('set side by side, taken back, and done again: the same group stands again', async () => {
    const [a, b] = [await say(), await say()];
    const made = await group([a, b]);
    const taken = await undo(made.actId);
    expect(await walks(a, b)).toEqual([null, null]);
    await undo(taken.actId);
    expect(await walks(a, b)).toEqual([made.id, made.id]);
  });

  it('parted and put back, also where nobody was left behind', async () => {
    const [a, b, c] = [await say(), await say(), await say()];
    const { id } = await group([a, b, c]);
    const emilia = await world.as('emilia');
    const one = await emilia.concerns.ungroup({ id, concernId: c });
    expect(await walks(a, b, c)).toEqual([id, id, null]);
    await undo(one.actId);
    expect(await walks(a, b, c)).toEqual([id, id, id]);
    const all = await emilia.concerns.ungroup({ id });
    expect(await walks(a, b, c)).toEqual([null, null, null]);
    await undo(all.actId);
    expect(await walks(a, b, c)).toEqual([id, id, id]);
  });

  it('is refused where one of them walks elsewhere since, and nothing has changed', async () => {
    const [a, b, c] = [await say(), await say(), await say()];
    const { id } = await group([a, b]);
    const parted = await (await world.as('emilia')).concerns.ungroup({ id });
    const other = await group([b, c]);
    expect(await problemOf(undo(parted.actId))).toMatchObject({ code: 'acts.changed.walk' });
    expect(await walks(a, b, c)).toEqual([null, other.id, other.id]);
  });

  it('leaves nobody alone in a group that a third had joined; done again, the third is back as well', async () => {
    const [a, b, c] = [await say(), await say(), await say()];
    const made = await group([a, b]);
    await group([c], made.id);
    const taken = await undo(made.actId);
    expect(await walks(a, b, c)).toEqual([null, null, null]);
    await undo(taken.actId);
    expect(await walks(a, b, c)).toEqual([made.id, made.id, made.id]);
  });

  it('a whole group that was set aside comes back, each with a decision of its own', async () => {
    const [a, b] = [await say(), await say()];
    const { id } = await group([a, b]);
    const reason = { reasonCode: 'otra-via', reason: 'Va a otra oficina.' } as const;
    const aside = await (await world.as('emilia')).concerns.setAsideGroup({ id, ...reason });
    await (await world.as('sabina')).concerns.appeal({
      key: randomUUID(),
      id: a,
      words: 'Miren otra vez, por favor.',
    });
    await undo(aside.actId);
    const seen = await (await world.as(null)).concerns.detail({ id: a });
    expect(seen).toMatchObject({ state: 'recibida', appeals: [{ standing: { state: 'met' } }] });
    expect(seen.decisions.map(({ state }) => state)).toEqual(['no_recogida', 'recibida']);
  });
});
