import '../support/runtime';
import { existsSync, linkSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { papers, rollEntries, tallies } from '~/db/schema/ballots';
import { jobs } from '~/db/schema/kernel';
import { castSheet } from '~/server/ballots/commands/cast';
import { closeBallot, type Step, steps } from '~/server/ballots/commands/closing';
import { ballotJobs } from '~/server/ballots/jobs';
import type { Choice } from '~/server/ballots/rules';
import { runtime } from '~/server/runtime';
import { buildDelegates, hours, openedBallot, sheetOf } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let voters: string[];
const keyFile = (id: string) => join(runtime().config.dataDir, 'keys', id);

beforeAll(async () => {
  world = await forumWorld(test.db);
  voters = [
    ...(await buildDelegates(test.db, world.florDeCuarzo.id, 12)),
    ...(await buildDelegates(test.db, world.tresVetas.id, 8)),
  ];
});
afterEach(() => {
  vi.useRealTimers();
});

/** Twenty vote of twenty-two; the first five think again and vote the other way. */
async function votedBallot() {
  const ballot = await openedBallot(test.db);
  const cast = async (personId: string, choices: Choice[]) => {
    const sheet = await sheetOf(test.db, ballot.id, choices);
    await test.db.transaction((tx) => castSheet(tx, { ...sheet, ballotId: ballot.id, personId }));
  };
  for (const [i, person] of voters.entries()) {
    if (i < 5) await cast(person, ['no', 'no', 'no', 'no']);
    await cast(person, ['si', i < 12 ? 'si' : 'no', i < 9 ? 'si' : 'no', i < 4 ? 'abstencion' : 'si']);
  }
  return ballot;
}

const outcome = async (ballotId: string) => {
  const call = await callAs(test.db, null);
  const { questions, turnout, sumsAgree, state } = await call.ballots.result({ id: ballotId });
  const { total } = await call.ballots.trackers({ id: ballotId, page: 1 });
  return {
    state,
    sumsAgree,
    entitled: turnout.entitled,
    voted: turnout.voted,
    trackers: total,
    questions: questions.map(({ yes, no, abstain, verdict }) => [yes, no, abstain, verdict]),
  };
};
const expected = {
  state: 'closed',
  sumsAgree: true,
  entitled: 22,
  voted: 20,
  trackers: 25,
  questions: [
    [20, 0, 0, 'aprobado'],
    [12, 8, 0, 'aprobado'],
    [9, 11, 0, 'no_aprobado'],
    [16, 0, 4, 'aprobado'],
  ],
};

describe('the close', () => {
  it('counts, says who took part, and leaves nothing blind behind', async () => {
    const ballot = await votedBallot();
    await closeBallot(test.db, ballot.id, { at: new Date() });
    expect(await outcome(ballot.id)).toEqual(expected);
    const blind = await test.db
      .select()
      .from(papers)
      .where(and(eq(papers.ballotId, ballot.id), isNotNull(papers.handle)));
    expect(blind).toEqual([]);
    const roll = await test.db.select().from(rollEntries).where(eq(rollEntries.ballotId, ballot.id));
    expect(
      roll
        .filter((one) => one.voted)
        .map((one) => one.personId)
        .sort(),
    ).toEqual([...voters].sort());
  });

  it('overwrites the key and takes it away', async () => {
    const ballot = await votedBallot();
    const before = readFileSync(keyFile(ballot.id));
    linkSync(keyFile(ballot.id), `${keyFile(ballot.id)}.link`);
    await closeBallot(test.db, ballot.id, { at: new Date() });
    expect(existsSync(keyFile(ballot.id))).toBe(false);
    const left = readFileSync(`${keyFile(ballot.id)}.link`);
    expect(left).toHaveLength(32);
    expect(left.equals(before)).toBe(false);
  });

  it('of an empty box is a result too', async () => {
    const ballot = await openedBallot(test.db);
    await closeBallot(test.db, ballot.id, { at: new Date() });
    expect(await outcome(ballot.id)).toEqual({
      state: 'closed',
      sumsAgree: true,
      entitled: 22,
      voted: 0,
      trackers: 0,
      questions: Array.from({ length: 4 }, () => [0, 0, 0, 'sin_quorum']),
    });
  });

  it('tells its base’s turnout, without names', async () => {
    const ballot = await votedBallot();
    await closeBallot(test.db, ballot.id, { at: new Date() });
    const result = await (await callAs(test.db, null)).ballots.result({ id: ballot.id });
    expect(result.turnout.bases.map(({ name, entitled, voted }) => [name, entitled, voted])).toEqual([
      ['Flor de Cuarzo', 13, 12],
      ['Tres Vetas', 9, 8],
    ]);
    expect(JSON.stringify(result)).not.toContain('Delegada');
    const names = await (await callAs(test.db, world.people.nieves.id)).ballots.roll({ id: ballot.id });
    expect(names.filter(({ voted }) => !voted).map(({ name }) => name)).toEqual([
      'Nieves Choque',
      'Rufino Huamaní',
    ]);
    for (const outsider of [null, world.people.sabina.id, world.people.amador.id, world.people.carla.id])
      expect((await problemOf((await callAs(test.db, outsider)).ballots.roll({ id: ballot.id }))).code).toBe(
        'not_found',
      );
  });
});

describe('a close that is cut short and begun again', () => {
  it.each(steps)('after «%s» comes to the same result', async (killedAfter) => {
    const ballot = await votedBallot();
    const cut = async (step: Step) => {
      if (step === killedAfter) throw new Error('killed');
    };
    await expect(closeBallot(test.db, ballot.id, { at: new Date(), done: cut })).rejects.toThrow('killed');
    await closeBallot(test.db, ballot.id, { at: new Date() });
    await closeBallot(test.db, ballot.id, { at: new Date() });
    expect(await outcome(ballot.id)).toEqual(expected);
    expect(existsSync(keyFile(ballot.id))).toBe(false);
  });

  it('inside a step, again and again, wherever it hurts', async () => {
    const ballot = await votedBallot();
    await test.db.execute(sql`
      create function now_and_then() returns trigger language plpgsql as $$
      begin if random() < 0.35 then raise exception 'the power went'; end if; return null; end $$`);
    const tables = { papers: 'insert or delete', receipts: 'insert or delete', tallies: 'insert' };
    for (const [table, acts] of Object.entries({ ...tables, roll_entries: 'update', ballots: 'update' }))
      await test.db.execute(
        sql.raw(`create trigger hurt after ${acts} on ${table} execute function now_and_then()`),
      );
    let cuts = 0;
    for (;;) {
      try {
        await closeBallot(test.db, ballot.id, { at: new Date() });
        break;
      } catch {
        cuts++;
      }
    }
    await test.db.execute(sql`drop function now_and_then cascade`);
    expect(cuts).toBeGreaterThan(0);
    expect(await outcome(ballot.id)).toEqual(expected);
  });

  it('by two processes at once counts each paper once', async () => {
    const ballot = await votedBallot();
    await Promise.allSettled([1, 2, 3].map(() => closeBallot(test.db, ballot.id, { at: new Date() })));
    await closeBallot(test.db, ballot.id, { at: new Date() });
    expect(await outcome(ballot.id)).toEqual(expected);
  });

  it('without its key counts nothing, and does not pretend to', async () => {
    const ballot = await votedBallot();
    rmSync(keyFile(ballot.id));
    await expect(closeBallot(test.db, ballot.id, { at: new Date() })).rejects.toThrow('key of this ballot');
    const call = await callAs(test.db, null);
    expect((await call.ballots.detail({ id: ballot.id })).state).toBe('closing');
    expect((await problemOf(call.ballots.result({ id: ballot.id }))).code).toBe('not_found');
    expect(await test.db.select().from(tallies).where(eq(tallies.ballotId, ballot.id))).toEqual([]);
  });
});

describe('the job', () => {
  const run = (ballotId: string) => {
    const said: [number, number][] = [];
    const job = { id: 'x', kind: 'ballots.close', payload: { ballotId }, attempts: 1 };
    return ballotJobs['ballots.close']!(test.db, job, async (done, total) => {
      said.push([done, total]);
    }).then(() => said);
  };

  it('waits for the moment, and then says how far it is', async () => {
    const ballot = await votedBallot();
    expect(await run(ballot.id)).toEqual([]);
    expect((await (await callAs(test.db, null)).ballots.detail({ id: ballot.id })).state).toBe('open');
    const waiting = await test.db
      .select()
      .from(jobs)
      .where(sql`${jobs.payload} ->> 'ballotId' = ${ballot.id}`);
    expect(waiting.map(({ runAt }) => runAt.getTime())).toEqual([
      ballot.closesAt.getTime(),
      ballot.closesAt.getTime(),
    ]);
    vi.useFakeTimers({ toFake: ['Date'], now: ballot.closesAt });
    expect((await run(ballot.id)).at(-1)).toEqual([8, 8]);
    expect(await run(ballot.id)).toEqual([]);
    expect(await outcome(ballot.id)).toEqual(expected);
  });

  it('destroys the key of one that was counted and cut short before that', async () => {
    const ballot = await votedBallot();
    const cut = async (step: Step) => {
      if (step === 'count') throw new Error('killed');
    };
    await expect(closeBallot(test.db, ballot.id, { at: new Date(), done: cut })).rejects.toThrow('killed');
    expect(existsSync(keyFile(ballot.id))).toBe(true);
    vi.useFakeTimers({ toFake: ['Date'], now: ballot.closesAt });
    await run(ballot.id);
    expect(existsSync(keyFile(ballot.id))).toBe(false);
    expect(await outcome(ballot.id)).toEqual(expected);
  });

  it('can be sent by a secretary when its moment has passed', async () => {
    const ballot = await openedBallot(test.db, { closesAt: hours(96) });
    vi.useFakeTimers({ toFake: ['Date'], now: ballot.closesAt.getTime() + 1000 });
    const gloria = await callAs(test.db, world.people.gloria.id);
    await gloria.ballots.close({ id: ballot.id });
    const added = await test.db.select().from(jobs).where(sql`${jobs.payload} ->> 'ballotId' = ${ballot.id}`);
    expect(added).toHaveLength(2);
    await run(ballot.id);
    expect((await gloria.ballots.detail({ id: ballot.id })).state).toBe('closed');
    expect((await problemOf(gloria.ballots.close({ id: ballot.id }))).code).toBe('refused');
  });
});

describe('after the close the database refuses', () => {
  const refused: [string, (id: string) => string][] = [
    ['another count', (id) => `update tallies set yes = 99 where ballot_id = '${id}'`],
    [
      'one paper more',
      (id) =>
        `insert into papers (ballot_id, question_id, choice)
         select ballot_id, id, 'si' from ballot_questions where ballot_id = '${id}'`,
    ],
    ['a changed paper', (id) => `update papers set choice = 'no' where ballot_id = '${id}'`],
    ['one paper less', (id) => `delete from papers where ballot_id = '${id}'`],
    ['one receipt less', (id) => `delete from receipts where ballot_id = '${id}'`],
    ['a voter unmarked', (id) => `update roll_entries set voted = false where ballot_id = '${id}'`],
    ['another moment', (id) => `update ballots set closed_at = now() where id = '${id}'`],
    ['opening again', (id) => `update ballots set state = 'open' where id = '${id}'`],
  ];
  it.each(refused)('%s', async (_what, statement) => {
    const ballot = await votedBallot();
    await closeBallot(test.db, ballot.id, { at: new Date() });
    await expect(test.db.execute(sql.raw(statement(ballot.id)))).rejects.toMatchObject({
      cause: { code: '23000' },
    });
    expect(await outcome(ballot.id)).toEqual(expected);
  });
});
