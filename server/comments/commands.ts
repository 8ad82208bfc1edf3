import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { commentReports, comments } from '~/db/schema/comments';
import { versionArticles } from '~/db/schema/document';
import { command } from '../act';
import { versionInForce } from '../document/queries';
import { type Failure, fail } from '../rule';
import * as policy from './policy';
import { commentFacts } from './queries';
import * as schema from './schema';

/** Says what she thinks of a frozen article: one voice each, for or against. */
export const comment = command({
  action: 'comments.comment',
  rule: policy.comment,
  see: policy.read,
  input: schema.comment,
  audit: 'participation',
  load: async (tx, { versionArticleId, associationId }) => {
    const [article] = await tx
      .select({ versionId: versionArticles.versionId })
      .from(versionArticles)
      .where(eq(versionArticles.id, versionArticleId));
    return article ? { ...article, associationId: associationId ?? null } : null;
  },
  run: async ({ tx, actor, input, facts }) => {
    const { key, versionArticleId, side, words } = input;
    if ((await versionInForce(tx))?.id !== facts.versionId) return fail('comments.old', 'words');
    const [row] = await tx
      .insert(comments)
      .values({
        id: key,
        versionArticleId,
        side,
        words,
        personId: actor.personId,
        associationId: facts.associationId,
        officeId: actor.officeId,
      })
      .onConflictDoNothing()
      .returning({ id: comments.id });
    return row ?? fail('comments.taken', 'words');
  },
});

type Held = NonNullable<Awaited<ReturnType<typeof commentFacts>>>;
/** What stops any change: a secretary was quicker, or it was taken back. */
function gone({ withdrawnAt, hiddenAt }: Held): Failure | null {
  if (withdrawnAt) return fail('comments.gone');
  return hiddenAt ? fail('comments.hidden') : null;
}
const settle = (tx: Tx, commentId: string) =>
  tx
    .update(commentReports)
    .set({ settledAt: new Date() })
    .where(and(eq(commentReports.commentId, commentId), isNull(commentReports.settledAt)));

/** Says it in other words; on the other side, by taking it back. */
export const reword = command({
  action: 'comments.reword',
  rule: policy.own,
  see: policy.read,
  input: schema.reword,
  audit: 'participation',
  load: (tx, { id }) => commentFacts(tx, id, true),
  run: async ({ tx, input: { id, words }, facts }) => {
    const problem = gone(facts);
    if (problem) return problem;
    await tx.update(comments).set({ words, editedAt: new Date() }).where(eq(comments.id, id));
    return { id };
  },
});

/** Takes it back: its words are gone for good. */
export const withdraw = command({
  action: 'comments.withdraw',
  rule: policy.own,
  see: policy.read,
  input: schema.byId,
  audit: 'participation',
  load: (tx, { id }) => commentFacts(tx, id, true),
  run: async ({ tx, input: { id }, facts }) => {
    const problem = gone(facts);
    if (problem) return problem;
    await settle(tx, id);
    await tx.update(comments).set({ words: '', withdrawnAt: new Date() }).where(eq(comments.id, id));
    return { id };
  },
});

/** Tells the secretaries that these words hurt, and why. */
export const report = command({
  action: 'comments.report',
  rule: policy.report,
  see: policy.read,
  input: schema.report,
  audit: 'participation',
  load: (tx, { id }) => commentFacts(tx, id, true),
  run: async ({ tx, actor, input: { id, reason }, facts }) => {
    const problem = gone(facts);
    if (problem) return problem;
    const [row] = await tx
      .insert(commentReports)
      .values({ commentId: id, personId: actor.personId, reason })
      .onConflictDoNothing()
      .returning({ id: commentReports.id });
    return row ? { id } : fail('comments.reported.taken', 'reason');
  },
});

/** Hides the words. That somebody spoke, on which side, and why the words are hidden stays for everybody. */
export const hide = command({
  action: 'comments.hide',
  rule: policy.moderate,
  see: policy.read,
  input: schema.hide,
  audit: 'full',
  load: (tx, { id }) => commentFacts(tx, id, true),
  run: async ({ tx, actor, input: { id, reason }, facts }) => {
    if (facts.hiddenAt) return fail('comments.settled.taken');
    if (facts.withdrawnAt) return fail('comments.gone');
    await settle(tx, id);
    await tx
      .update(comments)
      .set({ hiddenReason: reason, hiddenBy: actor.personId, hiddenAt: new Date() })
      .where(eq(comments.id, id));
    return { id };
  },
});

/** Leaves what was reported as it is. */
export const keep = command({
  action: 'comments.keep',
  rule: policy.moderate,
  see: policy.read,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }) => commentFacts(tx, id, true),
  run: async ({ tx, input: { id } }) => {
    await settle(tx, id);
    return { id };
  },
});
