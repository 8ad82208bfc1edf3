import { sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';

/**
 * For each other ballot on texts that this one asks of, the positions of those texts here: only beside them may a number
 * be left out later (docs/decisions/112). The same texts as in `earlierOf`.
 */
export async function positionsBeside(tx: Tx, ballotId: string): Promise<Map<string, number[]>> {
  const rows = await tx.execute<{ ballot: string; position: number }>(sql`
    with asked as (
      select q.ballot_id, q.position, q.amendment_id, a.article_id,
        case when a.article_id is null and q.amendment_id is null then b.version_id end as whole
      from ballot_questions q join ballots b on b.id = q.ballot_id
      left join version_articles a on a.id = q.version_article_id)
    select distinct old.ballot_id as ballot, now.position
    from asked now join asked old on old.ballot_id <> now.ballot_id
      and (old.article_id, old.amendment_id, old.whole) is not distinct from (now.article_id, now.amendment_id, now.whole)
    where now.ballot_id = ${ballotId} order by 1, 2`);
  const found = new Map<string, number[]>();
  for (const { ballot, position } of rows) found.set(ballot, [...(found.get(ballot) ?? []), position]);
  return found;
}
