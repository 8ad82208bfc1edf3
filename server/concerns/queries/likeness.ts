import { and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { concerns, concernUnlikes } from '~/db/schema/concerns';
import { query } from '../../act';
import * as policy from '../policy';
import { type ConcernLine, concernLines } from '../queries';
import { alikeFrom, closeness, sharedWords } from '../rules/likeness';
import * as schema from '../schema';
import { groupsOf } from './groups';

/** How many rows the rarest words of a concern may bring, and how many of those are weighed; see decision 098. */
const candidatesAbout = 600;
const candidatesAtMost = 1000;
const weighed = 40;

type Like = { seed: string; id: string; score: number; [column: string]: unknown };

/**
 * What is most like each of these concerns, of the public ones: those that share its rarest stems, weighed by what
 * they share of all stems, a rare one more than a common one, and by the letters. Not what walks with it already,
 * and not what was said to be unlike.
 */
export async function likesOf(db: DbOrTx, ids: string[], most = 4): Promise<Like[]> {
  if (ids.length === 0) return [];
  const found = await db.execute<Like>(sql`
    with often as materialized (
        select e as stem, f * n as rows from pg_stats s
        cross join (select greatest(reltuples, 0) as n from pg_class where oid = 'public.concerns'::regclass) every
        cross join unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as x (e, f)
        where s.schemaname = 'public' and s.tablename = 'concerns' and s.attname = 'search' and e is not null),
      seeds as materialized (
        select c.id, c.words, c.search,
          (select m.group_id from concern_group_members m where m.concern_id = c.id and m.ended_at is null) as group_id,
          (select string_agg('''' || replace(replace(stem, '\\', '\\\\'), '''', '''''') || '''', ' | ')::tsquery from (
            select lexeme as stem, row_number() over rarest as nth, sum(coalesce(rows, 0)) over rarest as upto
            from unnest(c.search) left join often on often.stem = lexeme
            window rarest as (order by coalesce(rows, 0), lexeme rows unbounded preceding)) ranked
            where nth <= 2 or upto <= ${candidatesAbout}) as rare
        from concerns c where c.id in ${ids} and c.audience = 'public')
    select s.id as seed, liked.id, liked.score from seeds s cross join lateral (
      select near.id, (near.letters + (
          select case when count(*) filter (where shared) < 2 then 0 else sum(weight) filter (where shared)
            / least(sum(weight) filter (where mine), sum(weight) filter (where not mine or shared)) end
          from (
            select ours.lexeme is not null as mine, ours.lexeme = theirs.lexeme is true as shared,
              1 / ln(2.7 + coalesce(often.rows, 0)) as weight
            from unnest(s.search) ours full join unnest(near.search) theirs on theirs.lexeme = ours.lexeme
            left join often on often.stem = coalesce(ours.lexeme, theirs.lexeme)) stems)) / 2 as score
      from (
        select brought.*, public.similarity(brought.words, s.words) + ts_rank(brought.search, s.rare) as rank,
          public.similarity(brought.words, s.words) as letters
        from (
          select c.id, c.words, c.search from concerns c
          where c.search @@ s.rare and c.audience = 'public' and c.id <> s.id
          limit ${candidatesAtMost}) brought
        where not exists (select from concern_unlikes u where u.ended_at is null
            and u.one_id = least(brought.id, s.id) and u.other_id = greatest(brought.id, s.id))
          and not exists (select from concern_group_members m where m.concern_id = brought.id and m.ended_at is null
            and m.group_id = s.group_id)
        order by rank desc limit ${weighed}) near
      order by score desc, near.id limit ${most}) liked
    where liked.score >= ${alikeFrom}
    order by s.id, liked.score desc`);
  return [...found];
}

/** The concerns that wait and walk alone, behind a number. */
const lonely = (db: DbOrTx, after: number, most: number) =>
  db
    .select({ id: concerns.id, number: concerns.number })
    .from(concerns)
    .where(
      and(
        eq(concerns.audience, 'public'),
        inArray(concerns.state, ['recibida', 'en_debate']),
        gt(concerns.number, after),
        sql`not exists (select from concern_group_members m where m.concern_id = ${concerns.id} and m.ended_at is null)`,
      ),
    )
    .orderBy(asc(concerns.number))
    .limit(most);

const seedsShown = 5;
const atOnce = 8;
const rounds = 6;

/** Walks through the lonely ones until enough have something like them; `next`: where to go on, null at the end. */
async function gather(db: DbOrTx, from: number) {
  const found: { id: string; likes: Like[] }[] = [];
  let after = from;
  for (let round = 0; round < rounds; round++) {
    const seeds = await lonely(db, after, atOnce);
    const likes = await likesOf(
      db,
      seeds.map(({ id }) => id),
    );
    for (const seed of seeds) {
      after = seed.number;
      const own = likes.filter((like) => like.seed === seed.id);
      if (own.length > 0) found.push({ id: seed.id, likes: own });
      if (found.length === seedsShown) return { found, next: after };
    }
    if (seeds.length < atOnce) return { found, next: null };
  }
  return { found, next: after };
}

/** The concerns of which it was said that this one is not like them, for as long as that stands. */
async function apartFrom(db: DbOrTx, id: string): Promise<string[]> {
  const rows = await db
    .select({ one: concernUnlikes.oneId, other: concernUnlikes.otherId })
    .from(concernUnlikes)
    .where(
      and(isNull(concernUnlikes.endedAt), or(eq(concernUnlikes.oneId, id), eq(concernUnlikes.otherId, id))),
    );
  return rows.map(({ one, other }) => (one === id ? other : one));
}

/** Which concerns seem alike, with what they share: for the committee, which decides. */
export const suggestions = query({
  action: 'concerns.suggestions',
  rule: policy.arrange,
  input: schema.suggestions,
  load: async (db, { of, after }, actor) => {
    const { found, next } = of
      ? { found: [{ id: of, likes: await likesOf(db, [of], 8) }], next: null }
      : await gather(db, after);
    const apart = of ? await apartFrom(db, of) : [];
    const ids = [
      ...new Set([...found.flatMap(({ id, likes }) => [id, ...likes.map((like) => like.id)]), ...apart]),
    ];
    const [lines, groups] = await Promise.all([concernLines(db, actor, ids), groupsOf(db, ids)]);
    const line = new Map(lines.map((one) => [one.id, one]));
    return of && line.get(of)?.audience !== 'public' ? null : { found, next, line, groups, apart };
  },
  present: ({ found, next, line, groups, apart }) => {
    const placed = (one: ConcernLine) => ({ ...one, group: groups.get(one.id) ?? null });
    const told = new Set<string>();
    const items = found.flatMap(({ id, likes }) => {
      const concern = line.get(id)!;
      const shown = likes.flatMap(({ id: other, score }) => {
        const like = line.get(other);
        // A pair of two that wait is shown once, at the first of them.
        if (!like || told.has(`${other} ${id}`)) return [];
        told.add(`${id} ${other}`);
        const shares = {
          words: sharedWords(concern.words, like.words),
          areas: concern.areas.filter((area) => like.areas.includes(area)),
          department: like.department === concern.department,
        };
        return [{ ...placed(like), closeness: closeness(score), shares }];
      });
      return shown.length > 0 ? [{ concern: placed(concern), likes: shown }] : [];
    });
    return {
      items,
      next,
      /** Of one concern: those that were said to be unlike it, which are not proposed. */
      apart: apart
        .flatMap((id) => line.get(id) ?? [])
        .sort((one, other) => one.number - other.number)
        .map(({ id, number, words }) => ({ id, number, words })),
    };
  },
});
