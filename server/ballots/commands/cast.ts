import { and, asc, eq, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { ballotQuestions, papers, receipts, rollEntries } from '~/db/schema/ballots';
import { command } from '../../act';
import { tooMany } from '../../limits';
import { type Failure, fail } from '../../rule';
import * as policy from '../policy';
import { ballotFacts, type Held } from '../queries';
import { votesOnPaper } from '../queries/urns';
import { type Choice, takesSheets, wholeSheet } from '../rules';
import * as schema from '../schema';
import { paperHandle, receiptHandle, sealMark, trackerOf } from './box';
import { readKey } from './key';
import { planOfBallot } from './plan';

export type Sheet = {
  ballotId: string;
  personId: string;
  /** UUID: the same sheet sent again is the same sheet. */
  sheet: string;
  choices: readonly { question: string; choice: Choice }[];
};

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
 * Puts a whole sheet into the box of an open ballot, in the place of an earlier one of the same person.
 * Writes papers and one receipt and nothing else: no row of hers is touched, not even by a lock
 * (docs/decisions/020). The caller has made sure that she is on the roll.
 */
export async function castSheet(tx: Tx, sheet: Sheet): Promise<{ tracker: string } | Failure> {
  const { ballotId, personId, choices } = sheet;
  const questions = await tx
    .select({ id: ballotQuestions.id })
    .from(ballotQuestions)
    .where(eq(ballotQuestions.ballotId, ballotId))
    .orderBy(asc(ballotQuestions.position));
  const ids = questions.map(({ id }) => id);
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
  const chosen = new Map(choices.map(({ question, choice }) => [question, choice]));
  // Always in the order of the questions: two sheets of one person wait for each other and never cross.
  const rows = ids.flatMap((questionId) =>
    dimensions.map(({ dimension, place }) => {
      const handle = paperHandle(key, { ballotId, personId, questionId, dimension });
      const sealed = sealMark(key, handle, { choice: chosen.get(questionId)!, place });
      return { ballotId, questionId, dimension, handle, sealed };
    }),
  );
  await tx
    .insert(papers)
    .values(rows)
    .onConflictDoUpdate({ target: papers.handle, set: { sealed: sql`excluded.sealed` } });
  key.fill(0);
  return { tracker };
}

/** Takes a sheet of somebody on the roll, from her phone or from the booth, where the ballot still takes one of hers. */
export async function takeSheet(tx: Tx, ballot: Held, sheet: Sheet): Promise<{ tracker: string } | Failure> {
  const limited = await tooMany('cast', sheet.personId);
  if (limited) return limited;
  if (!takesSheets(ballot, new Date())) return fail('ballots.not_open');
  if (await votesOnPaper(tx, sheet.ballotId, sheet.personId)) return fail('ballots.on_paper');
  return castSheet(tx, sheet);
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
