import '../../support/runtime';
import { randomBytes, randomUUID } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { mandates } from '~/db/schema/associations';
import { papers, receipts } from '~/db/schema/ballots';
import { versions } from '~/db/schema/document';
import { persons } from '~/db/schema/people';
import { openMark, paperHandle, sealMark } from '~/server/ballots/commands/box';
import { castSheet } from '~/server/ballots/commands/cast';
import { readKey } from '~/server/ballots/commands/key';
import { delegates } from '~/server/ballots/commands/roll';
import { charters } from '~/server/ballots/rules/charter';
import { forgive } from '~/server/limits';
import {
  buildDelegates,
  closed,
  openedBallot,
  preparedBallot,
  questionsOf,
  sheetOf,
} from '../../support/ballots';
import { callAs, problemOf } from '../../support/call';
import { testDatabase } from '../../support/db';
import { buildForumRole, buildMandate, buildPerson } from '../../support/factories';
import { without, withoutTrigger } from '../../support/guards';
import { forumWorld } from '../../support/people';

// Each story twice: as the forum is, where it is refused, and with its one guard away, where it succeeds.
vi.mock('~/server/ballots/commands/box', async (load) =>
  (await import('../../support/guards')).guarded(await load<object>(), {
    paperHandle: () => randomBytes(32),
    receiptHandle: () => randomBytes(32),
    openMark: () => ({ choice: 'si', place: 0 }),
  }),
);
vi.mock('~/server/ballots/policy', async (load) =>
  (await import('../../support/guards')).guarded(await load<object>(), {
    cast: () => true,
    entitled: () => true,
  }),
);
vi.mock('~/server/ballots/rules', async (load) =>
  (await import('../../support/guards')).guarded(await load<object>(), {
    takesSheets: () => true,
    wholeSheet: () => true,
  }),
);
vi.mock('~/server/ballots/rules/plan', async (load) =>
  (await import('../../support/guards')).guarded(await load<object>(), { planProblem: () => null }),
);
vi.mock('~/server/limits', async (load) =>
  (await import('../../support/guards')).guarded(await load<object>(), { tooMany: async () => null }),
);

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let crowd: string[];
const as = (name: keyof typeof world.people) => callAs(test.db, world.people[name].id);
const inBox = (ballotId: string) => test.db.select().from(papers).where(eq(papers.ballotId, ballotId));
const castAs = async (ballotId: string, personId: string, choice: 'si' | 'no', sheet?: string) => {
  const given = await sheetOf(test.db, ballotId, choice, sheet);
  return test.db.transaction((tx) => castSheet(tx, { ...given, ballotId, personId })) as Promise<{
    tracker: string;
  }>;
};
const resultOf = async (id: string) => (await callAs(test.db, null)).ballots.result({ id });
const run = (statement: string) => test.db.execute(sql.raw(statement));
const refused = (statement: string) =>
  expect(run(statement)).rejects.toMatchObject({ cause: { code: expect.stringMatching(/^23/) } });

beforeAll(async () => {
  world = await forumWorld(test.db);
  crowd = await buildDelegates(test.db, world.tresVetas.id, 12);
});
afterEach(async () => {
  vi.useRealTimers();
  await forgive('cast', world.people.rufino.id);
});

describe('1: Rufino’s two sheets race', () => {
  const race = async () => {
    const ballot = await openedBallot(test.db);
    const rufino = world.people.rufino.id;
    await Promise.all([castAs(ballot.id, rufino, 'si'), castAs(ballot.id, rufino, 'no')]);
    return (await inBox(ballot.id)).length;
  };
  it('one is left', async () => expect(await race()).toBe(4));
  it('without the blind handle both are', async () => expect(await without('paperHandle', race)).toBe(8));
});

describe('2: the same sheet a thousand times', () => {
  const again = async (times: number) => {
    const ballot = await openedBallot(test.db);
    const sheet = randomUUID();
    for (let i = 0; i < times; i++) await castAs(ballot.id, world.people.rufino.id, 'si', sheet);
    const slips = await test.db.select().from(receipts).where(eq(receipts.ballotId, ballot.id));
    return [(await inBox(ballot.id)).length, slips.length];
  };
  it('is one entry and one receipt', async () => expect(await again(1000)).toEqual([4, 1]));
  it('without the sheet in the receipt’s handle they heap up', async () =>
    expect(await without('receiptHandle', () => again(20))).toEqual([4, 20]));
});

