import '../support/runtime';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { ballots } from '~/db/schema/ballots';
import { actorOfPerson, anonymous } from '~/server/actor';
import * as policy from '~/server/ballots/policy';
import { ballotFacts, resultOfVersion, visibleTo } from '~/server/ballots/queries';
import { can } from '~/server/rule';
import { buildVersion, closed, openedBallot, preparedBallot, sheetOf } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let ids: Record<'prepared' | 'open' | 'closed', string>;

beforeAll(async () => {
  world = await forumWorld(test.db);
  ids = {
    prepared: (await preparedBallot(test.db)).id,
    open: (await openedBallot(test.db)).id,
    closed: (await openedBallot(test.db)).id,
  };
  await (await callAs(test.db, world.people.rufino.id)).ballots.cast(
    await sheetOf(test.db, ids.closed, 'si'),
  );
  await closed(test.db, ids.closed);
});

describe('the list and the detail of a ballot', () => {
  it('agree for everybody on every row', async () => {
    const everybody = [null, ...Object.values(world.people).map((person) => person.id)];
    const all = await test.db.select({ id: ballots.id }).from(ballots);
    for (const who of everybody) {
      const actor = who ? await actorOfPerson(test.db, who) : anonymous;
      const listed = await test.db.select({ id: ballots.id }).from(ballots).where(visibleTo(actor));
      const readable = [];
      for (const { id } of all) {
        const facts = await ballotFacts(test.db, id, actor);
        if (can(policy.read, actor, facts!)) readable.push(id);
      }
      expect(listed.map(({ id }) => id).sort()).toEqual(readable.sort());
    }
  });

  it('offer each person what she may do, and nothing else', async () => {
    const table: Record<string, string[]> = {};
    for (const name of ['gloria', 'rufino', 'carla', 'amador', 'sabina'] as const)
      for (const [state, id] of Object.entries(ids)) {
        const seen = await (await callAs(test.db, world.people[name].id)).ballots.detail({ id });
        const may = Object.entries(seen.abilities).filter(([, allowed]) => allowed);
        table[`${name} ${state}`] = may.map(([ability]) => ability);
      }
    expect(table).toEqual({
      'gloria prepared': ['open', 'drop', 'table'],
      'gloria open': ['table'],
      'gloria closed': ['again', 'table'],
      'rufino prepared': ['claim'],
      'rufino open': ['vote'],
      'rufino closed': ['readRoll'],
      'carla prepared': [],
      'carla open': [],
      'carla closed': [],
      'amador prepared': [],
      'amador open': [],
      'amador closed': [],
      'sabina prepared': [],
      'sabina open': [],
      'sabina closed': [],
    });
  });
});

describe('what is not there', () => {
  it('is not found, like what may not be seen yet', async () => {
    const call = await callAs(test.db, null);
    const nowhere = '00000000-0000-4000-8000-000000000000';
    for (const read of ['detail', 'questions', 'result', 'roll'] as const)
      expect((await problemOf(call.ballots[read]({ id: nowhere }))).code).toBe('not_found');
    expect(await problemOf(call.ballots.result({ id: ids.open }))).toEqual(
      await problemOf(call.ballots.result({ id: nowhere })),
    );
  });
});

describe('the open data', () => {
  it('hold what the pages show: faces of all, results of the closed', async () => {
    const all = await (await callAs(test.db, world.people.gloria.id)).ballots.published();
    expect(all).toEqual(await (await callAs(test.db, null)).ballots.published());
    const of = (id: string) => all.find((one) => one.id === id)!;
    expect('questions' in of(ids.open)).toBe(false);
    expect('turnout' in of(ids.open)).toBe(false);
    expect(of(ids.closed)).toMatchObject({ turnout: { entitled: 2, voted: 1 } });
    const text = JSON.stringify(all);
    for (const person of Object.values(world.people)) {
      expect(text).not.toContain(person.id);
      expect(text).not.toContain(person.name);
    }
  });
});

describe('for the document and the thread', () => {
  it('tells the last ballot of a version, and its verdicts once it is closed', async () => {
    const version = await buildVersion(test.db);
    expect(await resultOfVersion(test.db, version.id)).toBeNull();
    await preparedBallot(test.db, { versionId: version.id });
    expect(await resultOfVersion(test.db, version.id)).toBeNull();
    const ballot = await openedBallot(test.db, { versionId: version.id, title: 'La que vale' });
    expect(await resultOfVersion(test.db, version.id)).toMatchObject({
      id: ballot.id,
      state: 'open',
      results: [],
    });
    const sheet = await sheetOf(test.db, ballot.id, ['si', 'no', 'si', 'si']);
    await (await callAs(test.db, world.people.rufino.id)).ballots.cast(sheet);
    await closed(test.db, ballot.id);
    const found = await resultOfVersion(test.db, version.id);
    expect(found?.results.map(({ verdict, yes, no }) => [verdict, yes, no])).toEqual([
      ['aprobado', 1, 0],
      ['no_aprobado', 0, 1],
      ['aprobado', 1, 0],
      ['aprobado', 1, 0],
    ]);
    expect(found?.results.at(-1)?.versionArticleId).toBeNull();
    const [frozen] = await test.db.execute<{ n: number }>(
      sql`select count(*)::int as n from version_articles where version_id = ${version.id}`,
    );
    expect(found?.results).toHaveLength(frozen!.n + 1);
  });
});
