import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { amendments } from '~/db/schema/amendments';
import { versionArticles } from '~/db/schema/document';
import { accreditedBases, backingsOf } from '../queries';
import { fateOf, standsAsRival } from '../rules';

/**
 * When a version has been frozen: amendments to the one before go along where their words are still there, or where
 * enough bases stand behind them; the others are told that the text has moved on. In the transaction of the freezing, which holds the chapters.
 */
export async function carryAmendments(tx: Tx, before: string, after: string): Promise<void> {
  const rows = await tx
    .select()
    .from(amendments)
    .where(and(eq(amendments.versionId, before), inArray(amendments.state, ['open', 'rejected'])))
    .orderBy(asc(amendments.id))
    .for('update');
  if (rows.length === 0) return;
  const frozen = await tx
    .select({
      id: versionArticles.id,
      versionId: versionArticles.versionId,
      articleId: versionArticles.articleId,
      title: versionArticles.title,
      text: versionArticles.text,
    })
    .from(versionArticles)
    .where(inArray(versionArticles.versionId, [before, after]));
  const accredited = await accreditedBases(tx);
  for (const row of rows) {
    const was = frozen.find(({ id }) => id === row.versionArticleId) ?? null;
    const now =
      frozen.find(({ versionId, articleId }) => versionId === after && articleId === was?.articleId) ?? null;
    const backings = await backingsOf(tx, row.id);
    const fate = fateOf({ ...row, rival: standsAsRival({ ...row, backings }, accredited) }, was, now);
    if (fate === 'stays') continue;
    await tx
      .update(amendments)
      .set(
        fate === 'overtaken'
          ? { state: 'overtaken', decidedAt: new Date() }
          : { versionId: after, versionArticleId: now?.id ?? null },
      )
      .where(eq(amendments.id, row.id));
  }
}
