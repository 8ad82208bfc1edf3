import '../support/runtime';
import { eq, inArray, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { ballotReasons } from '~/db/schema/ballots';
import { audit, submissions } from '~/db/schema/kernel';
import { persons } from '~/db/schema/people';
import { castSheet } from '~/server/ballots/commands/cast';
import type { Choice } from '~/server/ballots/rules';
import { charters } from '~/server/ballots/rules/charter';
import { buildDelegates, buildVersion, closed, hours, openedBallot, sheetOf } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildAssociation } from '../support/factories';
import { forumWorld } from '../support/people';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let women: string[];
let men: string[];
let ballotId: string;
let versionId: string;

// Twelve women of Flor de Cuarzo say no to the second article; sixteen men of Potosí say yes.
beforeAll(async () => {
  world = await forumWorld(test.db);
  const potosi = await buildAssociation(test.db, {
    ...{ name: 'El Porvenir', kind: 'cooperativa', country: 'BO', department: 'BO-P' },
  });
  women = await buildDelegates(test.db, world.florDeCuarzo.id, 12);
  men = await buildDelegates(test.db, potosi.id, 16);
  await test.db.update(persons).set({ sex: 'mujer' }).where(inArray(persons.id, women));
  for (const one of women) await (await callAs(test.db, one)).ballots.countMe({ agree: true });
  versionId = (await buildVersion(test.db)).id;
  ballotId = (await openedBallot(test.db, { versionId, rule: charters.con_mujeres })).id;
  const cast = async (personId: string, choices: Choice[]) => {
    const sheet = await sheetOf(test.db, ballotId, choices);
    await test.db.transaction((tx) => castSheet(tx, { ...sheet, ballotId, personId }));
  };
  for (const [i, one] of women.entries())
    await cast(one, [i < 7 ? 'si' : 'no', i < 4 ? 'si' : 'no', i < 7 ? 'si' : 'no', i < 8 ? 'si' : 'no']);
  for (const [i, one] of men.entries())
    await cast(one, [i < 9 ? 'si' : 'no', i < 12 ? 'si' : 'no', i < 9 ? 'si' : 'no', i < 9 ? 'si' : 'no']);
  await closed(test.db, ballotId);
});
const as = async (personId: string | null) => (await callAs(test.db, personId)).ballots;
const back = async (personId: string | null = null) =>
  (await (await as(personId)).reasons({ id: ballotId }))[0]!;

describe('the article that went back', () => {
  it('asks the women why, and says so to everybody; only to them it offers the form', async () => {
    const seen = await back();
    expect([seen.article.number, seen.asked, seen.open, seen.mine]).toEqual([
      2,
      [{ dimension: 'women', label: 'women' }],
      true,
      [],
    ]);
    expect((await back(women[0]!)).mine).toEqual([
      { group: { dimension: 'women', label: 'women' }, base: null },
    ]);
    expect((await back(men[0]!)).mine).toEqual([]);
  });

  it('takes a reason of a woman who voted yes and of one who voted no alike, and keeps of neither who she was', async () => {
    const { question } = await back();
    const before = await test.db.select({ n: sql<number>`count(*)::int` }).from(audit);
    for (const [i, words] of [
      [0, 'No dice dónde queda la balanza.'],
      [11, 'Falta el plazo para arreglar el reservorio.'],
    ] as const)
      await (await as(women[i]!)).giveReason({ id: question, group: 'women:women', words });
    // Sent twice, it stands once.
    await (await as(women[3]!)).giveReason({
      ...{ id: question, group: 'women:women', words: 'No dice dónde queda la balanza.' },
    });
    const { reasons } = await back();
    expect(reasons.map(({ words, base, label }) => [words, base, label])).toEqual([
      ['Falta el plazo para arreglar el reservorio.', null, 'women'],
      ['No dice dónde queda la balanza.', null, 'women'],
    ]);
    expect(await test.db.select({ n: sql<number>`count(*)::int` }).from(audit)).toEqual(before);
    expect(await test.db.select().from(submissions)).toEqual([]);
    const rows = JSON.stringify(await test.db.select().from(ballotReasons));
    for (const one of women) expect(rows).not.toContain(one);
    expect(
      new Set((await test.db.select().from(ballotReasons)).map(({ day }) => day.getUTCMinutes())),
    ).toEqual(new Set([0]));
  });

  it('refuses whoever is not of the group, a base’s name over the women’s, and a sixth', async () => {
    const { question } = await back();
    const reason = { id: question, group: 'women:women', words: 'Así no nos alcanza a nosotras.' };
    expect((await problemOf((await as(men[0]!)).giveReason(reason))).status).toBe(403);
    expect((await problemOf((await as(world.people.carla.id)).giveReason(reason))).status).toBe(403);
    expect((await problemOf((await as(women[0]!)).giveReason({ ...reason, sign: 'base' }))).code).toBe(
      'ballots.reason_sign',
    );
    expect((await problemOf((await as(women[0]!)).giveReason({ ...reason, group: 'region:21' }))).code).toBe(
      'field.choose',
    );
    for (const n of [1, 2, 3])
      await (await as(women[n]!)).giveReason({ ...reason, words: `Razón escrita número ${n}.` });
    expect((await problemOf((await as(women[5]!)).giveReason(reason))).code).toBe('ballots.reasons_full');
    await (await as(women[1]!)).giveReason({ ...reason, words: 'Razón escrita número 1.' });
  });

  it('a reason that names somebody is taken out of sight, with why; nothing else of it moves', async () => {
    const gloria = await as(world.people.gloria.id);
    const [one] = (await back()).reasons;
    await gloria.hideReason({ id: one!.id, why: 'Nombraba a una compañera.' });
    expect((await back()).reasons.find(({ id }) => id === one!.id)).toMatchObject({
      words: null,
      hidden: 'Nombraba a una compañera.',
    });
    await expect(
      test.db.update(ballotReasons).set({ words: 'Otra cosa.' }).where(eq(ballotReasons.id, one!.id)),
    ).rejects.toThrow();
    await expect(test.db.delete(ballotReasons)).rejects.toThrow();
  });

  it('which leaves its place to another person; but nobody has two', async () => {
    const { question } = await back();
    const reason = { id: question, group: 'women:women', words: 'Así no nos alcanza a nosotras.' };
    expect((await problemOf((await as(women[1]!)).giveReason(reason))).code).toBe('ballots.reason_given');
    await (await as(women[5]!)).giveReason(reason);
    expect(
      (await problemOf((await as(women[6]!)).giveReason({ ...reason, words: 'Una razón más, de otra.' })))
        .code,
    ).toBe('ballots.reasons_full');
  });

  it('waits with its second vote until the days are over', async () => {
    const gloria = await as(world.people.gloria.id);
    const { article } = await back();
    expect((await gloria.reasonsOfArticle({ id: article.id }))[0]!.reasons).toHaveLength(6);
    const later = await buildVersion(test.db);
    const copy = sql`insert into version_articles select (jsonb_populate_record(v, jsonb_build_object(
      'id', gen_random_uuid(), 'version_id', ${later.id}::text, 'number', 9))).* from version_articles v
      where v.article_id = ${article.id} and v.version_id = ${versionId}`;
    await test.db.execute(copy);
    const key = crypto.randomUUID();
    await gloria.again({
      ...{
        id: ballotId,
        key,
        title: 'Segunda votación',
        versionId: later.id,
        closesAt: hours(100).toISOString(),
      },
    });
    expect((await problemOf(gloria.open({ id: key }))).code).toBe('ballots.reasons_running');
  });
});
