import { eq } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { ballotQuestions, ballots, papers } from '~/db/schema/ballots';
import { urnCounts } from '~/db/schema/urns';
import { countingUrns, type Urn } from '../queries/urns';
import type { Plan } from '../rules/plan';
import { choicesIn, placesOf, reading } from '../rules/urns';
import { sealMark, urnHandle } from './box';
import { planOfBallot } from './plan';

const many = 1000;

/** Everybody's count and each dimension of the plan, with the place of an urn's people in it. */
export const dimensionsOfUrn = (plan: Plan | null, urn: string) => [
  { dimension: 'overall', place: 0 },
  ...placesOf(urn).map((place, i) => ({ dimension: plan!.dimensions[i]!.dimension, place })),
];

/** The handles under which the papers of an urn lie in the box until they are rewritten. */
export const urnHandles = (
  key: Uint8Array,
  ballotId: string,
  questionId: string,
  plan: Plan | null,
  one: Urn,
) =>
  dimensionsOfUrn(plan, one.urn).flatMap(({ dimension, place }) =>
    one.voters.map((_, i) => ({
      handle: urnHandle(key, { ballotId, urn: one.urn, questionId, dimension, i }),
      dimension,
      place,
      i,
    })),
  );

/**
 * Puts the papers of the counted urns into the box, sealed like all others: the rewriting that follows mixes them, and
 * nothing tells afterwards which came from paper. Their numbers go in the same transaction.
 */
export async function absorbUrns(db: Db, ballotId: string, keyOf: () => Buffer): Promise<void> {
  await db.transaction(async (tx) => {
    const [held] = await tx
      .select({ state: ballots.state })
      .from(ballots)
      .where(eq(ballots.id, ballotId))
      .for('update');
    // Begun again after the count: their numbers are gone, and what is left to do is to destroy the key.
    if (held?.state !== 'closing') return;
    const urns = (await countingUrns(tx, ballotId)).flatMap((one) => {
      const now = reading(one.entries);
      return now.state === 'agreed' && now.counts ? [{ one, counts: now.counts }] : [];
    });
    if (urns.length > 0) {
      const key = keyOf();
      const plan = await planOfBallot(tx, ballotId);
      const questions = await tx
        .select({ id: ballotQuestions.id })
        .from(ballotQuestions)
        .where(eq(ballotQuestions.ballotId, ballotId))
        .orderBy(ballotQuestions.position);
      const rows = urns.flatMap(({ one, counts }) =>
        questions.flatMap(({ id: questionId }, at) => {
          const choices = choicesIn(counts[at]!);
          return urnHandles(key, ballotId, questionId, plan, one).map(({ handle, dimension, place, i }) => {
            const sealed = sealMark(key, handle, { choice: choices[i]!, place });
            return { ballotId, questionId, dimension, handle, sealed };
          });
        }),
      );
      for (let i = 0; i < rows.length; i += many) await tx.insert(papers).values(rows.slice(i, i + many));
      key.fill(0);
    }
    await tx.update(urnCounts).set({ counts: null }).where(eq(urnCounts.ballotId, ballotId));
  });
}
