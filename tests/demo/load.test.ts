import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { articles } from '~/db/demo/articles';
import { finishedBallot } from '~/db/demo/ballots';
import { numberOf } from '~/db/demo/cards';
import { loadDemo } from '~/db/demo/load';
import { organizations } from '~/db/demo/organizations';
import { people } from '~/db/demo/people';
import { ballots } from '~/db/schema/ballots';
import { concerns } from '~/db/schema/concerns';
import { versions } from '~/db/schema/document';
import { drafts } from '~/db/schema/drafts';
import { persons } from '~/db/schema/people';
import { spaces } from '~/db/schema/spaces';
import { actorOfPerson, anonymous } from '~/server/actor';
import { readKey } from '~/server/ballots/commands/key';
import * as concernPolicy from '~/server/concerns/policy';
import { concernFactsOf, visibleTo as visibleConcerns } from '~/server/concerns/queries';
import { numbering } from '~/server/document/queries/places';
import { hashOf, holds, says } from '~/server/document/rules';
import { settled } from '~/server/document/rules/references';
import * as draftPolicy from '~/server/drafts/policy';
import { currentText, draftFacts, textAt, visibleTo as visibleDrafts } from '~/server/drafts/queries';
import { wordsOf } from '~/server/drafts/rules/lines';
import { linesIn, textOf } from '~/server/drafts/rules/texts';
import { cardByCode } from '~/server/people/queries';
import { conflict, type Role, readNumber } from '~/server/people/rules';
import { read } from '~/server/realtime/log';
import { can } from '~/server/rule';
import * as spacePolicy from '~/server/spaces/policy';
import { spaceFacts, visibleTo as visibleSpaces } from '~/server/spaces/queries';
import { testDatabase } from '../support/db';

const database = testDatabase();
const rows = async <T extends Record<string, unknown>>(query: string) =>
  [...(await database.db.execute<T>(sql.raw(query)))] as T[];
const number = async (query: string): Promise<number> => Number(Object.values((await rows(query))[0]!)[0]);

beforeAll(async () => {
  expect(await loadDemo(database.db)).toBe('loaded');
}, 120_000);

describe('an empty database', () => {
  it('is a demo forum as large as the forum promised', async () => {
    expect(await rows('select demo from forum')).toEqual([{ demo: true }]);
    expect(await number('select count(*) from associations')).toBeGreaterThanOrEqual(12);
    expect(await number('select count(*) from persons')).toBeGreaterThanOrEqual(60);
    expect(await number('select count(*) from concerns')).toBeGreaterThanOrEqual(120);
    expect(await number('select count(distinct area) from concerns, unnest(areas) area')).toBe(15);
    expect(await number('select count(*) from drafts')).toBe(6);
    expect(
      await rows(
        'select v.number, count(*)::int n from versions v join version_articles a on a.version_id = v.id group by 1 order by 1',
      ),
    ).toEqual([
      { number: 1, n: 26 },
      { number: 2, n: 30 },
    ]);
    expect(await number('select count(*) from responses')).toBeGreaterThanOrEqual(12);
  });

  it('shows what the committee has done: two articles joined, and taken apart again', async () => {
    expect(
      (await rows<{ kind: string }>('select kind from acts order by number')).map(({ kind }) => kind),
    ).toEqual([...['setFields', 'merge', 'undo', 'place', 'undo']]);
    expect(await number('select count(*) from acts where undone_by is not null')).toBe(2);
  });

  it('holds nothing dated in the future but the end of the open ballot', async () => {
    const moments = await rows<{ t: string; c: string }>(`
      select table_name t, column_name c from information_schema.columns
      where table_schema = 'public' and data_type = 'timestamp with time zone'`);
    const late: string[] = [];
    for (const { t, c } of moments)
      if ((await number(`select count(*) from "${t}" where "${c}" > now()`)) > 0) late.push(`${t}.${c}`);
    expect(late.sort()).toEqual(['ballots.closes_at', 'cards.expires_at', 'jobs.run_at']);
  });
});

