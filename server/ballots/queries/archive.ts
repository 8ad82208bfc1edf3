import { and, asc, count, eq, isNotNull } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { ballotQuestions, ballots, papers, rollEntries, tallies } from '~/db/schema/ballots';
import { query } from '../../act';
import * as policy from '../policy';
import { ballotFacts } from '../queries';
import { type Choice, isTold, tally } from '../rules';
import { type ArchivedPaper, canonicalArchive } from '../rules/archive';
import { asksChamber } from '../rules/charter';
import * as schema from '../schema';
import { positionsOf, seatsOf } from './chamber';
import { countingUrns } from './urns';

const byId = ([a]: readonly [string, ...unknown[]], [b]: readonly [string, ...unknown[]]) => (a < b ? -1 : 1);

/** Everything the associations said, as it is public: sorted by their ids. */
async function chamberArchived(db: DbOrTx, id: string, questions: readonly { position: number }[]) {
  const [seats, all] = await Promise.all([seatsOf(db, id), positionsOf(db, id)]);
  const at = (position: number) => all.filter((one) => one.position === position);
  return {
    tally: questions.map(({ position }) => tally(at(position))),
    seats: seats
      .map(({ associationId, name }): [string, string] => [associationId, name.normalize('NFC')])
      .sort(byId),
    positions: questions.map(({ position }) =>
      at(position)
        .map(({ associationId, choice, via }): [string, Choice, string | null] => [
          associationId,
          choice,
          via,
        ])
        .sort(byId),
    ),
  };
}

async function load(db: DbOrTx, id: string) {
  const [ballot] = await db.select().from(ballots).where(eq(ballots.id, id));
  const questions = await db
    .select({
      id: ballotQuestions.id,
      position: ballotQuestions.position,
      yes: tallies.yes,
      no: tallies.no,
      abstain: tallies.abstain,
      verdict: tallies.verdict,
      told: tallies.told,
    })
    .from(ballotQuestions)
    .innerJoin(tallies, eq(tallies.questionId, ballotQuestions.id))
    .where(eq(ballotQuestions.ballotId, id))
    .orderBy(asc(ballotQuestions.position));
  // Counted in the room: there are no papers, and its acta is its archive.
  if (ballot?.method !== 'secret') return null;
  // Annulled: it was never counted, and there is nothing to count again.
  if (questions.length === 0) return null;
  const [voted] = await db
    .select({ n: count() })
    .from(rollEntries)
    .where(and(eq(rollEntries.ballotId, id), eq(rollEntries.voted, true)));
  const paper = (await countingUrns(db, id)).flatMap(({ voters }) => voters).length;
  const heap = new Map<string, ArchivedPaper[]>(questions.filter(isTold).map((one) => [one.id, []]));
  const all = await db
    .select({ mark: papers.id, questionId: papers.questionId, choice: papers.choice })
    .from(papers)
    .where(and(eq(papers.ballotId, id), eq(papers.dimension, 'overall'), isNotNull(papers.choice)));
  for (const { mark, questionId, choice } of all) heap.get(questionId)?.push([mark, choice!]);
  const { roll } = JSON.parse(ballot!.manifest!) as { roll: { count: number; sha256: string } };
  return {
    ballot: id,
    manifest: ballot!.manifest!,
    closedAt: ballot!.closedAt!.toISOString(),
    roll: { ...roll, voted: voted!.n, ...(paper > 0 ? { paper } : {}) },
    tally: questions.map(({ id: _own, ...row }) => row),
    papers: questions.map((one) => heap.get(one.id) ?? []),
    ...(asksChamber(ballot!.rule) ? { chamber: await chamberArchived(db, id, questions) } : {}),
  };
}

/** The archive of a closed ballot, for whoever wants to count again; before the close there is none. */
export const archive = query({
  action: 'ballots.archive',
  rule: policy.readResult,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const held = await ballotFacts(db, id, actor);
    if (!held) return null;
    const archived = held.state === 'closed' ? await load(db, id) : null;
    return held.state === 'closed' && !archived ? null : { ...held, archived };
  },
  present: ({ archived }) => canonicalArchive(archived!),
});
