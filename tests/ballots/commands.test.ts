import '../support/runtime';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { mandates } from '~/db/schema/associations';
import { ballots, rollEntries } from '~/db/schema/ballots';
import { audit, jobs } from '~/db/schema/kernel';
import { runtime } from '~/server/runtime';
import {
  buildDelegates,
  buildVersion,
  hours,
  preparedBallot,
  questionsOf,
  sheetOf,
} from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildForumRole, buildMandate, buildPerson } from '../support/factories';
import { forumWorld } from '../support/people';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let crowd: string[] = [];
const as = (name: keyof typeof world.people) => callAs(test.db, world.people[name].id);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

beforeAll(async () => {
  world = await forumWorld(test.db);
  crowd = await buildDelegates(test.db, world.tresVetas.id, 8);
});

const form = (versionId: string, over = {}) => ({
  key: randomUUID(),
  title: 'Votación de la versión 1',
  versionId,
  scope: 'articles' as const,
  quorumPercent: '50',
  majorityPercent: '60',
  closesAt: hours(80).toISOString(),
  urgent: '',
  ...over,
});

describe('preparing', () => {
  it('announces a ballot to everybody, with its rule and nothing fixed yet', async () => {
    const version = await buildVersion(test.db);
    const { id } = await (await as('gloria')).ballots.prepare(form(version.id));
    const seen = await (await callAs(test.db, null)).ballots.detail({ id });
    expect(seen).toMatchObject({
      title: 'Votación de la versión 1',
      state: 'prepared',
      rule: { quorumPercent: 50, majorityPercent: 60 },
      version: { number: version.number },
      manifestSha256: null,
      roll: null,
      mine: null,
      abilities: { vote: false, open: false },
    });
    const asked = await (await callAs(test.db, null)).ballots.questions({ id });
    expect(asked.map((one) => one.article?.number ?? 'todo')).toEqual([1, 2, 3, 'todo']);
  });

  it('twice is one', async () => {
    const input = form((await buildVersion(test.db)).id);
    const gloria = await as('gloria');
    const [a, b] = await Promise.all([gloria.ballots.prepare(input), gloria.ballots.prepare(input)]);
    expect(a).toEqual(b);
    expect(await test.db.select().from(ballots).where(eq(ballots.id, a.id))).toHaveLength(1);
  });

  it('reads a moment without a zone as Lima’s', async () => {
    const version = await buildVersion(test.db);
    const { id } = await (await as('gloria')).ballots.prepare(
      form(version.id, { closesAt: '2099-03-01T18:00' }),
    );
    const seen = await (await callAs(test.db, null)).ballots.detail({ id });
    expect(seen.closesAt).toBe('2099-03-01T23:00:00.000Z');
  });

  it.each([
    ['less than 72 hours', { closesAt: hours(71).toISOString() }, 'closesAt', '72 horas'],
    ['a moment that has passed', { closesAt: hours(-1).toISOString(), urgent: 'on' }, 'closesAt', 'ya pasó'],
    ['no moment', { closesAt: 'mañana' }, 'closesAt', 'día y la hora'],
    ['a day that is none', { closesAt: '2099-02-31T99:00' }, 'closesAt', 'día y la hora'],
    ['a majority of 40', { majorityPercent: '40' }, 'majorityPercent', 'número'],
    ['a quorum of nobody', { quorumPercent: '0' }, 'quorumPercent', 'número'],
    ['half a hundredth', { quorumPercent: '50.5' }, 'quorumPercent', 'número'],
    ['no title', { title: ' ' }, 'title', 'al menos 8 letras'],
    ['a version that is not there', { versionId: randomUUID() }, 'versionId', 'Elige'],
  ])('says what is wrong with %s', async (_what, over, field, words) => {
    const version = await buildVersion(test.db);
    const problem = await problemOf((await as('gloria')).ballots.prepare(form(version.id, over)));
    expect(problem.status).toBe(422);
    expect(problem.fields[field]).toContain(words);
  });

  it('can be taken back before the opening, by a secretary, and not after', async () => {
    const ballot = await preparedBallot(test.db);
    expect((await problemOf((await as('emilia')).ballots.drop({ id: ballot.id }))).status).toBe(403);
    await (await as('gloria')).ballots.drop({ id: ballot.id });
    expect((await problemOf((await as('gloria')).ballots.detail({ id: ballot.id }))).code).toBe('not_found');
    const other = await preparedBallot(test.db);
    await (await as('gloria')).ballots.open({ id: other.id });
    expect((await problemOf((await as('gloria')).ballots.drop({ id: other.id }))).code).toBe('refused');
  });
});