describe('3: a sheet after the closing moment, whatever the phone’s clock says', () => {
  const late = async () => {
    const ballot = await openedBallot(test.db);
    const sheet = await sheetOf(test.db, ballot.id, 'si');
    vi.useFakeTimers({ toFake: ['Date'], now: ballot.closesAt.getTime() + 1 });
    const rufino = await as('rufino');
    await rufino.ballots.cast(sheet).catch(() => {});
    vi.useRealTimers();
    return (await inBox(ballot.id)).length;
  };
  it('is refused', async () => expect(await late()).toBe(0));
  it('without the look at the clock it is taken', async () =>
    expect(await without('takesSheets', late)).toBe(4));

  it('and past the forum, into the database of a closed one: refused, but for the trigger', async () => {
    const ballot = await openedBallot(test.db);
    await closed(test.db, ballot.id);
    const slip = `insert into papers (ballot_id, question_id, handle, sealed)
      select ballot_id, id, sha256('x'), 'x' from ballot_questions where ballot_id = '${ballot.id}' and position = 1`;
    await refused(slip);
    await withoutTrigger(test.db, 'papers', 'papers_take', () => run(slip));
    expect(await inBox(ballot.id)).toHaveLength(1);
  });
});

describe('4: a sheet before the opening', () => {
  const early = async () => {
    const ballot = await preparedBallot(test.db);
    const choices = [{ question: randomUUID(), choice: 'si' as const }];
    return (
      await problemOf((await as('rufino')).ballots.cast({ id: ballot.id, sheet: randomUUID(), choices }))
    ).code;
  };
  it('finds nothing, since there is no roll', async () => expect(await early()).toBe('not_found'));
  it('without the roll it comes as far as the clock, without that as far as the questions, then to a key that is not there', async () => {
    expect(await without('cast', early)).toBe('ballots.not_open');
    expect(await without(['cast', 'takesSheets'], early)).toBe('ballots.incomplete');
    expect(await without(['cast', 'takesSheets', 'wholeSheet'], early)).not.toBe('ballots.incomplete');
  });
});

describe('5: Sabina is named delegate while it is open', () => {
  it('the roll does not take her, but for the trigger', async () => {
    const ballot = await openedBallot(test.db);
    const { sabina } = world.people;
    const add = `insert into roll_entries (ballot_id, person_id, association_id)
      values ('${ballot.id}', '${sabina.id}', '${world.florDeCuarzo.id}')`;
    await refused(add);
    expect(
      (await problemOf((await as('sabina')).ballots.cast(await sheetOf(test.db, ballot.id, 'si')))).code,
    ).toBe('not_found');
    await withoutTrigger(test.db, 'roll_entries', 'roll_entries_hold', () => run(add));
    await (await as('sabina')).ballots.cast(await sheetOf(test.db, ballot.id, 'si'));
    await closed(test.db, ballot.id);
    expect((await resultOf(ballot.id)).turnout.voted).toBe(1);
  });
});

describe('6: one person, delegate of two bases', () => {
  it('stands on the roll once, but for its key', async () => {
    const mandate = await buildMandate(test.db, world.florDeCuarzo.id, crowd[0]!).catch(() => null);
    const ballot = await preparedBallot(test.db);
    const twice = `insert into roll_entries (ballot_id, person_id, association_id) values
      ('${ballot.id}', '${crowd[0]}', '${world.tresVetas.id}'), ('${ballot.id}', '${crowd[0]}', '${world.florDeCuarzo.id}')`;
    await refused(twice);
    await run('alter table roll_entries drop constraint roll_entries_ballot_id_person_id_pk');
    await run(twice);
    await run(`delete from roll_entries where ballot_id = '${ballot.id}'`);
    await run('alter table roll_entries add primary key (ballot_id, person_id)');
    if (mandate) await test.db.delete(mandates).where(eq(mandates.id, mandate.id));
  });
});

describe('7: the State’s liaison with a mandate', () => {
  const onRoll = async (person: string) =>
    (await test.db.transaction((tx) => delegates(tx))).some(({ personId }) => personId === person);
  it('is on no roll and finds nothing, but for the rule that says who has a ballot', async () => {
    const person = await buildPerson(test.db, { name: 'Fermín Oblitas' });
    const mandate = await buildMandate(test.db, world.tresVetas.id, person.id);
    await buildForumRole(test.db, person.id, 'liaison');
    expect(await onRoll(person.id)).toBe(false);
    expect(await without('entitled', () => onRoll(person.id))).toBe(true);
    const ballot = await openedBallot(test.db);
    const sheet = await sheetOf(test.db, ballot.id, 'si');
    const call = await callAs(test.db, person.id);
    expect((await problemOf(call.ballots.cast(sheet))).code).toBe('not_found');
    // Let in to the box she casts, and the close drops it: she is on no roll.
    await without('cast', () => call.ballots.cast(sheet));
    expect(await inBox(ballot.id)).toHaveLength(4);
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    await closed(test.db, ballot.id);
    said.mockRestore();
    expect((await resultOf(ballot.id)).turnout.voted).toBe(0);
    await test.db.delete(mandates).where(eq(mandates.id, mandate.id));
  });
});

