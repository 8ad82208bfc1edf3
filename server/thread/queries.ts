import { and, arrayContains, asc, desc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { ballotQuestions, ballots, tallies } from '~/db/schema/ballots';
import { articleConcerns, articleSources, versionArticles, versions } from '~/db/schema/document';
import { draftConcerns, drafts } from '~/db/schema/drafts';
import { offices, responseRequests, responses } from '~/db/schema/responses';
import { spaces } from '~/db/schema/spaces';
import { query } from '../act';
import type { Actor } from '../actor';
import * as concernsPolicy from '../concerns/policy';
import { concernFactsOf, concernLines } from '../concerns/queries';
import * as draftsPolicy from '../drafts/policy';
import { concernsOf, draftFacts, lines as draftLines, visibleTo as draftsVisibleTo } from '../drafts/queries';
import { anyone } from '../rule';
import { latestOf, type Placed } from './rules';
import * as schema from './schema';

/**
 * The drafts, of those named, that she may know of; and how many more are written at open tables. Of a private
 * space's drafts nobody outside learns even that they are there.
 */
async function draftsSeen(db: DbOrTx, actor: Actor, ids: string[]) {
  if (ids.length === 0) return { seen: [], hidden: 0 };
  const rows = await db
    .select({
      id: drafts.id,
      title: drafts.title,
      state: draftLines.state,
      seen: sql<boolean>`(${draftsVisibleTo(actor)})`,
    })
    .from(drafts)
    .innerJoin(spaces, eq(spaces.id, drafts.spaceId))
    .where(
      and(
        inArray(drafts.id, ids),
        ne(drafts.state, 'erased'),
        or(draftsVisibleTo(actor), eq(spaces.private, false)),
      ),
    )
    .orderBy(desc(drafts.createdAt));
  const seen = rows.flatMap(({ seen: hers, ...row }) => (hers ? [row] : []));
  return { seen, hidden: rows.length - seen.length };
}

/** Every place these articles have had in frozen versions, newest version first. */
function placesOf(db: DbOrTx, articleIds: string[]): Promise<Placed[]> {
  if (articleIds.length === 0) return Promise.resolve([]);
  return db
    .select({
      id: versionArticles.id,
      articleId: versionArticles.articleId,
      version: versions.number,
      number: versionArticles.number,
      title: versionArticles.title,
    })
    .from(versionArticles)
    .innerJoin(versions, eq(versions.id, versionArticles.versionId))
    .where(inArray(versionArticles.articleId, articleIds))
    .orderBy(desc(versions.number), asc(versionArticles.number));
}

/** The ballots on these frozen articles, or on the whole version they stand in; nothing of a prepared one. */
async function ballotsOn(db: DbOrTx, places: Placed[]) {
  if (places.length === 0) return [];
  return db
    .select({
      id: ballots.id,
      title: ballots.title,
      state: ballots.state,
      closesAt: ballots.closesAt,
      version: versions.number,
      article: versionArticles.number,
      verdict: tallies.verdict,
    })
    .from(ballots)
    .innerJoin(versions, eq(versions.id, ballots.versionId))
    .innerJoin(ballotQuestions, eq(ballotQuestions.ballotId, ballots.id))
    .leftJoin(versionArticles, eq(versionArticles.id, ballotQuestions.versionArticleId))
    .leftJoin(tallies, eq(tallies.questionId, ballotQuestions.id))
    .where(
      and(
        ne(ballots.state, 'prepared'),
        inArray(versions.number, [...new Set(places.map((place) => place.version))]),
      ),
    )
    .orderBy(desc(versions.number), desc(ballots.openedAt));
}

/** What the State was asked of these frozen articles, and its last words on each. */
function answersTo(db: DbOrTx, places: Placed[]) {
  if (places.length === 0) return Promise.resolve([]);
  return db
    .selectDistinctOn([responseRequests.id], {
      id: responseRequests.id,
      office: offices.name,
      dueOn: responseRequests.dueOn,
      kind: responses.kind,
      until: responses.until,
      placeId: responseRequests.versionArticleId,
    })
    .from(responseRequests)
    .innerJoin(offices, eq(offices.id, responseRequests.officeId))
    .leftJoin(responses, eq(responses.requestId, responseRequests.id))
    .where(
      inArray(
        responseRequests.versionArticleId,
        places.map((place) => place.id),
      ),
    )
    .orderBy(responseRequests.id, desc(responses.revision));
}

/** `asked`: the places the State may have answered at; by default those that are voted on. */
async function follow(
  db: DbOrTx,
  actor: Actor,
  draftIds: string[],
  places: Placed[],
  asked: Placed[] = places,
) {
  const [known, voted, answered] = await Promise.all([
    draftsSeen(db, actor, draftIds),
    ballotsOn(db, places),
    answersTo(db, asked),
  ]);
  const address = new Map(asked.map((place) => [place.id, place]));
  const numbers = new Map(places.map((place) => [`${place.version}/${place.number}`, place]));
  // Where each article was voted on by itself that verdict is shown; else the one on the whole text.
  const own = voted.filter((row) => row.article !== null && numbers.has(`${row.version}/${row.article}`));
  const whole = voted.filter((row) => row.article === null && !own.some((one) => one.id === row.id));
  return {
    drafts: known.seen,
    hiddenDrafts: known.hidden,
    ballots: [...own, ...whole].map(({ closesAt, ...row }) => ({ ...row, closesAt: closesAt.toISOString() })),
    responses: answered.map(({ placeId, ...row }) => {
      const place = address.get(placeId)!;
      return { ...row, version: place.version, article: place.number };
    }),
  };
}

/** The line of steps from one concern to the official response, each only as far as this person may see. */
export const ofConcern = query({
  action: 'thread.ofConcern',
  rule: concernsPolicy.read,
  input: schema.ofConcern,
  load: async (db, { id }, actor) => {
    const facts = await concernFactsOf(db, id);
    if (!facts) return null;
    const [taken, linked] = await Promise.all([
      db
        .select({ id: draftConcerns.draftId })
        .from(draftConcerns)
        .where(and(eq(draftConcerns.concernId, id), isNull(draftConcerns.endedAt))),
      db
        .select({ id: articleConcerns.articleId })
        .from(articleConcerns)
        .where(and(eq(articleConcerns.concernId, id), isNull(articleConcerns.endedAt))),
    ]);
    const places = await placesOf(
      db,
      linked.map((row) => row.id),
    );
    const followed = await follow(
      db,
      actor,
      taken.map((row) => row.id),
      places,
    );
    return { ...facts, articles: latestOf(places), inArticles: linked.length, ...followed };
  },
  present: ({
    state,
    articles,
    inArticles,
    drafts: seen,
    hiddenDrafts,
    ballots: voted,
    responses: answers,
  }) => ({
    state,
    articles,
    /** In an article that stands in no frozen version yet. */
    unfrozen: inArticles - articles.length,
    drafts: seen,
    hiddenDrafts,
    ballots: voted,
    responses: answers,
  }),
});

/** The same line seen from an article of a frozen version: back to its concerns, on to its response. */
export const ofVersionArticle = query({
  action: 'thread.ofVersionArticle',
  rule: anyone,
  input: schema.ofVersionArticle,
  load: async (db, { id }, actor) => {
    const [article] = await db
      .select({
        articleId: versionArticles.articleId,
        concernIds: versionArticles.concernIds,
        version: versions.number,
        number: versionArticles.number,
        title: versionArticles.title,
      })
      .from(versionArticles)
      .innerJoin(versions, eq(versions.id, versionArticles.versionId))
      .where(eq(versionArticles.id, id));
    if (!article) return null;
    const sources = await db
      .selectDistinct({ id: articleSources.draftId })
      .from(articleSources)
      .where(eq(articleSources.articleId, article.articleId));
    const place: Placed = { id, ...article };
    // What the State said to the same article in another version belongs to its way too.
    const everywhere = await placesOf(db, [article.articleId]);
    const [concernsSeen, followed] = await Promise.all([
      concernLines(db, actor, article.concernIds),
      follow(
        db,
        actor,
        sources.map((row) => row.id),
        [place],
        everywhere,
      ),
    ]);
    return { article: place, concerns: concernsSeen, total: article.concernIds.length, ...followed };
  },
  present: (facts) => facts,
});

/** The same line seen from a draft: back to the concerns it answers, on to the articles that were taken from it. */
export const ofDraft = query({
  action: 'thread.ofDraft',
  rule: draftsPolicy.read,
  input: schema.ofDraft,
  load: async (db, { id }, actor) => {
    const facts = await draftFacts(db, id);
    if (!facts) return null;
    const [ids, sources] = await Promise.all([
      concernsOf(db, id),
      db
        .selectDistinct({ id: articleSources.articleId })
        .from(articleSources)
        .where(eq(articleSources.draftId, id)),
    ]);
    const places = await placesOf(
      db,
      sources.map((row) => row.id),
    );
    const [concerns, followed] = await Promise.all([
      concernLines(db, actor, ids),
      follow(db, actor, [id], places),
    ]);
    return { ...facts, articles: latestOf(places), taken: sources.length, concerns, ...followed };
  },
  present: ({ state, title, articles, taken, concerns, ballots: voted, responses: answers }) => ({
    state,
    title,
    articles,
    /** Taken into the document, in no frozen version yet. */
    unfrozen: taken - articles.length,
    concerns,
    ballots: voted,
    responses: answers,
  }),
});

/** The articles of the version in force that cite a library item. */
export const citing = query({
  action: 'thread.citing',
  rule: anyone,
  input: schema.citing,
  load: (db, { slug }) =>
    db
      .select({ version: versions.number, number: versionArticles.number, title: versionArticles.title })
      .from(versionArticles)
      .innerJoin(versions, eq(versions.id, versionArticles.versionId))
      .where(
        and(
          arrayContains(versionArticles.library, [slug]),
          eq(versions.number, sql`(select max(number) from ${versions})`),
        ),
      )
      .orderBy(versionArticles.number),
  present: (rows) => rows,
});
