import { asc, count, desc, eq, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { versionArticles, versions } from '~/db/schema/document';
import { query } from '../act';
import { can } from '../rule';
import { runtime } from '../runtime';
import * as policy from './policy';
import { fingerprint, publicPem, signedList } from './rules/chain';
import * as schema from './schema';

export type VersionHead = { id: string; number: number; title: string; sha256: string; frozenAt: Date };

export const head = {
  id: versions.id,
  number: versions.number,
  title: versions.title,
  sha256: versions.sha256,
  frozenAt: versions.frozenAt,
};

/** The version in force is the last one frozen; null before the first. */
export async function versionInForce(db: DbOrTx): Promise<VersionHead | null> {
  const [row] = await db.select(head).from(versions).orderBy(desc(versions.number)).limit(1);
  return row ?? null;
}

export async function versionByNumber(db: DbOrTx, number: number): Promise<VersionHead | null> {
  const [row] = await db.select(head).from(versions).where(eq(versions.number, number));
  return row ?? null;
}

export type ArticleHead = {
  id: string;
  articleId: string;
  number: number;
  area: string;
  title: string;
  summary: string;
  sha256: string;
  concerns: number;
};

/** The articles of a frozen version by number, without their texts; `id` is the frozen article's own. */
export function articlesOfVersion(db: DbOrTx, versionId: string): Promise<ArticleHead[]> {
  return db
    .select({
      id: versionArticles.id,
      articleId: versionArticles.articleId,
      number: versionArticles.number,
      area: versionArticles.area,
      title: versionArticles.title,
      summary: versionArticles.summary,
      sha256: versionArticles.sha256,
      concerns: sql<number>`cardinality(${versionArticles.concernIds})`,
    })
    .from(versionArticles)
    .where(eq(versionArticles.versionId, versionId))
    .orderBy(asc(versionArticles.number));
}

/** The last version in which an article stands, and its number there; null where it was never frozen. */
export async function lastPlaceOf(
  db: DbOrTx,
  articleId: string,
): Promise<{ version: number; number: number; versionArticleId: string } | null> {
  const [row] = await db
    .select({
      version: versions.number,
      number: versionArticles.number,
      versionArticleId: versionArticles.id,
    })
    .from(versionArticles)
    .innerJoin(versions, eq(versions.id, versionArticles.versionId))
    .where(eq(versionArticles.articleId, articleId))
    .orderBy(desc(versions.number))
    .limit(1);
  return row ?? null;
}

/** A version's head as it leaves the house; the moment in ISO 8601, as in the canonical text. */
export const presentHead = <V extends VersionHead>({ frozenAt, ...version }: V) => ({
  ...version,
  frozenAt: frozenAt.toISOString(),
});

/** Consecutive articles of one area, as a chapter. */
function inChapters<A extends { area: string }>(rows: A[]): { area: string; articles: A[] }[] {
  const chapters: { area: string; articles: A[] }[] = [];
  for (const row of rows) {
    if (chapters.at(-1)?.area !== row.area) chapters.push({ area: row.area, articles: [] });
    chapters.at(-1)!.articles.push(row);
  }
  return chapters;
}

async function presentVersion(db: DbOrTx, version: VersionHead, inForce?: VersionHead) {
  const [list, latest, [behind]] = await Promise.all([
    articlesOfVersion(db, version.id),
    inForce ?? versionInForce(db),
    db
      .select({ n: sql<number>`count(distinct concern)::int` })
      .from(sql`${versionArticles}, unnest(${versionArticles.concernIds}) as concern`)
      .where(eq(versionArticles.versionId, version.id)),
  ]);
  return {
    ...presentHead(version),
    inForce: latest!.number === version.number,
    latest: latest!.number,
    articles: list.length,
    /** How many different concerns stand behind the whole. */
    concerns: behind!.n,
    chapters: inChapters(list),
  };
}

/** The contents of the version in force (`null` before the first), and whether she may see the next one grow. */
export const inForce = query({
  action: 'document.inForce',
  rule: policy.readVersion,
  input: schema.nothing,
  load: async (db) => {
    const version = await versionInForce(db);
    return { version: version && (await presentVersion(db, version, version)) };
  },
  present: ({ version }, actor) => ({
    version,
    abilities: { working: can(policy.readWorking, actor, null) },
  }),
});

/** The contents of any frozen version, by number. */
export const version = query({
  action: 'document.version',
  rule: policy.readVersion,
  input: schema.byNumber,
  load: async (db, { number }) => {
    const found = await versionByNumber(db, number);
    return found && presentVersion(db, found);
  },
  present: (facts) => facts,
});

/** Every frozen version, the newest first. */
export const versionList = query({
  action: 'document.versions',
  rule: policy.readVersion,
  input: schema.nothing,
  load: (db) =>
    db
      .select({
        ...head,
        articles: count(versionArticles.id),
        /** Of the canonical text: how large every form of it is follows from this. */
        bytes: sql<number>`octet_length(${versions.canonical})`,
      })
      .from(versions)
      .leftJoin(versionArticles, eq(versionArticles.versionId, versions.id))
      .groupBy(versions.id)
      .orderBy(desc(versions.number)),
  present: (rows) => rows.map(presentHead),
});

/** The bytes that were hashed: of one version, or of the version in force. */
export const canonical = query({
  action: 'document.canonical',
  rule: policy.readVersion,
  input: schema.canonicalOf,
  load: async (db, { number }) => {
    const found = number ? await versionByNumber(db, number) : await versionInForce(db);
    if (!found) return null;
    const [row] = await db
      .select({ number: versions.number, canonical: versions.canonical, sha256: versions.sha256 })
      .from(versions)
      .where(eq(versions.id, found.id));
    return row!;
  },
  present: (row) => row,
});

/** The signed list of versions and the key that anybody can check it with. */
export const signed = query({
  action: 'document.signed',
  rule: policy.readVersion,
  input: schema.nothing,
  load: (db) =>
    db
      .select({ number: versions.number, frozenAt: versions.frozenAt, sha256: versions.sha256 })
      .from(versions)
      .orderBy(asc(versions.number)),
  present: (rows) => {
    const { signing } = runtime().secrets;
    return { list: signedList(rows, signing), key: publicPem(signing), fingerprint: fingerprint(signing) };
  },
});
