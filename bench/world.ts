import { eq, sql } from 'drizzle-orm';
import type { Db } from '~/db/client';
import { loadDemo } from '~/db/demo/load';
import { ballotQuestions, ballots } from '~/db/schema/ballots';
import { versions } from '~/db/schema/document';
import { openBallot } from '~/server/ballots/commands/ballot';
import { delegates } from '~/server/ballots/commands/roll';
import { charters } from '~/server/ballots/rules/charter';
import { buildVersion } from '~/tests/support/ballots';

type Size = {
  concerns: number;
  voters: number;
  sessions: number;
  /** So many articles of a version of its own, by the front's rule, with groups; left out: the demo's, by two numbers. */
  articles?: number;
};

/**
 * The demo forum, with many more concerns and a ballot with many more people on its roll: of all its bases, every
 * fifth a woman who agreed to be counted.
 * @returns voters with a session each, and a vote that says yes.
 */
export async function fillForum(db: Db, size: Size) {
  await loadDemo(db);
  await db.execute(sql`
    insert into concerns (words, areas, country, department, barrier, person_id, created_at)
    select c.words || ' ' || n, c.areas, c.country, c.department, c.barrier, c.person_id, now() - make_interval(mins => n)
    from generate_series(1, ${size.concerns}) n
    join lateral (select * from concerns order by number offset n % 100 limit 1) c on true`);
  await db.execute(sql`
    with bases as (select id, row_number() over (order by created_at, id) - 1 as at, count(*) over () as n
        from associations where dissolved_at is null),
      people as (
        insert into persons (name, number, sex)
        select 'Votante ' || n, (10000000 + n)::text, case when n % 5 = 0 then 'mujer' end
        from generate_series(1, ${size.voters}) n returning id, number::int as n, sex),
      counted as (insert into counted_as (person_id, behind) select id, 0 from people where sex = 'mujer')
    insert into mandates (association_id, person_id, acta_reference, acta_date, acta_words, state)
    select bases.id, people.id, 'x', '2026-01-01', 'x', 'accredited'
    from people join bases on bases.at = people.n % bases.n`);
  const voters = await db.execute<{ personId: string; sessionId: string }>(sql`
    insert into sessions (person_id, device, seen_on, expires_at)
    select id, 'x', to_char(now(), 'YYYY-MM-DD'), now() + interval '1 day' from persons where name like 'Votante %'
    limit ${size.sessions} returning person_id as "personId", id as "sessionId"`);
  await db.execute(sql`analyze`);
  const [demos] = await db.select({ id: versions.id }).from(versions).where(eq(versions.number, 2));
  const version = size.articles ? await buildVersion(db, { count: size.articles }) : demos;
  const [ballot] = await db
    .insert(ballots)
    .values({
      versionId: version!.id,
      title: 'Votación de medida',
      scope: 'articles',
      rule: size.articles ? charters.frente : { quorumPercent: 50, majorityPercent: 50 },
      closesAt: new Date(Date.now() + 96 * 3_600_000),
    })
    .returning({ id: ballots.id });
  await db.transaction(async (tx) =>
    openBallot(tx, ballot!.id, { roll: await delegates(tx), at: new Date() }),
  );
  const questions = await db
    .select({ question: ballotQuestions.id })
    .from(ballotQuestions)
    .where(eq(ballotQuestions.ballotId, ballot!.id));
  return {
    ballotId: ballot!.id,
    voters: [...voters],
    choices: questions.map((question) => ({ ...question, choice: 'si' as const })),
  };
}
