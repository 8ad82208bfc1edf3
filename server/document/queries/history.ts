import { and, arrayOverlaps, asc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { acts } from '~/db/schema/acts';
import { amendments } from '~/db/schema/amendments';
import { associations } from '~/db/schema/associations';
import { concerns } from '~/db/schema/concerns';
import { articleConcerns, articleSources, articles, versionArticles, versions } from '~/db/schema/document';
import { drafts } from '~/db/schema/drafts';
import { spaces } from '~/db/schema/spaces';
import type { Actor } from '../../actor';
import { scopes } from '../../acts/rules';
import { limaDay } from '../../day';
import { visibleTo as draftsVisibleTo } from '../../drafts/queries';
import { can } from '../../rule';
import * as policy from '../policy';
import { difference } from '../rules/comparison';
import { type Act, type Happening, together, toldActs } from '../rules/history';

/**
 * From which drafts it was taken. A draft she may read is named; of an open table's the table; of what a base
 * writes in its own house nothing, only that there was a draft. The bases whose people wrote its words are told
 * where the draft is read and its space tells them.
 */
async function takings(db: DbOrTx, actor: Actor, articleId: string): Promise<Happening[]> {
  const rows = await db
    .select({
      id: drafts.id,
      title: drafts.title,
      space: spaces.title,
      open: sql<boolean>`not ${spaces.private}`,
      seen: sql<boolean>`(${draftsVisibleTo(actor)})`,
      at: articleSources.takenAt,
      bases: sql<string[]>`case when ${spaces.attribution} = 'off' then '{}' else array(
        select distinct a.name from (
          select u.author from text_updates u where u.text_id = ${drafts.textId} and u.seq <= ${articleSources.seq}
          union select w.author from text_authors w where w.text_id = ${drafts.textId}) writers
        join memberships m on m.person_id = writers.author and m.ended_at is null
        join associations a on a.id = m.association_id and a.dissolved_at is null and a.kind <> 'base_libre'
        order by 1) end`,
    })
    .from(articleSources)
    .innerJoin(drafts, eq(drafts.id, articleSources.draftId))
    .innerJoin(spaces, eq(spaces.id, drafts.spaceId))
    .where(eq(articleSources.articleId, articleId))
    .orderBy(asc(articleSources.takenAt));
  const told = rows.map(({ at, seen, open, ...row }): Happening => {
    const draft = seen
      ? { id: row.id, title: row.title, space: row.space, bases: row.bases }
      : { id: null, title: null, space: open ? row.space : null, bases: [] };
    return { kind: 'taken', at, draft };
  });
  // How many drafts are kept from her is not hers to count: they are told of once.
  const hidden = told.filter((one) => one.kind === 'taken' && one.draft.space === null);
  return told.filter((one) => !hidden.includes(one) || one === hidden[0]);
}

/** Which public concerns came to stand behind it and which were taken away again. */
async function ties(db: DbOrTx, articleId: string): Promise<Happening[]> {
  const select = (column: 'linkedAt' | 'endedAt') =>
    db
      .select({ id: concerns.id, number: concerns.number, at: articleConcerns[column] })
      .from(articleConcerns)
      .innerJoin(concerns, eq(concerns.id, articleConcerns.concernId))
      .where(
        and(
          eq(articleConcerns.articleId, articleId),
          eq(concerns.audience, 'public'),
          isNotNull(articleConcerns[column]),
        ),
      );
  const [tied, untied] = await Promise.all([select('linkedAt'), select('endedAt')]);
  const dated = (rows: typeof tied) => rows.map((row) => ({ ...row, at: row.at! }));
  return [...together('tied', dated(tied), limaDay), ...together('untied', dated(untied), limaDay)];
}

/** Its frozen versions, each with what changed since the one before; and the first one that had it no more. */
async function freezings(db: DbOrTx, articleId: string): Promise<Happening[]> {
  const rows = await db
    .select({ version: versions.number, at: versions.frozenAt, row: versionArticles })
    .from(versions)
    .leftJoin(
      versionArticles,
      and(eq(versionArticles.versionId, versions.id), eq(versionArticles.articleId, articleId)),
    )
    .orderBy(asc(versions.number));
  const placeOf = (row: NonNullable<(typeof rows)[number]['row']>) => ({
    number: row.number,
    area: row.area,
    title: row.title,
  });
  return rows.flatMap(({ version, at, row }, i): Happening[] => {
    const before = rows[i - 1];
    if (!row) return before?.row ? [{ kind: 'gone', at, version }] : [];
    const was = before?.row ? { version: before.version, place: placeOf(before.row) } : null;
    const changed = before?.row ? difference(before.row, row) : null;
    return [{ kind: 'frozen', at, version, place: placeOf(row), before: was, difference: changed }];
  });
}

/**
 * What the committee did to it on its desk. The other article of a joining or a division may be one that nobody
 * outside has seen: only readers of the document in the making are told its title.
 */
async function deskActs(db: DbOrTx, actor: Actor, articleId: string): Promise<Happening[]> {
  const touched = [scopes.place(articleId), scopes.fields(articleId), scopes.words(articleId)];
  const rows = await db
    .select({ at: acts.at, act: acts.kind, note: acts.note })
    .from(acts)
    .where(and(arrayOverlaps(acts.touched, touched), inArray(acts.kind, [...toldActs])))
    .orderBy(asc(acts.number));
  const inside = can(policy.readWorking, actor, null);
  return rows.flatMap(({ at, act, note }): Happening[] => {
    const { article, other } = note.undone?.of ?? note;
    // A neighbour is touched too, when its place moves on.
    if (article?.id !== articleId && other?.id !== articleId) return [];
    const second = article?.id === articleId ? other : article;
    return [{ kind: 'act', at, act: act as Act, other: (inside && second?.title) || null }];
  });
}

/** What bases and tables proposed to its frozen text, and what became of it. */
async function amended(db: DbOrTx, articleId: string): Promise<Happening[]> {
  const rows = await db
    .select({
      id: amendments.id,
      by: sql<string>`coalesce(${associations.name}, ${amendments.collective}, ${spaces.title})`,
      asks: amendments.kind,
      state: amendments.state,
      reason: amendments.reason,
      proposedAt: amendments.proposedAt,
      decidedAt: amendments.decidedAt,
    })
    .from(amendments)
    .leftJoin(versionArticles, eq(versionArticles.id, amendments.versionArticleId))
    .leftJoin(associations, eq(associations.id, amendments.associationId))
    .leftJoin(spaces, eq(spaces.id, amendments.spaceId))
    .where(or(eq(versionArticles.articleId, articleId), eq(amendments.articleId, articleId)));
  return rows.flatMap(({ state, reason, proposedAt, decidedAt, ...row }): Happening[] => {
    const proposed: Happening = { kind: 'amended', ...row, at: proposedAt, fate: 'proposed', reason: null };
    if (state === 'open' || !decidedAt) return [proposed];
    return [proposed, { kind: 'amended', ...row, at: decidedAt, fate: state, reason }];
  });
}

/** All that happened to an article. What is after its last freezing is for readers of the document in the making. */
export async function happenings(db: DbOrTx, actor: Actor, articleId: string): Promise<Happening[]> {
  const [taken, tied, done, proposed, frozen, gone] = await Promise.all([
    takings(db, actor, articleId),
    ties(db, articleId),
    deskActs(db, actor, articleId),
    amended(db, articleId),
    freezings(db, articleId),
    db
      .select({ at: articles.retiredAt })
      .from(articles)
      .where(and(eq(articles.id, articleId), isNotNull(articles.retiredAt))),
  ]);
  return [
    ...taken,
    ...tied,
    ...done,
    ...proposed,
    ...frozen,
    ...gone.map(({ at }): Happening => ({ kind: 'retired', at: at! })),
  ];
}
