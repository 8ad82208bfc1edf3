import { randomInt } from 'node:crypto';
import { and, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Db, Tx } from '~/db/client';
import { ballotQuestions, ballots, papers, receipts, rollEntries } from '~/db/schema/ballots';
import { countingUrns, waitsForUrns } from '../queries/urns';
import { absorbUrns, urnHandles } from './absorb';
import { openMark, paperHandle, trackerOf } from './box';
import { openChamber } from './chamber';
import { untoldQuestions, writeTallies } from './counting';
import { sweep } from './forget';
import { destroyKey, readKey } from './key';
import { planOfBallot } from './plan';

function shuffled<T>(rows: T[]): T[] {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = randomInt(i + 1);
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
  return rows;
}

/** `= any` with the ids in one parameter: a long list would not fit into one each. */
const isAnyOf = (column: PgColumn, ids: readonly string[]) =>
  sql`${column} = any(${`{${ids.join(',')}}`}::uuid[])`;

const blind = (table: typeof papers | typeof receipts, ballotId: string) =>
  and(eq(table.ballotId, ballotId), isNotNull(table.handle));

const anyBlind = async (db: Db, table: typeof papers | typeof receipts, ballotId: string, also?: SQL) =>
  (
    await db
      .select({ id: table.id })
      .from(table)
      .where(and(blind(table, ballotId), also))
      .limit(1)
  ).length > 0;

function keyOf(ballotId: string): Buffer {
  const key = readKey(ballotId);
  if (!key) throw new Error('the key of this ballot is lost: it cannot be counted');
  return key;
}

/** No more sheets: waits for those that are being written and lets no other in. */
async function stopTaking(db: Db, ballotId: string): Promise<void> {
  await db
    .update(ballots)
    .set({ state: 'closing' })
    .where(and(eq(ballots.id, ballotId), eq(ballots.state, 'open')));
}

const markVoted = (db: Db, ballotId: string, personIds: readonly string[]) =>
  db
    .update(rollEntries)
    .set({ voted: true })
    .where(
      and(
        eq(rollEntries.ballotId, ballotId),
        eq(rollEntries.voted, false),
        isAnyOf(rollEntries.personId, personIds),
      ),
    );

/** Paper beats what came by phone: of who holds a paper that counts, nothing in the box does. */
async function dropOverridden(
  db: Db,
  key: Buffer,
  of: { ballotId: string; questions: readonly string[]; dimensions: readonly string[] },
  onPaper: readonly string[],
): Promise<void> {
  for (const questionId of of.questions) {
    const handles = onPaper.flatMap((personId) =>
      of.dimensions.map((dimension) =>
        paperHandle(key, { ballotId: of.ballotId, personId, questionId, dimension }).toString('hex'),
      ),
    );
    // Held as text: a list of so many bytes fits into one parameter no other way.
    await db
      .delete(papers)
      .where(
        and(
          blind(papers, of.ballotId),
          eq(papers.questionId, questionId),
          sql`encode(${papers.handle}, 'hex') = any(${`{${handles.join(',')}}`}::text[])`,
        ),
      );
  }
}

/** Who of the roll has a paper in the box; drops what nobody on the roll can have written with this key. */
async function markRoll(db: Db, ballotId: string): Promise<void> {
  const urns = await countingUrns(db, ballotId);
  const onPaper = urns.flatMap(({ voters }) => voters);
  if (onPaper.length > 0) await markVoted(db, ballotId, onPaper);
  if (!(await anyBlind(db, papers, ballotId))) return;
  const key = keyOf(ballotId);
  const plan = await planOfBallot(db, ballotId);
  const dimensions = ['overall', ...(plan?.dimensions ?? []).map(({ dimension }) => dimension)];
  const roll = await db
    .select({ personId: rollEntries.personId, places: rollEntries.places })
    .from(rollEntries)
    .where(eq(rollEntries.ballotId, ballotId));
  const questions = await db
    .select({ id: ballotQuestions.id })
    .from(ballotQuestions)
    .where(eq(ballotQuestions.ballotId, ballotId));
  const of = { ballotId, questions: questions.map(({ id }) => id), dimensions };
  if (onPaper.length > 0) await dropOverridden(db, key, of, onPaper);
  const voted = new Set<string>();
  const foreign: string[] = [];
  for (const { id: questionId } of questions) {
    const owners = new Map(
      roll.flatMap(({ personId, places }) =>
        dimensions.map((dimension, i) => {
          const handle = paperHandle(key, { ballotId, personId, questionId, dimension });
          return [handle.toString('hex'), { personId, place: i === 0 ? 0 : places![i - 1]! }] as const;
        }),
      ),
    );
    const fromUrns = new Set(
      urns.flatMap((one) =>
        urnHandles(key, ballotId, questionId, plan, one).map(({ handle }) => handle.toString('hex')),
      ),
    );
    const found = await db
      .select({ id: papers.id, handle: papers.handle, sealed: papers.sealed })
      .from(papers)
      .where(and(blind(papers, ballotId), eq(papers.questionId, questionId)));
    for (const { id, handle, sealed } of found) {
      const hex = Buffer.from(handle!).toString('hex');
      if (fromUrns.has(hex)) continue;
      const owner = owners.get(hex);
      // In the place that the roll gives her, and in no other.
      if (owner && openMark(key, handle!, sealed!)?.place === owner.place) voted.add(owner.personId);
      else foreign.push(id);
    }
  }
  if (foreign.length > 0) {
    console.error(
      `ballot ${ballotId}: ${foreign.length} papers that nobody on the roll has cast are not counted`,
    );
    await db.delete(papers).where(isAnyOf(papers.id, foreign));
  }
  if (voted.size > 0) await markVoted(db, ballotId, [...voted]);
  key.fill(0);
}

