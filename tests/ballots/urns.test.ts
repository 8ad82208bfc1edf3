import '../support/runtime';
import { and, eq, isNotNull } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { papers, rollEntries } from '~/db/schema/ballots';
import { jobs } from '~/db/schema/kernel';
import { ballotTellers, paperVoters, urnCounts, urnsGiven } from '~/db/schema/urns';
import { closeBallot, type Step } from '~/server/ballots/commands/closing';
import { judge } from '../../scripts/verify-ballot.mjs';
import { buildDelegates, openedBallot, sheetOf } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';
import { counted, handOut, numberOf, seat, writeDown } from '../support/urns';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let flor: string[];
let vetas: string[];
const id = (name: keyof (typeof world)['people']) => world.people[name].id;

beforeAll(async () => {
  world = await forumWorld(test.db);
  flor = await buildDelegates(test.db, world.florDeCuarzo.id, 14);
  vetas = await buildDelegates(test.db, world.tresVetas.id, 12);
});

const cast = async (ballotId: string, personId: string, choice: 'si' | 'no') =>
  (await callAs(test.db, personId)).ballots.cast(await sheetOf(test.db, ballotId, choice));

/** Elvira of Flor de Cuarzo and Tomasa of Tres Vetas sit at the table; nobody has a paper yet. */
async function withTable() {
  const ballot = await openedBallot(test.db);
  for (const teller of [id('elvira'), id('tomasa')]) await seat(test.db, ballot.id, teller);
  return ballot;
}
/** Eleven vote by phone: yes; eleven of Flor hold papers, two of whom had sent a yes by phone before. */
async function votedBoth() {
  const ballot = await withTable();
  for (const person of vetas.slice(0, 11)) await cast(ballot.id, person, 'si');
  for (const person of flor.slice(0, 2)) await cast(ballot.id, person, 'si');
  await handOut(test.db, ballot.id, [id('elvira'), id('tomasa')], flor.slice(0, 11));
  return ballot;
}
const stop = (ballotId: string, done?: (step: Step) => Promise<void>) =>
  closeBallot(test.db, ballotId, { at: new Date(), done });
const four = (count: ReturnType<typeof counted>) => [1, 2, 3, 4].map(() => count);
const count = async (who: string, ballotId: string, counts = four(counted(2, 5, 1, 2, 1)), urn = '') =>
  (await callAs(test.db, who)).ballots.countUrn({ id: ballotId, urn, counts });

const outcome = async (ballotId: string) => {
  const result = await (await callAs(test.db, null)).ballots.result({ id: ballotId });
  return {
    sums: result.sumsAgree,
    voted: result.turnout.voted,
    questions: result.questions.map(({ yes, no, abstain }) => [yes, no, abstain]),
  };
};
const both = { sums: true, voted: 22, questions: [1, 2, 3, 4].map(() => [13, 5, 4]) };

