import '../support/runtime';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { ballots, countedAs, rollEntries } from '~/db/schema/ballots';
import { persons } from '~/db/schema/people';
import { paperVoters } from '~/db/schema/urns';
import { castSheet } from '~/server/ballots/commands/cast';
import { closeBallot } from '~/server/ballots/commands/closing';
import { destroyKey } from '~/server/ballots/commands/key';
import { type Choice, canonicalRoll } from '~/server/ballots/rules';
import { charters } from '~/server/ballots/rules/charter';
import { judge } from '../../scripts/verify-ballot.mjs';
import { buildDelegates, buildVersion, openedBallot, sheetOf } from '../support/ballots';
import { callAs } from '../support/call';
import { testDatabase } from '../support/db';
import { buildAssociation } from '../support/factories';
import { withoutTrigger } from '../support/guards';
import { forumWorld } from '../support/people';
import { counted, handOut, seat } from '../support/urns';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let women: string[];
let men: string[];

// Fourteen women of Puno, who agreed to be counted; sixteen men of a cooperative in Potosí.
beforeAll(async () => {
  world = await forumWorld(test.db);
  const over = { kind: 'cooperativa', country: 'BO', department: 'BO-P' } as const;
  women = await buildDelegates(test.db, world.florDeCuarzo.id, 14);
  men = await buildDelegates(test.db, (await buildAssociation(test.db, over)).id, 16);
  await test.db.update(persons).set({ sex: 'mujer' }).where(inArray(persons.id, women));
  await test.db.insert(countedAs).values(women.map((personId) => ({ personId })));
});

async function cast(ballotId: string, personId: string, choices: Choice | Choice[]) {
  const sheet = await sheetOf(test.db, ballotId, choices);
  await test.db.transaction((tx) => castSheet(tx, { ...sheet, ballotId, personId }));
}
const close = (id: string) => closeBallot(test.db, id, { at: new Date() });
const forum = async (personId: string | null = null) => (await callAs(test.db, personId)).ballots;
const placesOf = async (ballotId: string) =>
  (
    await test.db
      .select({ places: rollEntries.places })
      .from(rollEntries)
      .where(eq(rollEntries.ballotId, ballotId))
  ).map(({ places }) => places);
const namesOf = (ballotId: string) =>
  test.db
    .select({ personId: paperVoters.personId, urn: paperVoters.urn })
    .from(paperVoters)
    .where(eq(paperVoters.ballotId, ballotId))
    .orderBy(asc(paperVoters.personId));

/** Women and men answer so that the women send the second article back; their numbers can be told of all four. */
async function voteOf(ballotId: string, who: readonly string[]) {
  for (const [i, one] of who.entries())
    await cast(
      ballotId,
      one,
      women.includes(one)
        ? [i < 7 ? 'si' : 'no', i < 4 ? 'si' : 'no', i < 7 ? 'si' : 'no', i < 8 ? 'si' : 'no']
        : [i < 9 ? 'si' : 'no', i < 12 ? 'si' : 'no', i < 9 ? 'si' : 'no', i < 9 ? 'si' : 'no'],
    );
}
async function voted(versionId?: string) {
  const { id } = await openedBallot(test.db, {
    ...(versionId ? { versionId } : {}),
    rule: charters.con_mujeres,
  });
  await voteOf(id, women.slice(0, 12));
  await voteOf(id, men);
  await close(id);
  return id;
}

