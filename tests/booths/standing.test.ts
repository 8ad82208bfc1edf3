import '../support/runtime';
import { readdirSync, readFileSync } from 'node:fs';
import { and, eq, isNull, sql } from 'drizzle-orm';
import postgres from 'postgres';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { boothAbsences, booths } from '~/db/schema/booths';
import { audit } from '~/db/schema/kernel';
import { issueCard } from '~/server/people/commands';
import { buildDelegates, closed, openedBallot, sheetOf } from '../support/ballots';
import { openedBooth, tabletOf } from '../support/booths';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let flor: string[];
type Name = keyof (typeof world)['people'];
const id = (name: Name) => world.people[name].id;
const as = (name: Name) => callAs(test.db, id(name));
const opens = (ballotId: string, by: Name, first: Name, second: Name) =>
  openedBooth(test.db, ballotId, id(by), [id(first), id(second)]);

beforeAll(async () => {
  world = await forumWorld(test.db);
  flor = await buildDelegates(test.db, world.florDeCuarzo.id, 12);
});
beforeEach(async () => {
  const open = await test.db.select().from(booths).where(isNull(booths.closedBy));
  for (const booth of open) await (await as('gloria')).booths.close({ id: booth.id });
});

const told = async (name: Name, ballotId: string) =>
  (await (await as(name)).notices.mine({ page: 1 })).items
    .filter(({ kind, href }) => kind.startsWith('booth.') && href.includes(ballotId))
    .map(({ kind, href, fresh }) => [kind, href, fresh]);
const page = (ballotId: string) => `/votaciones/${ballotId}/caseta`;
const cardOf = async (personId: string) =>
  (await test.db.transaction((tx) => issueCard(tx, personId, null))).code;

describe('who is named to stand by a booth', () => {
  it('is told so, each of the two and nobody else, in words that name nothing', async () => {
    const ballot = await openedBallot(test.db, { title: 'zarzamora-cuarzo' });
    await opens(ballot.id, 'gloria', 'elvira', 'tomasa');
    for (const who of ['elvira', 'tomasa'] as const)
      expect(await told(who, ballot.id)).toEqual([['booth.named', page(ballot.id), true]]);
    for (const who of ['gloria', 'jacinta', 'nieves', 'rufino', 'amador'] as const)
      expect(await told(who, ballot.id)).toEqual([]);
    const notices = await (await as('elvira')).notices.mine({ page: 1 });
    expect(JSON.stringify(notices)).not.toMatch(/zarzamora|Gloria|Tomasa/);
  });

  it('hears it anew on the day on which she has seen her notices already', async () => {
    const ballot = await openedBallot(test.db);
    const elvira = await as('elvira');
    await elvira.notices.seen({ upTo: new Date().toISOString() });
    await opens(ballot.id, 'gloria', 'elvira', 'tomasa');
    expect(await elvira.notices.unread({})).toEqual({ n: 1 });
  });

  it('of a booth that is open when the forum is renewed, hears it although she has looked that day; of one that is over, not', async () => {
    const [over, ballot] = [await openedBallot(test.db), await openedBallot(test.db)];
    const { id: boothId } = await opens(over.id, 'gloria', 'elvira', 'tomasa');
    await (await as('gloria')).booths.close({ id: boothId });
    await opens(ballot.id, 'gloria', 'elvira', 'tomasa');
    const elvira = await as('elvira');
    const [renewal] = readdirSync('drizzle').filter((name) => name.endsWith('_absences.sql'));
    const statements = readFileSync(`drizzle/${renewal}`, 'utf8').split('--> statement-breakpoint');
    const from = statements.findIndex((one) => one.includes('DISABLE TRIGGER'));
    const to = statements.findIndex((one) => one.includes(' ENABLE TRIGGER'));
    await elvira.notices.seen({ upTo: new Date().toISOString() });
    await test.db.transaction(async (tx) => {
      await tx.execute(sql.raw('alter table booths disable trigger booths_hold'));
      // As the new column comes: with the moment of the renewal in every row.
      await tx.execute(sql`update booths set named_at = now()`);
      for (const one of statements.slice(from, to + 1)) await tx.execute(sql.raw(one));
    });
    expect(await elvira.notices.unread({})).toEqual({ n: 1 });
    expect(await told('elvira', ballot.id)).toEqual([['booth.named', page(ballot.id), true]]);
    expect(await told('elvira', over.id)).toEqual([['booth.named', page(over.id), false]]);
  });

  it('reads there for which vote, who opened it and of which base, and of no voter', async () => {
    const ballot = await openedBallot(test.db, { title: 'La vote del agua' });
    const { id: boothId, code } = await opens(ballot.id, 'gloria', 'elvira', 'tomasa');
    const { token, tablet } = await tabletOf(test.db, code);
    const { voter } = await tablet.begin({ token, code: await cardOf(flor[0]!) });
    await tablet.cast({ token, voter, ...(await sheetOf(test.db, ballot.id, 'si')) });
    const held = await (await as('tomasa')).booths.ofBallot({ id: ballot.id });
    expect(held.title).toBe('La vote del agua');
    expect(held.booths).toEqual([
      {
        id: boothId,
        state: 'open',
        openedBy: { name: world.people.gloria.name, bases: [] },
        openedOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        standBy: [
          { name: 'Elvira Mamani', bases: ['Flor de Cuarzo'], absent: false },
          { name: 'Tomasa Ccama', bases: ['Tres Vetas'], absent: false },
        ],
        mine: true,
        abilities: { close: true, sayAbsent: true },
      },
    ]);
  });
});

