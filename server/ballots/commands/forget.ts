import { and, eq, isNotNull, ne, notInArray } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { rollEntries } from '~/db/schema/ballots';
import { paperVoters } from '~/db/schema/urns';
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
}