describe('giving papers out', () => {
  it('waits for ten names: until then nobody has a paper, and what she sends by phone stands', async () => {
    const ballot = await withTable();
    await handOut(test.db, ballot.id, [id('elvira'), id('tomasa')], flor.slice(0, 9));
    await cast(ballot.id, flor[0]!, 'si');
    let table = await (await callAs(test.db, id('elvira'))).ballots.table({ id: ballot.id });
    expect(table.urns).toMatchObject([{ papers: 9, open: false, waits: false }]);
    await handOut(test.db, ballot.id, [id('elvira'), id('tomasa')], flor.slice(9, 10));
    table = await (await callAs(test.db, id('elvira'))).ballots.table({ id: ballot.id });
    expect(table.urns).toMatchObject([{ papers: 10, open: true, waits: true }]);
    expect((await problemOf(cast(ballot.id, flor[0]!, 'no'))).sentence).toBe(
      'Ya tienes papeleta de papel. Tu voto es el que pongas en la urna.',
    );
    const elvira = await callAs(test.db, id('elvira'));
    expect(
      (await problemOf(elvira.ballots.takePaperBack({ id: ballot.id, personId: flor[0]! }))).sentence,
    ).toContain('menos de 10');
    await handOut(test.db, ballot.id, [id('elvira'), id('tomasa')], flor.slice(10, 11));
    await elvira.ballots.takePaperBack({ id: ballot.id, personId: flor[0]! });
    await cast(ballot.id, flor[0]!, 'no');
  });

  it('ten names alone give nobody a paper: two of different bases say so, and until then anybody is taken off', async () => {
    const ballot = await withTable();
    await seat(test.db, ballot.id, id('sabina'));
    const [elvira, tomasa, sabina] = await Promise.all(
      [id('elvira'), id('tomasa'), id('sabina')].map((one) => callAs(test.db, one)),
    );
    // Elvira writes ten people down who are not there.
    await writeDown(test.db, ballot.id, id('elvira'), flor.slice(0, 9));
    const urn = { id: ballot.id, urn: '' };
    expect((await problemOf(elvira!.ballots.giveOut(urn))).code).toBe('ballots.urn_few');
    await writeDown(test.db, ballot.id, id('elvira'), flor.slice(9, 10));
    await elvira!.ballots.giveOut(urn);
    expect((await problemOf(elvira!.ballots.giveOut(urn))).code).toBe('ballots.urn_said');
    expect((await problemOf(sabina!.ballots.giveOut(urn))).code).toBe('ballots.urn_same_base');
    // They vote by phone all the same, and Tomasa of Tres Vetas takes one off whom nobody has seen.
    await cast(ballot.id, flor[0]!, 'si');
    await tomasa!.ballots.takePaperBack({ id: ballot.id, personId: flor[0]! });
    expect((await problemOf(tomasa!.ballots.giveOut(urn))).code).toBe('ballots.urn_few');
    await writeDown(test.db, ballot.id, id('tomasa'), flor.slice(10, 11));
    await tomasa!.ballots.giveOut(urn);
    expect((await problemOf(tomasa!.ballots.giveOut(urn))).code).toBe('ballots.urn_given');
    expect((await problemOf(cast(ballot.id, flor[1]!, 'si'))).sentence).toContain('papeleta de papel');
    await expect(test.db.delete(urnsGiven)).rejects.toThrow();
  });

  it('who was taken from the table has said nothing, and who has counted stays', async () => {
    const ballot = await withTable();
    const gloria = await callAs(test.db, id('gloria'));
    await writeDown(test.db, ballot.id, id('elvira'), flor.slice(0, 10));
    await (await callAs(test.db, id('elvira'))).ballots.giveOut({ id: ballot.id, urn: '' });
    await gloria.ballots.removeTeller({ id: ballot.id, personId: id('elvira') });
    const tomasa = await callAs(test.db, id('tomasa'));
    await tomasa.ballots.giveOut({ id: ballot.id, urn: '' });
    expect((await tomasa.ballots.table({ id: ballot.id })).urns[0]).toMatchObject({ open: false });
    await gloria.ballots.nameTeller({ id: ballot.id, number: await numberOf(test.db, id('elvira')) });
    await (await callAs(test.db, id('elvira'))).ballots.giveOut({ id: ballot.id, urn: '' });
    await stop(ballot.id);
    await count(id('tomasa'), ballot.id, four(counted(4, 5, 1)));
    expect(
      (await problemOf(gloria.ballots.removeTeller({ id: ballot.id, personId: id('tomasa') }))).code,
    ).toBe('ballots.teller_counted');
    await expect(test.db.delete(ballotTellers)).rejects.toThrow();
    // Elvira cannot come to count; another of her base is named although the vote is over, and counts.
    await gloria.ballots.removeTeller({ id: ballot.id, personId: id('elvira') });
    await gloria.ballots.nameTeller({ id: ballot.id, number: await numberOf(test.db, id('sabina')) });
    expect(await count(id('sabina'), ballot.id, four(counted(4, 5, 1)))).toMatchObject({ state: 'agreed' });
  });

  it('an urn that never opens counts for nothing, and the phone’s votes do', async () => {
    const ballot = await withTable();
    for (const person of flor.slice(0, 12)) await cast(ballot.id, person, 'no');
    await handOut(test.db, ballot.id, [id('elvira'), id('tomasa')], flor.slice(0, 9));
    await stop(ballot.id);
    expect(await outcome(ballot.id)).toMatchObject({
      voted: 12,
      questions: [1, 2, 3, 4].map(() => [0, 12, 0]),
    });
  });

  it('is for those on the roll, by the table alone, and never for oneself', async () => {
    const ballot = await withTable();
    await seat(test.db, ballot.id, id('nieves'));
    const give = async (who: string, to: string) =>
      (await callAs(test.db, who)).ballots.handPaper({
        id: ballot.id,
        number: await numberOf(test.db, to),
        agrees: true,
      });
    expect((await problemOf(give(id('gloria'), flor[0]!))).code).toBe('not_found');
    expect((await problemOf(give(id('elvira'), id('sabina')))).sentence).toContain('no está en el padrón');
    expect((await problemOf(give(id('nieves'), id('nieves')))).sentence).toContain('te la da otra persona');
  });

  it('secretaries name who sits there: neither themselves, nor the machine, nor an office', async () => {
    const ballot = await openedBallot(test.db);
    const gloria = await callAs(test.db, id('gloria'));
    const name = async (who: string) =>
      gloria.ballots.nameTeller({ id: ballot.id, number: await numberOf(test.db, who) });
    expect(await name(id('elvira'))).toMatchObject({ name: 'Elvira Mamani' });
    for (const [who, why] of [
      ['gloria', 'Otra secretaria'],
      ['amador', 'no cuenta votos'],
      ['carla', 'no cuenta votos'],
      ['emilia', 'personas de una base'],
    ] as const)
      expect(
        (await problemOf(name(id(who)))).sentence + JSON.stringify(await problemOf(name(id(who)))),
      ).toContain(why);
  });
});