describe('the two people of an urgent ballot (R-38)', () => {
  it('opens when the second one has confirmed, and not before', async () => {
    const ballot = await preparedBallot(test.db, {
      urgent: true,
      closesAt: hours(2),
      preparedBy: world.people.gloria.id,
    });
    const [gloria, jacinta] = [await as('gloria'), await as('jacinta')];
    expect((await problemOf(gloria.ballots.open({ id: ballot.id }))).code).toBe('ballots.unconfirmed');
    expect((await problemOf(gloria.ballots.confirmUrgency({ id: ballot.id }))).code).toBe('refused');
    await jacinta.ballots.confirmUrgency({ id: ballot.id });
    await gloria.ballots.open({ id: ballot.id });
    expect((await gloria.ballots.detail({ id: ballot.id })).state).toBe('open');
  });

  it('keeps its 72 hours where it is not urgent, whatever was said when it was prepared', async () => {
    const ballot = await preparedBallot(test.db, { closesAt: hours(70) });
    expect((await problemOf((await as('gloria')).ballots.open({ id: ballot.id }))).code).toBe(
      'ballots.short',
    );
  });

  it('is held by the database too: nobody confirms her own urgency', async () => {
    const ballot = await preparedBallot(test.db, { urgent: true, preparedBy: world.people.gloria.id });
    await expect(
      test.db
        .update(ballots)
        .set({ urgencyConfirmedBy: world.people.gloria.id })
        .where(eq(ballots.id, ballot.id)),
    ).rejects.toThrow();
  });
});

describe('opening', () => {
  it('fixes the delegates of this moment, the questions and a manifest with its hash', async () => {
    const ballot = await preparedBallot(test.db);
    const { manifestSha256 } = await (await as('gloria')).ballots.open({ id: ballot.id });
    const roll = await test.db.select().from(rollEntries).where(eq(rollEntries.ballotId, ballot.id));
    expect(roll.map((one) => one.personId).sort()).toEqual(
      [world.people.nieves.id, world.people.rufino.id, ...crowd].sort(),
    );
    const seen = await (await callAs(test.db, null)).ballots.detail({ id: ballot.id });
    expect(seen.roll).toBe(10);
    expect(sha256(seen.manifest!)).toBe(manifestSha256);
    expect(JSON.parse(seen.manifest!)).toMatchObject({
      ballot: ballot.id,
      version: { sha256: seen.version.sha256 },
      rule: { quorumPercent: 50, majorityPercent: 50 },
      roll: { count: 10 },
      closesAt: ballot.closesAt.toISOString(),
    });
    expect(JSON.parse(seen.manifest!).questions).toHaveLength(4);
    expect(seen.manifest).not.toContain(world.people.rufino.id);
  });

  it('asks one question where only the whole text is voted', async () => {
    const ballot = await preparedBallot(test.db, { scope: 'whole' });
    await (await as('gloria')).ballots.open({ id: ballot.id });
    const asked = await (await as('rufino')).ballots.questions({ id: ballot.id });
    expect(asked.map(({ position, article }) => ({ position, article }))).toEqual([
      { position: 1, article: null },
    ]);
  });

  it('makes the key beside the database, for its owner alone, and keeps it out of the database', async () => {
    const ballot = await preparedBallot(test.db);
    await (await as('gloria')).ballots.open({ id: ballot.id });
    const file = join(runtime().config.dataDir, 'keys', ballot.id);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const key = readFileSync(file);
    expect(key).toHaveLength(32);
    const tables = await test.db.execute<{ name: string }>(
      sql`select tablename as name from pg_tables where schemaname = 'public'`,
    );
    for (const { name } of tables) {
      const [found] = await test.db.execute<{ n: number }>(
        sql.raw(
          `select count(*)::int as n from ${name} t where to_jsonb(t)::text like '%${key.toString('hex')}%'`,
        ),
      );
      expect([name, found!.n]).toEqual([name, 0]);
    }
  });

  it('leaves those without a ballot off the roll, whatever mandate they hold', async () => {
    const person = await buildPerson(test.db, { name: 'Wilber Cuba' });
    const mandate = await buildMandate(test.db, world.tresVetas.id, person.id);
    await buildForumRole(test.db, person.id, 'admin');
    const ballot = await preparedBallot(test.db);
    await (await as('gloria')).ballots.open({ id: ballot.id });
    const roll = await test.db.select().from(rollEntries).where(eq(rollEntries.ballotId, ballot.id));
    expect(roll.map((one) => one.personId)).not.toContain(person.id);
    await test.db.update(mandates).set({ state: 'withdrawn' }).where(eq(mandates.id, mandate.id));
  });

  it('happens once, however many press the button', async () => {
    const ballot = await preparedBallot(test.db);
    const [gloria, jacinta] = [await as('gloria'), await as('jacinta')];
    const done = await Promise.allSettled(
      [gloria, jacinta, gloria, jacinta].map((who) => who.ballots.open({ id: ballot.id })),
    );
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await questionsOf(test.db, ballot.id)).toHaveLength(4);
    const waiting = await test.db
      .select()
      .from(jobs)
      .where(sql`${jobs.payload} ->> 'ballotId' = ${ballot.id}`);
    expect(waiting.map(({ kind, runAt }) => [kind, runAt.getTime()])).toEqual([
      ['ballots.close', ballot.closesAt.getTime()],
    ]);
  });

  it('needs somebody on the roll', async () => {
    await test.db.update(mandates).set({ state: 'presented' });
    const ballot = await preparedBallot(test.db);
    expect((await problemOf((await as('gloria')).ballots.open({ id: ballot.id }))).code).toBe(
      'ballots.empty_roll',
    );
    expect(existsSync(join(runtime().config.dataDir, 'keys', ballot.id))).toBe(false);
    await test.db.update(mandates).set({ state: 'accredited' }).where(eq(mandates.state, 'presented'));
  });

  it('is on record; a cast is not', async () => {
    const ballot = await preparedBallot(test.db);
    await (await as('gloria')).ballots.open({ id: ballot.id });
    const before = await test.db.select().from(audit);
    expect(before.at(-1)).toMatchObject({ action: 'ballots.open', subject: ballot.id });
    await (await as('rufino')).ballots.cast(await sheetOf(test.db, ballot.id, 'si'));
    expect(await test.db.select().from(audit)).toHaveLength(before.length);
  });
});

