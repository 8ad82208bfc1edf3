import { and, desc, eq } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { amendments } from '~/db/schema/amendments';
import { versionArticles } from '~/db/schema/document';
import { lockChapters } from '../../document/commands/chapters';
import { versionInForce } from '../../document/queries';

type Given = {
  id: string;
  /** The name it is read by. */
  collective: string;
  area: string;
  title: string;
  text: string;
  why: string;
  at: Date;
};

/**
 * A new article that a collective without a base proposes: behind the last one of its chapter, decided on and put to
 * the vote as any other.
 * @returns why not: there is nothing yet to propose it to, or it is proposed already
 */
export async function proposeCollective(
  tx: Tx,
  { id, collective, area, title, text, why, at }: Given,
): Promise<'no_version' | 'same' | null> {
  await lockChapters(tx);
  const version = await versionInForce(tx);
  if (!version) return 'no_version';
  const [last] = await tx
    .select({ articleId: versionArticles.articleId })
    .from(versionArticles)
    .where(and(eq(versionArticles.versionId, version.id), eq(versionArticles.area, area)))
    .orderBy(desc(versionArticles.number))
    .limit(1);
  const added = await tx
    .insert(amendments)
    .values({
      id,
      kind: 'add',
      versionId: version.id,
      firstVersionId: version.id,
      afterId: last?.articleId ?? null,
      area,
      title,
      text,
      why,
      collective,
      proposedAt: at,
    })
    .onConflictDoNothing()
    .returning({ id: amendments.id });
  return added.length > 0 ? null : 'same';
}