describe('counting an urn', () => {
  it('nothing is opened before two of different bases agree; then paper and phone are one count', async () => {
    const ballot = await votedBoth();
    expect((await problemOf(count(id('elvira'), ballot.id))).code).toBe('not_found');
    await stop(ballot.id);
    expect((await problemOf(outcome(ballot.id))).code).toBe('not_found');
    const plain = await test.db
      .select()
      .from(papers)
      .where(and(eq(papers.ballotId, ballot.id), isNotNull(papers.choice)));
    expect(plain).toEqual([]);
    await count(id('elvira'), ballot.id);
    await stop(ballot.id);
    expect((await problemOf(outcome(ballot.id))).code).toBe('not_found');
    expect(await count(id('tomasa'), ballot.id)).toMatchObject({ state: 'agreed' });
    const due = await test.db.select().from(jobs).where(eq(jobs.kind, 'ballots.close'));
    expect(due.filter(({ payload }) => payload.ballotId === ballot.id)).toHaveLength(2);
    await stop(ballot.id);
    expect(await outcome(ballot.id)).toEqual(both);
    const left = await test.db.select().from(urnCounts).where(eq(urnCounts.ballotId, ballot.id));
    expect(left.map(({ counts }) => counts)).toEqual([null, null]);
  });

  it('one does not see the other’s numbers; where they differ both do, and count again', async () => {
    const ballot = await votedBoth();
    await stop(ballot.id);
    await count(id('elvira'), ballot.id);
    const tomasa = await callAs(test.db, id('tomasa'));
    const before = await tomasa.ballots.table({ id: ballot.id });
    expect(before.urns[0]).toMatchObject({ counting: 'one', first: 'Elvira Mamani', both: null });
    expect(JSON.stringify(before)).not.toContain('"yes"');
    expect(await count(id('tomasa'), ballot.id, four(counted(3, 5, 0, 2, 1)))).toMatchObject({
      state: 'differ',
    });
    const [urn] = (await tomasa.ballots.table({ id: ballot.id })).urns;
    expect(urn!.both!.map(({ name, counts }) => [name, counts[0]!.yes]).sort()).toEqual([
      ['Elvira Mamani', 2],
      ['Tomasa Ccama', 3],
    ]);
    expect(await count(id('tomasa'), ballot.id)).toMatchObject({ state: 'one' });
    expect(await count(id('elvira'), ballot.id)).toMatchObject({ state: 'agreed' });
    await stop(ballot.id);
    expect(await outcome(ballot.id)).toEqual(both);
  });

  it('is refused where the sum is not the papers given out, or both are of one base', async () => {
    const ballot = await votedBoth();
    await seat(test.db, ballot.id, id('sabina'));
    await stop(ballot.id);
    const short = [...four(counted(11)).slice(1), counted(10)];
    expect((await problemOf(count(id('elvira'), ballot.id, short))).fields).toHaveProperty('q4');
    await count(id('elvira'), ballot.id);
    expect((await problemOf(count(id('elvira'), ballot.id))).sentence).toContain('ya está anotada');
    expect((await problemOf(count(id('sabina'), ballot.id))).sentence).toContain('tu misma base');
  });

  it('an urn that is lost is set aside by two secretaries; what its people had sent before counts', async () => {
    const ballot = await votedBoth();
    await stop(ballot.id);
    const aside = async (who: string) =>
      (await callAs(test.db, who)).ballots.setUrnAside({
        id: ballot.id,
        urn: '',
        reason: 'El río se llevó la urna.',
      });
    await aside(id('gloria'));
    expect((await problemOf(aside(id('gloria')))).sentence).toContain('otra secretaria');
    await aside(id('jacinta'));
    await stop(ballot.id);
    expect(await outcome(ballot.id)).toMatchObject({ sums: true, voted: 13 });
  });
});

