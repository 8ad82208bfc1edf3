import '../support/runtime';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { and, eq, inArray } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Db } from '~/db/client';
import { mandates } from '~/db/schema/associations';
import { papers, receipts } from '~/db/schema/ballots';
import { paperHandle } from '~/server/ballots/commands/box';
import { castSheet } from '~/server/ballots/commands/cast';
import { readKey } from '~/server/ballots/commands/key';
import type { Choice } from '~/server/ballots/rules';
import { forgive } from '~/server/limits';
import { runtime } from '~/server/runtime';
import {
  buildDelegates,
  closed,
  hours,
  openedBallot,
  preparedBallot,
  questionsOf,
  sheetOf,
} from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildMandate } from '../support/factories';
import { forumWorld } from '../support/people';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
const as = (name: keyof typeof world.people) => callAs(test.db, world.people[name].id);
const inBox = (ballotId: string) => test.db.select().from(papers).where(eq(papers.ballotId, ballotId));
const slips = (ballotId: string) => test.db.select().from(receipts).where(eq(receipts.ballotId, ballotId));
const resultOf = async (ballotId: string) =>
  (await (await callAs(test.db, null)).ballots.result({ id: ballotId })).questions.map(
    ({ yes, no, abstain }) => [yes, no, abstain],
  );

beforeAll(async () => {
  world = await forumWorld(test.db);
});
afterEach(async () => {
  vi.useRealTimers();
  await forgive('cast', world.people.rufino.id);
});

describe('a delegate casts', () => {
  it('a whole sheet, and gets five words that say nothing of it', async () => {
    const ballot = await openedBallot(test.db);
    const rufino = await as('rufino');
    expect((await rufino.ballots.detail({ id: ballot.id })).mine).toEqual({ voted: false });
    const done = await rufino.ballots.cast(
      await sheetOf(test.db, ballot.id, ['si', 'no', 'abstencion', 'si']),
    );
    expect(Object.keys(done)).toEqual(['tracker']);
    expect(done.tracker).toMatch(/^[a-z]+( [a-z]+){4}$/);
    expect((await rufino.ballots.detail({ id: ballot.id })).mine).toEqual({ voted: true });
    expect((await rufino.ballots.mine()).find(({ id }) => id === ballot.id)).toMatchObject({ voted: true });
  });

  it('and nobody else learns that she has', async () => {
    const ballot = await openedBallot(test.db);
    await (await as('rufino')).ballots.cast(await sheetOf(test.db, ballot.id, 'si'));
    for (const who of ['nieves', 'gloria', 'amador', 'carla', 'tomasa'] as const) {
      const seen = await (await as(who)).ballots.detail({ id: ballot.id });
      expect(seen.mine).toEqual(who === 'nieves' ? { voted: false } : null);
    }
    const before = await (await callAs(test.db, null)).ballots.detail({ id: ballot.id });
    await (await as('nieves')).ballots.cast(await sheetOf(test.db, ballot.id, 'no'));
    expect(await (await callAs(test.db, null)).ballots.detail({ id: ballot.id })).toEqual(before);
  });

  it('again, and the last sheet counts alone', async () => {
    const ballot = await openedBallot(test.db);
    const rufino = await as('rufino');
    const first = await rufino.ballots.cast(await sheetOf(test.db, ballot.id, 'si'));
    const second = await rufino.ballots.cast(await sheetOf(test.db, ballot.id, 'no'));
    expect(second.tracker).not.toBe(first.tracker);
    expect(await inBox(ballot.id)).toHaveLength(4);
    await closed(test.db, ballot.id);
    expect(await resultOf(ballot.id)).toEqual([
      [0, 1, 0],
      [0, 1, 0],
      [0, 1, 0],
      [0, 1, 0],
    ]);
    const { trackers } = await (await callAs(test.db, null)).ballots.trackers({ id: ballot.id, page: 1 });
    expect(trackers).toEqual([first.tracker, second.tracker].sort());
  });

  it.each([
    ['a question is missing', (choices: unknown[]) => choices.slice(1), 'ballots.incomplete'],
    [
      'one is answered twice',
      (choices: unknown[]) => [choices[0], ...choices.slice(0, 3)],
      'ballots.incomplete',
    ],
    ['one more is answered', (choices: unknown[]) => [...choices, choices[0]], 'ballots.incomplete'],
    ['nothing is answered', () => [], 'input'],
    [
      'one is of another ballot',
      (choices: unknown[]) => [{ question: randomUUID(), choice: 'si' }, ...choices.slice(1)],
      'ballots.incomplete',
    ],
  ])('nothing, where %s', async (_what, bend, code) => {
    const ballot = await openedBallot(test.db);
    const sheet = await sheetOf(test.db, ballot.id, 'si');
    const bent = { ...sheet, choices: bend(sheet.choices) as typeof sheet.choices };
    const problem = await problemOf((await as('rufino')).ballots.cast(bent));
    expect([problem.code, problem.status]).toEqual([code, 422]);
    expect(await inBox(ballot.id)).toHaveLength(0);
  });

  it.each(['2', '-1', 'SI', 'si,no', '', null, ['si', 'no'], { si: true }, 0])(
    'nothing but one of the three choices: %o (attack 10)',
    async (choice) => {
      const ballot = await openedBallot(test.db);
      const sheet = await sheetOf(test.db, ballot.id, choice as Choice);
      expect((await problemOf((await as('rufino')).ballots.cast(sheet))).code).toBe('input');
      expect(await inBox(ballot.id)).toHaveLength(0);
    },
  );
});

