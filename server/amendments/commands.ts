import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { amendmentBackings, amendments } from '~/db/schema/amendments';
import { articles, versionArticles } from '~/db/schema/document';
import { command } from '../act';
import { limaDay } from '../day';
import { lockChapters } from '../document/commands/chapters';
import { versionInForce } from '../document/queries';
import { clean } from '../input';
import { type Failure, fail } from '../rule';
import { spaceFacts } from '../spaces/queries';
import * as policy from './policy';
import { amendmentFacts } from './queries';
import { type Kind, openAtMost } from './rules';
import * as schema from './schema';

/** The frozen article that is to change, or what stops that: the text has moved on, or the article is gone. */
async function target(tx: Tx, versionArticleId: string | undefined, versionId: string) {
  if (!versionArticleId) return fail('field.choose', 'kind');
  const [seen] = await tx.select().from(versionArticles).where(eq(versionArticles.id, versionArticleId));
  if (!seen) return fail('amendments.article_gone', 'kind');
  const [article] = await tx
    .select({ retiredAt: articles.retiredAt })
    .from(articles)
    .where(eq(articles.id, seen.articleId));
  if (article!.retiredAt) return fail('amendments.article_gone', 'kind');
  return seen.versionId === versionId ? seen : fail('amendments.version_old', 'kind');
}

type Wanted = { area: string; title: string; text: string; versionArticleId?: string; afterId?: string };
type Given = {
  kind: Kind;
  versionArticleId?: string | undefined;
  area?: string | undefined;
  after?: string | undefined;
  title?: string | undefined;
  text?: string | undefined;
};

/** What is asked for, checked against the frozen text. */
async function wanted(tx: Tx, given: Given, versionId: string): Promise<Wanted | Failure> {
  const text = clean(given.text ?? '');
  if (given.kind !== 'remove' && text === '') return fail('field.missing', 'text');
  if (given.kind === 'add') {
    const { area, title, after } = given;
    if (!area) return fail('field.choose', 'area');
    if (!title) return fail('field.missing', 'title');
    if (!after) return { area, title, text };
    const [before] = await tx
      .select({ area: versionArticles.area })
      .from(versionArticles)
      .where(and(eq(versionArticles.versionId, versionId), eq(versionArticles.articleId, after)));
    return before?.area === area
      ? { area, title, text, afterId: after }
      : fail('document.after_gone', 'after');
  }
  const found = await target(tx, given.versionArticleId, versionId);
  if (!('articleId' in found)) return found;
  if (given.kind === 'replace' && text === found.text) return fail('amendments.nothing', 'text');
  return {
    area: found.area,
    title: found.title,
    text: given.kind === 'remove' ? '' : text,
    versionArticleId: found.id,
  };
}

const sameAs = (versionId: string, kind: Kind, { area, title, text, versionArticleId }: Wanted) =>
  and(
    eq(amendments.versionId, versionId),
    eq(amendments.kind, kind),
    versionArticleId ? eq(amendments.versionArticleId, versionArticleId) : undefined,
    eq(amendments.area, area),
    eq(amendments.title, title),
    eq(amendments.text, text),
  );

/** Proposes to say something else in an article of the version in force, something new, or no longer what it says. */
export const propose = command({
  action: 'amendments.propose',
  rule: policy.propose,
  see: policy.seeProposing,
  input: schema.propose,
  audit: 'full',
  subject: (input) => input.key,
  load: async (tx, { name }) => {
    const space = name.spaceId ? await spaceFacts(tx, name.spaceId) : null;
    if (name.spaceId && !space) return null;
    // Whoever freezes waits, or is waited for: no amendment is left behind on the version before.
    await lockChapters(tx);
    return { associationId: name.associationId, space };
  },
  run: async ({ tx, actor, input }) => {
    const { key, kind, name, why, actaReference, actaDate } = input;
    if (name.associationId) {
      if (!actaReference) return fail('amendments.acta', 'actaReference');
      if (!actaDate) return fail('amendments.acta.day', 'actaDate');
      if (actaDate > limaDay(new Date())) return fail('amendments.acta.future', 'actaDate');
    }
    const version = await versionInForce(tx);
    if (!version) return fail('amendments.no_version');
    const said = await wanted(tx, input, version.id);
    if (!('area' in said)) return said;
    const [twin] = await tx
      .select({ state: amendments.state })
      .from(amendments)
      .where(and(sameAs(version.id, kind, said), sql`${amendments.state} in ('open', 'rejected')`));
    if (twin)
      return fail(twin.state === 'open' ? 'amendments.same.taken' : 'amendments.same.rejected', 'text');
    const own = name.associationId
      ? eq(amendments.associationId, name.associationId)
      : eq(amendments.spaceId, name.spaceId!);
    if ((await tx.$count(amendments, and(own, eq(amendments.state, 'open')))) >= openAtMost)
      return fail('amendments.many', 'name', { max: openAtMost });
    await tx.insert(amendments).values({
      ...said,
      ...name,
      id: key,
      kind,
      why,
      actaReference: name.associationId ? actaReference : null,
      actaDate: name.associationId ? actaDate : null,
      versionId: version.id,
      firstVersionId: version.id,
      proposedBy: actor.personId,
    });
    return { id: key };
  },
});

type Held = NonNullable<Awaited<ReturnType<typeof amendmentFacts>>>;
/** What stops anything further: it hangs on an old version, or is over. */
export const over = ({ state, inForce }: Held, ...may: Held['state'][]): Failure | null =>
  inForce && may.includes(state) ? null : fail('amendments.over.taken');

/** Takes it back; the committee has nothing to decide any more, and no vote offers it. */
export const withdraw = command({
  action: 'amendments.withdraw',
  rule: policy.withdraw,
  see: policy.read,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }) => amendmentFacts(tx, id, true),
  run: async ({ tx, actor, input: { id }, facts }) => {
    const problem = over(facts, 'open', 'rejected');
    if (problem) return problem;
    await tx
      .update(amendments)
      .set({ state: 'withdrawn', decidedBy: actor.personId, decidedAt: new Date() })
      .where(eq(amendments.id, id));
    return { id };
  },
});

const backingFacts = async (tx: Tx, { id, associationId }: { id: string; associationId: string }) => {
  const held = await amendmentFacts(tx, id, true);
  return held && { ...held, by: associationId };
};

/** A base stands behind the amendment of another, once. */
export const back = command({
  action: 'amendments.back',
  rule: policy.back,
  see: policy.read,
  input: schema.back,
  audit: 'full',
  load: backingFacts,
  run: async ({ tx, actor, input: { id, associationId }, facts }) => {
    const problem = over(facts, 'open', 'rejected');
    if (problem) return problem;
    await tx
      .insert(amendmentBackings)
      .values({ amendmentId: id, associationId, backedBy: actor.personId })
      .onConflictDoNothing();
    return { id };
  },
});

/** The base no longer stands behind it. */
export const unback = command({
  action: 'amendments.unback',
  rule: policy.back,
  see: policy.read,
  input: schema.back,
  audit: 'full',
  load: backingFacts,
  run: async ({ tx, input: { id, associationId }, facts }) => {
    const problem = over(facts, 'open', 'rejected');
    if (problem) return problem;
    await tx
      .update(amendmentBackings)
      .set({ endedAt: new Date() })
      .where(
        and(
          eq(amendmentBackings.amendmentId, id),
          eq(amendmentBackings.associationId, associationId),
          isNull(amendmentBackings.endedAt),
        ),
      );
    return { id };
  },
});
