import { type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { query } from '../../act';
import { limaDay } from '../../day';
import { can } from '../../rule';
import * as policy from '../policy';
import { type VersionHead, versionByNumber, versionInForce } from '../queries';
import { coverageOf, type Heard } from '../rules/coverage';
import * as schema from '../schema';

/** Which concerns stand behind the document, and which areas its articles are of. */
function documentAs(version: VersionHead | null): { behind: SQL; areas: SQL } {
  if (version)
    return {
      behind: sql`select distinct unnest(concern_ids) as id from version_articles where version_id = ${version.id}`,
      areas: sql`select id, unnest(array_append(areas, area)) as area from version_articles where version_id = ${version.id}`,
    };
  return {
    behind: sql`select distinct l.concern_id as id from article_concerns l
      join articles a on a.id = l.article_id where l.ended_at is null and a.retired_at is null`,
    areas: sql`select a.id, unnest(array_append(a.areas, c.area)) as area from articles a
      join chapters c on c.id = a.chapter_id where a.retired_at is null`,
  };
}

// As it stood when the version was frozen: what came out of its space later had no decision that others were told.
const refusedAt = (at: Date) => sql`(
  select d.state from concern_decisions d
  where d.concern_id = c.id and d.decided_at <= ${at.toISOString()}::timestamptz
    and (c.published_at is null or d.decided_at > c.published_at)
  order by d.decided_at desc, d.id desc limit 1) = 'no_recogida'`;

const until = (at: Date) =>
  sql`and greatest(c.created_at, c.published_at) <= ${at.toISOString()}::timestamptz`;

/** Public concerns, those that are alike counted together; once without their areas, and once in each. */
function heard(db: DbOrTx, behind: SQL, at: Date | null) {
  return db.execute<Heard>(sql`
    with behind as (${behind}),
      said as (
        select c.areas, c.department, coalesce(a.kind, 'sin_organizacion') as "group",
          coalesce(a.womens, false) as womens, b.id is not null as answered,
          coalesce(b.id is null and ${at ? refusedAt(at) : sql`c.state = 'no_recogida'`}, false) as refused
        from concerns c
        left join associations a on a.id = c.association_id
        left join behind b on b.id = c.id
        where c.audience = 'public' ${at ? until(at) : sql``})
    select area, "group", womens, department, count(*)::int as raised,
      (count(*) filter (where answered))::int as answered, (count(*) filter (where refused))::int as refused
    from said, lateral (select distinct unnest(array_append(areas, null)) as area) each
    group by 1, 2, 3, 4`);
}

async function articlesByArea(db: DbOrTx, areas: SQL): Promise<Map<string, number>> {
  const rows = await db.execute<{ area: string; n: number }>(
    sql`select area, count(distinct id)::int as n from (${areas}) placed group by area`,
  );
  return new Map([...rows].map(({ area, n }) => [area, n]));
}

/**
 * Who raised what and what the document answers: of a frozen version as it was that day, of the document in the
 * making as it is now. Before the first version all that was raised is still unanswered.
 */
export const coverage = query({
  action: 'document.coverage',
  rule: policy.readCoverage,
  input: schema.coverageOf,
  load: async (db, { number, making }) => {
    const version = making ? null : await (number ? versionByNumber(db, number) : versionInForce(db));
    if (number && !making && !version) return null;
    const written = making || version !== null;
    const { behind, areas } = documentAs(version);
    const [rows, articles] = await Promise.all([
      heard(db, written ? behind : sql`select null::uuid as id where false`, version?.frozenAt ?? null),
      written ? articlesByArea(db, areas) : new Map<string, number>(),
    ]);
    return { making, version, rows: [...rows], articles };
  },
  present: ({ making, version, rows, articles }, actor) => ({
    making,
    version: version && { number: version.number, title: version.title },
    day: limaDay(version?.frozenAt ?? new Date()),
    ...coverageOf(rows, articles),
    abilities: { working: can(policy.readWorking, actor, null) },
  }),
});
