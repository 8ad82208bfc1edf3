import { and, asc, eq, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { ballotQuestions, ballots, papers, receipts, rollEntries } from '~/db/schema/ballots';
import { command } from '../../act';
import { tooMany } from '../../limits';
import { Denied, type Failure, fail } from '../../rule';
import * as policy from '../policy';
import { ballotFacts, type Held } from '../queries';
import { votesOnPaper } from '../queries/urns';
import { type Choice, takesSheets, wholeSheet } from '../rules';
import * as schema from '../schema';
import { madeOf, paperHandle, receiptHandle, sealMark, trackerOf } from './box';
import { readKey } from './key';
import { planOfBallot } from './plan';
import { openSealed, readTicket } from './sealed';

export type Sheet = {
  ballotId: string;
  personId: string;
  /** UUID: the same sheet sent again is the same sheet. */
  sheet: string;
  choices: readonly { question: string; choice: Choice }[];
  /** The moment of its ticket, in milliseconds, where it waited on a phone: whatever she casts after it beats it. */
  waitedSince?: number;
};

/** The ids of what is asked, in order. */
async function questionsOf(tx: Tx, ballotId: string): Promise<string[]> {
  const questions = await tx
    .select({ id: ballotQuestions.id })
    .from(ballotQuestions)
    .where(eq(ballotQuestions.ballotId, ballotId))
    .orderBy(asc(ballotQuestions.position));
  return questions.map(({ id }) => id);
}

/** One paper for everybody's count and one for each dimension of the plan, with the place of her group in it. */
async function dimensionsFor(tx: Tx, ballotId: string, personId: string) {
  const plan = await planOfBallot(tx, ballotId);
  const [entry] = await tx
    .select({ places: rollEntries.places })
    .from(rollEntries)
    .where(and(eq(rollEntries.ballotId, ballotId), eq(rollEntries.personId, personId)));
  const counted = (plan?.dimensions ?? []).map(({ dimension }, i) => ({
    dimension,
    place: entry!.places![i]!,
  }));
  return [{ dimension: 'overall', place: 0 }, ...counted];
}

/**
 * Whether a sheet that she made later lies in the box. The paper given is put in where there is none, so that of two
 * sheets at the same moment one waits for the other.
 */
async function newerThere(tx: Tx, key: Uint8Array, first: typeof papers.$inferInsert, made: number) {
  const [put] = await tx
    .insert(papers)
    .values(first)
    .onConflictDoNothing({ target: papers.handle })
    .returning({ id: papers.id });
  if (put) return false;
  const [there] = await tx
    .select({ sealed: papers.sealed })
    .from(papers)
    .where(eq(papers.handle, first.handle!))
    .for('update');
  return madeOf(key, first.handle!, there!.sealed!) > made;
}

/**
 * Puts a whole sheet into the box of an open ballot, in the place of an earlier one of the same person. One that waited
 * on a phone, behind a newer one, gets its receipt like any other and changes nothing (docs/decisions/111).
 * Writes papers and one receipt and nothing else: no row of hers is touched, not even by a lock
 * (docs/decisions/020). The caller has made sure that she is on the roll.
 */
export async function castSheet(tx: Tx, sheet: Sheet): Promise<{ tracker: string } | Failure> {
  const { ballotId, personId, choices, waitedSince } = sheet;
  const ids = await questionsOf(tx, ballotId);
  if (!wholeSheet(ids, choices)) return fail('ballots.incomplete');
  const dimensions = await dimensionsFor(tx, ballotId, personId);
  const key = readKey(ballotId);
  if (!key) return fail('ballots.stopped');
  const handle = receiptHandle(key, sheet);
  const tracker = trackerOf(key, handle);
  // Sent again, the same sheet changes nothing: it may come late, behind another one that she sent since.
  const [fresh] = await tx
    .insert(receipts)
    .values({ ballotId, handle })
    .onConflictDoNothing({ target: receipts.handle })
    .returning({ id: receipts.id });
  if (!fresh) {
    key.fill(0);
    return { tracker };
  }
  const made = waitedSince ?? Date.now();
  const chosen = new Map(choices.map(({ question, choice }) => [question, choice]));
  // Always in the order of the questions: two sheets of one person wait for each other and never cross.
  const rows = ids.flatMap((questionId) =>
    dimensions.map(({ dimension, place }) => {
      const handle = paperHandle(key, { ballotId, personId, questionId, dimension });
      const sealed = sealMark(key, handle, { choice: chosen.get(questionId)!, place }, made);
      return { ballotId, questionId, dimension, handle, sealed };
    }),
  );
  const behind = waitedSince !== undefined && (await newerThere(tx, key, rows[0]!, made));
  key.fill(0);
  // Behind a newer one every paper is written again as it lies there: the same statements, the same rows.
  const kept = behind ? sql`${papers.sealed}` : sql`excluded.sealed`;
  await tx
    .insert(papers)
    .values(rows)
    .onConflictDoUpdate({ target: papers.handle, set: { sealed: kept } });
  return { tracker };
}

/** What a sheet of hers that has come in was answered with; null where none did, or the key that knows is gone. */
async function receiptOf(tx: Tx, sheet: Pick<Sheet, 'ballotId' | 'personId' | 'sheet'>) {
  const key = readKey(sheet.ballotId);
  if (!key) return null;
  const handle = receiptHandle(key, sheet);
  const tracker = trackerOf(key, handle);
  key.fill(0);
  const [there] = await tx.select({ id: receipts.id }).from(receipts).where(eq(receipts.handle, handle));
  return there ? { tracker } : null;
}

/** Why no sheet of hers can come in at this moment; null where one can. */
async function refusal(
  tx: Tx,
  { id, personId, facts, late }: { id: string; personId: string; facts: Held; late: string },
): Promise<Failure | null> {
  const limited = await tooMany('cast', personId);
  if (limited) return limited;
  if (!takesSheets(facts, new Date())) {
    const key = readKey(id);
    key?.fill(0);
    // Without the key nobody knows any more whether this sheet came in before: nobody is told that it did not.
    return fail(key || facts.state === 'prepared' ? late : 'ballots.late_unknown');
  }
  return (await votesOnPaper(tx, id, personId)) ? fail('ballots.on_paper') : null;
}

/** Takes a sheet of somebody on the roll, from her phone or from the booth, where the ballot still takes one of hers. */
export async function takeSheet(tx: Tx, facts: Held, sheet: Sheet): Promise<{ tracker: string } | Failure> {
  const { ballotId: id, personId } = sheet;
  // What has come in is never answered as if it had not, whatever has happened since.
  const given = await receiptOf(tx, sheet);
  if (given) return given;
  return (await refusal(tx, { id, personId, facts, late: 'ballots.not_open' })) ?? castSheet(tx, sheet);
}

/** One cast carries the answers to all questions; the last one before the close counts. */
export const cast = command({
  action: 'ballots.cast',
  rule: policy.cast,
  input: schema.cast,
  // Not even that she took part: the time of it, beside the papers, would tell too much.
  audit: 'none',
  load: (tx, { id }, actor) => ballotFacts(tx, id, actor, 'share'),
  run: ({ tx, actor, input: { id, sheet, choices }, facts }) =>
    takeSheet(tx, facts, { ballotId: id, personId: actor.personId!, sheet, choices }),
});

/** The same for a sheet that a phone sealed while there was no network, and that is opened here, in memory alone. */
export const castSealed = command({
  action: 'ballots.castSealed',
  rule: policy.cast,
  input: schema.castSealed,
  audit: 'none',
  load: (tx, { id }, actor) => ballotFacts(tx, id, actor, 'share'),
  run: async ({ tx, actor, input, facts }) => {
    const personId = actor.personId!;
    const { id, sheet } = input;
    const received = await receiptOf(tx, { ballotId: id, personId, sheet });
    if (received) return received;
    const refused = await refusal(tx, { id, personId, facts, late: 'ballots.came_late' });
    if (refused) return refused;
    const key = readKey(id);
    if (!key) return fail('ballots.stopped');
    try {
      const [ballot] = await tx
        .select({ manifest: ballots.manifestSha256 })
        .from(ballots)
        .where(eq(ballots.id, id));
      const holder = { ballotId: id, personId, manifest: ballot!.manifest! };
      // Somebody else's ticket: whatever it belongs to, for her it does not exist.
      const given = readTicket(key, holder, input.ticket);
      if (!given) throw new Denied('not_found');
      const questions = await questionsOf(tx, id);
      const opened = openSealed(key, { ...input, manifest: holder.manifest }, questions.length);
      if (!opened || input.manifest !== holder.manifest) return fail('ballots.unreadable');
      const choices = questions.map((question, i) => ({ question, choice: opened[i] }));
      const read = schema.cast.safeParse({ id, sheet, choices });
      if (!read.success) return fail('ballots.unreadable');
      // By the forum's clock alone: the phone's can be set by whoever holds it.
      const waitedSince = given.getTime();
      return castSheet(tx, { ballotId: id, personId, sheet, choices: read.data.choices, waitedSince });
    } finally {
      key.fill(0);
    }
  },
});
