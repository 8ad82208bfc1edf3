import { eq } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { ballotQuestions, ballots, rollEntries, tallies } from '~/db/schema/ballots';
import { versionArticles } from '~/db/schema/document';
import { accreditedDelegates } from '~/server/associations/queries';
import { charters } from '~/server/ballots/rules/charter';
import { preparedBallot } from './ballots';

/** A closed ballot whose only article went back, without a word about whose no it was: everybody is asked why. */
export async function returnedArticle(db: DbOrTx, versionId: string) {
  const rule = charters.con_mujeres;
  const ballot = await preparedBallot(db, { versionId, rule });
  const [article] = await db.select().from(versionArticles).where(eq(versionArticles.versionId, versionId));
  const [question] = await db
    .insert(ballotQuestions)
    .values({ ballotId: ballot.id, position: 1, versionArticleId: article!.id })
    .returning();
  for (const { personId, associationId } of await accreditedDelegates(db))
    await db.insert(rollEntries).values({ ballotId: ballot.id, personId, associationId, places: [1] });
  for (const state of ['open', 'closing'] as const)
    await db.update(ballots).set({ state }).where(eq(ballots.id, ballot.id));
  await db.insert(tallies).values({
    ...{ ballotId: ballot.id, questionId: question!.id, yes: 12, no: 8, abstain: 0, verdict: 'vuelve' },
    told: {
      outcome: 'vuelve',
      findings: { quorum: [true, true], overall: [true], groups: [null] },
      women: { told: 'band' },
      groups: null,
      level: 'no_findings',
    },
  });
  await db.update(ballots).set({ state: 'closed', closedAt: new Date() }).where(eq(ballots.id, ballot.id));
  return { ballotId: ballot.id, question: question!.id, articleId: article!.articleId };
}