describe('once a ballot is counted', () => {
  it('its roll says who voted and for which base, and of nobody that she was counted as a woman', async () => {
    const { id } = await openedBallot(test.db, { rule: charters.frente });
    expect((await placesOf(id)).every((places) => places?.length === 3)).toBe(true);
    await voteOf(id, women.slice(0, 12));
    await voteOf(id, men);
    await close(id);
    expect(new Set(await placesOf(id))).toEqual(new Set([null]));
    const said = await (await forum()).result({ id });
    expect(said.turnout.voted).toBe(28);
    expect(said.questions[1]!.verdict).toBe('vuelve');
    expect(judge((await (await forum()).archive({ id })).archive)).toMatchObject({ good: true });
  });

  it('the hash of the roll is made again from the rows that are left', async () => {
    const id = await voted();
    const rows = await test.db
      .select({ personId: rollEntries.personId, associationId: rollEntries.associationId })
      .from(rollEntries)
      .where(eq(rollEntries.ballotId, id));
    const [ballot] = await test.db.select().from(ballots).where(eq(ballots.id, id));
    const sha256 = createHash('sha256').update(canonicalRoll(rows)).digest('hex');
    expect(JSON.parse(ballot!.manifest!).roll).toEqual({ count: 32, sha256 });
  });

  it('its urns say who voted on paper, and of nobody with whom; a name that only waited is gone', async () => {
    const { id } = await openedBallot(test.db, { rule: charters.frente });
    const table = [world.people.elvira.id, world.people.tomasa.id] as const;
    for (const teller of table) await seat(test.db, id, teller);
    const onPaper = [...women.slice(0, 10), ...men.slice(0, 11)];
    await handOut(test.db, id, table, onPaper);
    // Rufino's kind has no urn of ten: his name only waits.
    await handOut(test.db, id, table, [world.people.nieves.id]);
    expect(new Set((await namesOf(id)).map(({ urn }) => urn)).size).toBe(3);
    await close(id);
    const { urns } = await (await forum(table[0])).table({ id });
    for (const { urn, papers, open } of urns)
      if (open)
        for (const teller of table)
          await (await forum(teller)).countUrn({
            id,
            urn,
            counts: [1, 2, 3, 4].map(() => counted(papers! - 5, 5)),
          });
    await close(id);
    expect(await namesOf(id)).toEqual([...onPaper].sort().map((personId) => ({ personId, urn: '*' })));
    expect((await (await forum(women[0]!)).roll({ id })).filter(({ paper }) => paper)).toHaveLength(21);
    expect((await (await forum()).result({ id })).paper).toEqual({ voted: 21, aside: [] });
    const after = await (await forum(table[0])).table({ id });
    expect(
      after.urns.map(({ labels, papers, waits, counting }) => ({ labels, papers, waits, counting })),
    ).toEqual([{ labels: [], papers: 21, waits: false, counting: 'agreed' }]);
    expect(judge((await (await forum()).archive({ id })).archive)).toMatchObject({ good: true });
  });

  it('an urn that was set aside says that its names have gone, and not that it had none', async () => {
    const { id } = await openedBallot(test.db, { rule: charters.frente });
    const table = [world.people.elvira.id, world.people.tomasa.id] as const;
    for (const teller of table) await seat(test.db, id, teller);
    await handOut(test.db, id, table, women.slice(0, 10));
    await close(id);
    const urns = async () =>
      (await (await forum(table[0])).table({ id })).urns.map(({ papers, waits, aside }) => ({
        ...{ papers, waits, aside: aside?.confirmed ?? false },
      }));
    expect(await urns()).toEqual([{ papers: 10, waits: true, aside: false }]);
    const { urn } = (await (await forum(table[0])).table({ id })).urns[0]!;
    for (const who of [world.people.gloria.id, world.people.jacinta.id])
      await (await forum(who)).setUrnAside({ id, urn, reason: 'El río se llevó la urna.' });
    expect(await urns()).toEqual([{ papers: 10, waits: false, aside: true }]);
    await close(id);
    expect(await urns()).toEqual([{ papers: null, waits: false, aside: true }]);
  });

  it('a close that was cut short behind the count is ended without what it has forgotten', async () => {
    const versionId = (await buildVersion(test.db)).id;
    await voted(versionId);
    const { id } = await openedBallot(test.db, { versionId, rule: charters.con_mujeres });
    await voteOf(id, women.slice(0, 12));
    await voteOf(id, men);
    const done = async (step: string) => {
      if (step === 'count') throw new Error('killed');
    };
    await expect(closeBallot(test.db, id, { at: new Date(), done })).rejects.toThrow('killed');
    const before = await (await forum()).result({ id });
    await close(id);
    expect(await (await forum()).result({ id })).toEqual(before);
  });

  it('an annulled one forgets as well', async () => {
    const { id } = await openedBallot(test.db, { rule: charters.frente });
    destroyKey(id);
    await (await forum(world.people.gloria.id)).annul({ id, reason: 'Se perdió la llave de la votación.' });
    expect(new Set(await placesOf(id))).toEqual(new Set([null]));
  });

  it('a closed one of before is emptied when the forum is renewed', async () => {
    const id = await voted();
    await withoutTrigger(test.db, 'roll_entries', 'roll_entries_hold', () =>
      test.db
        .update(rollEntries)
        .set({ places: [0] })
        .where(eq(rollEntries.ballotId, id)),
    );
    const statements = readFileSync('drizzle/0029_forgotten_groups.sql', 'utf8').split(
      '--> statement-breakpoint',
    );
    const from = statements.findIndex((one) => one.includes('DISABLE TRIGGER'));
    const to = statements.findLastIndex((one) => one.includes(' ENABLE TRIGGER'));
    await test.db.transaction(async (tx) => {
      for (const one of statements.slice(from, to + 1)) if (one.trim()) await tx.execute(sql.raw(one));
    });
    expect(new Set(await placesOf(id))).toEqual(new Set([null]));
  });
});

