import { and, asc, count, desc, eq, type SQL, sql } from 'drizzle-orm';
import { searched, versionArticles } from '~/db/schema/document';
import { query } from '../../act';
import * as policy from '../policy';
import { presentHead, versionByNumber, versionInForce } from '../queries';
import { marks } from '../rules/search';
import * as schema from '../schema';

const a = versionArticles;
const pageSize = 20;
// Two signs that nobody's words hold (server/input.ts takes them away), around each word that was found.
const [begin, end] = ['\u0002', '\u0003'];

/** The articles of a version that say these words, the best match first, each with the place where it does. */
export const search = query({
  action: 'document.search',
  rule: policy.readVersion,
  input: schema.searchInside,
  load: async (db, { number, q, page }) => {
    const version = number ? await versionByNumber(db, number) : await versionInForce(db);
    if (!version) return null;
    if (!q) return { version, rows: [], total: 0 };
    const wanted: SQL = sql`websearch_to_tsquery('public.forum_es', ${q})`;
    const where = and(eq(a.versionId, version.id), sql`${searched} @@ ${wanted}`);
    const options = `StartSel=${begin}, StopSel=${end}, MaxWords=28, MinWords=12, MaxFragments=2, FragmentDelimiter=" … "`;
    const [[total], rows] = await Promise.all([
      db.select({ n: count() }).from(a).where(where),
      db
        .select({
          number: a.number,
          area: a.area,
          title: a.title,
          found: sql<string>`ts_headline('public.forum_es',
            concat_ws(E'\n', nullif(summary, ''), "text", nullif(law, ''), nullif(reality, '')),
            ${wanted}, ${options})`,
        })
        .from(a)
        .where(where)
        .orderBy(desc(sql`ts_rank(${searched}, ${wanted})`), asc(a.number))
        .limit(pageSize)
        .offset((page - 1) * pageSize),
    ]);
    return { version, rows, total: total!.n };
  },
  present: ({ version, rows, total }, _actor, { page }) => ({
    version: presentHead(version),
    items: rows.map(({ found, ...row }) => ({ ...row, found: marks(found, begin, end) })),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
  }),
});