describe('14: papers put into the box by hand', () => {
  const stuff = async (key: (ballotId: string) => Buffer) => {
    const ballot = await openedBallot(test.db);
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    for (const { id: questionId } of await questionsOf(test.db, ballot.id)) {
      const paper = { ballotId: ballot.id, personId: crowd[1]!, questionId, dimension: 'overall' };
      const handle = paperHandle(key(ballot.id), paper);
      const sealed = sealMark(key(ballot.id), handle, { choice: 'si', place: 0 });
      await test.db.insert(papers).values({ ballotId: ballot.id, questionId, handle, sealed });
    }
    await closed(test.db, ballot.id);
    said.mockRestore();
    return (await resultOf(ballot.id)).questions[0]!.yes;
  };
  it('are dropped', async () => expect(await stuff(() => Buffer.alloc(32, 1))).toBe(0));
  it('with the ballot’s key they count: it lies beside the database, never in it', async () =>
    expect(await stuff((id) => readKey(id)!)).toBe(1));

  const moved = async () => {
    const ballot = await openedBallot(test.db);
    await castAs(ballot.id, world.people.rufino.id, 'no');
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    const [one, other] = await inBox(ballot.id);
    await test.db.update(papers).set({ sealed: one!.sealed }).where(eq(papers.id, other!.id));
    await closed(test.db, ballot.id);
    said.mockRestore();
    const { questions } = await resultOf(ballot.id);
    return questions.map(({ yes, no }) => yes! + no!).reduce((a, b) => a + b);
  };
  it('nor does a seal that was copied from another paper open', async () => expect(await moved()).toBe(3));
  it('which without its bond to the handle it would', async () =>
    expect(await without('openMark', moved)).toBe(4));
});

describe('19 and 20: another text than the one that was sealed', () => {
  it.each([
    ['the version', 'versions', "update versions set canonical = canonical || ' ' where id = "],
    ['an article', 'version_articles', "update version_articles set text = 'Otra cosa' where version_id = "],
  ])('%s stands, open or not, but for its trigger', async (_what, table, statement) => {
    const ballot = await openedBallot(test.db);
    const change = `${statement}'${ballot.versionId}'`;
    await expect(run(change)).rejects.toThrow();
    const own = await run(
      `select tgname from pg_trigger where tgrelid = '${table}'::regclass and not tgisinternal`,
    );
    for (const { tgname } of own) await run(`alter table ${table} disable trigger ${tgname}`);
    await run(change);
    for (const { tgname } of own) await run(`alter table ${table} enable trigger ${tgname}`);
  });

  it('and a ballot on a text that has lost its hash is not opened; with a hash made to fit it is, and shows another one', async () => {
    const ballot = await preparedBallot(test.db);
    const [sealed] = await test.db.select().from(versions).where(eq(versions.id, ballot.versionId));
    const own = await run(
      `select tgname from pg_trigger where tgrelid = 'versions'::regclass and not tgisinternal`,
    );
    for (const { tgname } of own) await run(`alter table versions disable trigger ${tgname}`);
    await run(`update versions set canonical = canonical || ' ' where id = '${ballot.versionId}'`);
    const gloria = await as('gloria');
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    await expect(gloria.ballots.open({ id: ballot.id })).rejects.toThrow();
    said.mockRestore();
    await run(
      `update versions set sha256 = encode(sha256(convert_to(canonical, 'UTF8')), 'hex') where id = '${ballot.versionId}'`,
    );
    for (const { tgname } of own) await run(`alter table versions enable trigger ${tgname}`);
    await gloria.ballots.open({ id: ballot.id });
    const { manifest } = await gloria.ballots.detail({ id: ballot.id });
    expect(JSON.parse(manifest!).version.sha256).not.toBe(sealed!.sha256);
  });

  it.each([
    [
      'the questions',
      'ballot_questions',
      'ballot_questions_hold',
      'update ballot_questions set position = position + 9 where ballot_id = ',
    ],
    [
      '34: the rule',
      'ballots',
      'ballots_hold',
      `update ballots set rule = '{"quorumPercent":1,"majorityPercent":50}' where id = `,
    ],
    [
      '34: the closing moment',
      'ballots',
      'ballots_hold',
      "update ballots set closes_at = closes_at + interval '1 day' where id = ",
    ],
  ])('%s: as fixed at the opening, but for the trigger', async (_what, table, trigger, statement) => {
    const ballot = await openedBallot(test.db);
    await refused(`${statement}'${ballot.id}'`);
    await withoutTrigger(test.db, table, trigger, () => run(`${statement}'${ballot.id}'`));
  });
});

