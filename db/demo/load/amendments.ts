import { eq } from 'drizzle-orm';
import { amendmentBackings, amendments as amendmentTable } from '~/db/schema/amendments';
import { commentReports, comments as commentTable } from '~/db/schema/comments';
import { versionArticles } from '~/db/schema/document';
import { amendments, comments } from '../amendments';
import type { ArticleKey } from '../articles';
import { people } from '../people';
import { oneOf, secondSecretary, type World } from './world';

const officeOf = (key: string) => people.find((person) => person.key === key)!.office;

/** What bases and tables want to change in a version, and what is said for and against its articles. */
export async function loadAmendments({ tx, id, at, day }: World, versionId: string): Promise<void> {
  const rows = await tx.select().from(versionArticles).where(eq(versionArticles.versionId, versionId));
  const frozen = (article: ArticleKey) => rows.find((row) => row.articleId === id('article', article))!;
  for (const { article, from, by, text, why, day: proposed, backed, rejected } of amendments) {
    const { id: versionArticleId, area, title } = frozen(article);
    const name =
      'base' in from
        ? {
            associationId: id('organization', from.base),
            actaReference: from.acta,
            actaDate: day(from.agreed),
          }
        : { spaceId: id('space', from.table) };
    const [row] = await tx
      .insert(amendmentTable)
      .values({
        ...name,
        kind: 'replace',
        versionId,
        firstVersionId: versionId,
        versionArticleId,
        area,
        title,
        text,
        why,
        proposedBy: id('person', by),
        proposedAt: at(proposed, text),
        ...(rejected
          ? {
              state: 'rejected' as const,
              reason: rejected.reason,
              decidedBy: id('person', oneOf('editor', text)),
              decidedAt: at(rejected.day, text),
            }
          : {}),
      })
      .returning({ id: amendmentTable.id });
    for (const one of backed)
      await tx.insert(amendmentBackings).values({
        amendmentId: row!.id,
        associationId: id('organization', one.base),
        backedBy: id('person', one.by),
        backedAt: at(one.day, one.by),
      });
  }
  for (const { article, by, side, words, base, day: said, reported, hidden } of comments) {
    const office = officeOf(by);
    const [row] = await tx
      .insert(commentTable)
      .values({
        versionArticleId: frozen(article).id,
        side,
        words,
        personId: id('person', by),
        associationId: base ? id('organization', base) : null,
        officeId: office ? id('office', office) : null,
        writtenAt: at(said, words),
        ...(hidden
          ? {
              hiddenReason: hidden.reason,
              hiddenBy: id('person', secondSecretary),
              hiddenAt: at(hidden.day, words),
            }
          : {}),
      })
      .returning({ id: commentTable.id });
    if (reported)
      await tx.insert(commentReports).values({
        commentId: row!.id,
        personId: id('person', reported.by),
        reason: reported.reason,
        reportedAt: at(said + 1, words),
        settledAt: hidden ? at(hidden.day, words) : null,
      });
  }
}