/**
 * Takes all that is blind and belongs together out of a table and puts back what `plain` makes of it, in one
 * transaction: its log then tells no more than the heap does. In smaller lots it would: the last lot of one says what
 * that paper said, and so does any lot whose papers all say the same (docs/decisions/107). A second process at the
 * same work waits at the rows and then finds none.
 */
async function rewrite<Table extends typeof papers | typeof receipts>(
  db: Db,
  table: Table,
  ballotId: string,
  together: SQL | undefined,
  plain: (key: Buffer, taken: Table['$inferSelect'][], tx: Tx) => Promise<void>,
): Promise<void> {
  if (!(await anyBlind(db, table, ballotId, together))) return;
  const key = keyOf(ballotId);
  await db.transaction(async (tx) => {
    const all = tx
      .select({ id: table.id })
      .from(table as typeof papers)
      .where(and(blind(table, ballotId), together))
      .orderBy(table.handle)
      .for('update');
    const taken = (await tx
      .delete(table)
      .where(inArray(table.id, all))
      .returning()) as Table['$inferSelect'][];
    if (taken.length > 0) await plain(key, taken, tx);
  });
  key.fill(0);
}

/**
 * Everybody's papers, question by question, without handle and seal, under new ids, in an order of their own; but for
 * those whose counts are not told: they go sealed, when they are counted.
 */
async function rewritePapers(db: Db, ballotId: string): Promise<void> {
  const questions = await db
    .select({ id: ballotQuestions.id })
    .from(ballotQuestions)
    .where(eq(ballotQuestions.ballotId, ballotId));
  const untold = new Set(await untoldQuestions(db, ballotId));
  for (const { id } of questions)
    if (!untold.has(id))
      await rewrite(
        db,
        papers,
        ballotId,
        and(eq(papers.questionId, id), eq(papers.dimension, 'overall')),
        async (key, taken, tx) => {
          const plain = taken.flatMap(({ handle, sealed }) => {
            const mark = openMark(key, handle!, sealed!);
            return mark ? [mark.choice] : [];
          });
          // One parameter for all rows: thousands of them would cost more to read than to write.
          await tx.execute(sql`
          insert into papers (ballot_id, question_id, dimension, choice)
          select ${ballotId}, ${id}, 'overall', choice
          from jsonb_array_elements_text(${JSON.stringify(shuffled(plain))}::text::jsonb) as t(choice)`);
        },
      );
}

/** Receipts become the words that people hold in their hands. */
const rewriteReceipts = (db: Db, ballotId: string) =>
  rewrite(db, receipts, ballotId, undefined, async (key, taken, tx) => {
    const words = shuffled(taken.map(({ handle }) => trackerOf(key, handle!)));
    await tx.execute(sql`
      insert into receipts (ballot_id, tracker)
      select ${ballotId}, tracker from jsonb_array_elements_text(${JSON.stringify(words)}::text::jsonb) as t(tracker)
      on conflict do nothing`);
  });

export const steps = ['stop', 'roll', 'urns', 'papers', 'receipts', 'count', 'key', 'sweep'] as const;
export type Step = (typeof steps)[number];

/**
 * Closes a ballot whose moment has come. Every step may be cut short at any point and done again from the first:
 * the result is the same; with urns that are not counted yet it stops after the first, and is begun again. After `key` nothing that is left can open a paper or tell whose it was.
 * @param at when, for the record; @param done is told after each step
 * @throws Error when papers are still sealed and their key is lost
 */
export async function closeBallot(
  db: Db,
  ballotId: string,
  { at, done = async () => {} }: { at: Date; done?: (step: Step) => Promise<void> },
): Promise<void> {
  const work: Record<Step, () => Promise<void> | void> = {
    stop: () => stopTaking(db, ballotId),
    roll: async () => {
      await markRoll(db, ballotId);
      await openChamber(db, ballotId, () => keyOf(ballotId));
    },
    urns: () => absorbUrns(db, ballotId, () => keyOf(ballotId)),
    papers: () => rewritePapers(db, ballotId),
    receipts: () => rewriteReceipts(db, ballotId),
    count: () => writeTallies(db, ballotId, at),
    key: () => destroyKey(ballotId),
    sweep: () => sweep(db),
  };
  for (const step of steps) {
    await work[step]();
    await done(step);
    // Nothing is opened before the urns are counted: who counts paper is not to know what the box says.
    if (step === 'stop' && (await waitsForUrns(db, ballotId))) return;
  }
}
