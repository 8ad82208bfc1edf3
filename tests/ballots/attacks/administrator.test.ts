import '../../support/runtime';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { backup } from '~/db/backup';
import { persons, sessions } from '~/db/schema/people';
import { openMark, paperHandle } from '~/server/ballots/commands/box';
import { forgetting } from '~/server/ballots/commands/forget';
import { destroyKey, readKey } from '~/server/ballots/commands/key';
import { ballotJobs } from '~/server/ballots/jobs';
import { type Choice, choices } from '~/server/ballots/rules';
import { charters } from '~/server/ballots/rules/charter';
import { runtime } from '~/server/runtime';
import { buildDelegates, closed, openedBallot, questionsOf, sheetOf } from '../../support/ballots';
import { callAs } from '../../support/call';
import { type Machine, machine } from '../../support/machine';
import { forumWorld } from '../../support/people';
import { dice } from '../../support/plans';
import { handOut, seat } from '../../support/urns';

// Somebody holds the whole machine: the live database with all that PostgreSQL knows of its rows, the folder of its
// log, a backup that was taken during the vote, and what the forum printed. Forty people sign in and vote at once.
let its: Machine;
let world: Awaited<ReturnType<typeof forumWorld>>;
let voters: string[];
let ballotId: string;
let questions: string[];
let said: string[];
let before: { sequences: string; start: string };
let saved: Buffer;
let open: { key: Buffer; line: string[]; order: string[] };
const truth = new Map<string, Choice[]>();
const N = 40;

const rows = <T = Record<string, string>>(text: string) => its.root.unsafe(text) as unknown as Promise<T[]>;
const sequences = async () => JSON.stringify(await rows('select sequencename, last_value from pg_sequences'));

beforeAll(async () => {
  its = await machine();
  world = await forumWorld(its.db);
  const women = await buildDelegates(its.db, world.florDeCuarzo.id, 15);
  voters = [...women, ...(await buildDelegates(its.db, world.tresVetas.id, N - 15))];
  await its.db.update(persons).set({ sex: 'mujer' }).where(inArray(persons.id, women));
  for (const one of women) await (await callAs(its.db, one)).ballots.countMe({ agree: true });
  ballotId = (await openedBallot(its.db, { rule: charters.frente })).id;
  questions = (await questionsOf(its.db, ballotId)).map(({ id }) => id);
  const spies = (['info', 'error', 'warn', 'log'] as const).map((name) => vi.spyOn(console, name));
  const [at] = await rows('select pg_current_wal_lsn()::text as start');
  before = { sequences: await sequences(), start: at!.start! };
  const lot = dice(20261127);
  const line = [...voters].sort(() => lot() - 0.5);
  for (const personId of line) {
    await its.db
      .insert(sessions)
      .values({ personId, device: 'x', seenOn: '2026-11-27', expiresAt: new Date(Date.now() + 1e8) });
    const own = questions.map(() => choices[Math.floor(lot() * 3)]!);
    truth.set(personId, own);
    await (await callAs(its.db, personId)).ballots.cast(await sheetOf(its.db, ballotId, own));
  }
  const file = join(its.dataDir, 'during.backup');
  await backup(its.url, file);
  saved = gunzipSync(readFileSync(file));
  const lined = await rows<{ handle: Buffer }>(
    `select handle from papers where question_id = '${questions[0]}' and dimension = 'overall'
     order by xmin::text::bigint`,
  );
  open = { key: readKey(ballotId)!, line, order: lined.map(({ handle }) => handle.toString('hex')) };
  await closed(its.db, ballotId);
  said = spies.flatMap((spy) => spy.mock.calls.flat().map(String));
  for (const spy of spies) spy.mockRestore();
}, 120_000);
afterAll(() => its.stop());

/** How many people's answers come out right when the n-th person is given the n-th paper. */
const hits = (people: readonly string[], papers: readonly Choice[], question: number) =>
  people.filter((person, i) => truth.get(person)![question] === papers[i]).length;
// By lot thirteen of forty come out right; thirty or more would once in a hundred million times.
const far = 30;

async function pagesOf(table: string): Promise<number> {
  const [pages] = await rows<{ n: number }>(`select (pg_relation_size('${table}') / 8192)::int as n`);
  return pages!.n;
}
/** How many rows that are no more can still be read in the pages of a table. */
async function deadIn(table: string): Promise<number> {
  let n = 0;
  for (let page = 0; page < (await pagesOf(table)); page++) {
    const [dead] = await rows<{ n: number }>(
      `select count(*)::int as n from heap_page_items(get_raw_page('${table}', ${page}))
       where lp_flags = 1 and t_xmax::text <> '0' and (t_infomask & 2048) = 0`,
    );
    n += dead!.n;
  }
  return n;
}

