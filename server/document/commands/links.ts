import { and, asc, eq, inArray, isNull, notExists } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Tx } from '~/db/client';
import { concerns } from '~/db/schema/concerns';
import { articleConcerns, articles } from '~/db/schema/document';
import { command } from '../../act';
import { acting } from '../../acts/commands';
import { scopes } from '../../acts/rules';
import { settleConcern } from '../../concerns/commands';
import { fail } from '../../rule';
import * as policy from '../policy';
import * as schema from '../schema';
import { goneFailure, lockArticle } from './chapters';

/**
 * Locks concerns in one order for everybody, before their links are touched: two who untie the same concern
 * from two articles must not each take the other's link for standing.
 * @returns those of the ids that are concerns, with their state.
 */
const lockConcerns = (tx: Tx, ids: string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : tx
        .select({ id: concerns.id, state: concerns.state })
        .from(concerns)
        .where(inArray(concerns.id, ids))
        .orderBy(asc(concerns.id))
        .for('update');

/** Ties concerns to an article: each is taken up (`recogida`) from now on. The caller holds the article. */
export async function tie(tx: Tx, articleId: string, concernIds: string[], by: string | null) {
  const locked = await lockConcerns(tx, concernIds);
  if (locked.length === 0) return;
  await tx
    .insert(articleConcerns)
    .values(locked.map(({ id }) => ({ articleId, concernId: id, linkedBy: by })))
    .onConflictDoNothing();
  for (const { id } of locked) await settleConcern(tx, id, { state: 'recogida', by });
}

/**
 * Unties concerns from an article. One that no other article holds is debated again; the link stays in the
 * table, ended. The caller holds the article.
 */
export async function untie(tx: Tx, articleId: string, concernIds: string[], by: string | null) {
  const locked = await lockConcerns(tx, concernIds);
  if (locked.length === 0) return;
  const ids = locked.map(({ id }) => id);
  await tx
    .update(articleConcerns)
    .set({ endedAt: new Date() })
    .where(
      and(
        eq(articleConcerns.articleId, articleId),
        inArray(articleConcerns.concernId, ids),
        isNull(articleConcerns.endedAt),
      ),
    );
  const standing = alias(articleConcerns, 'standing');
  const loose = await tx
    .select({ id: concerns.id })
    .from(concerns)
    .where(
      and(
        inArray(concerns.id, ids),
        eq(concerns.state, 'recogida'),
        notExists(
          tx
            .select({ id: standing.id })
            .from(standing)
            .innerJoin(articles, eq(articles.id, standing.articleId))
            .where(
              and(eq(standing.concernId, concerns.id), isNull(standing.endedAt), isNull(articles.retiredAt)),
            ),
        ),
      ),
    );
  for (const { id } of loose) await settleConcern(tx, id, { state: 'en_debate', by });
}

/** The concerns an article holds at this moment. */
export async function tiedTo(tx: Tx, articleId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: articleConcerns.concernId })
    .from(articleConcerns)
    .where(and(eq(articleConcerns.articleId, articleId), isNull(articleConcerns.endedAt)));
  return rows.map((row) => row.id);
}

/** Ties one public concern to an article; one kept in its space is not found, whoever asks. */
export const linkConcern = command({
  action: 'document.linkConcern',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.linkInput,
  audit: 'full',
  load: async (tx, { id, concernId, concernNumber }) => {
    const article = await lockArticle(tx, id);
    if (!article) return null;
    const named = concernId ? eq(concerns.id, concernId) : eq(concerns.number, concernNumber ?? 0);
    const [concern] = await tx
      .select({ id: concerns.id, number: concerns.number })
      .from(concerns)
      .where(and(named, eq(concerns.audience, 'public')));
    return { article, concern };
  },
  run: async ({ tx, actor, input, facts: { article, concern } }) => {
    if (article.retiredAt) return goneFailure(tx, article);
    if (!concern) return fail('document.concern_unknown', 'concernNumber');
    const note = { article: { id: article.id, title: article.title }, concern };
    const touches = [scopes.ties(article.id), scopes.concern(concern.id)];
    return acting(tx, { kind: 'link', by: actor.personId, touches, note }, async () => {
      await tie(tx, input.id, [concern.id], actor.personId);
      return { id: input.id };
    });
  },
});

/** Unties one concern from an article. */
export const unlinkConcern = command({
  action: 'document.unlinkConcern',
  rule: policy.edit,
  see: policy.readWorking,
  input: schema.unlinkInput,
  audit: 'full',
  load: async (tx, { id, concernId }) => {
    const article = await lockArticle(tx, id);
    const [concern] = await tx
      .select({ id: concerns.id, number: concerns.number })
      .from(concerns)
      .where(and(eq(concerns.id, concernId), eq(concerns.audience, 'public')));
    return article && { article, concern };
  },
  run: async ({ tx, actor, input, facts: { article, concern } }) => {
    if (article.retiredAt) return goneFailure(tx, article);
    if (!concern) return { id: input.id, actId: null };
    const note = { article: { id: article.id, title: article.title }, concern };
    const touches = [scopes.ties(article.id), scopes.concern(concern.id)];
    return acting(tx, { kind: 'unlink', by: actor.personId, touches, note }, async () => {
      await untie(tx, input.id, [concern.id], actor.personId);
      return { id: input.id };
    });
  },
});
