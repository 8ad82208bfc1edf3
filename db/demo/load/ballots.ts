import { randomInt, randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { ballotQuestions, ballots as ballotTable, chamberSeats, countedAs } from '~/db/schema/ballots';
import { versionArticles } from '~/db/schema/document';
import { jobs } from '~/db/schema/kernel';
import { roomCounts } from '~/db/schema/room-votes';
import { openBallot as open } from '~/server/ballots/commands/ballot';
import { castSheet } from '~/server/ballots/commands/cast';
import { sealPosition } from '~/server/ballots/commands/chamber';
import { closeBallot } from '~/server/ballots/commands/closing';
import { readKey } from '~/server/ballots/commands/key';
import { endRoom } from '~/server/ballots/commands/room';
import type { Choice } from '~/server/ballots/rules';
import { type AnyRule, charters } from '~/server/ballots/rules/charter';
import { Failure } from '~/server/rule';
import { type ArticleKey, articles } from '../articles';
import {
  announcedBallot,
  type Counts,
  chamberBallot,
  type DemoBallot,
  finishedBallot,
  handBallot,
  openBallot,
} from '../ballots';
import type { OrganizationKey } from '../organizations';
import { people } from '../people';
import { loadBooth } from './booths';
import { firstSecretary, type World } from './world';

const organizationOf = (key: string) => people.find((person) => person.key === key)!.organization!;

function ruleOfDemo({ rule }: DemoBallot): AnyRule {
  if (typeof rule === 'string') return charters[rule];
  return { quorumPercent: rule.quorum.percent, majorityPercent: rule.majority.percent };
}

/** The women among the delegates have agreed that ballots count them apart. */
async function agreed({ tx, id }: World): Promise<void> {
  const women = people.filter(({ key, sex }) => sex === 'mujer' && openBallot.roll.includes(key));
  await tx.insert(countedAs).values(women.map(({ key }) => ({ personId: id('person', key), behind: 0 })));
}

/** Opens one with its roll; from here on the database holds it fast. */
async function openOne({ tx, id, at }: World, ballot: DemoBallot, versionId: string): Promise<string> {
  const [row] = await tx
    .insert(ballotTable)
    .values({
      versionId,
      title: ballot.title,
      scope: ballot.rule === 'asociaciones' ? 'whole' : 'articles',
      rule: ruleOfDemo(ballot),
      closesAt: at(ballot.closes),
      preparedBy: id('person', firstSecretary),
      preparedAt: at(ballot.opened - 1),
    })
    .returning({ id: ballotTable.id });
  const roll = ballot.roll.map((key) => ({
    personId: id('person', key),
    associationId: id('organization', organizationOf(key)),
  }));
  await open(tx, row!.id, { roll, at: at(ballot.opened) });
  return row!.id;
}

function shuffled<T>(items: readonly T[]): T[] {
  const dealt = [...items];
  for (let i = dealt.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [dealt[i], dealt[j]] = [dealt[j]!, dealt[i]!];
  }
  return dealt;
}

const papersOf = ({ yes, no, abstain }: Counts): Choice[] => [
  ...Array<Choice>(yes).fill('si'),
  ...Array<Choice>(no).fill('no'),
  ...Array<Choice>(abstain).fill('abstencion'),
];

/** The questions of a ballot in order; `article` null is the whole text. */
async function questionsOf({ tx, id }: World, ballotId: string) {
  const names = new Map<string, ArticleKey>(articles.map(({ key }) => [id('article', key), key]));
  const rows = await tx
    .select({ id: ballotQuestions.id, articleId: versionArticles.articleId })
    .from(ballotQuestions)
    .leftJoin(versionArticles, eq(versionArticles.id, ballotQuestions.versionArticleId))
    .where(eq(ballotQuestions.ballotId, ballotId))
    .orderBy(asc(ballotQuestions.position));
  return rows.map((row) => ({ id: row.id, article: row.articleId ? names.get(row.articleId)! : null }));
}

/** Everybody who voted hands in a sheet; which paper fell to whom is drawn by lot for each question. */
async function castAll(
  world: World,
  ballot: DemoBallot,
  ballotId: string,
  heap: (article: ArticleKey | null) => Choice[],
): Promise<void> {
  const questions = await questionsOf(world, ballotId);
  const dealt = questions.map(({ id, article }) => ({ question: id, papers: shuffled(heap(article)) }));
  for (const [turn, key] of shuffled(ballot.voted).entries()) {
    const choices = dealt.map(({ question, papers }) => ({ question, choice: papers[turn]! }));
    const personId = world.id('person', key);
    const cast = await castSheet(world.tx, { ballotId, personId, sheet: randomUUID(), choices });
    if (cast instanceof Failure) throw cast;
  }
}

/** The ballots, opened and voted in as the forum would; secret ones that are over are closed by `closeFinished`. */
export async function loadBallots(world: World, versionIds: { 1: string; 2: string }): Promise<void> {
  await loadHands(world, versionIds[handBallot.version]);
  const first = await openOne(world, finishedBallot, versionIds[finishedBallot.version]);
  const results = new Map(finishedBallot.results.map((result) => [result.article, result]));
  await castAll(world, finishedBallot, first, (article) =>
    papersOf(article ? results.get(article)! : finishedBallot.whole),
  );
  await loadChamber(world, versionIds[chamberBallot.version]);
  await agreed(world);
  const second = await openOne(world, openBallot, versionIds[openBallot.version]);
  await castAll(world, openBallot, second, () => openBallot.voted.map(() => anyChoice()));
  await loadBooth(world, second);
  await world.tx.insert(ballotTable).values({
    versionId: versionIds[2],
    title: announcedBallot.title,
    scope: 'whole',
    rule: charters.mayoria,
    closesAt: world.at(announcedBallot.closes),
    preparedBy: world.id('person', firstSecretary),
    preparedAt: world.at(announcedBallot.prepared),
  });
}

/** A vote beside which each association speaks by its name; it is closed with the first. */
async function loadChamber(world: World, versionId: string): Promise<void> {
  const { tx, id } = world;
  const { whole, said, silent } = chamberBallot;
  const ballotId = await openOne(world, chamberBallot, versionId);
  await castAll(world, chamberBallot, ballotId, () => papersOf(whole));
  const [question] = await questionsOf(world, ballotId);
  const named = (keys: readonly OrganizationKey[]) => new Set(keys.map((key) => id('organization', key)));
  const [no, abstain, away] = [named(said.no), named(said.abstencion), named(silent)];
  const key = readKey(ballotId)!;
  const seats = await tx.select().from(chamberSeats).where(eq(chamberSeats.ballotId, ballotId));
  for (const { associationId: base } of seats) {
    if (away.has(base)) continue;
    const choice = no.has(base) ? 'no' : abstain.has(base) ? 'abstencion' : 'si';
    await sealPosition(tx, key, { ballotId, base, said: [{ question: question!.id, choice }] });
  }
  key.fill(0);
}

/** Hands in the room: opened, counted by two people alike, and over. */
async function loadHands({ tx, id, at }: World, versionId: string): Promise<void> {
  const { title, day, counters, count } = handBallot;
  const [counterOne, counterTwo] = [id('person', counters[0]), id('person', counters[1])];
  const [row] = await tx
    .insert(ballotTable)
    .values({
      ...{ versionId, title, scope: 'whole', method: 'hands', rule: charters.mayoria },
      ...{ presides: id('person', firstSecretary), counterOne, counterTwo },
      closesAt: at(day, 'hands'),
      preparedBy: id('person', firstSecretary),
      preparedAt: at(day - 1),
    })
    .returning();
  const roll = handBallot.roll.map((key) => ({
    personId: id('person', key),
    associationId: id('organization', organizationOf(key)),
  }));
  const ballotId = row!.id;
  await open(tx, ballotId, { roll, at: at(day) });
  const ofBallot = eq(ballotQuestions.ballotId, ballotId);
  const [question] = await tx.select({ id: ballotQuestions.id }).from(ballotQuestions).where(ofBallot);
  const entered = { ballotId, questionId: question!.id, attempt: 1, entry: count };
  await tx.insert(roomCounts).values([
    { ...entered, counterId: counterOne },
    { ...entered, counterId: counterTwo },
  ]);
  await endRoom(
    tx,
    { ballot: row!, roll: roll.length, agreed: [{ id: question!.id, entry: count }] },
    at(day, 'hands'),
  );
}

const anyChoice = (): Choice => (['si', 'si', 'si', 'no', 'abstencion'] as const)[randomInt(5)]!;

/**
 * Closes the ballot that is over at the moment it was to end, by the forum's own steps; they make their own
 * transactions, so this comes after the rest has been written. Finds nothing to do when it has been done.
 */
export async function closeFinished(db: Db): Promise<void> {
  const over = and(sql`${ballotTable.closesAt} < now()`, sql`${ballotTable.state} in ('open', 'closing')`);
  // The earlier first: what it told stands beside the later.
  for (const ballot of await db.select().from(ballotTable).where(over).orderBy(asc(ballotTable.closesAt))) {
    await closeBallot(db, ballot.id, { at: ballot.closesAt });
    await db
      .update(jobs)
      .set({ state: 'done', finishedAt: ballot.closesAt })
      .where(and(eq(jobs.kind, 'ballots.close'), sql`${jobs.payload} ->> 'ballotId' = ${ballot.id}`));
  }
}
