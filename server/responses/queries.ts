import { and, asc, count, eq, exists, inArray, not, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { versionArticles, versions } from '~/db/schema/document';
import { offices, responseRequests, responses } from '~/db/schema/responses';
import { query } from '../act';
import type { Actor } from '../actor';
import { daysBetween, limaDay } from '../day';
import { can } from '../rule';
import * as policy from './policy';
import { isLate, isOverdue, owedBy } from './rules';
import * as schema from './schema';

export const pageSize = 30;

/** Which requests lie on an actor's desk: the same as `policy.readRequest`, for lists. */
export function visibleTo(actor: Actor): SQL {
  if (can(policy.ask, actor, null)) return sql`true`;
  return actor.forum.has('liaison') && actor.officeId
    ? eq(responseRequests.officeId, actor.officeId)
    : sql`false`;
}

const columns = {
  id: responseRequests.id,
  dueOn: responseRequests.dueOn,
  officeId: responseRequests.officeId,
  office: offices.name,
  country: offices.country,
  versionArticleId: versionArticles.id,
  version: versions.number,
  article: versionArticles.number,
  title: versionArticles.title,
};

const selectRequests = (db: DbOrTx, where: SQL | undefined) =>
  db
    .select(columns)
    .from(responseRequests)
    .innerJoin(offices, eq(offices.id, responseRequests.officeId))
    .innerJoin(versionArticles, eq(versionArticles.id, responseRequests.versionArticleId))
    .innerJoin(versions, eq(versions.id, versionArticles.versionId))
    .where(where);

type Row = Awaited<ReturnType<typeof selectRequests>>[number];

/** Every wording of these requests, by request, the first one first; who wrote it stays inside. */
async function wordings(db: DbOrTx, requestIds: string[]) {
  const rows =
    requestIds.length === 0
      ? []
      : await db
          .select({
            requestId: responses.requestId,
            revision: responses.revision,
            kind: responses.kind,
            words: responses.words,
            until: responses.until,
            at: responses.writtenAt,
          })
          .from(responses)
          .where(inArray(responses.requestId, requestIds))
          .orderBy(asc(responses.revision));
  return (id: string) =>
    rows.filter((row) => row.requestId === id).map(({ requestId: _, ...wording }) => wording);
}

type Wording = ReturnType<Awaited<ReturnType<typeof wordings>>>[number];

/** A wording as it leaves the house: its day in Lima, not its hour. */
const shown = ({ at, ...wording }: Wording) => ({ ...wording, on: limaDay(at) });

function present(row: Row, list: Wording[], today: string) {
  const first = list[0];
  const owed = owedBy(row.dueOn, list.at(-1));
  const overdue = isOverdue(owed, today);
  const late = first && isLate(row.dueOn, first.at) ? daysBetween(row.dueOn, limaDay(first.at)) : 0;
  return {
    ...row,
    /** The wording that stands; null while the State is silent. */
    current: list.map(shown).at(-1) ?? null,
    earlier: list.slice(0, -1).map(shown),
    overdue,
    /** Days over the day: of the silence, or of a first answer that came late; 0 otherwise. */
    daysLate: overdue ? daysBetween(owed!, today) : late,
  };
}
export type OfficialResponse = ReturnType<typeof present>;

async function presented(db: DbOrTx, rows: Row[]): Promise<OfficialResponse[]> {
  const of = await wordings(
    db,
    rows.map((row) => row.id),
  );
  const today = limaDay(new Date());
  return rows.map((row) => present(row, of(row.id), today));
}

/** What was asked about a frozen article and what the State said to it, for the thread and the article's page. */
export async function responsesTo(db: DbOrTx, versionArticleId: string): Promise<OfficialResponse[]> {
  const rows = await selectRequests(db, eq(responseRequests.versionArticleId, versionArticleId)).orderBy(
    asc(responseRequests.askedAt),
    asc(responseRequests.id),
  );
  return presented(db, rows);
}

/** The responses under one article of a frozen version, and those that earlier or later versions of it got. */
export const forArticle = query({
  action: 'responses.forArticle',
  rule: policy.read,
  input: schema.byArticle,
  load: async (db, { versionArticleId }) => {
    const [article] = await db
      .select({ id: versionArticles.id, articleId: versionArticles.articleId })
      .from(versionArticles)
      .where(eq(versionArticles.id, versionArticleId));
    if (!article) return null;
    const other = and(
      eq(versionArticles.articleId, article.articleId),
      not(eq(versionArticles.id, article.id)),
      answered(db),
    );
    const [here, elsewhere] = await Promise.all([
      responsesTo(db, article.id),
      selectRequests(db, other)
        .orderBy(asc(versions.number))
        .then((rows) => presented(db, rows)),
    ]);
    return { here, elsewhere };
  },
  present: ({ here, elsewhere }, actor) => ({
    here,
    elsewhere,
    abilities: { ask: can(policy.ask, actor, null) },
  }),
});

/** The same as `owedBy`, in a query of requests; a request goes by its table's name there. */
export const owed = sql<string | null>`(case
  when exists (select 1 from responses r where r.request_id = response_requests.id)
  then (select r.until from responses r where r.request_id = response_requests.id order by r.revision desc limit 1)
  else response_requests.due_on end)`;

const answered = (db: DbOrTx) =>
  exists(db.select({ id: responses.id }).from(responses).where(eq(responses.requestId, responseRequests.id)));

function inState(db: DbOrTx, state: 'all' | 'waiting' | 'overdue' | 'answered', today: string) {
  if (state === 'all') return undefined;
  const late = sql`coalesce(${owed} < ${today}, false)`;
  if (state === 'overdue') return late;
  return and(not(late), state === 'answered' ? answered(db) : not(answered(db)));
}

/** The desk: the requests of her office (committee and secretaries: of all), the most urgent first. */
export const desk = query({
  action: 'responses.desk',
  rule: policy.desk,
  input: schema.deskInput,
  load: async (db, { state, page }, actor) => {
    const today = limaDay(new Date());
    const mine = visibleTo(actor);
    const where = and(mine, inState(db, state, today));
    const counted = (which: 'waiting' | 'overdue' | 'answered') =>
      db
        .select({ n: count() })
        .from(responseRequests)
        .where(and(mine, inState(db, which, today)))
        .then(([row]) => row!.n);
    const [waiting, overdue, done, total, rows] = await Promise.all([
      counted('waiting'),
      counted('overdue'),
      counted('answered'),
      db.select({ n: count() }).from(responseRequests).where(where),
      selectRequests(db, where)
        .orderBy(sql`${owed} is null`, sql`${owed}`, asc(responseRequests.dueOn), asc(responseRequests.id))
        .limit(pageSize)
        .offset((page - 1) * pageSize),
    ]);
    return {
      counts: { waiting, overdue, answered: done },
      total: total[0]!.n,
      rows: await presented(db, rows),
    };
  },
  present: ({ counts, total, rows }, actor, { state, page }) => ({
    items: rows,
    counts,
    state,
    page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
    abilities: {
      ask: can(policy.ask, actor, null),
      createOffice: can(policy.createOffice, actor, null),
    },
  }),
});

/** One request as a case: the frozen article in full, and every wording so far. */
export const request = query({
  action: 'responses.request',
  rule: policy.readRequest,
  input: schema.byId,
  load: async (db, { id }) => {
    const [row] = await selectRequests(db, eq(responseRequests.id, id));
    if (!row) return null;
    const [article] = await db
      .select({
        text: versionArticles.text,
        references: versionArticles.references,
        law: versionArticles.law,
        reality: versionArticles.reality,
        sha256: versionArticles.sha256,
      })
      .from(versionArticles)
      .where(eq(versionArticles.id, row.versionArticleId));
    const [shown] = await presented(db, [row]);
    return { ...shown!, ...article! };
  },
  present: (facts, actor) => ({
    ...facts,
    abilities: { respond: can(policy.respond, actor, facts) },
  }),
});

/** The offices that can be asked. */
export const officeList = query({
  action: 'responses.offices',
  rule: policy.desk,
  input: schema.nothing,
  load: (db) =>
    db
      .select({ id: offices.id, name: offices.name, country: offices.country })
      .from(offices)
      .orderBy(asc(offices.country), asc(offices.name)),
  present: (rows) => rows,
});