describe('attack 1: two sheets of one person race on two connections', () => {
  it('leaves one paper for each question, all of the same sheet', async () => {
    const ballot = await openedBallot(test.db);
    const lines = [1, 2].map(() => postgres(test.url.replace(/[^/]*$/, urlName()), { max: 1 }));
    const choices: Choice[] = ['si', 'no'];
    try {
      for (let round = 0; round < 10; round++) {
        await Promise.all(
          lines.map(async (line, i) => {
            const sheet = await sheetOf(test.db, ballot.id, choices[i]!);
            await (drizzle(line) as unknown as Db).transaction((tx) =>
              castSheet(tx, { ...sheet, ballotId: ballot.id, personId: world.people.rufino.id }),
            );
          }),
        );
      }
    } finally {
      await Promise.all(lines.map((line) => line.end()));
    }
    expect(await inBox(ballot.id)).toHaveLength(4);
    await closed(test.db, ballot.id);
    const counted = await resultOf(ballot.id);
    expect(counted.every(([yes, no]) => yes! + no! === 1)).toBe(true);
    expect(new Set(counted.map(String)).size).toBe(1);
  });
});

/** The name of this file's own database, read off a live connection's settings. */
function urlName(): string {
  return String(test.db.$client.options.database);
}

describe('attack 2: the same sheet again and again', () => {
  it('is one entry with one receipt', async () => {
    const ballot = await openedBallot(test.db);
    const sheet = await sheetOf(test.db, ballot.id, 'si');
    const rufino = await as('rufino');
    const words = new Set<string>();
    for (let i = 0; i < 5; i++)
      for (const { tracker } of await Promise.all([1, 2, 3, 4, 5].map(() => rufino.ballots.cast(sheet))))
        words.add(tracker);
    for (let i = 0; i < 200; i++) {
      const done = await test.db.transaction((tx) =>
        castSheet(tx, { ...sheet, ballotId: ballot.id, personId: world.people.rufino.id }),
      );
      words.add((done as { tracker: string }).tracker);
    }
    expect(words.size).toBe(1);
    expect(await inBox(ballot.id)).toHaveLength(4);
    expect(await slips(ballot.id)).toHaveLength(1);
  });

  it('without end is slowed down, and takes nothing away', async () => {
    const ballot = await openedBallot(test.db);
    const rufino = await as('rufino');
    for (let i = 0; i < 30; i++) await rufino.ballots.cast(await sheetOf(test.db, ballot.id, 'si'));
    const problem = await problemOf(rufino.ballots.cast(await sheetOf(test.db, ballot.id, 'no')));
    expect(problem.status).toBe(429);
    await closed(test.db, ballot.id);
    expect((await resultOf(ballot.id))[0]).toEqual([1, 0, 0]);
  });
});

describe('attacks 3 and 4: out of time', () => {
  it('after the closing moment, by the server’s clock, even where nothing has closed it yet', async () => {
    const ballot = await openedBallot(test.db, { closesAt: hours(96) });
    const sheet = await sheetOf(test.db, ballot.id, 'si');
    vi.useFakeTimers({ toFake: ['Date'], now: ballot.closesAt.getTime() - 1 });
    await (await as('rufino')).ballots.cast(sheet);
    vi.setSystemTime(ballot.closesAt);
    const problem = await problemOf(
      (await as('nieves')).ballots.cast(await sheetOf(test.db, ballot.id, 'si')),
    );
    expect(problem).toMatchObject({ code: 'ballots.not_open', status: 422 });
    expect((await (await as('nieves')).ballots.detail({ id: ballot.id })).abilities.vote).toBe(false);
    expect(await inBox(ballot.id)).toHaveLength(4);
  });

  it('after the close', async () => {
    const ballot = await openedBallot(test.db);
    const sheet = await sheetOf(test.db, ballot.id, 'si');
    await closed(test.db, ballot.id);
    // Whether this very sheet came in before, nobody can know any more.
    expect((await problemOf((await as('rufino')).ballots.cast(sheet))).code).toBe('ballots.late_unknown');
    expect(await inBox(ballot.id)).toHaveLength(0);
  });

  it('before the opening, when nobody is on a roll yet', async () => {
    const ballot = await preparedBallot(test.db);
    const sheet = {
      id: ballot.id,
      sheet: randomUUID(),
      choices: [{ question: randomUUID(), choice: 'si' as const }],
    };
    expect((await problemOf((await as('rufino')).ballots.cast(sheet))).code).toBe('not_found');
  });

  it('while it closes: a sheet that is being written is let in whole, the next one not at all', async () => {
    const ballot = await openedBallot(test.db);
    const sheet = await sheetOf(test.db, ballot.id, 'no');
    const cast = (await as('rufino')).ballots.cast(sheet).then(
      () => 1,
      () => 0,
    );
    const [came] = await Promise.all([cast, closed(test.db, ballot.id)]);
    expect(await resultOf(ballot.id)).toEqual(Array.from({ length: 4 }, () => [0, came, 0]));
  });

  it('when the key is lost: nothing is taken, and it is said', async () => {
    const ballot = await openedBallot(test.db);
    const sheet = await sheetOf(test.db, ballot.id, 'si');
    rmSync(join(runtime().config.dataDir, 'keys', ballot.id));
    expect((await problemOf((await as('rufino')).ballots.cast(sheet))).code).toBe('ballots.stopped');
  });
});

