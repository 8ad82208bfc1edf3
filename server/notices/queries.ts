import { type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { amendments } from '~/db/schema/amendments';
import { mandates } from '~/db/schema/associations';
import { ballotAnnulments, ballots, rollEntries } from '~/db/schema/ballots';
import { boothAbsences, booths } from '~/db/schema/booths';
import { concernDecisions, concerns } from '~/db/schema/concerns';
import { noticeMarks } from '~/db/schema/notices';
import { query } from '../act';
import { limaDay } from '../day';
import { anyone } from '../rule';
import * as policy from './policy';
import { countedAtMost, lastDayHours, longEnoughHours, type NoticeKind, pathOf } from './rules';
import * as schema from './schema';

const pageSize = 20;
const hours = (n: number) => sql.raw(`interval '${n} hours'`);

/**
 * Everything a person is told, as rows (kind, subject, at). Of a ballot, what all on its roll are told alike, whether
 * they have voted or not; of a booth, that she was named to stand by it, and to those it concerns that another of them
 * is not there; of her own concerns, what others decided; of what she proposed to be changed, or her base did, what became of it. `at` to the millisecond, as pages carry it.
 */
const told = (personId: string): SQL => sql`
  select kind, subject, date_trunc('milliseconds', at) as at from (
    select n.kind, b.id as subject, n.at
      from ${rollEntries} r join ${ballots} b on b.id = r.ballot_id
      left join ${ballotAnnulments} x on x.ballot_id = b.id
      cross join lateral (values
        (case when b.method = 'secret' then 'ballot.opened' else 'room.opened' end, b.opened_at),
        -- In the room nobody votes from home, and there is no last day.
        ('ballot.lastDay', case when b.state = 'open' and b.method = 'secret' and b.closes_at > now()
          and b.closes_at - b.opened_at >= ${hours(longEnoughHours)} then b.closes_at - ${hours(lastDayHours)} end),
        (case when x.ballot_id is not null then 'ballot.annulled'
          when b.method = 'secret' then 'ballot.result' else 'room.result' end,
          case when b.state = 'closed' then coalesce(x.annulled_at, b.closed_at) end)) as n (kind, at)
      where r.person_id = ${personId}
    union all
    select 'concern.' || d.state, c.id, d.decided_at
      from ${concerns} c join ${concernDecisions} d on d.concern_id = c.id
      where c.person_id = ${personId} and d.decided_by is not null and d.decided_by <> c.person_id
    union all
    select 'amendment.' || a.state, a.id, a.decided_at
      from ${amendments} a
      left join ${mandates} m on m.association_id = a.association_id and m.person_id = ${personId}
        and m.state = 'accredited' and m.decided_at <= a.decided_at
      where a.state in ('accepted', 'rejected', 'overtaken') and a.decided_by is distinct from ${personId}
        and (a.proposed_by = ${personId} or m.id is not null)
    union all
    select 'booth.named', k.ballot_id, k.named_at
      from ${booths} k where k.first_id = ${personId} or k.second_id = ${personId}
    union all
    select 'booth.absent', k.ballot_id, s.said_at
      from ${booths} k join ${boothAbsences} s on s.booth_id = k.id and s.person_id <> ${personId}
      where k.opened_by = ${personId} or k.first_id = ${personId} or k.second_id = ${personId}
  ) as all_of_hers (kind, subject, at)
  where at <= now()`;

const mark = (personId: string): SQL =>
  sql`coalesce((select up_to from ${noticeMarks} where person_id = ${personId}), '-infinity')`;

type Row = { kind: NoticeKind; subject: string; at: string; fresh: boolean };

async function count(db: DbOrTx, from: SQL): Promise<number> {
  const [row] = await db.execute<{ n: number }>(sql`select count(*)::int as n from (${from}) as counted`);
  return row!.n;
}

/** How many notices she has not seen yet, up to 100. */
export const unread = query({
  action: 'notices.unread',
  rule: policy.mine,
  see: anyone,
  input: schema.nothing,
  load: async (db, _input, { personId }) => {
    if (personId === null) return { n: 0 };
    const fresh = sql`select 1 from (${told(personId)}) as t where t.at > ${mark(personId)} limit ${countedAtMost + 1}`;
    return { n: await count(db, fresh) };
  },
  present: ({ n }) => ({ n }),
});

/** Her notices, newest first; `fresh`: not seen yet. */
export const mine = query({
  action: 'notices.mine',
  rule: policy.mine,
  see: anyone,
  input: schema.list,
  load: async (db, { page }, { personId }) => {
    if (personId === null) return { rows: [], total: 0 };
    const [rows, total] = await Promise.all([
      db.execute<Row>(sql`
        select t.kind, t.subject, to_json(t.at) #>> '{}' as at, t.at > ${mark(personId)} as fresh
        from (${told(personId)}) as t
        order by t.at desc, t.kind, t.subject limit ${pageSize} offset ${(page - 1) * pageSize}`),
      count(db, told(personId)),
    ]);
    return { rows: [...rows], total };
  },
  present: ({ rows, total }, _actor, { page }) => ({
    items: rows.map(({ kind, subject, at, fresh }) => ({
      key: `${kind} ${subject} ${at}`,
      kind,
      href: pathOf({ kind, subject }),
      day: limaDay(new Date(at)),
      fresh,
    })),
    /** What «seen» has to say when she has read this page. */
    upTo: rows[0] ? new Date(rows[0].at).toISOString() : null,
    page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
  }),
});