describe('the document', () => {
  it('has drafts that are read in parts, each below its heading', async () => {
    for (const { textId } of await database.db.select({ textId: drafts.textId }).from(drafts)) {
      const log = await read(database.db, textId);
      const lines = linesIn(textOf(log.map(({ bytes }) => bytes)));
      const headings = lines.filter(({ block }) => block === 'heading').map(wordsOf);
      expect(headings.length).toBeGreaterThan(3);
      expect(headings).toContain('Por qué lo escribimos');
      expect(lines.at(-1)!.block).toBe('paragraph');
    }
  });

  it('has versions whose hash is that of their canonical text, and of each article', async () => {
    for (const version of await database.db.select().from(versions)) {
      expect(hashOf(version.canonical)).toBe(version.sha256);
      expect(holds(version.canonical, version.sha256)).toBe(true);
    }
  });

  it('stands in the making as it was frozen, word by word', async () => {
    const standing = await rows<{ text_id: string; text: string; law: string }>(`
      select a.text_id, f.text from articles a join version_articles f on f.article_id = a.id
      join versions v on v.id = f.version_id and v.number = 2`);
    expect(standing).toHaveLength(30);
    const { placeOf } = await numbering(database.db);
    for (const { text_id, text } of standing)
      expect(settled((await currentText(database.db, text_id)).text, placeOf, '').text).toBe(text);
  });

  it('shows what a point and a reference are: one article has them, named by the number it has', async () => {
    const [named, ...others] = await rows<{ text: string; number: number }>(`
      select f.text, w.number from version_articles f
      join versions v on v.id = f.version_id and v.number = 2
      join version_articles w on w.version_id = v.id and w.title = 'Agua segura'
      where jsonb_array_length(f.refs) > 0`);
    expect(others).toEqual([]);
    expect(named!.text).toContain(`- agua segura, como dice el artículo ${named!.number};`);
  });

  it('has every article from words that its draft said at that place of its log', async () => {
    const sources = await rows<{ seq: string; draft: string; article: string }>(`
      select s.seq, d.text_id draft, a.text_id article from article_sources s
      join drafts d on d.id = s.draft_id join articles a on a.id = s.article_id`);
    expect(sources).toHaveLength(30);
    for (const { seq, draft, article } of sources) {
      const said = (await textAt(database.db, draft, Number(seq)))!.text;
      const first = (await textAt(database.db, article, 1))!.text;
      expect(says(said, first), first).toBe(true);
    }
  });

  it('has no article without a concern behind it in the version that it first stood in', async () => {
    expect(await number('select count(*) from version_articles where concern_ids = array[]::uuid[]')).toBe(0);
  });
});

describe('every concern', () => {
  it('has the state of its last decision, and began as received', async () => {
    const wrong = await rows(`
      select c.number from concerns c where
        c.state <> (select state from concern_decisions where concern_id = c.id order by decided_at desc limit 1)
        or 'recibida' <> (select state from concern_decisions where concern_id = c.id order by decided_at limit 1)
        or c.created_at <> (select min(decided_at) from concern_decisions where concern_id = c.id)`);
    expect(wrong).toEqual([]);
  });

  it('has the steps that lead there, and the links and reasons that go with it', async () => {
    const paths = await rows<{ path: string; n: number }>(`
      select path, count(*)::int n from (
        select string_agg(state, ' ' order by decided_at) path from concern_decisions group by concern_id) p
      group by path`);
    expect(paths.map(({ path }) => path).sort()).toEqual([
      'recibida',
      'recibida en_debate',
      'recibida en_debate recogida',
      'recibida no_recogida',
    ]);
    const wrong = await rows(`
      select c.number from concerns c where
        (c.state = 'recogida') <> exists (select from article_concerns where concern_id = c.id and ended_at is null)
        or (c.state in ('recogida', 'en_debate')) <> exists (select from draft_concerns where concern_id = c.id)
        or (c.state = 'no_recogida') <> (c.reason is not null and c.reason_code is not null)`);
    expect(wrong).toEqual([]);
  });

  it('was tied to its articles after they and it were there', async () => {
    const wrong = await rows(`
      select 1 from article_concerns l join articles a on a.id = l.article_id join concerns c on c.id = l.concern_id
      where l.linked_at < a.created_at or l.linked_at <= c.created_at
      union all select 1 from draft_concerns l join drafts d on d.id = l.draft_id
      join concerns c on c.id = l.concern_id where l.linked_at < d.created_at or l.linked_at <= c.created_at
      union all select 1 from concerns c join persons p on p.id = c.person_id where c.created_at < p.created_at`);
    expect(wrong).toEqual([]);
  });
});