describe('attack 18: what the administrator can link in the live database after the close', () => {
  it('by transaction: no row of any other table shares one with a paper or a receipt', async () => {
    const tables = await rows(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('papers', 'receipts')`,
    );
    expect(tables.length).toBeGreaterThan(40);
    for (const box of ['papers', 'receipts']) {
      for (const { name } of tables) {
        const [found] = await rows<{ n: number }>(
          `select count(*)::int as n from ${name} t join (select xmin, xmax from ${box} where ballot_id = '${ballotId}') p
           on p.xmin in (t.xmin, t.xmax) or (p.xmax::text <> '0' and p.xmax in (t.xmin, t.xmax))`,
        );
        expect([box, name, found!.n]).toEqual([box, name, 0]);
      }
    }
    const [lots] = await rows<{ papers: number; least: number; receipts: number }>(
      `select count(*)::int as papers, min(n)::int as least,
         (select count(distinct xmin::text)::int from receipts where ballot_id = '${ballotId}') as receipts
       from (select count(*) as n from papers where ballot_id = '${ballotId}' group by xmin::text) t`,
    );
    // Each transaction holds everybody's papers of one question; all receipts are of one.
    expect(lots).toEqual({ papers: 4, least: N, receipts: 1 });
  });

  it('by order: of rows, of ids, of transactions, on either side, no better than by lot', async () => {
    const people = {
      'sign-ins by transaction': 'select person_id as id from sessions order by xmin::text::bigint',
      'sign-ins by place': 'select person_id as id from sessions order by ctid',
      'roll by place': `select person_id as id from roll_entries where ballot_id = '${ballotId}' order by ctid`,
      'roll by index': `select person_id as id from roll_entries where ballot_id = '${ballotId}' order by person_id`,
      'mandates by place': 'select person_id as id from mandates order by ctid',
      'bases, then names':
        'select r.person_id as id from roll_entries r join persons p on p.id = r.person_id order by r.association_id, p.name',
    };
    const papers = ['ctid', 'id', 'xmin::text::bigint, cmin::text::bigint', 'ctid desc'];
    for (const [name, text] of Object.entries(people)) {
      const ids = (await rows(text)).map(({ id }) => id!).filter((id) => truth.has(id));
      expect(ids).toHaveLength(N);
      for (const order of papers)
        for (const [q, question] of questions.entries()) {
          const found = await rows<{ choice: Choice }>(
            `select choice from papers where question_id = '${question}' order by ${order}`,
          );
          const right = hits(
            ids,
            found.map(({ choice }) => choice),
            q,
          );
          expect([name, order, right < far]).toEqual([name, order, true]);
        }
    }
  });

  it('by ids, sequences, labels and patterns: nothing that one paper has and another has not', async () => {
    const ids = await rows(`select id from papers union all select id from receipts`);
    // Random all of them: no clock and no count is in them.
    expect(ids.every(({ id }) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/.test(id!))).toBe(true);
    expect(await sequences()).toBe(before.sequences);
    const [kept] = await rows(
      `select count(distinct (dimension, label, handle is null, sealed is null))::int as kinds, count(*)::int as n
       from papers where ballot_id = '${ballotId}'`,
    );
    expect(kept).toEqual({ kinds: 1, n: 4 * N });
    const [slips] = await rows(`select count(*)::int as n from receipts where handle is not null`);
    expect(slips).toEqual({ n: 0 });
  });

  it('by audit rows, jobs, statistics, queries kept, the server’s log and what the forum prints: nobody', async () => {
    const traces = await rows(
      `select 'audit' as name, to_jsonb(a)::text as row from audit a where action like 'ballots.cast%'
       union all select 'jobs', to_jsonb(j)::text from jobs j where kind like '%cast%'
       union all select 'submissions', to_jsonb(s)::text from submissions s where action like 'ballots.cast%'`,
    );
    expect(traces).toEqual([]);
    const [stats] = await rows(
      `select coalesce(string_agg(coalesce(most_common_vals::text, '') || coalesce(histogram_bounds::text, ''), ''), '') as all
       from pg_stats where tablename in ('papers', 'receipts') and attname in ('handle', 'sealed')`,
    );
    expect(stats!.all).toBe('');
    const printed = [...said, readFileSync(join(its.dataDir, 'postgres.log'), 'utf8')].join('\n');
    for (const word of [...voters, ...open.order, 'papers']) expect(printed).not.toContain(word);
  });

  it('by dead rows: none is left, and no page ever held a group’s paper in plain', async () => {
    for (const table of ['papers', 'receipts', 'roll_entries'])
      expect([table, await deadIn(table)]).toEqual([table, 0]);
    for (let page = 0; page < (await pagesOf('papers')); page++) {
      const [raw] = await rows<{ bytes: Buffer }>(`select get_raw_page('papers', ${page}) as bytes`);
      expect(inPlain(raw!.bytes)).toEqual([]);
    }
  });

  it('with the key: it is gone', () => {
    expect(existsSync(join(runtime().config.dataDir, 'keys', ballotId))).toBe(false);
    for (const place of [saved, its.wal()]) expect(place.includes(open.key)).toBe(false);
  });
});

/** A group's paper in plain, as PostgreSQL writes it: dimension, then label, both short texts. */
const short = (word: string) => Buffer.concat([Buffer.of(2 * (word.length + 1) + 1), Buffer.from(word)]);
function inPlain(bytes: Buffer): string[] {
  const all = [
    ['women', 'women'],
    ['women', 'others'],
    ['cooperative', 'outside'],
    ['region', '04'],
  ];
  return all.filter((pair) => bytes.includes(Buffer.concat(pair.map(short)))).map((pair) => pair.join());
}

/** For each transaction that took papers out: how many it took, and how many it put back. */
async function lotsInLog(table: string, from: string) {
  return rows<{ xid: string; out: number; back: number }>(
    `select r.xid::text as xid, count(distinct r.start_lsn) filter (where r.record_type = 'DELETE')::int as out,
       count(distinct r.start_lsn) filter (where r.record_type like '%INSERT%')::int as back
     from pg_get_wal_block_info('${from}', pg_current_wal_lsn()) r
     where r.resource_manager in ('Heap', 'Heap2') and r.relfilenode = pg_relation_filenode('${table}')
     group by r.xid::text having count(*) filter (where r.record_type = 'DELETE') > 0`,
  );
}

describe('an urn, and a ballot that is annulled', () => {
  it('leave no dead row that says with whom anybody was, once the sweep has come by', async () => {
    const { elvira, tomasa, gloria } = world.people;
    const { id } = await openedBallot(its.db, { rule: charters.con_mujeres });
    for (const one of [elvira, tomasa]) await seat(its.db, id, one.id);
    await handOut(its.db, id, [elvira.id, tomasa.id], [...voters.slice(0, 10), ...voters.slice(15, 26)]);
    const urns = await rows(`select distinct urn from paper_voters where ballot_id = '${id}'`);
    expect(urns.length).toBe(2);
    destroyKey(id);
    await (await callAs(its.db, gloria.id)).ballots.annul({
      id,
      reason: 'Se perdió la llave de la votación.',
    });
    await ballotJobs['ballots.sweep']!(
      its.db,
      { id: '', kind: '', payload: {}, attempts: 1 },
      async () => {},
    );
    expect(await rows(`select 1 from urns_given where ballot_id = '${id}'`)).toEqual([]);
    for (const table of forgetting) expect([table, await deadIn(table)]).toEqual([table, 0]);
  });
});

describe('what remains in the log, in backups, and while it is open (020 tells the voters)', () => {
  it('that somebody signed in and that a sheet came: in the same order, forty of forty', () => {
    const handles = open.line.map((personId) =>
      paperHandle(open.key, { ballotId, personId, questionId: questions[0]!, dimension: 'overall' }).toString(
        'hex',
      ),
    );
    expect(open.order).toEqual(handles);
  });

  it('never what it says: seals of one length, none twice, and no answer in clear in the backup', () => {
    const text = saved.toString('latin1');
    const seals = [...text.matchAll(/\\\\x([0-9a-f]{72})\b/g)].map(([, hex]) => hex!);
    expect(seals).toHaveLength(N * 16);
    expect(new Set(seals).size).toBe(seals.length);
    const key = Buffer.alloc(32, 1);
    for (const handle of open.order)
      expect(openMark(key, Buffer.from(handle, 'hex'), Buffer.from(seals[0]!, 'hex'))).toBeNull();
    expect(text).not.toMatch(/\t(?:si|no|abstencion)\t\\N\t\\N/);
  });

  it('of the close: each transaction exchanged everybody’s papers of a question, and no group’s was ever in plain', async () => {
    const lots = (await lotsInLog('papers', before.start)).filter(({ back }) => back > 0);
    expect(lots.map(({ out }) => out)).toEqual([N, N, N, N]);
    expect(
      (await lotsInLog('receipts', before.start)).filter(({ back }) => back > 0).map(({ out }) => out),
    ).toEqual([N]);
    expect(inPlain(its.wal())).toEqual([]);
  });

  it('bites: a close in small lots says in the log what a single paper said, and groups in plain can be counted there', async () => {
    const [at] = await rows('select pg_current_wal_lsn()::text as start');
    await its.root.unsafe(`create table small_box (like papers);
      insert into small_box (id, ballot_id, question_id, dimension, label, handle, sealed)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'women', '', 'x', 'x' from generate_series(1, 7)`);
    for (let lot = 0; lot < 4; lot++)
      await its.root.begin(async (tx) => {
        const gone =
          await tx`delete from small_box where id in (select id from small_box where sealed is not null order by id limit 2) returning id`;
        for (const _ of gone)
          await tx`insert into small_box (id, ballot_id, question_id, dimension, label, choice)
            values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'women', 'women', 'no')`;
      });
    const lots = await lotsInLog('small_box', at!.start!);
    expect(Math.min(...lots.map(({ out }) => out))).toBe(1);
    expect(inPlain(its.wal())).toEqual(['women,women']);
  });
});
