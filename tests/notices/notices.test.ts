import '../support/runtime';
import { beforeAll, describe, expect, it } from 'vitest';
import { concernDecisions } from '~/db/schema/concerns';
import { openBallot } from '~/server/ballots/commands/ballot';
import { destroyKey } from '~/server/ballots/commands/key';
import { delegates } from '~/server/ballots/commands/roll';
import { pathOf } from '~/server/notices/rules';
import { closed, hours, openedBallot, preparedBallot, sheetOf } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildConcern } from '../support/factories';
import { forumWorld } from '../support/people';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
const as = (name: keyof typeof world.people) => callAs(test.db, world.people[name].id);
type Caller = Awaited<ReturnType<typeof callAs>>;
beforeAll(async () => {
  world = await forumWorld(test.db);
});

const about = async (caller: Caller, subject: string) =>
  (await caller.notices.mine({ page: 1 })).items
    .filter(({ href }) => href.includes(subject))
    .map(({ kind }) => kind);
const settled = (concernId: string, state: 'en_debate' | 'no_recogida', by: string | null) =>
  test.db.insert(concernDecisions).values({ concernId, state, decidedBy: by });

describe('of a ballot', () => {
  it('all on its roll are told the opening and the result, and nobody else is', async () => {
    const { id } = await openedBallot(test.db);
    const [nieves, rufino, sabina] = [await as('nieves'), await as('rufino'), await as('sabina')];
    expect(await about(nieves, id)).toEqual(['ballot.opened']);
    await closed(test.db, id);
    for (const voter of [nieves, rufino])
      expect(await about(voter, id)).toEqual(['ballot.result', 'ballot.opened']);
    for (const outside of [sabina, await as('gloria'), await as('carla'), await as('amador')])
      expect(await about(outside, id)).toEqual([]);
  });

  it('the last day is said to who has voted and to who has not, in the same words', async () => {
    const { id } = await preparedBallot(test.db, { closesAt: hours(23) });
    await test.db.transaction(async (tx) =>
      openBallot(tx, id, { roll: await delegates(tx), at: hours(-70) }),
    );
    const [nieves, rufino] = [await as('nieves'), await as('rufino')];
    await nieves.ballots.cast(await sheetOf(test.db, id, 'si'));
    const lines = async (caller: Caller) =>
      (await caller.notices.mine({ page: 1 })).items.filter(({ href }) => href.includes(id));
    expect(await about(nieves, id)).toEqual(['ballot.lastDay', 'ballot.opened']);
    expect(await lines(rufino)).toEqual(await lines(nieves));
  });

  it('a short one has no last day of its own, and one that is over has none any more', async () => {
    const short = await openedBallot(test.db, { closesAt: hours(20), urgent: true });
    expect(await about(await as('nieves'), short.id)).toEqual(['ballot.opened']);
    const over = await openedBallot(test.db, { closesAt: hours(-1) });
    expect(await about(await as('nieves'), over.id)).toEqual(['ballot.opened']);
  });

  it('in the room has words of its own, and no last day on which somebody could still vote', async () => {
    const { delia, elvira, tomasa } = world.people;
    const named = { presides: delia.id, counterOne: elvira.id, counterTwo: tomasa.id };
    const { id } = await openedBallot(test.db, { method: 'hands', ...named, closesAt: hours(-1) });
    expect(await about(await as('nieves'), id)).toEqual(['room.opened']);
    await (await as('gloria')).ballots.annul({ id, reason: 'Se levantó la sesión antes de contar.' });
    expect(await about(await as('nieves'), id)).toEqual(['ballot.annulled', 'room.opened']);
  });

  it('that lost its key, that it is without effect', async () => {
    const { id } = await openedBallot(test.db);
    destroyKey(id);
    await (await as('gloria')).ballots.annul({ id, reason: 'Se dañó el disco de la máquina.' });
    expect(await about(await as('nieves'), id)).toEqual(['ballot.annulled', 'ballot.opened']);
  });
});