describe('what walks together', () => {
  it('are several groups of public concerns, one that was left, and nothing in two at a time', async () => {
    expect(await number('select count(*) from concern_groups where ended_at is null')).toBeGreaterThanOrEqual(
      5,
    );
    expect(await number('select count(*) from concern_group_members where ended_at is not null')).toBe(1);
    expect(
      await number(`select count(*) from concern_group_members m join concerns c on c.id = m.concern_id
        where c.audience <> 'public' or m.since < c.created_at`),
    ).toBe(0);
  });

  it('and what was asked to be looked at again: one waits in time, one was answered by another', async () => {
    expect(
      await rows(`select a.state, a.decided_by = d.decided_by same, a.raised_at > now() - interval '15 days' in_time
        from concern_appeals a join concern_decisions d on d.id = a.decision_id order by 1`),
    ).toEqual([
      { state: 'refused', same: false, in_time: false },
      { state: 'waiting', same: null, in_time: true },
    ]);
  });
});

describe('the ballots', () => {
  it('are one closed, counted and verified, and one open that keeps its counts to itself', async () => {
    const all = await database.db.select().from(ballots).orderBy(ballots.preparedAt);
    expect(all.map(({ method, state }) => `${method} ${state}`)).toEqual([
      ...['hands closed', 'secret closed', 'secret closed', 'secret prepared', 'secret open'],
    ]);
    for (const ballot of all.filter(({ state }) => state !== 'prepared'))
      expect(hashOf(ballot.manifest!)).toBe(ballot.manifestSha256);
    const [, closed, , , open] = all as (typeof all)[number][] as [
      unknown,
      (typeof all)[number],
      unknown,
      unknown,
      (typeof all)[number],
    ];
    expect(closed.closedAt).toEqual(closed.closesAt);
    expect(readKey(closed.id)).toBeNull();
    expect(readKey(open.id)).toHaveLength(32);
    expect(
      await rows(`select yes, no, abstain, verdict from tallies t join ballot_questions q on q.id = t.question_id
        join ballots b on b.id = q.ballot_id where q.version_article_id is null order by b.opened_at`),
    ).toEqual([
      { yes: 28, no: 2, abstain: 1, verdict: 'aprobado' },
      { yes: 29, no: 2, abstain: 2, verdict: 'aprobado' },
      { yes: 25, no: 5, abstain: 2, verdict: 'aprobado' },
    ]);
    // By name: twelve of thirteen speak, and two say no.
    expect(await rows('select choice, count(*)::int n from chamber_positions group by 1 order by 1')).toEqual(
      [
        { choice: 'abstencion', n: 1 },
        { choice: 'no', n: 2 },
        { choice: 'si', n: 9 },
      ],
    );
    const counted = await rows<{ article: string; yes: number; no: number; abstain: number }>(`
      select v.title article, yes, no, abstain from tallies t join ballot_questions q on q.id = t.question_id
      join version_articles v on v.id = q.version_article_id order by q.position`);
    const titleOf = (key: string) => articles.find((article) => article.key === key)!.title;
    expect(counted).toEqual(
      finishedBallot.results.map(({ article, ...counts }) => ({ article: titleOf(article), ...counts })),
    );
    expect(await number(`select count(*) from tallies where verdict = 'no_aprobado'`)).toBeGreaterThan(0);
    expect(
      await rows(`select choice is null blind, handle is null plain, count(*)::int n from papers
        group by 1, 2 order by 1`),
    ).toEqual([
      { blind: false, plain: true, n: 33 * 27 + 32 },
      // Everybody's paper, and one for women, region and cooperative each.
      { blind: true, plain: false, n: 17 * 32 * 4 },
    ]);
    expect(
      await rows(`select count(*) filter (where voted)::int voted, count(*)::int roll
        from roll_entries where ballot_id = '${closed.id}'`),
    ).toEqual([{ voted: 33, roll: 38 }]);
  });

  it('were voted by each of the roll once: a receipt for each sheet, no name beside it', async () => {
    expect(
      await rows(`select b.state, count(*)::int n, count(r.tracker)::int words from receipts r
        join ballots b on b.id = r.ballot_id group by 1 order by 1`),
    ).toEqual([
      { state: 'closed', n: 33 + 32, words: 33 + 32 },
      { state: 'open', n: 17, words: 0 },
    ]);
  });

  it('leave one job, that of the close to come', async () => {
    expect(await rows('select state, run_at > now() later from jobs order by run_at')).toEqual([
      { state: 'done', later: false },
      { state: 'done', later: false },
      { state: 'waiting', later: true },
    ]);
  });
});

