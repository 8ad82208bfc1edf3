import '../support/runtime';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { asc, eq, isNotNull, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { ballots, countedAs, rollEntries } from '~/db/schema/ballots';
import { jobs } from '~/db/schema/kernel';
import { paperVoters, urnCounts, urnsGiven } from '~/db/schema/urns';
import { castSheet } from '~/server/ballots/commands/cast';
import { closeBallot } from '~/server/ballots/commands/closing';
import { destroyKey } from '~/server/ballots/commands/key';
import { type Choice, canonicalRoll } from '~/server/ballots/rules';
import { charters } from '~/server/ballots/rules/charter';
import { judge } from '../../scripts/verify-ballot.mjs';
import { buildVersion, openedBallot, sheetOf, womenAndMen } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { withoutTrigger } from '../support/guards';
import { forumWorld } from '../support/people';
import { counted, handOut, seat } from '../support/urns';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let women: string[];
let men: string[];

beforeAll(async () => {
  world = await forumWorld(test.db);
  ({ women, men } = await womenAndMen(test.db, world.florDeCuarzo.id));
});

async function cast(ballotId: string, personId: string, choices: Choice | Choice[]) {
  const sheet = await sheetOf(test.db, ballotId, choices);
  await test.db.transaction((tx) => castSheet(tx, { ...sheet, ballotId, personId }));
}
const close = (id: string) => closeBallot(test.db, id, { at: new Date() });
const forum = async (personId: string | null = null) => (await callAs(test.db, personId)).ballots;
const placesOf = async (ballotId: string) =>
  (
    await test.db
      .select({ places: rollEntries.places })
      .from(rollEntries)
      .where(eq(rollEntries.ballotId, ballotId))
  ).map(({ places }) => places);
const namesOf = (ballotId: string) =>
  test.db
    .select({ personId: paperVoters.personId, urn: paperVoters.urn })
    .from(paperVoters)
    .where(eq(paperVoters.ballotId, ballotId))
    .orderBy(asc(paperVoters.personId));

const handsOf = (ballotId: string) =>
  test.db
    .select({
      personId: urnCounts.personId,
      urn: urnCounts.urn,
      round: urnCounts.round,
      counts: urnCounts.counts,
    })
    .from(urnCounts)
    .where(eq(urnCounts.ballotId, ballotId))
    .orderBy(asc(urnCounts.personId));

/** Women and men answer so that the women send the second article back; their numbers can be told of all four. */
async function voteOf(ballotId: string, who: readonly string[]) {
  for (const [i, one] of who.entries())
    await cast(
      ballotId,
      one,
      women.includes(one)
        ? [i < 7 ? 'si' : 'no', i < 4 ? 'si' : 'no', i < 7 ? 'si' : 'no', i < 8 ? 'si' : 'no']
        : [i < 9 ? 'si' : 'no', i < 12 ? 'si' : 'no', i < 9 ? 'si' : 'no', i < 9 ? 'si' : 'no'],
    );
}
async function voted(versionId?: string) {
  const { id } = await openedBallot(test.db, {
    ...(versionId ? { versionId } : {}),
    rule: charters.con_mujeres,
  });
  await voteOf(id, women.slice(0, 12));
  await voteOf(id, men);
  await close(id);
  return id;
}

describe('once a ballot is counted', () => {
  it('its roll says who voted and for which base, and of nobody that she was counted as a woman', async () => {
    const { id } = await openedBallot(test.db, { rule: charters.frente });
    expect((await placesOf(id)).every((places) => places?.length === 3)).toBe(true);
    await voteOf(id, women.slice(0, 12));
    await voteOf(id, men);
    await close(id);
    expect(new Set(await placesOf(id))).toEqual(new Set([null]));
    const said = await (await forum()).result({ id });
    expect(said.turnout.voted).toBe(28);
    expect(said.questions[1]!.verdict).toBe('vuelve');
    expect(judge((await (await forum()).archive({ id })).archive)).toMatchObject({ good: true });
  });

  it('the hash of the roll is made again from the rows that are left', async () => {
    const id = await voted();
    const rows = await test.db
      .select({ personId: rollEntries.personId, associationId: rollEntries.associationId })
      .from(rollEntries)
      .where(eq(rollEntries.ballotId, id));
    const [ballot] = await test.db.select().from(ballots).where(eq(ballots.id, id));
    const sha256 = createHash('sha256').update(canonicalRoll(rows)).digest('hex');
    expect(JSON.parse(ballot!.manifest!).roll).toEqual({ count: 32, sha256 });
  });

  it('its urns say who voted on paper, and of nobody with whom; a name that only waited is gone', async () => {
    const { id } = await openedBallot(test.db, { rule: charters.frente });
    const table = [world.people.elvira.id, world.people.tomasa.id] as const;
    for (const teller of table) await seat(test.db, id, teller);
    const onPaper = [...women.slice(0, 10), ...men.slice(0, 11)];
    await handOut(test.db, id, table, onPaper);
    // Rufino's kind has no urn of ten: his name only waits.
    await handOut(test.db, id, table, [world.people.nieves.id]);
    expect(new Set((await namesOf(id)).map(({ urn }) => urn)).size).toBe(3);
    await close(id);
    const { urns } = await (await forum(table[0])).table({ id });
    for (const { urn, papers, open } of urns)
      if (open)
        for (const teller of table)
          await (await forum(teller)).countUrn({
            id,
            urn,
            counts: [1, 2, 3, 4].map(() => counted(papers! - 5, 5)),
          });
    await close(id);
    // Nor does the table: who of it gave out or counted which urn would tell in which one a name was.
    expect(await test.db.select().from(urnsGiven).where(eq(urnsGiven.ballotId, id))).toEqual([]);
    expect(await handsOf(id)).toEqual(
      [...table].sort().map((personId) => ({ personId, urn: '*', round: 1, counts: null })),
    );
    expect(await namesOf(id)).toEqual([...onPaper].sort().map((personId) => ({ personId, urn: '*' })));
    expect((await (await forum(women[0]!)).roll({ id })).filter(({ paper }) => paper)).toHaveLength(21);
    expect((await (await forum()).result({ id })).paper).toEqual({ voted: 21, aside: [] });
    const after = await (await forum(table[0])).table({ id });
    expect(
      after.urns.map(({ labels, papers, waits, counting }) => ({ labels, papers, waits, counting })),
    ).toEqual([{ labels: [], papers: 21, waits: false, counting: 'agreed' }]);
    expect(judge((await (await forum()).archive({ id })).archive)).toMatchObject({ good: true });
  });

  it('an urn that was set aside says that its names have gone, and not that it had none', async () => {
    const { id } = await openedBallot(test.db, { rule: charters.frente });
    const table = [world.people.elvira.id, world.people.tomasa.id] as const;
    for (const teller of table) await seat(test.db, id, teller);
    await handOut(test.db, id, table, women.slice(0, 10));
    await close(id);
    const urns = async () =>
      (await (await forum(table[0])).table({ id })).urns.map(({ papers, waits, aside }) => ({
        ...{ papers, waits, aside: aside?.confirmed ?? false },
      }));
    expect(await urns()).toEqual([{ papers: 10, waits: true, aside: false }]);
    const { urn } = (await (await forum(table[0])).table({ id })).urns[0]!;
    for (const who of [world.people.gloria.id, world.people.jacinta.id])
      await (await forum(who)).setUrnAside({ id, urn, reason: 'El río se llevó la urna.' });
    expect(await urns()).toEqual([{ papers: 10, waits: false, aside: true }]);
    await close(id);
    expect(await urns()).toEqual([{ papers: null, waits: false, aside: true }]);
  });

  it('a close that was cut short behind the count is ended without what it has forgotten', async () => {
    const versionId = (await buildVersion(test.db)).id;
    await voted(versionId);
    const { id } = await openedBallot(test.db, { versionId, rule: charters.con_mujeres });
    await voteOf(id, women.slice(0, 12));
    await voteOf(id, men);
    const done = async (step: string) => {
      if (step === 'count') throw new Error('killed');
    };
    await expect(closeBallot(test.db, id, { at: new Date(), done })).rejects.toThrow('killed');
    const before = await (await forum()).result({ id });
    await close(id);
    expect(await (await forum()).result({ id })).toEqual(before);
  });

  it('an annulled one forgets as well', async () => {
    const { id } = await openedBallot(test.db, { rule: charters.frente });
    destroyKey(id);
    await (await forum(world.people.gloria.id)).annul({ id, reason: 'Se perdió la llave de la votación.' });
    expect(new Set(await placesOf(id))).toEqual(new Set([null]));
    const waiting = await test.db.select().from(jobs).where(eq(jobs.kind, 'ballots.sweep'));
    expect(waiting.map(({ state }) => state)).toContain('waiting');
  });

  it('a closed one of before is emptied when the forum is renewed', async () => {
    const id = await voted();
    const [one, other] = [world.people.elvira.id, world.people.tomasa.id];
    await withoutTrigger(test.db, 'urns_given', 'urns_given_hold', () =>
      test.db
        .insert(urnsGiven)
        .values(['0', '1'].map((urn) => ({ ballotId: id, urn, firstBy: one, secondBy: other }))),
    );
    const hands = [one, other].flatMap((personId) =>
      ['0', '1'].map((urn) => ({ ballotId: id, urn, round: 1, personId })),
    );
    await withoutTrigger(test.db, 'urn_counts', 'urn_counts_hold', () =>
      test.db.insert(urnCounts).values(hands),
    );
    await withoutTrigger(test.db, 'roll_entries', 'roll_entries_hold', () =>
      test.db
        .update(rollEntries)
        .set({ places: [0] })
        .where(eq(rollEntries.ballotId, id)),
    );
    const statements = readFileSync('drizzle/0029_forgotten_groups.sql', 'utf8').split(
      '--> statement-breakpoint',
    );
    const from = statements.findIndex((one) => one.includes('DISABLE TRIGGER'));
    const to = statements.findLastIndex((one) => one.includes(' ENABLE TRIGGER'));
    await test.db.transaction(async (tx) => {
      for (const one of statements.slice(from, to + 1)) if (one.trim()) await tx.execute(sql.raw(one));
    });
    expect(await test.db.select().from(urnsGiven).where(eq(urnsGiven.ballotId, id))).toEqual([]);
    expect((await handsOf(id)).map(({ personId, urn }) => [personId, urn])).toEqual(
      [one, other].sort().map((personId) => [personId, '*']),
    );
    expect(new Set(await placesOf(id))).toEqual(new Set([null]));
  });
});

describe('who agreed before agreements were kept by ballots', () => {
  it('keeps her side of each ballot as far as her day tells; whoever is no woman is asked no more', async () => {
    const opened = new Date(Date.now() + 3_600_000);
    const { id } = await openedBallot(test.db, { rule: charters.con_mujeres });
    const undone = new Error('undone');
    await test.db
      .transaction(async (tx) => {
        const [all] = await tx
          .select({ n: sql<number>`count(*)::int` })
          .from(ballots)
          .where(isNotNull(ballots.openedAt));
        await tx.execute(sql`alter table counted_as add column since timestamptz, drop column behind`);
        await tx.execute(sql`delete from counted_as`);
        const day = (personId: string, since: string) =>
          tx.execute(
            sql`insert into counted_as (person_id, since) values (${personId}, ${since}::timestamptz)`,
          );
        await day(women[0]!, '2020-01-01');
        await day(women[1]!, opened.toISOString());
        await day(men[0]!, '2020-01-01');
        const text = readFileSync('drizzle/0031_counted_behind.sql', 'utf8');
        for (const one of text.split('--> statement-breakpoint')) await tx.execute(sql.raw(one));
        const kept = await tx.select().from(countedAs);
        expect(new Map(kept.map(({ personId, behind }) => [personId, behind]))).toEqual(
          new Map([
            [women[0]!, 0],
            [women[1]!, all!.n],
          ]),
        );
        throw undone;
      })
      .catch((error) => {
        if (error !== undone) throw error;
      });
    destroyKey(id);
  });
});

describe('the database itself', () => {
  it.each([
    ['open', 'set places = null'],
    ['closing', 'set places = null'],
    ['closing', 'set places = array[1]'],
  ] as const)('lets no group go while it is %s and not counted: %s', async (state, change) => {
    const { id } = await openedBallot(test.db, { rule: charters.con_mujeres });
    if (state === 'closing') await test.db.update(ballots).set({ state }).where(eq(ballots.id, id));
    const all = sql.raw(`update roll_entries ${change} where ballot_id = '${id}'`);
    await expect(test.db.execute(all)).rejects.toThrow();
    expect((await placesOf(id)).every((places) => places?.length === 1)).toBe(true);
  });

  it('and writes none again afterwards', async () => {
    const id = await voted();
    const again = sql.raw(`update roll_entries set places = array[0] where ballot_id = '${id}'`);
    await expect(test.db.execute(again)).rejects.toThrow();
  });
});

describe('who agrees to be counted after a ballot was opened', () => {
  const late = () => world.people.nieves.id;
  const say = async (sex: 'mujer' | 'hombre' | undefined) =>
    (await callAs(test.db, late())).people.declareSex({ sex, consent: true });
  const reasons = async (id: string) => (await (await forum(late())).reasons({ id }))[0]!.mine;

  it('is no woman of it, though it was the same day: what it told of the women stays as it was', async () => {
    const versionId = (await buildVersion(test.db)).id;
    await say('mujer');
    const { id } = await openedBallot(test.db, { versionId, rule: charters.con_mujeres });
    await (await forum(late())).countMe({ agree: true });
    await voteOf(id, women.slice(0, 12));
    await voteOf(id, men);
    await close(id);
    expect(await reasons(id)).toEqual([]);
    const next = await voted(versionId);
    expect((await (await forum()).result({ id: next })).questions[0]!.yes).toBe(16);
    // Of the one that was opened behind her agreement she is.
    expect((await reasons(next)).length).toBe(1);
  });

  it('a man cannot stand among the women of a vote gone by, whatever he says of himself afterwards', async () => {
    const rosendo = men[0]!;
    const say = async (sex: 'mujer' | 'hombre') =>
      (await callAs(test.db, rosendo)).people.declareSex({ sex, consent: true });
    await say('hombre');
    const refused = await problemOf((await forum(rosendo)).countMe({ agree: true }));
    expect(refused.code).toBe('ballots.count_woman');
    const id = await voted();
    await say('mujer');
    expect((await (await forum(rosendo)).counting()).agreed).toBe(false);
    await (await forum(rosendo)).countMe({ agree: true });
    expect((await (await forum(rosendo)).reasons({ id }))[0]!.mine).toEqual([]);
    await say('hombre');
  });

  it('another word about herself takes her agreement with it; the same word said again does not', async () => {
    await say('mujer');
    expect((await (await forum(late())).counting()).agreed).toBe(true);
    await say('hombre');
    await say('mujer');
    expect((await (await forum(late())).counting()).agreed).toBe(false);
    await say(undefined);
  });
});

describe('a woman who takes her word back after the close', () => {
  it('is asked no reason as a woman; the others are, as before', async () => {
    const id = await voted();
    const mine = async (personId: string) => (await (await forum(personId)).reasons({ id }))[0]!.mine;
    const asked = [{ group: { dimension: 'women', label: 'women' }, base: null }];
    expect(await mine(women[13]!)).toEqual(asked);
    await (await forum(women[13]!)).countMe({ agree: false });
    expect(await mine(women[13]!)).toEqual([]);
    expect(await mine(women[12]!)).toEqual(asked);
    await (await forum(women[13]!)).countMe({ agree: true });
  });

  it('leaves a second result on the same text its verdict and no number: nobody knows whom the first spoke of', async () => {
    const versionId = (await buildVersion(test.db)).id;
    await voted(versionId);
    const beside = await (await forum()).result({ id: await voted(versionId) });
    expect(beside.questions[0]!.yes).toBe(16);
    await (await forum(women[13]!)).countMe({ agree: false });
    const third = await voted(versionId);
    const { questions } = await (await forum()).result({ id: third });
    expect(questions.map(({ yes, verdict }) => [yes, verdict])).toEqual([
      [null, 'aprobado'],
      [null, 'vuelve'],
      [null, 'aprobado'],
      [null, 'aprobado'],
    ]);
    expect(judge((await (await forum()).archive({ id: third })).archive)).toMatchObject({ good: true });
    await (await forum(women[13]!)).countMe({ agree: true });
  });
});

describe('words that change while a ballot is being closed', () => {
  const done = async (step: string) => {
    if (step === 'papers') throw new Error('killed');
  };
  const again = async () => {
    const versionId = (await buildVersion(test.db)).id;
    await voted(versionId);
    const { id } = await openedBallot(test.db, { versionId, rule: charters.con_mujeres });
    await voteOf(id, women.slice(0, 12));
    await voteOf(id, men);
    return id;
  };
  const lose = () => test.db.delete(countedAs).where(eq(countedAs.personId, women[13]!));
  const regain = () => test.db.insert(countedAs).values({ personId: women[13]!, behind: 0 });
  const told = async (id: string) => (await (await forum()).result({ id })).questions;
  const verified = async (id: string) =>
    expect(judge((await (await forum()).archive({ id })).archive)).toMatchObject({ good: true });

  it('what lies in plain by then is told, with nothing of groups: its sum is out', async () => {
    await lose();
    await regain();
    const id = await again();
    await expect(closeBallot(test.db, id, { at: new Date(), done })).rejects.toThrow('killed');
    await lose();
    await close(id);
    expect((await told(id)).map(({ yes }) => yes)).toEqual([16, 16, 16, 17]);
    expect(new Set((await told(id)).map((one) => one.told!.level))).toEqual(new Set(['no_findings']));
    await verified(id);
    await regain();
  });

  it('and what is sealed still is not, though it might be by then: there would be nothing to count again', async () => {
    const id = await again();
    await lose();
    const regained = async (step: string) => {
      if (step === 'papers') await regain();
    };
    await closeBallot(test.db, id, { at: new Date(), done: regained });
    expect((await told(id)).map(({ yes }) => yes)).toEqual([null, null, null, null]);
    expect((await told(id)).map(({ verdict }) => verdict)).toContain('vuelve');
    await verified(id);
  });

  it('cut short with all sealed, and begun again, it asks again: what is told then lies in plain', async () => {
    const id = await again();
    await lose();
    await expect(closeBallot(test.db, id, { at: new Date(), done })).rejects.toThrow('killed');
    await regain();
    await close(id);
    expect((await told(id)).map(({ yes }) => yes)).toEqual([16, 16, 16, 17]);
    await verified(id);
  });
});
