import '../support/runtime';
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { openMark, paperHandle, sealMark } from '~/server/ballots/commands/box';
import { castSheet } from '~/server/ballots/commands/cast';
import { readKey } from '~/server/ballots/commands/key';
import { type Choice, choices } from '~/server/ballots/rules';
import { buildDelegates, closed, openedBallot, questionsOf, sheetOf } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let voters: string[];

beforeAll(async () => {
  world = await forumWorld(test.db);
  voters = await buildDelegates(test.db, world.florDeCuarzo.id, 40);
});

const rows = <T extends Record<string, unknown>>(query: string) => test.db.execute<T>(sql.raw(query));

/** Every row of every table, as text, with the transaction that wrote it. */
async function dump(): Promise<Map<string, string[]>> {
  const tables = await rows<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const all = new Map<string, string[]>();
  for (const { name } of tables) {
    const found = await rows<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t order by 1`);
    all.set(
      name,
      found.map(({ row }) => row),
    );
  }
  return all;
}
const added = (before: Map<string, string[]>, after: Map<string, string[]>) =>
  [...after].flatMap(([name, now]) => {
    const had = new Set(before.get(name));
    return now.filter((row) => !had.has(row)).map((row) => ({ name, row }));
  });

const castAs = async (ballotId: string, personId: string, choice: Choice | Choice[]) => {
  const sheet = await sheetOf(test.db, ballotId, choice);
  return test.db.transaction((tx) => castSheet(tx, { ...sheet, ballotId, personId })) as Promise<{
    tracker: string;
  }>;
};

describe('attack 18: what a cast leaves in the database', () => {
  it('is papers and one receipt, without a name, a choice, a moment or the words of the receipt', async () => {
    const ballot = await openedBallot(test.db);
    const before = await dump();
    const said = vi.spyOn(console, 'info');
    const voter = await callAs(test.db, voters[0]!);
    const { tracker } = await voter.ballots.cast(
      await sheetOf(test.db, ballot.id, ['si', 'no', 'abstencion', 'si']),
    );
    const fresh = added(before, await dump());
    expect(fresh.map(({ name }) => name).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'papers'),
      'receipts',
    ]);
    for (const { row } of fresh) {
      expect(row).not.toContain(voters[0]);
      expect(row).not.toContain(tracker.split(' ')[0]);
      expect(row).not.toMatch(/"(si|no|abstencion)"|\d{4}-\d{2}-\d{2}T/);
      expect(Object.keys(JSON.parse(row)).sort()).toEqual(
        'tracker' in JSON.parse(row)
          ? ['ballot_id', 'handle', 'id', 'tracker']
          : ['ballot_id', 'choice', 'dimension', 'handle', 'id', 'label', 'question_id', 'sealed'],
      );
    }
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });

  it('and a second one exchanges the papers and adds a receipt; her roll entry does not move', async () => {
    const ballot = await openedBallot(test.db);
    const entry = () =>
      rows(`select xmin::text, xmax::text, ctid::text from roll_entries
            where ballot_id = '${ballot.id}' and person_id = '${voters[0]}'`);
    const untouched = await entry();
    await castAs(ballot.id, voters[0]!, 'si');
    const before = await dump();
    await castAs(ballot.id, voters[0]!, 'si');
    // The same choice again looks like any other: each seal has its own nonce.
    expect(added(before, await dump()).map(({ name }) => name)).toEqual([
      ...Array.from({ length: 4 }, () => 'papers'),
      'receipts',
    ]);
    expect(await entry()).toEqual(untouched);
  });

  it('and all seals have one length, open for their handle alone, and only with the key', () => {
    const key = Buffer.alloc(32, 7);
    const paper = { ballotId: 'b', personId: 'p', questionId: 'q', dimension: 'overall' };
    const handle = paperHandle(key, paper);
    for (const choice of choices) {
      const mark = { choice, place: choices.indexOf(choice) };
      const sealed = sealMark(key, handle, mark);
      expect(sealed).toHaveLength(36);
      expect(openMark(key, handle, sealed)).toEqual(mark);
      expect(openMark(Buffer.alloc(32, 8), handle, sealed)).toBeNull();
      expect(openMark(key, paperHandle(key, { ...paper, personId: 'r' }), sealed)).toBeNull();
      for (let i = 0; i < sealed.length; i++) {
        const bent = Buffer.from(sealed);
        bent[i]! ^= 1;
        expect(openMark(key, handle, bent)).toBeNull();
      }
    }
  });
});

describe('joining by transaction', () => {
  const link = 'select count(*)::int as n from';

  it('bites where roll and paper are written together, and by order where they are written one after another', async () => {
    await rows(`create table naive_roll (person int, voted boolean); create table naive_paper (choice text);
                insert into naive_roll select n, false from generate_series(1, 4) n`);
    const chosen = ['si', 'no', 'abstencion', 'si'];
    for (const [i, choice] of chosen.entries())
      await test.db.transaction(async (tx) => {
        await tx.execute(sql`insert into naive_paper values (${choice})`);
        await tx.execute(sql`update naive_roll set voted = true where person = ${i + 1}`);
      });
    const joined = await rows<{ person: number; choice: string }>(
      `select person, choice from naive_roll r join naive_paper p on p.xmin = r.xmin order by person`,
    );
    expect(joined.map(({ choice }) => choice)).toEqual(chosen);

    await rows('truncate naive_roll, naive_paper');
    await rows('insert into naive_roll select n, false from generate_series(1, 4) n');
    for (const [i, choice] of chosen.entries()) {
      await rows(`insert into naive_paper values ('${choice}')`);
      await rows(`update naive_roll set voted = true where person = ${i + 1}`);
    }
    const lined = await rows<{ person: number; choice: string }>(
      `select person, choice
       from (select person, row_number() over (order by xmin::text::bigint) as n from naive_roll) r
       join (select choice, row_number() over (order by xmin::text::bigint) as n from naive_paper) p using (n)
       order by person`,
    );
    expect(lined.map(({ choice }) => choice)).toEqual(chosen);
    await rows('drop table naive_roll, naive_paper');
  });

  it('finds nothing, neither while the ballot is open nor after the close', async () => {
    const ballot = await openedBallot(test.db);
    for (const [i, voter] of voters.entries()) await castAs(ballot.id, voter, i < 20 ? 'si' : 'no');
    const mine = `where r.ballot_id = '${ballot.id}' and p.ballot_id = '${ballot.id}'`;
    const shared = async () => {
      const [papersAndRoll] = await rows<{ n: number }>(
        `${link} papers p join roll_entries r on p.xmin in (r.xmin, r.xmax) or p.xmax in (r.xmin, r.xmax)
           and p.xmax::text <> '0' ${mine}`,
      );
      const [receiptsAndRoll] = await rows<{ n: number }>(
        `${link} receipts p join roll_entries r on p.xmin in (r.xmin, r.xmax) ${mine}`,
      );
      const [entries] = await rows<{ n: number }>(
        `select count(distinct xmin::text)::int as n from roll_entries where ballot_id = '${ballot.id}'`,
      );
      return [papersAndRoll!.n, receiptsAndRoll!.n, entries!.n];
    };
    // One transaction wrote the whole roll, so there is no order in it to line anything up with.
    expect(await shared()).toEqual([0, 0, 1]);
    await closed(test.db, ballot.id);
    // Marked all at once: those who voted share one transaction, those who did not keep the opening's.
    expect(await shared()).toEqual([0, 0, 2]);
    const [slips] = await rows<{ n: number }>(`${link} papers p join receipts r on p.xmin = r.xmin ${mine}`);
    expect(slips!.n).toBe(0);
  });

  it('nor does the order in which papers lie in the box say who cast first', async () => {
    const ballot = await openedBallot(test.db);
    for (const [i, voter] of voters.entries()) await castAs(ballot.id, voter, i < 20 ? 'si' : 'no');
    const [question] = await questionsOf(test.db, ballot.id);
    const changes = (given: (string | null)[]) =>
      given.filter((one, i) => i > 0 && one !== given[i - 1]).length;
    const key = readKey(ballot.id)!;
    const open = await rows<{ handle: Buffer; sealed: Buffer }>(
      `select handle, sealed from papers where question_id = '${question!.id}' order by ctid`,
    );
    // With the key one sees it while it is open: twenty yes, then twenty no, but for rows put into gaps.
    expect(changes(open.map(({ handle, sealed }) => openMark(key, handle, sealed)!.choice))).toBeLessThan(6);
    await closed(test.db, ballot.id);
    const after = await rows<{ choice: string }>(
      `select choice from papers where question_id = '${question!.id}' order by ctid`,
    );
    expect(after).toHaveLength(40);
    // By chance alone five or fewer changes come up less than once in a million times.
    expect(changes(after.map(({ choice }) => choice))).toBeGreaterThan(5);
  });

  it('nor does a pattern of answers stay together', async () => {
    const ballot = await openedBallot(test.db);
    const bought: Choice[] = ['si', 'no', 'abstencion', 'no'];
    for (const [i, voter] of voters.entries()) await castAs(ballot.id, voter, i === 7 ? bought : 'si');
    await closed(test.db, ballot.id);
    const kept = await rows<{ ids: number; columns: string }>(
      `select count(distinct id)::int as ids,
         (select string_agg(column_name, ',' order by column_name) from information_schema.columns
          where table_name = 'papers') as columns
       from papers where ballot_id = '${ballot.id}'`,
    );
    expect(kept[0]).toEqual({
      ids: 160,
      columns: 'ballot_id,choice,dimension,handle,id,label,question_id,sealed',
    });
    const [batches] = await rows<{ n: number }>(
      `select count(distinct xmin::text)::int as n from papers where ballot_id = '${ballot.id}'`,
    );
    // One for each question, and not one of them for a person.
    expect(batches!.n).toBe(4);
  });
});

describe('attack 27: results before the close', () => {
  it('cannot be had from any reading procedure, by anybody', async () => {
    const ballot = await openedBallot(test.db);
    const id = ballot.id;
    const reads = async () => {
      const seen: unknown[] = [];
      for (const who of [
        null,
        world.people.gloria.id,
        world.people.amador.id,
        world.people.carla.id,
        voters[9]!,
      ]) {
        const { ballots } = await callAs(test.db, who);
        seen.push(
          await ballots.list({ page: 1 }),
          await ballots.detail({ id }),
          await ballots.questions({ id }),
          await ballots.published(),
          await problemOf(ballots.result({ id })),
          await problemOf(ballots.trackers({ id, page: 1 })),
          await problemOf(ballots.roll({ id })),
        );
      }
      return JSON.stringify(seen);
    };
    const before = await reads();
    for (const voter of voters.slice(0, 9)) await castAs(id, voter, 'si');
    expect(await reads()).toBe(before);
  });
});

describe('attack 28: a voter asked to prove her choice', () => {
  it('has nothing to show: her receipt is listed whether or not she voted again', async () => {
    const ballot = await openedBallot(test.db);
    const kept = await castAs(ballot.id, voters[0]!, 'si');
    await castAs(ballot.id, voters[0]!, 'no');
    await castAs(ballot.id, voters[1]!, 'no');
    await closed(test.db, ballot.id);
    const voter = await callAs(test.db, voters[0]!);
    const { trackers } = await voter.ballots.trackers({ id: ballot.id, page: 1 });
    expect(trackers).toContain(kept.tracker);
    expect([...trackers].sort()).toEqual(trackers);
    expect((await voter.ballots.detail({ id: ballot.id })).mine).toEqual({ voted: true });
  });

  it('nor can another’s sheet number be used to find her receipt', async () => {
    const ballot = await openedBallot(test.db);
    const sheet = await sheetOf(test.db, ballot.id, 'si', randomUUID());
    const cast = async (personId: string) =>
      (await (await callAs(test.db, personId)).ballots.cast(sheet)).tracker;
    expect(await cast(voters[0]!)).not.toBe(await cast(voters[1]!));
  });
});

describe('attack 34: the rule stands in the manifest', () => {
  it('and its hash is the one that was shown when it was opened', async () => {
    const ballot = await openedBallot(test.db);
    const call = await callAs(test.db, null);
    const open = await call.ballots.detail({ id: ballot.id });
    await castAs(ballot.id, voters[0]!, 'si');
    await closed(test.db, ballot.id);
    const result = await call.ballots.result({ id: ballot.id });
    expect([result.manifest, result.manifestSha256]).toEqual([open.manifest, open.manifestSha256]);
    expect(JSON.parse(result.manifest!).rule).toEqual(result.rule);
  });
});