describe('the State', () => {
  it('has answered, has put some answers anew beside the first, and is overdue with some', async () => {
    expect(await number('select count(*) from responses where revision = 2')).toBeGreaterThanOrEqual(2);
    expect(
      await number(`select count(*) from response_requests q where due_on < current_date
        and not exists (select from responses where request_id = q.id)`),
    ).toBe(4);
  });
});

describe('the people', () => {
  it('get in with the printed number and card', async () => {
    for (const person of people) {
      const owner = await cardByCode(database.db, person.card);
      expect([owner?.name, owner?.number]).toEqual([person.name, readNumber(numberOf(person.key))]);
    }
    // Printed in the README: it may not change.
    expect(numberOf('rufino')).toBe('34090949');
  });

  it('hold no roles that may not meet (R-79)', async () => {
    const held = await rows<{ person_id: string; roles: Role[] }>(`
      select person_id, array_agg(role) roles from (
        select person_id, role from forum_roles union select person_id, role from memberships
        union select person_id, role from space_roles union select person_id, 'delegate' from mandates) r
      group by person_id`);
    expect(held.length).toBeGreaterThan(70);
    for (const { roles } of held)
      for (const role of roles) expect([roles, conflict(new Set(roles), role)]).toEqual([roles, null]);
  });

  it('are at most one free base in each country', async () => {
    const free = organizations.filter(({ kind }) => kind === 'base-libre').map(({ country }) => country);
    expect(new Set(free).size).toBe(free.length);
  });

  it('find in lists exactly what they may open', async () => {
    const everyone = await database.db.select({ id: persons.id }).from(persons);
    const actors = [
      anonymous,
      ...(await Promise.all(everyone.map(({ id }) => actorOfPerson(database.db, id)))),
    ];
    const { db } = database;
    const allDrafts = await Promise.all(
      (await db.select({ id: drafts.id }).from(drafts)).map(({ id }) => draftFacts(db as never, id)),
    );
    const allSpaces = await Promise.all(
      (await db.select({ id: spaces.id }).from(spaces)).map(({ id }) => spaceFacts(db, id)),
    );
    const allConcerns = await Promise.all(
      (await db.select({ id: concerns.id }).from(concerns)).map(async ({ id }) => ({
        ...(await concernFactsOf(db, id))!,
        id,
      })),
    );
    for (const actor of actors) {
      const readable = allConcerns.filter((one) => can(concernPolicy.read, actor, one)).map(({ id }) => id);
      const listed = await db.select({ id: concerns.id }).from(concerns).where(visibleConcerns(actor));
      expect(listed.map(({ id }) => id).sort()).toEqual(readable.sort());
      const entered = allSpaces.filter((one) => can(spacePolicy.read, actor, one!)).map((one) => one!.id);
      const found = await db.select({ id: spaces.id }).from(spaces).where(visibleSpaces(actor));
      expect(found.map(({ id }) => id).sort()).toEqual(entered.sort());
      const open = allDrafts.filter((one) => can(draftPolicy.read, actor, one!)).map((one) => one!.id);
      const seen = await db
        .select({ id: drafts.id })
        .from(drafts)
        .innerJoin(spaces, eq(spaces.id, drafts.spaceId))
        .where(visibleDrafts(actor));
      expect(seen.map(({ id }) => id).sort()).toEqual(open.sort());
    }
  }, 60_000);
});

describe('a database that is not empty', () => {
  it('is left as it is where the demo is there', async () => {
    const counts = async () => {
      const names = await rows<{ t: string }>(
        `select table_name t from information_schema.tables where table_schema = 'public' order by 1`,
      );
      const sums: [string, number][] = [];
      for (const { t } of names)
        sums.push([
          t,
          await number(`select count(*) || '' || coalesce(sum(hashtext(r::text)), 0) from "${t}" r`),
        ]);
      return sums;
    };
    const before = await counts();
    const said: string[] = [];
    expect(await loadDemo(database.db, { log: (line) => said.push(line) })).toBe('there');
    expect(said).toEqual(['The demo forum is there already.']);
    expect(await counts()).toEqual(before);
  });
});