describe('22: a group of nine', () => {
  it('is not opened as a group, but for the look at the plan', async () => {
    await test.db
      .update(persons)
      .set({ sex: 'mujer' })
      .where(inArray(persons.id, crowd.slice(0, 9)));
    for (const one of crowd.slice(0, 9)) await (await callAs(test.db, one)).ballots.countMe({ agree: true });
    const ballot = await preparedBallot(test.db, { rule: charters.frente });
    const gloria = await as('gloria');
    expect((await problemOf(gloria.ballots.open({ id: ballot.id }))).code).toBe('ballots.few_women');
    expect(await without('planProblem', () => gloria.ballots.open({ id: ballot.id }))).toHaveProperty(
      'manifestSha256',
    );
  });
});

describe('27: a count before the close', () => {
  it('is in nobody’s hands who has the database alone; with the key it would be', async () => {
    const ballot = await openedBallot(test.db);
    for (const [i, one] of crowd.slice(0, 10).entries()) await castAs(ballot.id, one, i < 7 ? 'si' : 'no');
    const box = await inBox(ballot.id);
    expect(box.every(({ choice, label }) => choice === null && label === '')).toBe(true);
    const yes = (key: Buffer) =>
      box.filter(({ handle, sealed }) => openMark(key, handle!, sealed!)?.choice === 'si').length;
    expect(yes(Buffer.alloc(32, 1))).toBe(0);
    expect(yes(readKey(ballot.id)!)).toBe(28);
  });
});

describe('28: the coercer reads the receipt', () => {
  it('which is the same words for a yes and for a no', async () => {
    const ballot = await openedBallot(test.db);
    const sheet = randomUUID();
    const words = async (choice: 'si' | 'no') => (await castAs(ballot.id, crowd[2]!, choice, sheet)).tracker;
    expect(await words('si')).toBe(await words('no'));
    expect(await without('receiptHandle', async () => (await words('si')) === (await words('no')))).toBe(
      false,
    );
  });
});

describe('29: the coercer looks whether she voted again', () => {
  const marks = (ballotId: string) =>
    run(
      `select xmin::text, xmax::text, ctid::text, voted from roll_entries where ballot_id = '${ballotId}' order by 3`,
    );
  it('no row of the roll moves; a roll that is marked by each cast would, and only the trigger keeps it from that', async () => {
    const ballot = await openedBallot(test.db);
    const before = [...(await marks(ballot.id))];
    await castAs(ballot.id, crowd[3]!, 'si');
    await castAs(ballot.id, crowd[3]!, 'no');
    expect([...(await marks(ballot.id))]).toEqual(before);
    const mark = `update roll_entries set voted = true where ballot_id = '${ballot.id}' and person_id = '${crowd[3]}'`;
    await refused(mark);
    await withoutTrigger(test.db, 'roll_entries', 'roll_entries_hold', () => run(mark));
    expect([...(await marks(ballot.id))]).not.toEqual(before);
  });
});

describe('33: a quorum of people whom nobody accredited', () => {
  it('is not on the roll: a mandate counts when the credentials committee has accredited it', async () => {
    const ghost = await buildPerson(test.db, { name: 'Nadie Conocida' });
    const mandate = await buildMandate(test.db, world.tresVetas.id, ghost.id, { state: 'presented' });
    const rollNow = async () =>
      (await test.db.transaction((tx) => delegates(tx))).map(({ personId }) => personId);
    expect(await rollNow()).not.toContain(ghost.id);
    await test.db.update(mandates).set({ state: 'accredited' }).where(eq(mandates.id, mandate.id));
    expect(await rollNow()).toContain(ghost.id);
    // And whoever was, is read by name after the close by those who stood beside her.
    const ballot = await openedBallot(test.db);
    await closed(test.db, ballot.id);
    const names = await (await as('rufino')).ballots.roll({ id: ballot.id });
    expect(names.map(({ name }) => name)).toContain('Nadie Conocida');
    await test.db.update(mandates).set({ state: 'withdrawn' }).where(eq(mandates.id, mandate.id));
  });
});

describe('36: sheets without end', () => {
  const flood = async () => {
    const ballot = await openedBallot(test.db);
    const rufino = await as('rufino');
    let taken = 0;
    for (let i = 0; i < 35; i++)
      taken += await rufino.ballots.cast(await sheetOf(test.db, ballot.id, 'si')).then(
        () => 1,
        () => 0,
      );
    return taken;
  };
  it('are slowed down', async () => expect(await flood()).toBe(30));
  it('without the limit they are not', async () => expect(await without('tooMany', flood)).toBe(35));
  it('and one with more answers than a document has articles is not even looked at', async () => {
    const choices = Array.from({ length: 501 }, () => ({ question: randomUUID(), choice: 'si' as const }));
    const huge = { id: randomUUID(), sheet: randomUUID(), choices };
    expect((await problemOf((await as('rufino')).ballots.cast(huge))).code).toBe('input');
  });
});