describe('«No estoy ahí»', () => {
  it('closes the booth for who comes next; who voted stays counted; the others hear of it', async () => {
    const ballot = await openedBallot(test.db);
    for (const person of flor.slice(1, 11))
      await (await callAs(test.db, person)).ballots.cast(await sheetOf(test.db, ballot.id, 'si'));
    const booth = await opens(ballot.id, 'gloria', 'elvira', 'tomasa');
    const { token, tablet } = await tabletOf(test.db, booth.code);
    const { voter } = await tablet.begin({ token, code: await cardOf(flor[0]!) });
    await tablet.cast({ token, voter, ...(await sheetOf(test.db, ballot.id, 'no')) });

    await (await as('elvira')).booths.sayAbsent({ id: booth.id });
    const next = await cardOf(flor[11]!);
    for (const asks of [() => tablet.look({ token }), () => tablet.begin({ token, code: next })])
      expect((await problemOf(asks())).code).toBe('not_found');
    const rows = await test.db.select().from(audit).where(eq(audit.subject, booth.id));
    expect(rows.map(({ action, personId }) => [action, personId])).toEqual([
      ['booths.open', id('gloria')],
      ['booths.sayAbsent', id('elvira')],
    ]);
    const [one] = (await (await as('gloria')).booths.ofBallot({ id: ballot.id })).booths;
    expect([one!.state, one!.standBy.map(({ absent }) => absent)]).toEqual(['closed', [true, false]]);
    expect((await told('gloria', ballot.id)).map(([kind]) => kind)).toEqual(['booth.absent']);
    expect((await told('tomasa', ballot.id)).map(([kind]) => kind)).toEqual(['booth.absent', 'booth.named']);
    expect((await told('elvira', ballot.id)).map(([kind]) => kind)).toEqual(['booth.named']);

    await closed(test.db, ballot.id);
    const result = await (await callAs(test.db, null)).ballots.result({ id: ballot.id });
    expect(result.questions.map(({ yes, no }) => [yes, no])).toEqual([1, 2, 3, 4].map(() => [10, 1]));
  });

  it('may be said once, and also when the booth is closed already: then it only stands there', async () => {
    const ballot = await openedBallot(test.db);
    const booth = await opens(ballot.id, 'gloria', 'elvira', 'tomasa');
    await (await as('gloria')).booths.close({ id: booth.id });
    await closed(test.db, ballot.id);
    const tomasa = await as('tomasa');
    const ability = async () =>
      (await tomasa.booths.ofBallot({ id: ballot.id })).booths[0]!.abilities.sayAbsent;
    expect(await ability()).toBe(true);
    for (let i = 0; i < 2; i++) await tomasa.booths.sayAbsent({ id: booth.id });
    expect(await ability()).toBe(false);
    expect(
      await test.db.select().from(boothAbsences).where(eq(boothAbsences.boothId, booth.id)),
    ).toHaveLength(1);
    const [row] = await test.db.select().from(booths).where(eq(booths.id, booth.id));
    expect(row!.closedBy).toBe(id('gloria'));
  });

  it('is for the two alone: the secretary closes, and says nothing in their name', async () => {
    const ballot = await openedBallot(test.db);
    const booth = await opens(ballot.id, 'gloria', 'elvira', 'tomasa');
    for (const who of ['gloria', 'jacinta', 'nieves', 'amador', 'carla'] as const)
      expect((await problemOf((await as(who)).booths.sayAbsent({ id: booth.id }))).code).toBe('not_found');
    const [row] = await test.db.select().from(booths).where(eq(booths.id, booth.id));
    expect(row!.closedBy).toBeNull();
  });

  it('is of one of the two in the database as well, and is never taken back', async () => {
    const ballot = await openedBallot(test.db);
    const booth = await opens(ballot.id, 'gloria', 'elvira', 'tomasa');
    const says = (name: Name) =>
      test.db.insert(boothAbsences).values({ boothId: booth.id, personId: id(name) });
    await expect(says('gloria')).rejects.toThrow();
    // While the booth is open her word would stand beside a tablet that still takes people.
    await expect(says('elvira')).rejects.toThrow();
    await (await as('elvira')).booths.sayAbsent({ id: booth.id });
    await expect(test.db.delete(boothAbsences)).rejects.toThrow();
    await expect(test.db.update(boothAbsences).set({ saidAt: new Date(0) })).rejects.toThrow();
  });
});