describe('of a concern', () => {
  it('who raised it is told what others decide, and only she', async () => {
    const { id } = await buildConcern(test.db, world.people.sabina.id);
    await settled(id, 'en_debate', world.people.emilia.id);
    await settled(id, 'no_recogida', world.people.emilia.id);
    const sabina = await as('sabina');
    expect((await about(sabina, id)).sort()).toEqual(['concern.en_debate', 'concern.no_recogida']);
    expect(await about(await as('elvira'), id)).toEqual([]);
    expect(await about(await as('emilia'), id)).toEqual([]);
  });

  it('nothing is told of its raising, nor of what she did herself', async () => {
    const { id } = await buildConcern(test.db, world.people.mery.id);
    await test.db.insert(concernDecisions).values({ concernId: id, state: 'recibida' });
    await settled(id, 'en_debate', world.people.mery.id);
    expect(await about(await as('mery'), id)).toEqual([]);
  });

  it('no word of it stands in the notice', async () => {
    const { id } = await buildConcern(test.db, world.people.sabina.id, {
      words: 'zarzamora-cuarzo-41 en el agua.',
    });
    await settled(id, 'en_debate', world.people.emilia.id);
    expect(JSON.stringify(await (await as('sabina')).notices.mine({ page: 1 }))).not.toContain('zarzamora');
  });
});

describe('seen', () => {
  it('is what was on the page: what comes after stays new, and nothing old comes back', async () => {
    const hilario = await as('hilario');
    expect(await hilario.notices.unread({})).toEqual({ n: 0 });
    const { id } = await buildConcern(test.db, world.people.hilario.id);
    await settled(id, 'en_debate', world.people.emilia.id);
    expect(await hilario.notices.unread({})).toEqual({ n: 1 });
    const { upTo, items } = await hilario.notices.mine({ page: 1 });
    expect(items.map(({ fresh }) => fresh)).toEqual([true]);
    await settled(id, 'no_recogida', world.people.emilia.id);
    await hilario.notices.seen({ upTo: upTo! });
    expect(await hilario.notices.unread({})).toEqual({ n: 1 });
    const after = await hilario.notices.mine({ page: 1 });
    expect(after.items.map(({ kind, fresh }) => [kind, fresh])).toEqual([
      ['concern.no_recogida', true],
      ['concern.en_debate', false],
    ]);
    await hilario.notices.seen({ upTo: after.upTo! });
    await hilario.notices.seen({ upTo: upTo! });
    expect(await hilario.notices.unread({})).toEqual({ n: 0 });
  });

  it('never reaches into the days to come', async () => {
    const delia = await as('delia');
    await delia.notices.seen({ upTo: '2999-01-01T00:00:00.000Z' });
    const { id } = await buildConcern(test.db, world.people.delia.id);
    await settled(id, 'en_debate', world.people.emilia.id);
    expect(await delia.notices.unread({})).toEqual({ n: 1 });
  });

  it('is a moment, or a sentence says so; without a session one signs in first', async () => {
    expect((await problemOf((await as('delia')).notices.seen({ upTo: 'ayer' }))).fields).toHaveProperty(
      'upTo',
    );
    const nobody = await callAs(test.db, null);
    for (const asked of [
      nobody.notices.mine({ page: 1 }),
      nobody.notices.unread({}),
      nobody.notices.seen({ upTo: '2026-01-01T00:00:00.000Z' }),
    ])
      expect((await problemOf(asked)).code).toBe('sign_in');
  });
});

describe('many', () => {
  it('are paged, each once', async () => {
    const { id } = await buildConcern(test.db, world.people.tomasa.id);
    await test.db.insert(concernDecisions).values(
      Array.from({ length: 130 }, (_, i) => ({
        concernId: id,
        state: i % 2 ? ('en_debate' as const) : ('no_recogida' as const),
        decidedBy: world.people.emilia.id,
        decidedAt: hours(-i - 1),
      })),
    );
    const tomasa = await as('tomasa');
    expect((await tomasa.notices.unread({})).n).toBe(100);
    const pages = await Promise.all(
      Array.from({ length: 7 }, (_, i) => tomasa.notices.mine({ page: i + 1 })),
    );
    expect(pages[0]!.pages).toBe(7);
    expect(new Set(pages.flatMap(({ items }) => items.map(({ key }) => key))).size).toBe(130);
  });
});

it.each([
  ['ballot.opened', '/votaciones/x'],
  ['ballot.lastDay', '/votaciones/x'],
  ['ballot.result', '/votaciones/x/resultado'],
  ['ballot.annulled', '/votaciones/x'],
  ['room.result', '/votaciones/x/resultado'],
  ['concern.no_recogida', '/planteamientos/x'],
] as const)('a notice of %s leads to %s', (kind, path) => {
  expect(pathOf({ kind, subject: 'x' })).toBe(path);
});
