import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { draftComments } from '~/db/schema/drafts';
import { command } from '../../act';
import { type Failure, fail } from '../../rule';
import * as policy from '../policy';
import { draftFacts } from '../queries';
import { commentFacts, saidFacts } from '../queries/comments';
import { stoodAt } from '../queries/texts';
import { anchorAt, findWords } from '../rules/anchors';
import { passageAt, textOf } from '../rules/texts';
import * as schema from '../schema';

/** @returns the failure where she has said as much about this draft as one person may. */
async function tooMany(tx: Tx, draftId: string, author: string): Promise<Failure | null> {
  const mine = and(eq(draftComments.draftId, draftId), eq(draftComments.author, author));
  return (await tx.$count(draftComments, mine)) >= schema.commentsAtMost
    ? fail('drafts.comment.many', 'words', { max: schema.commentsAtMost })
    : null;
}

/** Says something about words of one line, as she had it before her. The remark stays with these words. */
export const comment = command({
  action: 'drafts.comment',
  rule: policy.suggest,
  see: policy.read,
  input: schema.comment,
  audit: 'participation',
  load: (tx, { id }) => draftFacts(tx, id, true),
  run: async ({ tx, actor, input, facts: { textId } }) => {
    const many = await tooMany(tx, input.id, actor.personId!);
    if (many) return many;
    const stood = await stoodAt(tx, textId, input.seq);
    if (!stood) return fail('drafts.seq', 'words');
    const text = textOf(stood.updates);
    const passage = passageAt(text.toString(), input.at);
    if (!passage?.words.trim()) return fail('drafts.seq', 'words');
    const lead = passage.words.length - passage.words.trimStart().length;
    const whole = { from: lead, to: passage.words.trimEnd().length };
    const found = input.quote ? findWords(passage.words, input.quote) : whole;
    if (!found) return fail('drafts.comment.quote', 'quote');
    if (found.to - found.from > schema.quoteAtMost)
      return fail('drafts.comment.long', 'quote', { max: schema.quoteAtMost });
    const anchor = anchorAt(text, passage.from + found.from, passage.from + found.to);
    await tx.insert(draftComments).values({
      id: input.key,
      draftId: input.id,
      author: actor.personId,
      words: input.words,
      quote: passage.words.slice(found.from, found.to),
      anchorFrom: anchor.from,
      anchorTo: anchor.to,
    });
    return { id: input.id };
  },
});

/** Answers a remark that is not settled. */
export const answerComment = command({
  action: 'drafts.answerComment',
  rule: policy.suggest,
  see: policy.read,
  input: schema.answerComment,
  audit: 'participation',
  load: (tx, { id }) => commentFacts(tx, id, true),
  run: async ({ tx, actor, input, facts }) => {
    const many = await tooMany(tx, facts.id, actor.personId!);
    if (many) return many;
    if (facts.comment.resolvedAt) return fail('drafts.comment.settled', 'words');
    await tx.insert(draftComments).values({
      id: input.key,
      draftId: facts.id,
      parentId: facts.comment.id,
      author: actor.personId,
      words: input.words,
    });
    return { id: facts.id };
  },
});

const settle = (resolved: boolean, action: string) =>
  command({
    action,
    rule: policy.resolve,
    see: policy.read,
    input: schema.byId,
    audit: 'full',
    load: (tx, { id }) => commentFacts(tx, id, true),
    run: async ({ tx, actor, input, facts }) => {
      if ((facts.comment.resolvedAt !== null) === resolved) return { id: facts.id };
      await tx
        .update(draftComments)
        .set(
          resolved
            ? { resolvedAt: sql`now()`, resolvedBy: actor.personId }
            : { resolvedAt: null, resolvedBy: null },
        )
        .where(eq(draftComments.id, input.id));
      return { id: facts.id };
    },
  });

/** Says that a remark is settled; it stays to be read. */
export const resolveComment = settle(true, 'drafts.resolveComment');
export const reopenComment = settle(false, 'drafts.reopenComment');

/**
 * Takes back what she has said herself. Where others have answered, the place of her words stays for their answers,
 * and neither her words nor that they were hers.
 */
export const removeComment = command({
  action: 'drafts.removeComment',
  rule: policy.withdraw,
  see: policy.read,
  input: schema.byId,
  audit: 'participation',
  load: (tx, { id }) => saidFacts(tx, id, true),
  run: async ({ tx, input, facts }) => {
    const mine = eq(draftComments.id, input.id);
    if ((await tx.$count(draftComments, eq(draftComments.parentId, input.id))) > 0)
      await tx.update(draftComments).set({ words: '', author: null }).where(mine);
    else await tx.delete(draftComments).where(mine);
    // With the last answer the empty place goes as well.
    const parent = facts.comment.parentId;
    if (parent && (await tx.$count(draftComments, eq(draftComments.parentId, parent))) === 0)
      await tx.delete(draftComments).where(and(eq(draftComments.id, parent), eq(draftComments.words, '')));
    return { id: facts.id };
  },
});
