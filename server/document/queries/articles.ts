import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { articles, versionArticles, versions } from '~/db/schema/document';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { concernLines } from '../../concerns/queries';
import { can } from '../../rule';
import * as policy from '../policy';
import { head, lastPlaceOf, presentHead, versionByNumber, versionInForce } from '../queries';
import { standingBehind } from '../rules/history';
import * as schema from '../schema';
import { mergedInto } from './merged';
import { voicesOf } from './origin';
import { sourcesOf } from './sources';

/** What stands behind an article: how many concerns, from where, and those that this actor may open. */
export async function provenanceOf(db: DbOrTx, actor: Actor, concernIds: string[]) {
  const [lines, voices] = await Promise.all([concernLines(db, actor, concernIds), voicesOf(db, concernIds)]);
  return {
    total: concernIds.length,
    ...standingBehind(voices),
    bases: new Set(lines.flatMap((line) => (line.collective ? [] : (line.association ?? [])))).size,
    concerns: lines.map(({ id, number, areas, department }) => ({ id, number, areas, department })),
  };
}

/** One article of a frozen version, with what stands behind it and its neighbours. */
export const article = query({
  action: 'document.article',
  rule: policy.readVersion,
  input: schema.byPlace,
  load: async (db, { number, article: place }, actor) => {
    const [found] = await db
      .select({
        row: versionArticles,
        version: head,
        latest: sql<number>`(select max(v.number) from versions v)`,
        last: sql<number>`(select max(a.number) from version_articles a where a.version_id = ${versions.id})`,
      })
      .from(versionArticles)
      .innerJoin(versions, eq(versions.id, versionArticles.versionId))
      .where(and(eq(versions.number, number), eq(versionArticles.number, place)));
    if (!found) return null;
    const { row, version, latest, last } = found;
    const [elsewhere, provenance, sources] = await Promise.all([
      db
        .select({ version: versions.number, number: versionArticles.number })
        .from(versionArticles)
        .innerJoin(versions, eq(versions.id, versionArticles.versionId))
        .where(and(eq(versionArticles.articleId, row.articleId), ne(versions.id, version.id)))
        .orderBy(desc(versions.number)),
      provenanceOf(db, actor, row.concernIds),
      sourcesOf(db, actor, row.articleId, version.frozenAt),
    ]);
    return {
      row,
      version: { ...presentHead(version), inForce: version.number === latest },
      previous: place > 1 ? place - 1 : null,
      next: place < last ? place + 1 : null,
      elsewhere,
      provenance,
      sources,
    };
  },
  present: ({ row: { versionId: _, concernIds: __, ...row }, ...rest }, actor) => ({
    ...row,
    ...rest,
    abilities: { working: can(policy.readWorking, actor, null), edit: can(policy.edit, actor, null) },
  }),
});

/** The whole text of a frozen version, for paper. */
export const printable = query({
  action: 'document.printable',
  rule: policy.readVersion,
  input: schema.byNumber,
  load: async (db, { number }) => {
    const version = await versionByNumber(db, number);
    if (!version) return null;
    const rows = await db
      .select()
      .from(versionArticles)
      .where(eq(versionArticles.versionId, version.id))
      .orderBy(asc(versionArticles.number));
    return { version, rows };
  },
  present: ({ version, rows }) => ({
    ...presentHead(version),
    articles: rows.map(({ versionId: _, concernIds, ...row }) => ({ ...row, concerns: concernIds.length })),
  }),
});

/** Where an article stands now: its place in the last version that has it, or only on the working desk. */
export const place = query({
  action: 'document.find',
  rule: policy.findArticle,
  input: schema.byId,
  load: async (db, { id }) => {
    const [row] = await db.select({ id: articles.id }).from(articles).where(eq(articles.id, id));
    return row ? { frozen: await lastPlaceOf(db, id), into: await mergedInto(db, id) } : null;
  },
  present: ({ frozen, into }, actor) => ({
    frozen: frozen && { version: frozen.version, number: frozen.number },
    /** The article in the making that it was joined into, for who may see that. */
    into: can(policy.readWorking, actor, null) ? into : null,
    abilities: { working: can(policy.readWorking, actor, null) },
  }),
});

/** Where these articles stand in the version in force; those that are not in it are left out. */
export async function placesInForce(db: DbOrTx, articleIds: string[]) {
  const version = await versionInForce(db);
  if (!version || articleIds.length === 0) return [];
  return db
    .select({ articleId: versionArticles.articleId, number: versionArticles.number })
    .from(versionArticles)
    .where(and(eq(versionArticles.versionId, version.id), inArray(versionArticles.articleId, articleIds)));
}
