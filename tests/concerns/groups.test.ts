import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { concernDecisions, concernGroupMembers } from '~/db/schema/concerns';
import { problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { type DocumentWorld, documentWorld, readyArticle } from '../support/document';
import { buildConcern } from '../support/factories';

const database = testDatabase();
let world: DocumentWorld;
beforeAll(async () => {
  world = await documentWorld(database.db);
});

const said = (words: string, over = {}) =>
  buildConcern(database.db, world.people.sabina.id, { words, ...over });
/** Three about the balance, in the order of their numbers. */
async function three(): Promise<[Concern, Concern, Concern]> {
  const areas = { areas: ['robo-y-comercio-de-mineral'] };
  const a = await said('Pagan el mineral sin balanza.', areas);
  const b = await said('Sin balanza pagan lo que quieren.', areas);
  return [a, b, await said('La balanza es del comprador.', areas)];
}
type Concern = Awaited<ReturnType<typeof said>>;
const ids = (...concerns: Concern[]) => concerns.map(({ id }) => id);
const joined = async (...concerns: Concern[]) =>
  (await world.as('emilia')).concerns.group({
    key: randomUUID(),
    title: 'La balanza',
    concernIds: ids(...concerns),
  });
const stateOf = async (id: string) => (await (await world.as(null)).concerns.detail({ id })).state;

describe('concerns that are set side by side', () => {
  it('each stay what they are: own number, own words, own state, and show whom they walk with', async () => {
    const [a, b, c] = await three();
    const { id } = await joined(a, b, c);
    const seen = await (await world.as('sabina')).concerns.detail({ id: a.id });
    expect(seen).toMatchObject({ words: a.words, number: a.number, state: 'recibida', mine: true });
    expect(seen.group).toMatchObject({ id, title: 'La balanza', n: 3 });
    expect(seen.group!.beside.map((one) => one.number)).toEqual([b.number, c.number]);
    expect((await (await world.as(null)).concerns.groupDetail({ id })).concerns).toHaveLength(3);
  });

  it('walk in one group at a time: the second is told which number, and nothing has changed', async () => {
    const [a, b, c] = await three();
    await joined(a, b);
    const problem = await problemOf(joined(c, b));
    expect(problem).toMatchObject({ code: 'concerns.grouped.taken', status: 409 });
    expect(problem.sentence).toContain(String(b.number));
    expect((await (await world.as(null)).concerns.detail({ id: c.id })).group).toBeNull();
  });

  it('are grouped once where Emilia and Filomena do it at the same moment', async () => {
    const [a, b, c] = await three();
    const filomena = await world.as('filomena');
    const both = await Promise.allSettled([
      joined(a, b),
      filomena.concerns.group({ key: randomUUID(), concernIds: ids(b, c) }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const rows = await database.db
      .select()
      .from(concernGroupMembers)
      .where(eq(concernGroupMembers.concernId, b.id));
    expect(rows).toHaveLength(1);
  });

  it('can be joined by another later, up to fifty', async () => {
    const [a, b, c] = await three();
    const { id } = await joined(a, b);
    const emilia = await world.as('emilia');
    expect(await emilia.concerns.group({ key: randomUUID(), groupId: id, concernIds: ids(c, a) })).toEqual({
      id,
      n: 3,
    });
    const many = await Promise.all(Array.from({ length: 48 }, (_, n) => said(`Falta balanza ${n}, dicen.`)));
    expect(
      await problemOf(emilia.concerns.group({ key: randomUUID(), groupId: id, concernIds: ids(...many) })),
    ).toMatchObject({ code: 'concerns.group_full' });
  });

  it('part again; of two nobody stays behind alone, and that they walked together stays written', async () => {
    const [a, b, c] = await three();
    const { id } = await joined(a, b, c);
    const emilia = await world.as('emilia');
    expect(await emilia.concerns.ungroup({ id, concernId: a.id })).toEqual({ id, left: 2 });
    expect(await problemOf(emilia.concerns.ungroup({ id, concernId: a.id }))).toMatchObject({
      code: 'concerns.not_in_group',
    });
    expect(await emilia.concerns.ungroup({ id, concernId: b.id })).toEqual({ id, left: 0 });
    expect(await problemOf(emilia.concerns.groupDetail({ id }))).toMatchObject({ code: 'not_found' });
    expect(await problemOf(emilia.concerns.ungroup({ id }))).toMatchObject({ code: 'not_found' });
    const rows = await database.db
      .select()
      .from(concernGroupMembers)
      .where(eq(concernGroupMembers.groupId, id));
    expect(rows.map(({ endedAt }) => endedAt !== null)).toEqual([true, true, true]);
    await expect(database.db.delete(concernGroupMembers)).rejects.toThrow();
    await expect(
      database.db.execute(sql`update concern_group_members set ended_at = null where group_id = ${id}`),
    ).rejects.toThrow();
    // And they are free for another.
    await joined(a, c);
  });

  it('are none with a concern that its base keeps inside: it is not found, like one that is none', async () => {
    const [a] = await three();
    const kept = await said('Esto es solo de nosotras.', { audience: 'space', spaceId: world.casaFlor.id });
    const emilia = await world.as('emilia');
    const group = (other: string) =>
      problemOf(emilia.concerns.group({ key: randomUUID(), concernIds: [a.id, other] }));
    expect(await group(kept.id)).toEqual(await group(randomUUID()));
  });

  it('are not one concern twice', async () => {
    const [a] = await three();
    expect(await problemOf(joined(a, a))).toMatchObject({ code: 'concerns.group_of_one' });
  });
});

describe('an act on a whole group', () => {
  it('ties each of its concerns to an article', async () => {
    const [a, b, c] = await three();
    const { id: groupId } = await joined(a, b, c);
    const id = await readyArticle(world);
    expect(await (await world.as('emilia')).document.linkGroup({ id, groupId })).toEqual({ id, n: 3 });
    for (const one of [a, b, c]) {
      expect(await stateOf(one.id)).toBe('recogida');
      const decisions = await database.db
        .select()
        .from(concernDecisions)
        .where(eq(concernDecisions.concernId, one.id));
      expect(decisions.map(({ state }) => state)).toEqual(['recogida']);
    }
  });

  it('sets aside each with its own decision, and leaves there what stands in an article', async () => {
    const [a, b, c] = await three();
    const { id } = await joined(a, b, c);
    const article = await readyArticle(world);
    const emilia = await world.as('emilia');
    await emilia.document.linkConcern({ id: article, concernId: b.id });
    const reason = { reasonCode: 'otra-via', reason: 'Va a la oficina de pesos y medidas.' } as const;
    expect(await emilia.concerns.setAsideGroup({ id, ...reason })).toEqual({ id, aside: 2, left: 1 });
    expect(await Promise.all([a, b, c].map((one) => stateOf(one.id)))).toEqual([
      'no_recogida',
      'recogida',
      'no_recogida',
    ]);
    const told = await (await world.as(null)).concerns.detail({ id: c.id });
    expect(told).toMatchObject({ reason: reason.reason, group: { n: 3, placed: 1 } });
    expect(await problemOf(emilia.concerns.setAsideGroup({ id, ...reason }))).toMatchObject({
      code: 'concerns.group_decided',
    });
  });

  it('is not for who raised one of them', async () => {
    const [a, b] = await three();
    const { id } = await joined(a, b);
    const sabina = await world.as('sabina');
    for (const act of [
      () => sabina.concerns.ungroup({ id }),
      () => sabina.concerns.nameGroup({ id, title: 'Otro nombre' }),
      () => sabina.concerns.setAsideGroup({ id, reasonCode: 'repetida', reason: 'Porque sí, digo yo.' }),
    ])
      expect(await problemOf(act())).toMatchObject({ code: 'refused' });
  });
});
