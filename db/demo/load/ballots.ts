import { randomInt, randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { ballotQuestions, ballots as ballotTable, countedAs } from '~/db/schema/ballots';
import { versionArticles } from '~/db/schema/document';
import { jobs } from '~/db/schema/kernel';
import { openBallot as open } from '~/server/ballots/commands/ballot';
import { castSheet } from '~/server/ballots/commands/cast';
import { closeBallot } from '~/server/ballots/commands/closing';
import type { Choice } from '~/server/ballots/rules';
import { type AnyRule, charters } from '~/server/ballots/rules/charter';
import { Failure } from '~/server/rule';
import { type ArticleKey, articles } from '../articles';
import { type Counts, type DemoBallot, finishedBallot, openBallot } from '../ballots';
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
  await tx.insert(countedAs).values(women.map(({ key }) => ({ personId: id('person', key) })));
}

/** Opens one with its roll; from here on the database holds it fast. */
async function openOne({ tx, id, at }: World, ballot: DemoBallot, versionId: string): Promise<string> {
  const [row] = await tx
    .insert(ballotTable)
    .values({
      versionId,
      title: ballot.title,
      scope: 'articles',
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

/** Both ballots, opened and voted in as the forum would; the first is closed by `closeFinished`. */
export async function loadBallots(world: World, versionIds: { 1: string; 2: string }): Promise<void> {
  const first = await openOne(world, finishedBallot, versionIds[finishedBallot.version]);
  const results = new Map(finishedBallot.results.map((result) => [result.article, result]));
  await castAll(world, finishedBallot, first, (article) =>
    papersOf(article ? results.get(article)! : finishedBallot.whole),
  );
  await agreed(world);
  const second = await openOne(world, openBallot, versionIds[openBallot.version]);
  await castAll(world, openBallot, second, () => openBallot.voted.map(() => anyChoice()));
  await loadBooth(world, second);
}

const anyChoice = (): Choice => (['si', 'si', 'si', 'no', 'abstencion'] as const)[randomInt(5)]!;

/**
 * Closes the ballot that is over at the moment it was to end, by the forum's own steps; they make their own
 * transactions, so this comes after the rest has been written. Finds nothing to do when it has been done.
 */
export async function closeFinished(db: Db): Promise<void> {
  const over = and(sql`${ballotTable.closesAt} < now()`, sql`${ballotTable.state} in ('open', 'closing')`);
  for (const ballot of await db.select().from(ballotTable).where(over)) {
    await closeBallot(db, ballot.id, { at: ballot.closesAt });
    await db
      .update(jobs)
      .set({ state: 'done', finishedAt: ballot.closesAt })
      .where(and(eq(jobs.kind, 'ballots.close'), sql`${jobs.payload} ->> 'ballotId' = ${ballot.id}`));
  }
}
