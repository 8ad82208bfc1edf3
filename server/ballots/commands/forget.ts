import { and, eq, isNotNull, ne, notInArray, sql } from 'drizzle-orm';
import type { Db, Tx } from '~/db/client';
import { rollEntries } from '~/db/schema/ballots';
import { paperVoters, urnCounts, urnsGiven } from '~/db/schema/urns';
import { logError } from '../../log';
import { countingUrns } from '../queries/urns';
import { mixedUrn } from '../rules/urns';

/**
 * What a counted ballot forgets: in which group anybody was counted, and with whom. Her word about herself stands in one
 * place, where she can take it back. What she was told holds: that she voted, and whether on paper.
 */
export async function forgetGroups(tx: Tx, ballotId: string): Promise<void> {
  await tx
    .update(rollEntries)
    .set({ places: null })
    .where(and(eq(rollEntries.ballotId, ballotId), isNotNull(rollEntries.places)));
  const grouped = and(eq(paperVoters.ballotId, ballotId), ne(paperVoters.urn, ''));
  const onPaper = (await countingUrns(tx, ballotId)).map(({ urn }) => urn);
  await tx
    .delete(paperVoters)
    .where(onPaper.length > 0 ? and(grouped, notInArray(paperVoters.urn, onPaper)) : grouped);
  await tx.update(paperVoters).set({ urn: mixedUrn }).where(grouped);
  await forgetHands(tx, ballotId);
}

/**
 * Who of the table gave out and counted which urn: beside who wrote a name down it would say in which urn that name was. That
 * somebody counted stands; that two gave papers out has done its work.
 */
async function forgetHands(tx: Tx, ballotId: string): Promise<void> {
  await tx.delete(urnsGiven).where(and(eq(urnsGiven.ballotId, ballotId), ne(urnsGiven.urn, '')));
  const grouped = and(eq(urnCounts.ballotId, ballotId), ne(urnCounts.urn, ''));
  await tx.delete(urnCounts).where(
    and(
      grouped,
      sql`exists (select from urn_counts other where other.ballot_id = ${ballotId} and other.urn <> ''
          and other.round = ${urnCounts.round} and other.person_id = ${urnCounts.personId} and other.id < ${urnCounts.id})`,
    ),
  );
  await tx.update(urnCounts).set({ urn: mixedUrn }).where(grouped);
}

/** The tables in which a ballot that is over has left rows that nobody is to read any more. */
export const forgetting = [
  'papers',
  'receipts',
  'roll_entries',
  'paper_voters',
  'urns_given',
  'urn_counts',
] as const;

/** Lets the old rows go. Where the database does not allow it, its own vacuum comes by later. */
export async function sweep(db: Db): Promise<void> {
  for (const table of forgetting)
    await db
      .execute(sql.raw(`vacuum (analyze) ${table}`))
      .catch((error) => logError('vacuum after a close', error));
}
