import '../support/runtime';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { mandates } from '~/db/schema/associations';
import { chamberPapers, chamberPositions, papers } from '~/db/schema/ballots';
import { audit } from '~/db/schema/kernel';
import { canonical, judge } from '~/scripts/verify-ballot.mjs';
import { castSheet } from '~/server/ballots/commands/cast';
import type { Choice } from '~/server/ballots/rules';
import { charters } from '~/server/ballots/rules/charter';
import { bentArchives, resealed } from '../support/archives';
import { buildDelegates, buildVersion, closed, openedBallot, sheetOf } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildAssociation } from '../support/factories';
import { forumWorld } from '../support/people';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
type Base = { id: string; delegates: string[] };
let [flor, vetas, porvenir, libre]: Base[] = [];

// Flor de Cuarzo (Nieves and eleven more), Tres Vetas (Rufino), El Porvenir (ten), and a free base without a seat.
beforeAll(async () => {
  world = await forumWorld(test.db);
  const base = async (id: string, n: number, own: string[] = []): Promise<Base> => ({
    id,
    delegates: [...own, ...(await buildDelegates(test.db, id, n))],
  });
  flor = await base(world.florDeCuarzo.id, 11, [world.people.nieves.id]);
  vetas = await base(world.tresVetas.id, 0, [world.people.rufino.id]);
  porvenir = await base(
    (await buildAssociation(test.db, { name: 'El Porvenir', kind: 'cooperativa' })).id,
    10,
  );
  libre = await base(
    (await buildAssociation(test.db, { name: 'Sin Organización', kind: 'base_libre' })).id,
    2,
  );
  await buildAssociation(test.db, { name: 'Sin mandato' });
});
const as = async (person: string | null) => (await callAs(test.db, person)).ballots;
const opened = async () =>
  openedBallot(test.db, {
    versionId: (await buildVersion(test.db, { count: 1 })).id,
    rule: charters.asociaciones,
  });
async function position(ballotId: string, association: string, choice: Choice | Choice[]) {
  const { choices } = await sheetOf(test.db, ballotId, choice);
  return { id: ballotId, association, choices };
}
async function everybodyVotes(ballotId: string, yes: number) {
  const all = [...flor!.delegates, ...vetas!.delegates, ...porvenir!.delegates];
  for (const [i, personId] of all.entries()) {
    const sheet = await sheetOf(test.db, ballotId, i < yes ? 'si' : 'no');
    await test.db.transaction((tx) => castSheet(tx, { ...sheet, ballotId, personId }));
  }
}

describe('the chamber while the vote is open', () => {
  it('has a seat for each association with a delegate, and none for a free base or one without a mandate', async () => {
    const ballot = await opened();
    const { seats, mine, positions } = await (await as(null)).chamber({ id: ballot.id });
    expect(seats.map(({ name }) => name)).toEqual(['El Porvenir', 'Flor de Cuarzo', 'Tres Vetas']);
    expect([mine, positions]).toEqual([[], []]);
    const { manifest } = await (await as(null)).detail({ id: ballot.id });
    expect(JSON.parse(manifest!).chamber.seats).toBe(3);
  });

  it('takes a base’s word from its delegate, sealed; nobody else learns even that it spoke', async () => {
    const ballot = await opened();
    const before = await test.db.select().from(audit);
    await (await as(world.people.nieves.id)).takePosition(await position(ballot.id, flor!.id, 'si'));
    // Another delegate of the same base: it is still one vote, and the last one counts.
    await (await as(flor!.delegates[3]!)).takePosition(await position(ballot.id, flor!.id, 'no'));
    const box = await test.db.select().from(chamberPapers).where(eq(chamberPapers.ballotId, ballot.id));
    expect(box).toHaveLength(2);
    expect(JSON.stringify(box)).not.toContain(flor!.id);
    expect(await test.db.select().from(audit)).toHaveLength(before.length);
    expect((await (await as(world.people.nieves.id)).chamber({ id: ballot.id })).mine[0]!.spoken).toBe(true);
    expect(
      (await (await as(world.people.rufino.id)).chamber({ id: ballot.id })).mine.map(({ name, spoken }) => [
        name,
        spoken,
      ]),
    ).toEqual([['Tres Vetas', false]]);
    // Her own sheet is another thing, in another box (attack 6).
    expect(await test.db.select().from(papers).where(eq(papers.ballotId, ballot.id))).toEqual([]);
    await closed(test.db, ballot.id);
    const { positions } = await (await as(null)).chamber({ id: ballot.id });
    expect(positions.map(({ name, choice, via }) => [name, choice, via])).toEqual([
      ['Flor de Cuarzo', 'no', null],
      ['Flor de Cuarzo', 'no', null],
    ]);
  });

  it('refuses another base’s delegate, a member, the free base, an admin; half a sheet; and whoever came late', async () => {
    const ballot = await opened();
    const { rufino, sabina, amador } = world.people;
    for (const [who, base] of [
      [rufino.id, flor!.id],
      [sabina.id, flor!.id],
      [amador.id, flor!.id],
      [libre!.delegates[0]!, libre!.id],
    ] as const)
      expect(
        (await problemOf((await as(who)).takePosition(await position(ballot.id, base, 'si')))).status,
      ).toBe(403);
    const half = await position(ballot.id, vetas!.id, 'si');
    expect(
      (await problemOf((await as(rufino.id)).takePosition({ ...half, choices: half.choices.slice(1) }))).code,
    ).toBe('ballots.incomplete');
    await closed(test.db, ballot.id);
    expect((await problemOf((await as(rufino.id)).takePosition(half))).code).toBe('ballots.not_open');
    await expect(
      test.db.insert(chamberPositions).values({
        ...{ ballotId: ballot.id, questionId: half.choices[0]!.question },
        ...{ associationId: vetas!.id, choice: 'si' },
      }),
    ).rejects.toThrow();
  });

  it('a delegate whose mandate is taken back speaks for it no longer; what the base said stands', async () => {
    const ballot = await opened();
    const gone = porvenir!.delegates[0]!;
    await (await as(gone)).takePosition(await position(ballot.id, porvenir!.id, 'si'));
    await test.db.update(mandates).set({ state: 'withdrawn' }).where(eq(mandates.personId, gone));
    expect(
      (await problemOf((await as(gone)).takePosition(await position(ballot.id, porvenir!.id, 'no')))).status,
    ).toBe(403);
    await closed(test.db, ballot.id);
    const { positions } = await (await as(null)).chamber({ id: ballot.id });
    expect(positions[0]).toMatchObject({ name: 'El Porvenir', choice: 'si' });
    await test.db.update(mandates).set({ state: 'accredited' }).where(eq(mandates.personId, gone));
  });
});

