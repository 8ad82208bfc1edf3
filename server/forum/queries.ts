import { sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { associations } from '~/db/schema/associations';
import { ballots, rollEntries } from '~/db/schema/ballots';
import { concerns } from '~/db/schema/concerns';
import { versionArticles, versions } from '~/db/schema/document';
import { drafts } from '~/db/schema/drafts';
import { forum } from '~/db/schema/kernel';
import { query } from '../act';
import { type Actor, today } from '../actor';
import { sheetsIn } from '../ballots/queries';
import { nothing } from '../input';
import { owed } from '../responses/queries';
import { anyone, can } from '../rule';
import * as policy from './policy';
import { actsFor, type Situation } from './rules';

/** The forum's name and whether it is the demo; null name until it has been set up. */
export const face = query({
  action: 'forum.face',
  rule: anyone,
  input: nothing,
  load: async (db) =>
    (await db.select({ name: forum.name, demo: forum.demo }).from(forum))[0] ?? { name: null, demo: false },
  present: (row) => row,
});

type Counts = {
  concerns: number;
  placed: number;
  drafts: number;
  version: number | null;
  articles: number;
  open: { id: string; title: string; closesAt: string }[];
  closed: { id: string; title: string }[];
  asked: number;
  answered: number;
};

/** The public figures of the one thread, in one round trip. */
async function countsOf(db: DbOrTx): Promise<Counts> {
  const [row] = await db.execute<Counts & { [column: string]: unknown }>(sql`
    with v as (select id, number from ${versions} order by number desc limit 1)
    select
      (select count(*)::int from ${concerns} where audience = 'public') as concerns,
      (select count(*)::int from ${concerns} where audience = 'public' and state = 'recogida') as placed,
      (select count(*)::int from ${drafts} d join spaces s on s.id = d.space_id
        where d.state = 'open' and not s.private) as drafts,
      (select number from v) as version,
      (select count(*)::int from ${versionArticles} where version_id = (select id from v)) as articles,
      (select coalesce(json_agg(json_build_object('id', id, 'title', title, 'closesAt', closes_at) order by closes_at), '[]')
        from ${ballots} where state = 'open') as open,
      (select coalesce(json_agg(json_build_object('id', id, 'title', title) order by closed_at desc), '[]')
        from ${ballots} where state = 'closed') as closed,
      (select count(*)::int from response_requests) as asked,
      (select count(distinct request_id)::int from responses) as answered`);
  return row!;
}

type Mine = {
  ballots: { id: string; title: string; closesAt: string }[];
  draft: { id: string; title: string } | null;
  enrollsAt: { id: string; name: string } | null;
  answers: number;
  overdue: number;
  mandates: number;
  concerns: number;
};

/** What waits for this person, in one round trip. */
async function waitingFor(db: DbOrTx, actor: Actor): Promise<Mine> {
  const me = actor.personId;
  const [row] = await db.execute<Mine & { [column: string]: unknown }>(sql`
    select
      (select coalesce(json_agg(json_build_object('id', b.id, 'title', b.title, 'closesAt', b.closes_at)), '[]')
        from ${ballots} b join ${rollEntries} r on r.ballot_id = b.id
        where b.state = 'open' and b.closes_at > now() and r.person_id = ${me}) as ballots,
      (select json_build_object('id', d.id, 'title', d.title)
        from ${drafts} d join space_roles s on s.space_id = d.space_id and s.ended_at is null
        where d.state = 'open' and s.person_id = ${me} and s.role in ('writer', 'coordinator')
        order by (select max(u.at) from text_updates u where u.text_id = d.text_id) desc nulls last, d.created_at desc
        limit 1) as draft,
      (select json_build_object('id', a.id, 'name', a.name)
        from ${associations} a join memberships m on m.association_id = a.id
        where m.person_id = ${me} and m.role = 'secretary' and m.ended_at is null and a.dissolved_at is null
        order by m.since limit 1) as "enrollsAt",
      (select count(*)::int from response_requests where office_id = ${actor.officeId}
        and (${owed} < ${today}::date
          or not exists (select from responses where request_id = response_requests.id))) as answers,
      (select count(*)::int from response_requests where office_id = ${actor.officeId}
        and ${owed} < ${today}::date) as overdue,
      (select count(*)::int from mandates where state = 'presented') as mandates,
      (select count(*)::int from ${concerns} where audience = 'public' and state in ('recibida', 'en_debate')) as concerns`);
  // The roll is marked at the close alone, so what she has voted is asked of the box.
  const voted = await sheetsIn(
    db,
    me!,
    row!.ballots.map(({ id }) => id),
  );
  return { ...row!, ballots: row!.ballots.filter(({ id }) => !voted.get(id)) };
}

/** Where the process stands, and what this person can do now. */
export const home = query({
  action: 'forum.home',
  rule: anyone,
  input: nothing,
  load: async (db, _input, actor) => {
    const [counts, mine] = await Promise.all([countsOf(db), actor.personId ? waitingFor(db, actor) : null]);
    return { counts, mine };
  },
  present: ({ counts, mine }, actor) => {
    const may = {
      answers: can(policy.answers, actor, null),
      accredits: can(policy.accredits, actor, null),
      consolidates: can(policy.consolidates, actor, null),
      arranges: can(policy.arranges, actor, null),
      raises: can(policy.raises, actor, null),
    };
    const situation: Situation = {
      signedIn: actor.personId !== null,
      ballots: mine?.ballots ?? [],
      may,
      waiting: {
        answers: mine?.answers ?? 0,
        overdue: mine?.overdue ?? 0,
        mandates: mine?.mandates ?? 0,
        concerns: mine?.concerns ?? 0,
      },
      draft: mine?.draft ?? null,
      enrollsAt: mine?.enrollsAt ?? null,
      hasDocument: counts.version !== null,
    };
    return { counts, acts: actsFor(situation) };
  },
});