describe('attack 5: mandates that change while it is open', () => {
  it('leave the roll as it was: the new delegate is not on it, the former one stays', async () => {
    const ballot = await openedBallot(test.db);
    const before = (await (await callAs(test.db, null)).ballots.detail({ id: ballot.id })).manifestSha256;
    const mandate = await buildMandate(test.db, world.florDeCuarzo.id, world.people.sabina.id);
    await test.db
      .update(mandates)
      .set({ state: 'withdrawn' })
      .where(and(eq(mandates.personId, world.people.rufino.id), eq(mandates.state, 'accredited')));
    const sheet = await sheetOf(test.db, ballot.id, 'si');
    expect((await problemOf((await as('sabina')).ballots.cast(sheet))).code).toBe('not_found');
    expect((await (await as('rufino')).ballots.cast(sheet)).tracker).toBeTruthy();
    expect((await (await callAs(test.db, null)).ballots.detail({ id: ballot.id })).manifestSha256).toBe(
      before,
    );
    await test.db.delete(mandates).where(eq(mandates.id, mandate.id));
    await test.db
      .update(mandates)
      .set({ state: 'accredited' })
      .where(eq(mandates.personId, world.people.rufino.id));
  });
});

describe('attack 7: those without a ballot', () => {
  it('find nothing, with the same bytes as where there is nothing', async () => {
    const ballot = await openedBallot(test.db);
    const sheet = await sheetOf(test.db, ballot.id, 'si');
    const nowhere = { ...sheet, id: randomUUID() };
    for (const who of [
      'carla',
      'amador',
      'gloria',
      'emilia',
      'benita',
      'sabina',
      'tomasa',
      'elvira',
    ] as const) {
      const call = await as(who);
      const there = await problemOf(call.ballots.cast(sheet));
      expect([who, there.code]).toEqual([who, 'not_found']);
      expect(there).toEqual(await problemOf(call.ballots.cast(nowhere)));
    }
    expect((await problemOf((await callAs(test.db, null)).ballots.cast(sheet))).code).toBe('not_found');
    expect(await inBox(ballot.id)).toHaveLength(0);
  });
});

describe('attack 14: papers put into the box by hand', () => {
  it('are not counted, and a sealed choice that was altered is missed', async () => {
    const [sister] = await buildDelegates(test.db, world.florDeCuarzo.id, 1);
    const ballot = await openedBallot(test.db);
    await (await as('rufino')).ballots.cast(await sheetOf(test.db, ballot.id, 'no'));
    const questions = await questionsOf(test.db, ballot.id);
    const [own] = await inBox(ballot.id);
    // Whoever has the database alone copies what she finds under handles she makes up.
    await test.db.insert(papers).values(
      questions.map(({ id }) => ({
        ballotId: ballot.id,
        questionId: id,
        handle: Buffer.from(randomUUID()),
        sealed: own!.sealed,
      })),
    );
    // With the key she makes a true handle; a seal that was made for another handle does not open under it.
    const key = readKey(ballot.id)!;
    const stolen = paperHandle(key, {
      ballotId: ballot.id,
      personId: sister!,
      questionId: questions[0]!.id,
      dimension: 'overall',
    });
    await test.db
      .insert(papers)
      .values({ ballotId: ballot.id, questionId: questions[0]!.id, handle: stolen, sealed: own!.sealed });
    const altered = Buffer.from(own!.sealed!);
    altered[12]! ^= 1;
    await test.db
      .update(papers)
      .set({ sealed: altered })
      .where(inArray(papers.id, [own!.id]));
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    await closed(test.db, ballot.id);
    expect(said.mock.calls.flat().join(' ')).toContain('6 papers');
    said.mockRestore();
    const result = await (await callAs(test.db, null)).ballots.result({ id: ballot.id });
    expect(result.turnout.voted).toBe(1);
    expect(result.questions.map(({ yes, no, abstain }) => yes! + no! + abstain!).sort()).toEqual([
      0, 1, 1, 1,
    ]);
    expect(result.sumsAgree).toBe(false);
  });
});