describe('two secretaries who open booths in the same second', () => {
  /** The number of booths that stand open with Tomasa beside them. */
  const withTomasa = async () =>
    (
      await test.db
        .select({ id: booths.id })
        .from(booths)
        .where(and(isNull(booths.closedBy), sql`${id('tomasa')} in (first_id, second_id)`))
    ).length;
  const all = async (asked: Promise<unknown>[]) =>
    (await Promise.allSettled(asked)).filter(({ status }) => status === 'fulfilled').length;

  it('of two ballots: one of them finds Tomasa busy, in a sentence', async () => {
    const [here, there] = [await openedBallot(test.db), await openedBallot(test.db)];
    // Both have read who is free before either writes: the second waits for the first one's commit.
    const other = postgres(test.url, { max: 1, onnotice: () => {} });
    const asked = other.begin(async (slow) => {
      await slow`select pg_advisory_xact_lock(hashtext('booth_naming'))`;
      const late = problemOf(opens(there.id, 'jacinta', 'sabina', 'tomasa'));
      await new Promise((done) => setTimeout(done, 300));
      await slow`insert into booths (ballot_id, first_id, second_id, opened_by, code_hash) values
        (${here.id}, ${id('elvira')}, ${id('tomasa')}, ${id('gloria')}, ${Buffer.alloc(32, 3)})`;
      return { late };
    });
    const { late } = await asked;
    await other.end();
    expect((await late).fields.second).toContain('ya acompaña otra caseta');
    expect(await withTomasa()).toBe(1);
  });

  it('of one ballot or of two, as often as they try: never two', async () => {
    const [here, there] = [await openedBallot(test.db), await openedBallot(test.db)];
    for (let i = 0; i < 5; i++) {
      const opened = await all([
        opens(here.id, 'gloria', 'elvira', 'tomasa'),
        opens(there.id, 'jacinta', 'sabina', 'tomasa'),
        opens(here.id, 'jacinta', 'tomasa', 'ysabel'),
      ]);
      expect([opened, await withTomasa()]).toEqual([1, 1]);
      for (const one of await test.db.select().from(booths).where(isNull(booths.closedBy)))
        await (await as('gloria')).booths.close({ id: one.id });
    }
  });

  it('of people who have nothing in common: both stand', async () => {
    const [here, there] = [await openedBallot(test.db), await openedBallot(test.db)];
    expect(
      await all([
        opens(here.id, 'gloria', 'elvira', 'tomasa'),
        opens(there.id, 'jacinta', 'ysabel', 'rufino'),
      ]),
    ).toBe(2);
  });

  it('and the database refuses what went past the lock', async () => {
    const [here, there] = [await openedBallot(test.db), await openedBallot(test.db)];
    const row = async (ballotId: string, first: Name, fill: number) => ({
      ...{ ballotId, firstId: id(first), secondId: id('tomasa'), openedBy: id('gloria') },
      codeHash: Buffer.alloc(32, fill),
    });
    await test.db.insert(booths).values(await row(here.id, 'elvira', 1));
    await expect(test.db.insert(booths).values(await row(there.id, 'sabina', 2))).rejects.toThrow();
  });
});
