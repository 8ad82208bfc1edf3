import { eq } from 'drizzle-orm';
import { versionArticles } from '~/db/schema/document';
import { responseRequests, responses as responseTable } from '~/db/schema/responses';
import type { ArticleKey } from '../articles';
import type { OfficeKey } from '../offices';
import { asked, deadline, overdue, responses } from '../responses';
import { firstSecretary, type World } from './world';

/** What version 1 was asked of the offices, what they answered, each later wording beside the first, and silence. */
export async function loadResponses({ tx, id, at, day }: World, versionId: string): Promise<void> {
  const rows = await tx
    .select({ id: versionArticles.id, articleId: versionArticles.articleId })
    .from(versionArticles)
    .where(eq(versionArticles.versionId, versionId));
  const inVersion = new Map(rows.map((row) => [row.articleId, row.id]));
  const request = async (article: ArticleKey, office: OfficeKey, dueOn: number) => {
    const [row] = await tx
      .insert(responseRequests)
      .values({
        versionArticleId: inVersion.get(id('article', article))!,
        officeId: id('office', office),
        dueOn: day(dueOn),
        askedBy: id('person', firstSecretary),
        askedAt: at(asked),
      })
      .returning({ id: responseRequests.id });
    return row!.id;
  };
  for (const { article, office, liaison, revision, ...first } of responses) {
    const requestId = await request(article, office, deadline);
    const wordings = revision ? [first, { ...revision, until: undefined }] : [first];
    await tx.insert(responseTable).values(
      wordings.map(({ kind, words, until, day: written }, i) => ({
        requestId,
        revision: i + 1,
        kind,
        words,
        until: until === undefined ? null : day(until),
        writtenBy: id('person', liaison),
        writtenAt: at(written, `${article} ${i}`),
      })),
    );
  }
  for (const silence of overdue) await request(silence.article, silence.office, silence.deadline);
}
