import '../../support/runtime';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { eq, inArray } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ballots, papers } from '~/db/schema/ballots';
import { persons } from '~/db/schema/people';
import { canonical, judge } from '~/scripts/verify-ballot.mjs';
import { castSheet } from '~/server/ballots/commands/cast';
import { closeBallot } from '~/server/ballots/commands/closing';
import type { Choice } from '~/server/ballots/rules';
import { type AnyRule, charters } from '~/server/ballots/rules/charter';
import { type Published, sumsStand, tellSafely } from '~/server/ballots/rules/exposure';
import { planOf } from '~/server/ballots/rules/plan';
import type { TwiceKin } from '~/server/ballots/rules/twice';
import { runtime } from '~/server/runtime';
import { bentArchives, resealed } from '../../support/archives';
import {
  buildDelegates,
  buildVersion,
  closed,
  openedBallot,
  preparedBallot,
  sheetOf,
} from '../../support/ballots';
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

describe('25: one who stays away, where nobody else thinks again', () => {
  const overall = first.overall.counts;
  const away: TwiceKin[] = [
    { first: [0], second: [0], n: 13 },
    { first: [1], second: [1], n: 15 },
    { first: [1], second: null, n: 1 },
  ];
  const before = { overall, published: null, both: away };
  const without = (one: 'yes' | 'no') => ({ ...overall, [one]: overall[one] - 1 });

  it('would be named by the two sums alone: then the second is not told', () => {
    for (const one of ['yes', 'no'] as const) expect(sumsStand(without(one), [before])).toBe(false);
    expect(sumsStand({ yes: 18, no: 10, abstain: 0 }, [before])).toBe(true);
    const known = { plan, places: away.map((kind) => kind.first), overall, told: null };
    const seen = { plan, places: away.map((kind) => kind.second), overall: without('no'), told: null };
    expect(derivedTwice(away, known, seen)).toBe(1);
  });
  it('two who stay away with one answer each are in it as well; two who answered otherwise name nobody', () => {
    const two = { ...before, both: away.map((kind) => ({ ...kind, n: kind.second ? kind.n : 2 })) };
    const sum = { yes: 17, no: 13, abstain: 0 };
    expect(sumsStand({ yes: 17, no: 11, abstain: 0 }, [{ ...two, overall: sum }])).toBe(false);
    expect(sumsStand({ yes: 16, no: 12, abstain: 0 }, [{ ...two, overall: sum }])).toBe(true);
  });
  it('with a rule on groups, of that question nothing stands but what the rule found', () => {
    const kin = [
      { places: [0], n: 13 },
      { places: [1], n: 15 },
    ];
    const later = tables([8, 5], [9, 6]);
    const told = tellSafely({ charter, round: 'second_vote', plan, kin, earlier: [before] }, later);
    expect(told).toMatchObject({ level: 'no_sums', women: { told: 'band' }, groups: null });
    expect(told.findings.groups).toEqual([null]);
  });
  it('where everybody said yes that shows itself, and nothing is held back', () => {
    const all = { yes: 29, no: 0, abstain: 0 };
    expect(sumsStand({ ...all, yes: 28 }, [{ ...before, overall: all }])).toBe(true);
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
  const vote = async (
    versionId: string,
    late: [string, Choice][],
    { rule = charter, away = 0 }: { rule?: AnyRule; away?: number } = {},
  ) => {
    const ballot = await openedBallot(test.db, { versionId, rule, scope: 'whole' });
    const cast = async (personId: string, choice: Choice) => {
      const sheet = await sheetOf(test.db, ballot.id, choice);
      await test.db.transaction((tx) => castSheet(tx, { ...sheet, ballotId: ballot.id, personId }));
    };
    for (const [i, one] of women.entries()) await cast(one, i < 8 ? 'si' : 'no');
    for (const [i, one] of men.slice(away).entries()) await cast(one, i < 9 - away ? 'si' : 'no');
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

  it.each([charter, charters.mayoria, { quorumPercent: 50, majorityPercent: 50 }] as AnyRule[])(
    'held again without one man, it says its answer and no number; its papers go, and verify says so (rule %#)',
    async (rule) => {
      const version = await buildVersion(test.db);
      const id = await vote(version.id, [], { rule });
      await closed(test.db, id);
      expect((await result(id)).questions[0]).toMatchObject({ yes: 17, no: 12, verdict: 'aprobado' });
      const second = await vote(version.id, [], { rule, away: 1 });
      await closed(test.db, second);
      const told = await result(second);
      expect(told.questions[0]).toMatchObject({ yes: null, no: null, abstain: null, verdict: 'aprobado' });
      expect([told.turnout.voted, told.sumsAgree]).toEqual([28, true]);
      expect(await test.db.select().from(papers).where(eq(papers.ballotId, second))).toEqual([]);
      const { archive } = await (await callAs(test.db, null)).ballots.archive({ id: second });
      expect(judge(archive)).toMatchObject({ good: true, failed: [] });
      // The earlier vote is a reason beside its own question alone, and where the manifest names that question.
      expect(JSON.parse(JSON.parse(archive).manifest).earlier).toMatchObject([
        { ballot: id, positions: [1] },
      ]);
      for (const positions of [[2], [], undefined, '1']) {
        const bent = JSON.parse(archive);
        const manifest = JSON.parse(bent.manifest);
        bent.manifest = canonical(
          JSON.parse(JSON.stringify({ ...manifest, earlier: [{ ...manifest.earlier[0], positions }] })),
        );
        bent.manifestSha256 = createHash('sha256').update(bent.manifest).digest('hex');
        expect(judge(resealed(bent)).failed).toEqual(['tally']);
      }
      const accepted = [...bentArchives(archive, 300, 3)].filter(({ text }) => judge(text).good);
      // Where no question has papers, how many voted is in nothing that could be counted again: verify says so.
      expect(accepted.filter(({ how }) => !how.startsWith('roll.voted: '))).toEqual([]);
      // A vote that stands by itself has no reason to keep its numbers.
      const alone = JSON.parse((await (await callAs(test.db, null)).ballots.archive({ id })).archive);
      Object.assign(alone.tally[0], { yes: null, no: null, abstain: null });
      if (alone.tally[0].told) Object.assign(alone.tally[0].told, JSON.parse(archive).tally[0].told);
      alone.papers = [[]];
      expect(judge(resealed(alone)).failed).toEqual(['tally']);
    },
  );

  it.each([charter, { quorumPercent: 50, majorityPercent: 50 }] as AnyRule[])(
    'a third vote beside one whose numbers were not told tells none either (rule %#)',
    async (rule) => {
      const version = await buildVersion(test.db);
      await closed(test.db, await vote(version.id, [], { rule }));
      const second = await vote(version.id, [], { rule, away: 1 });
      await closed(test.db, second);
      // Twelve away, of both answers: beside the first one alone it tells its numbers.
      const third = await vote(version.id, [], { rule, away: 12 });
      await closed(test.db, third);
      for (const id of [second, third])
        expect((await result(id)).questions[0]).toMatchObject({ yes: null, no: null, abstain: null });
      const { archive } = await (await callAs(test.db, null)).ballots.archive({ id: third });
      expect(judge(archive)).toMatchObject({ good: true, failed: [] });
    },
  );

  it('what is not told never lies in plain, also where the close is cut short and begun again', async () => {
    const version = await buildVersion(test.db);
    await closed(test.db, await vote(version.id, []));
    const id = await vote(version.id, [], { away: 1 });
    const cut = closeBallot(test.db, id, {
      at: new Date(),
      done: async (step) => {
        if (step === 'papers') throw new Error('the machine went off');
      },
    });
    await expect(cut).rejects.toThrow('went off');
    const left = await test.db.select().from(papers).where(eq(papers.ballotId, id));
    expect(left.filter(({ dimension }) => dimension === 'overall')).toHaveLength(28);
    expect(left.every(({ choice, handle }) => choice === null && handle !== null)).toBe(true);
    await closed(test.db, id);
    expect((await result(id)).questions[0]).toMatchObject({ yes: null, verdict: 'aprobado' });
  });

  it('a second vote on a text is not opened while another on it is open', async () => {
    const version = await buildVersion(test.db);
    const gloria = await callAs(test.db, world.people.gloria.id);
    const running = await openedBallot(test.db, { versionId: version.id });
    const waiting = await preparedBallot(test.db, { versionId: version.id });
    expect((await problemOf(gloria.ballots.open({ id: waiting.id }))).code).toBe('ballots.asked_now');
    await closed(test.db, running.id);
    await gloria.ballots.open({ id: waiting.id });
    const [opened] = await test.db.select().from(ballots).where(eq(ballots.id, waiting.id));
    expect(JSON.parse(opened!.manifest!).earlier.map(({ ballot }: { ballot: string }) => ballot)).toEqual([
      running.id,
    ]);
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