describe('from the opening on the database refuses', () => {
  const opened = async () => {
    const ballot = await preparedBallot(test.db);
    await (await as('gloria')).ballots.open({ id: ballot.id });
    return ballot.id;
  };
  const changes: [string, (id: string) => string][] = [
    ['another rule', (id) => `update ballots set rule = '{"quorumPercent":1}' where id = '${id}'`],
    ['another title', (id) => `update ballots set title = 'Otra cosa' where id = '${id}'`],
    ['a later close', (id) => `update ballots set closes_at = now() + interval '1 year' where id = '${id}'`],
    ['urgency afterwards', (id) => `update ballots set urgent = true where id = '${id}'`],
    ['another manifest', (id) => `update ballots set manifest = '{}' where id = '${id}'`],
    ['going back', (id) => `update ballots set state = 'prepared' where id = '${id}'`],
    ['its end', (id) => `delete from ballots where id = '${id}'`],
    ['fewer voters', (id) => `delete from roll_entries where ballot_id = '${id}'`],
    ['a marked roll', (id) => `update roll_entries set voted = true where ballot_id = '${id}'`],
    ['fewer questions', (id) => `delete from ballot_questions where ballot_id = '${id}'`],
    [
      'another order',
      (id) => `update ballot_questions set position = position + 9 where ballot_id = '${id}'`,
    ],
    ['an empty roll', () => 'truncate roll_entries'],
    ['an empty box', () => 'truncate papers'],
    [
      'one more voter',
      (id) =>
        `insert into roll_entries select '${id}', p.id, a.id from persons p, associations a
         where p.name like 'Amador%' limit 1`,
    ],
    [
      'a paper in plain',
      (id) =>
        `insert into papers (ballot_id, question_id, choice)
         select ballot_id, id, 'si' from ballot_questions where ballot_id = '${id}'`,
    ],
    ['receipts thrown away', (id) => `delete from receipts where ballot_id = '${id}'`],
    ['papers thrown away', (id) => `delete from papers where ballot_id = '${id}'`],
  ];
  it.each(changes)('%s', async (_what, statement) => {
    const id = await opened();
    await (await as('rufino')).ballots.cast(await sheetOf(test.db, id, 'si'));
    // integrity_constraint_violation, raised by the guards of drizzle/0007 and by nothing else here
    await expect(test.db.execute(sql.raw(statement(id)))).rejects.toMatchObject({ cause: { code: '23000' } });
  });
});

describe('closing by hand', () => {
  it('waits for its moment', async () => {
    const ballot = await preparedBallot(test.db);
    const gloria = await as('gloria');
    await gloria.ballots.open({ id: ballot.id });
    expect((await problemOf(gloria.ballots.close({ id: ballot.id }))).code).toBe('ballots.still_open');
    expect((await problemOf((await as('rufino')).ballots.close({ id: ballot.id }))).code).toBe('refused');
    expect((await gloria.ballots.detail({ id: ballot.id })).abilities.close).toBe(false);
  });
});