describe('a proxy in the chamber', () => {
  it('lets another base speak, by name; the own word stands before it, and taking it back takes its word out', async () => {
    const ballot = await opened();
    const [nieves, rufino, juan] = [world.people.nieves.id, world.people.rufino.id, porvenir!.delegates[1]!];
    const give = { id: ballot.id, association: flor!.id, to: vetas!.id };
    await (await as(nieves)).giveProxy(give);
    expect((await problemOf((await as(nieves)).giveProxy(give))).code).toBe('ballots.proxy_given');
    expect(
      (
        await problemOf(
          (await as(rufino)).giveProxy({ id: ballot.id, association: vetas!.id, to: porvenir!.id }),
        )
      ).code,
    ).toBe('ballots.proxy_chain');
    expect((await problemOf((await as(juan)).giveProxy({ ...give, to: porvenir!.id }))).status).toBe(403);
    await (await as(rufino)).takePosition(await position(ballot.id, flor!.id, 'si'));
    expect((await (await as(nieves)).chamber({ id: ballot.id })).mine).toMatchObject([
      { name: 'Flor de Cuarzo', spoken: true, itself: true, proxyTo: 'Tres Vetas' },
    ]);
    await (await as(nieves)).revokeProxy({ id: ballot.id, association: flor!.id });
    expect(
      (await problemOf((await as(rufino)).takePosition(await position(ballot.id, flor!.id, 'si')))).status,
    ).toBe(403);
    expect(await test.db.select().from(chamberPapers).where(eq(chamberPapers.ballotId, ballot.id))).toEqual(
      [],
    );
    await (await as(nieves)).giveProxy({ ...give, to: porvenir!.id });
    await (await as(juan)).takePosition(await position(ballot.id, flor!.id, 'no'));
    await (await as(rufino)).takePosition(await position(ballot.id, vetas!.id, 'si'));
    await closed(test.db, ballot.id);
    const { positions } = await (await as(null)).chamber({ id: ballot.id });
    expect(
      positions
        .filter(({ position: at }) => at === 1)
        .map(({ name, choice, viaName }) => [name, choice, viaName]),
    ).toEqual([
      ['Flor de Cuarzo', 'no', 'El Porvenir'],
      ['Tres Vetas', 'si', null],
    ]);
    expect(
      (await problemOf((await as(nieves)).revokeProxy({ id: ballot.id, association: flor!.id }))).code,
    ).toBe('ballots.not_open');
  });

  it('whoever has spoken itself is not spoken over', async () => {
    const ballot = await opened();
    await (await as(world.people.nieves.id)).giveProxy({
      id: ballot.id,
      association: flor!.id,
      to: vetas!.id,
    });
    await (await as(world.people.nieves.id)).takePosition(await position(ballot.id, flor!.id, 'no'));
    const over = (await as(world.people.rufino.id)).takePosition(await position(ballot.id, flor!.id, 'si'));
    expect((await problemOf(over)).code).toBe('ballots.spoke_itself');
  });
});

describe('the archive', () => {
  it('holds what each association said, and verify counts it again', async () => {
    const ballot = await opened();
    await everybodyVotes(ballot.id, 20);
    for (const [person, base, choice] of [
      [world.people.nieves.id, flor!, 'no'],
      [world.people.rufino.id, vetas!, 'no'],
      [porvenir!.delegates[0]!, porvenir!, 'si'],
    ] as const)
      await (await as(person)).takePosition(await position(ballot.id, base.id, [choice, 'si']));
    await closed(test.db, ballot.id);
    const { questions } = await (await as(null)).result({ id: ballot.id });
    expect(questions.map(({ verdict }) => verdict)).toEqual(['vuelve', 'aprobado']);
    const { archive } = await (await as(null)).archive({ id: ballot.id });
    expect(judge(archive).failed).toEqual([]);
    const turned = JSON.parse(archive);
    turned.chamber.positions[0][0][1] = 'si';
    turned.chamber.positions[0][1][1] = 'si';
    turned.chamber.positions[0][2][1] = 'si';
    expect(judge(resealed(turned)).failed).toContain('verdict');
    const added = JSON.parse(archive);
    added.chamber.seats.push(['ffffffff-0000-4000-8000-000000000000', 'Nadie']);
    expect(judge(resealed(added)).failed).toContain('chamber');
    expect(canonical(JSON.parse(archive))).toBe(archive);
    // Through whom a base spoke is in no count: each reads it beside its own name.
    for (const { text, how } of bentArchives(archive, 400, 7))
      if (!/^chamber\.positions\.\d+\.\d+\.2:/.test(how))
        expect([how, judge(text).good]).toEqual([how, false]);
  });
});
