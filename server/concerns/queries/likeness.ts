import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { concerns } from '~/db/schema/concerns';
import { query } from '../../act';
import * as policy from '../policy';
import { type ConcernLine, concernLines } from '../queries';
import { alikeFrom, closeness, sharedWords } from '../rules/likeness';
import * as schema from '../schema';
import { groupsOf } from './groups';

/** How many rows the rarest words of a concern may bring; see decision 098. */
const candidatesAbout = 600;
const candidatesAtMost = 1000;

type Like = { seed: string; id: string; score: number; [column: string]: unknown };

/**
 * What is most like each of these concerns, of the public ones: those that share its rarest stems, scored by the
 * share of all stems and by the letters. Not what walks with it already, and not what was said to be unlike.
 */
export async function likesOf(db: DbOrTx, ids: string[], most = 4): Promise<Like[]> {
  if (ids.length === 0) return [];
  const found = await db.execute<Like>(sql`
    with often as materialized (
        select e as stem, f * (select greatest(reltuples, 0) from pg_class where oid = 'public.concerns'::regclass) as rows
        from pg_stats s, unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as x (e, f)
        where s.schemaname = 'public' and s.tablename = 'concerns' and s.attname = 'search' and e is not null),
      seeds as materialized (
        select c.id, c.words, tsvector_to_array(c.search) as stems,
          (select m.group_id from concern_group_members m where m.concern_id = c.id and m.ended_at is null) as group_id,
          (select string_agg('''' || replace(replace(stem, '\\', '\\\\'), '''', '''''') || '''', ' | ')::tsquery from (
            select lexeme as stem, row_number() over rarest as nth, sum(coalesce(rows, 0)) over rarest as upto
            from unnest(c.search) left join often on often.stem = lexeme
            window rarest as (order by coalesce(rows, 0), lexeme rows unbounded preceding)) ranked
            where nth <= 2 or upto <= ${candidatesAbout}) as rare
        from concerns c where c.id in ${ids} and c.audience = 'public')
    select s.id as seed, liked.id, liked.score from seeds s cross join lateral (
      select near.id, (near.shared::float / least(cardinality(s.stems), near.size)
          + public.similarity(near.words, s.words)) / 2 as score
      from (
        select c.id, c.words, length(c.search) as size, cardinality(array(
          select unnest(tsvector_to_array(c.search)) intersect select unnest(s.stems))) as shared
        from concerns c
        where c.search @@ s.rare and c.audience = 'public' and c.id <> s.id
        limit ${candidatesAtMost}) near
      where near.shared >= 2
        and not exists (select from concern_unlikes u where u.ended_at is null
          and u.one_id = least(near.id, s.id) and u.other_id = greatest(near.id, s.id))
        and not exists (select from concern_group_members m where m.concern_id = near.id and m.ended_at is null
          and m.group_id = s.group_id)
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

/** Which concerns seem alike, with what they share: for the committee, which decides. */
export const suggestions = query({
  action: 'concerns.suggestions',
  rule: policy.arrange,
  input: schema.suggestions,
  load: async (db, { of, after }, actor) => {
    const { found, next } = of
      ? { found: [{ id: of, likes: await likesOf(db, [of], 8) }], next: null }
      : await gather(db, after);
    const ids = [...new Set(found.flatMap(({ id, likes }) => [id, ...likes.map((like) => like.id)]))];
    const [lines, groups] = await Promise.all([concernLines(db, actor, ids), groupsOf(db, ids)]);
    const line = new Map(lines.map((one) => [one.id, one]));
    return of && line.get(of)?.audience !== 'public' ? null : { found, next, line, groups };
  },
  present: ({ found, next, line, groups }) => {
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
    return { items, next };
  },
});