describe('the database itself', () => {
  it.each([
    ['open', 'set places = null'],
    ['closing', 'set places = null'],
    ['closing', 'set places = array[1]'],
  ] as const)('lets no group go while it is %s and not counted: %s', async (state, change) => {
    const { id } = await openedBallot(test.db, { rule: charters.con_mujeres });
    if (state === 'closing') await test.db.update(ballots).set({ state }).where(eq(ballots.id, id));
    const all = sql.raw(`update roll_entries ${change} where ballot_id = '${id}'`);
    await expect(test.db.execute(all)).rejects.toThrow();
    expect((await placesOf(id)).every((places) => places?.length === 1)).toBe(true);
  });

  it('and writes none again afterwards', async () => {
    const id = await voted();
    const again = sql.raw(`update roll_entries set places = array[0] where ballot_id = '${id}'`);
    await expect(test.db.execute(again)).rejects.toThrow();
  });
});

describe('a woman who takes her word back after the close', () => {
  it('is asked no reason as a woman; the others are, as before', async () => {
    const id = await voted();
    const mine = async (personId: string) => (await (await forum(personId)).reasons({ id }))[0]!.mine;
    const asked = [{ group: { dimension: 'women', label: 'women' }, base: null }];
    expect(await mine(women[13]!)).toEqual(asked);
    await (await forum(women[13]!)).countMe({ agree: false });
    expect(await mine(women[13]!)).toEqual([]);
    expect(await mine(women[12]!)).toEqual(asked);
    await (await forum(women[13]!)).countMe({ agree: true });
  });

  it('leaves a second result on the same text its verdict and no number: nobody knows whom the first spoke of', async () => {
    const versionId = (await buildVersion(test.db)).id;
    await voted(versionId);
    const beside = await (await forum()).result({ id: await voted(versionId) });
    expect(beside.questions[0]!.yes).toBe(16);
    await (await forum(women[13]!)).countMe({ agree: false });
    const third = await voted(versionId);
    const { questions } = await (await forum()).result({ id: third });
    expect(questions.map(({ yes, verdict }) => [yes, verdict])).toEqual([
      [null, 'aprobado'],
      [null, 'vuelve'],
      [null, 'aprobado'],
      [null, 'aprobado'],
    ]);
    expect(judge((await (await forum()).archive({ id: third })).archive)).toMatchObject({ good: true });
    await (await forum(women[13]!)).countMe({ agree: true });
  });
});