describe('a close with urns that is cut short and begun again', () => {
  it.each<Step>(['roll', 'urns', 'papers', 'receipts', 'count', 'key'])(
    'after «%s» comes to the same result',
    async (killed) => {
      const ballot = await votedBoth();
      await stop(ballot.id);
      await count(id('elvira'), ballot.id);
      await count(id('tomasa'), ballot.id);
      const cut = async (step: Step) => {
        if (step === killed) throw new Error('killed');
      };
      await expect(stop(ballot.id, cut)).rejects.toThrow('killed');
      await stop(ballot.id);
      expect(await outcome(ballot.id)).toEqual(both);
      const voted = await test.db
        .select()
        .from(rollEntries)
        .where(and(eq(rollEntries.ballotId, ballot.id), eq(rollEntries.voted, true)));
      expect(voted.map(({ personId }) => personId).sort()).toEqual(
        [...vetas.slice(0, 11), ...flor.slice(0, 11)].sort(),
      );
    },
  );
});

it('the archive says how many voted on paper, and counts again to the same', async () => {
  const ballot = await votedBoth();
  await stop(ballot.id);
  await count(id('elvira'), ballot.id);
  await count(id('tomasa'), ballot.id);
  await stop(ballot.id);
  const { archive } = await (await callAs(test.db, null)).ballots.archive({ id: ballot.id });
  expect(JSON.parse(archive).roll).toMatchObject({ voted: 22, paper: 11 });
  expect(judge(archive)).toMatchObject({ good: true, failed: [] });
});

it('a sheet that comes a second time, behind another one sent since, changes nothing', async () => {
  const ballot = await openedBallot(test.db);
  const rufino = await callAs(test.db, id('rufino'));
  const early = await sheetOf(test.db, ballot.id, 'no');
  const first = await rufino.ballots.cast(early);
  await rufino.ballots.cast(await sheetOf(test.db, ballot.id, 'si'));
  expect(await rufino.ballots.cast(early)).toEqual(first);
  await stop(ballot.id);
  expect((await outcome(ballot.id)).questions).toEqual([1, 2, 3, 4].map(() => [1, 0, 0]));
});

describe('the database itself', () => {
  it('lets no name come or go after the close, and no count be changed', async () => {
    const ballot = await votedBoth();
    const row = { ballotId: ballot.id, urn: '', round: 1, personId: id('elvira'), counts: four(counted(11)) };
    const refused = (change: Promise<unknown>) => expect(change).rejects.toThrow();
    await refused(test.db.insert(urnCounts).values(row).execute());
    await stop(ballot.id);
    const name = { ballotId: ballot.id, personId: flor[12]!, urn: '', handedBy: id('elvira') };
    await refused(test.db.insert(paperVoters).values(name).execute());
    await refused(test.db.delete(paperVoters).where(eq(paperVoters.ballotId, ballot.id)).execute());
    await count(id('elvira'), ballot.id);
    const own = eq(urnCounts.ballotId, ballot.id);
    await refused(
      test.db
        .update(urnCounts)
        .set({ counts: four(counted(11)) })
        .where(own)
        .execute(),
    );
    await refused(test.db.update(urnCounts).set({ round: 2 }).where(own).execute());
    await refused(test.db.delete(urnCounts).where(own).execute());
    await count(id('tomasa'), ballot.id);
    await stop(ballot.id);
    await refused(
      test.db
        .insert(urnCounts)
        .values({ ...row, round: 2 })
        .execute(),
    );
  });
});
