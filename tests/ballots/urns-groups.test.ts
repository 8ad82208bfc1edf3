import '../support/runtime';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { papers } from '~/db/schema/ballots';
import { castSheet } from '~/server/ballots/commands/cast';
import { closeBallot } from '~/server/ballots/commands/closing';
import type { Choice } from '~/server/ballots/rules';
import { charters } from '~/server/ballots/rules/charter';
import { judge } from '../../scripts/verify-ballot.mjs';
import { openedBallot, sheetOf, womenAndMen } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';
import { counted, handOut, numberOf, seat } from '../support/urns';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let women: string[];
let men: string[];

beforeAll(async () => {
  world = await forumWorld(test.db);
  ({ women, men } = await womenAndMen(test.db, world.florDeCuarzo.id));
});

async function opened() {
  const ballot = await openedBallot(test.db, { rule: charters.frente });
  for (const teller of [world.people.elvira.id, world.people.tomasa.id])
    await seat(test.db, ballot.id, teller);
  return ballot.id;
}
async function cast(ballotId: string, people: readonly string[], choice: Choice) {
  for (const personId of people) {
    const sheet = await sheetOf(test.db, ballotId, choice);
    await test.db.transaction((tx) => castSheet(tx, { ...sheet, ballotId, personId }));
  }
}
const close = (id: string) => closeBallot(test.db, id, { at: new Date() });
const told = async (id: string) => {
  const { questions, turnout } = await (await callAs(test.db, null)).ballots.result({ id });
  return {
    voted: turnout.voted,
    questions: questions.map(({ yes, no, abstain, told }) => [yes, no, abstain, told]),
  };
};

/** Twelve women, seven yes and five no; fourteen men, nine yes and five no: those women on paper, or not. */
async function voted(onPaper: boolean) {
  const id = await opened();
  await cast(id, men.slice(0, 9), 'si');
  await cast(id, men.slice(9, 14), 'no');
  if (!onPaper) {
    await cast(id, women.slice(0, 7), 'si');
    await cast(id, women.slice(7, 12), 'no');
    await close(id);
    return id;
  }
  await handOut(test.db, id, [world.people.elvira.id, world.people.tomasa.id], women.slice(0, 12));
  await close(id);
  const [urn] = (await (await callAs(test.db, world.people.elvira.id)).ballots.table({ id })).urns;
  expect(urn!.labels).toContain('women');
  for (const teller of [world.people.elvira.id, world.people.tomasa.id])
    await (await callAs(test.db, teller)).ballots.countUrn({
      id,
      urn: urn!.urn,
      counts: [1, 2, 3, 4].map(() => counted(7, 5)),
    });
  await close(id);
  return id;
}

it('the same votes give the same result of every group, on paper or by phone', async () => {
  const [paper, phone] = [await voted(true), await voted(false)];
  expect(await told(paper)).toEqual(await told(phone));
  expect((await told(paper)).voted).toBe(26);
  const { archive } = await (await callAs(test.db, null)).ballots.archive({ id: paper });
  expect(judge(archive)).toMatchObject({ good: true });
});

it('nothing in the table tells which papers came from the urn', async () => {
  const id = await voted(true);
  const rows = await test.db
    .select({ transaction: sql<string>`${papers}.xmin::text`, question: papers.questionId })
    .from(papers)
    .where(and(eq(papers.ballotId, id), isNotNull(papers.choice)));
  const questions = [...new Set(rows.map(({ question }) => question))];
  expect(questions).toHaveLength(4);
  // Each question's are written in one go, with those that came by phone.
  for (const one of questions) {
    const own = rows.filter(({ question }) => question === one);
    expect(own).toHaveLength(26);
    expect(new Set(own.map(({ transaction }) => transaction)).size).toBe(1);
  }
});

it('a woman is asked before the table sees with whom she is counted', async () => {
  const id = await opened();
  const elvira = await callAs(test.db, world.people.elvira.id);
  const number = await numberOf(test.db, women[0]!);
  expect((await problemOf(elvira.ballots.handPaper({ id, number, agrees: false }))).fields).toHaveProperty(
    'agrees',
  );
  expect((await elvira.ballots.table({ id })).voters).toEqual([]);
});

it('people of another kind are another urn, which waits for ten of its own', async () => {
  const id = await opened();
  await handOut(
    test.db,
    id,
    [world.people.elvira.id, world.people.tomasa.id],
    [...women.slice(0, 10), ...men.slice(0, 9)],
  );
  const { urns, voters } = await (await callAs(test.db, world.people.elvira.id)).ballots.table({ id });
  // The list of names says nothing of the urns, not even by its order: with whom she is counted is asked of her.
  expect(voters.map((one) => Object.keys(one).sort())).toEqual(
    voters.map(() => ['base', 'name', 'personId']),
  );
  const ordered = voters.map(({ name }) => name);
  expect(ordered).toEqual([...ordered].sort((one, other) => one.localeCompare(other, 'es')));
  expect(urns.map(({ papers: n, open }) => [n, open]).sort()).toEqual([
    [10, true],
    [9, false],
  ]);
});
