import '../../support/runtime';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { inArray } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { persons } from '~/db/schema/people';
import { castSheet } from '~/server/ballots/commands/cast';
import type { Choice } from '~/server/ballots/rules';
import { charters } from '~/server/ballots/rules/charter';
import { type Published, tellSafely } from '~/server/ballots/rules/exposure';
import { planOf } from '~/server/ballots/rules/plan';
import type { TwiceKin } from '~/server/ballots/rules/twice';
import { runtime } from '~/server/runtime';
import { buildDelegates, buildVersion, closed, openedBallot, sheetOf } from '../../support/ballots';
import { callAs, problemOf } from '../../support/call';
import { testDatabase } from '../../support/db';
import { forumWorld } from '../../support/people';
import { derivedTwice } from '../../support/plans';

// Thirteen women and sixteen others vote. The article is voted again; nobody thinks again, and Nieves and Rufino, who
// were not there the first time, come. Both results show one yes and one no more. Whose yes was it?
const charter = charters.con_mujeres;
const voter = { cooperative: false, country: 'PE', department: '21' };
const roll = [
  ...Array.from({ length: 14 }, () => ({ ...voter, woman: true })),
  ...Array.from({ length: 17 }, () => ({ ...voter, woman: false })),
];
const plan = planOf(charter, roll)!;
const tables = (women: [number, number], others: [number, number]) => {
  const group = (label: string, n: number, [yes, no]: [number, number]) => ({
    label,
    roll: n,
    counts: { yes, no, abstain: 0 },
  });
  const overall = { yes: women[0] + others[0], no: women[1] + others[1], abstain: 0 };
  return {
    overall: { label: '', roll: 31, counts: overall },
    by: { women: [group('women', 14, women), group('others', 17, others)] },
  };
};
const first = tables([8, 5], [9, 7]);
const second = tables([9, 5], [9, 8]);
const both: TwiceKin[] = [
  { first: [0], second: [0], n: 13 },
  { first: [1], second: [1], n: 16 },
  { first: null, second: [0], n: 1 },
  { first: null, second: [1], n: 1 },
];

describe('25: the first vote taken from the second', () => {
  const then = tellSafely(
    {
      charter,
      round: 'first',
      plan,
      kin: [
        { places: [0], n: 13 },
        { places: [1], n: 16 },
      ],
    },
    first,
  );
  const { level, ...published } = then;
  const now = {
    charter,
    round: 'second_call' as const,
    plan,
    kin: [
      { places: [0], n: 14 },
      { places: [1], n: 17 },
    ],
  };
  const earlier = [
    {
      overall: first.overall.counts,
      published: { charter, round: 'first' as const, plan, told: published, level },
      both,
    },
  ];
  const side = (told: Published) =>
    derivedTwice(
      both,
      { plan, places: both.map((one) => one.first), overall: first.overall.counts, told: then },
      {
        plan,
        round: 'second_call',
        places: both.map((one) => one.second),
        overall: second.overall.counts,
        told,
      },
    );

  it('names two people where each result is looked at by itself', () => {
    const careless = tellSafely(now, second);
    expect([then.women, careless.women]).toEqual([
      { told: 'yes', yes: 8, cast: 13 },
      { told: 'yes', yes: 9, cast: 14 },
    ]);
    expect(side(careless)).toBe(2);
  });
  it('names nobody where both are looked at together: less is told the second time', () => {
    const careful = tellSafely({ ...now, earlier }, second);
    expect(careful.women).toEqual({ told: 'band' });
    expect(careful.findings.groups).toEqual([true]);
    expect(side(careful)).toBe(0);
  });
  it('and where the sums say that people thought again, nothing is held back', () => {
    const other = tables([7, 7], [6, 11]);
    expect(tellSafely({ ...now, earlier }, other)).toEqual(tellSafely(now, other));
  });
});

describe('25: in the forum', () => {
  const test = testDatabase();
  let world: Awaited<ReturnType<typeof forumWorld>>;
  let women: string[];
  let men: string[];
  const result = async (id: string) => (await callAs(test.db, null)).ballots.result({ id });
  beforeAll(async () => {
    world = await forumWorld(test.db);
    women = await buildDelegates(test.db, world.florDeCuarzo.id, 13);
    men = await buildDelegates(test.db, world.tresVetas.id, 16);
    const all = [...women, world.people.nieves.id];
    await test.db.update(persons).set({ sex: 'mujer' }).where(inArray(persons.id, all));
    for (const one of all) await (await callAs(test.db, one)).ballots.countMe({ agree: true });
  });
  const vote = async (versionId: string, late: [string, Choice][]) => {
    const ballot = await openedBallot(test.db, { versionId, rule: charter, scope: 'whole' });
    const cast = async (personId: string, choice: Choice) => {
      const sheet = await sheetOf(test.db, ballot.id, choice);
      await test.db.transaction((tx) => castSheet(tx, { ...sheet, ballotId: ballot.id, personId }));
    };
    for (const [i, one] of women.entries()) await cast(one, i < 8 ? 'si' : 'no');
    for (const [i, one] of men.entries()) await cast(one, i < 9 ? 'si' : 'no');
    for (const [one, choice] of late) await cast(one, choice);
    return ballot.id;
  };

  it('a vote held again on the same text tells less; one on another text tells all', async () => {
    const [version, other] = [await buildVersion(test.db), await buildVersion(test.db)];
    const newcomers: [string, Choice][] = [
      [world.people.nieves.id, 'si'],
      [world.people.rufino.id, 'no'],
    ];
    const told = async (versionId: string, late: [string, Choice][]) => {
      const id = await vote(versionId, late);
      await closed(test.db, id);
      return (await result(id)).questions[0]!.told!.women;
    };
    expect(await told(version.id, [])).toEqual({ told: 'yes', yes: 8, cast: 13 });
    expect(await told(version.id, newcomers)).toEqual({ told: 'band' });
    expect(await told(other.id, newcomers)).toEqual({ told: 'yes', yes: 9, cast: 14 });
  });

  it('one that was annulled has published nothing to take away from, and a late sheet is in no count', async () => {
    const version = await buildVersion(test.db);
    const lost = await vote(version.id, []);
    rmSync(join(runtime().config.dataDir, 'keys', lost));
    const gloria = await callAs(test.db, world.people.gloria.id);
    await gloria.ballots.annul({ id: lost, reason: 'Se perdió la llave de esta votación.' });
    expect((await problemOf(gloria.ballots.archive({ id: lost }))).code).toBe('not_found');
    const seen = await result(lost);
    expect([seen.questions, seen.turnout.voted]).toEqual([[], 0]);
    const held = await vote(version.id, []);
    const sheet = await sheetOf(test.db, held, 'si');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 97 * 3_600_000 });
    expect((await problemOf((await callAs(test.db, world.people.nieves.id)).ballots.cast(sheet))).code).toBe(
      'ballots.not_open',
    );
    vi.useRealTimers();
    await closed(test.db, held);
    const { questions } = await result(held);
    expect(questions[0]).toMatchObject({ yes: 17, no: 12 });
    expect(questions[0]!.told!.women).toEqual({ told: 'yes', yes: 8, cast: 13 });
  });
});
