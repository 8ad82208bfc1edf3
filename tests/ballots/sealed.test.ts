import '../support/runtime';
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { papers, receipts, rollEntries } from '~/db/schema/ballots';
import { forumRoles } from '~/db/schema/people';
import { paperVoters, urnsGiven } from '~/db/schema/urns';
import { castSheet } from '~/server/ballots/commands/cast';
import { destroyKey, readKey } from '~/server/ballots/commands/key';
import { readTicket } from '~/server/ballots/commands/sealed';
import { forgive } from '~/server/limits';
import { buildDelegates, closed, openedBallot, sealedSheet, sheetOf } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildForumRole } from '../support/factories';
import { forumWorld } from '../support/people';

// At the camp there is no signal. What Rufino's phone sealed there comes in later (docs/decisions/111).
const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let rufino: string;
const as = (name: keyof typeof world.people) => callAs(test.db, world.people[name].id);
const hours = 3_600_000;
const slips = (ballotId: string) => test.db.select().from(receipts).where(eq(receipts.ballotId, ballotId));
const counts = async (ballotId: string) => {
  await closed(test.db, ballotId);
  const { questions } = await (await callAs(test.db, null)).ballots.result({ id: ballotId });
  return questions.map(({ yes, no, abstain }) => [yes, no, abstain]);
};
const sealed = (ballotId: string, over: Partial<Parameters<typeof sealedSheet>[1]> = {}) =>
  sealedSheet(test.db, { ballotId, personId: rufino, ...over });
const ago = (n: number) => new Date(Date.now() - n * hours);

beforeAll(async () => {
  world = await forumWorld(test.db);
  await buildDelegates(test.db, world.tresVetas.id, 12);
  rufino = world.people.rufino.id;
});
afterEach(async () => {
  vi.useRealTimers();
  await forgive('cast', rufino);
});

describe('before he goes up to the camp', () => {
  it('his page gives him a ticket, the key to seal to, and the hash of the text; a new ticket each time', async () => {
    const ballot = await openedBallot(test.db);
    const given = await (await as('rufino')).ballots.sealing({ id: ballot.id });
    expect(given.key).toMatch(/^[\w-]{87}$/);
    expect(given.manifest).toMatch(/^[0-9a-f]{64}$/);
    const holder = { ballotId: ballot.id, personId: rufino, manifest: given.manifest! };
    expect(readTicket(readKey(ballot.id)!, holder, given.ticket!)).toBeInstanceOf(Date);
    const again = await (await as('rufino')).ballots.sealing({ id: ballot.id });
    expect(again).toEqual({ ...given, ticket: expect.any(String) });
    expect(again.ticket).not.toBe(given.ticket);
  });

  it('who is not on the roll gets the same without a ticket, whoever she is', async () => {
    const ballot = await openedBallot(test.db);
    const anybody = await (await callAs(test.db, null)).ballots.sealing({ id: ballot.id });
    expect(anybody.ticket).toBeNull();
    for (const who of ['gloria', 'amador', 'carla', 'tomasa'] as const)
      expect(await (await as(who)).ballots.sealing({ id: ballot.id })).toEqual(anybody);
  });

  it('there is nothing to seal to before the opening, at the close, and without the key', async () => {
    const none = { manifest: null, key: null, ticket: null };
    const ballot = await openedBallot(test.db);
    vi.useFakeTimers({ toFake: ['Date'], now: ballot.closesAt.getTime() });
    expect(await (await as('rufino')).ballots.sealing({ id: ballot.id })).toEqual(none);
    vi.useRealTimers();
    destroyKey(ballot.id);
    expect(await (await as('rufino')).ballots.sealing({ id: ballot.id })).toEqual(none);
  });
});

describe('a ballot that waited', () => {
  it('is counted when it arrives a day later, and gives five words', async () => {
    const ballot = await openedBallot(test.db);
    const waiting = await sealed(ballot.id, { choice: ['si', 'no', 'abstencion', 'si'] });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * hours });
    const { tracker } = await (await as('rufino')).ballots.castSealed(waiting);
    expect(tracker).toMatch(/^[a-z]+( [a-z]+){4}$/);
    vi.useRealTimers();
    expect(await counts(ballot.id)).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ]);
    const { trackers } = await (await callAs(test.db, null)).ballots.trackers({ id: ballot.id, page: 1 });
    expect(trackers).toEqual([tracker]);
  });

  it('sent a thousand times is one, with the same words', async () => {
    const ballot = await openedBallot(test.db);
    const waiting = await sealed(ballot.id);
    const said = new Set<string>();
    for (let i = 0; i < 1000; i++) {
      if (i % 25 === 0) await forgive('cast', rufino);
      said.add((await (await as('rufino')).ballots.castSealed(waiting)).tracker);
    }
    expect([said.size, (await slips(ballot.id)).length]).toEqual([1, 1]);
    expect(await counts(ballot.id)).toEqual(Array(4).fill([1, 0, 0]));
  });

  it('takes the place of what he had made before it', async () => {
    const ballot = await openedBallot(test.db);
    await (await as('rufino')).ballots.cast(await sheetOf(test.db, ballot.id, 'no'));
    const waiting = await sealed(ballot.id, { choice: 'si', given: new Date() });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 20 * hours });
    await (await as('rufino')).ballots.castSealed(waiting);
    vi.useRealTimers();
    expect(await counts(ballot.id)).toEqual(Array(4).fill([1, 0, 0]));
  });

  it('does not undo what he made after it, and is answered as if it did', async () => {
    const ballot = await openedBallot(test.db);
    const forced = await sealed(ballot.id, { choice: 'no', given: ago(30) });
    await (await as('rufino')).ballots.cast(await sheetOf(test.db, ballot.id, 'si'));
    const before = await test.db.select().from(papers).where(eq(papers.ballotId, ballot.id));
    const rows = async () =>
      (await test.db.execute(sql`select xmin::text from papers where ballot_id = ${ballot.id}`)).map(
        ({ xmin }) => xmin,
      );
    const written = await rows();
    const answer = await (await as('rufino')).ballots.castSealed(forced);
    expect(Object.keys(answer)).toEqual(['tracker']);
    expect(answer.tracker).toMatch(/^[a-z]+( [a-z]+){4}$/);
    const after = await test.db.select().from(papers).where(eq(papers.ballotId, ballot.id));
    expect(after).toHaveLength(before.length);
    expect(after).toEqual(expect.arrayContaining(before));
    // Each paper was written again as it was: the same work as for one that counts.
    expect((await rows()).filter((one) => written.includes(one))).toEqual([]);
    expect(await slips(ballot.id)).toHaveLength(2);
    expect(await counts(ballot.id)).toEqual(Array(4).fill([1, 0, 0]));
  });

  it.each([
    ['in the order in which he made them', [1, 2]],
    ['the wrong way round', [2, 1]],
  ])('of two that waited the later made counts, whether they come %s', async (_how, order) => {
    const ballot = await openedBallot(test.db);
    const [given, other] = [ago(30), ago(28)];
    const made = {
      1: await sealed(ballot.id, { choice: 'no', given }),
      2: await sealed(ballot.id, { choice: 'si', given: other }),
    };
    for (const n of order) await (await as('rufino')).ballots.castSealed(made[n as 1 | 2]);
    expect(await counts(ballot.id)).toEqual(Array(4).fill([1, 0, 0]));
  });

  it('of two under one ticket the one received later counts: he thought again on the same page', async () => {
    const ballot = await openedBallot(test.db);
    const given = ago(3);
    for (const choice of ['no', 'si'] as const)
      await (await as('rufino')).ballots.castSealed(await sealed(ballot.id, { choice, given }));
    expect(await counts(ballot.id)).toEqual(Array(4).fill([1, 0, 0]));
  });

  it('and one that he sends at the same moment from another phone: one of them, whole', async () => {
    const ballot = await openedBallot(test.db);
    const questions = await sheetOf(test.db, ballot.id, 'si');
    const older = await sealed(ballot.id, { choice: 'no', given: ago(5) });
    await Promise.all([
      (await as('rufino')).ballots.castSealed(older),
      test.db.transaction((tx) => castSheet(tx, { ...questions, ballotId: ballot.id, personId: rufino })),
    ]);
    expect(await counts(ballot.id)).toEqual(Array(4).fill([1, 0, 0]));
  });
});

describe('a ballot that came in vain is told why', () => {
  it('after the close, though the job has not run yet', async () => {
    const ballot = await openedBallot(test.db);
    const waiting = await sealed(ballot.id);
    vi.useFakeTimers({ toFake: ['Date'], now: ballot.closesAt.getTime() });
    const problem = await problemOf((await as('rufino')).ballots.castSealed(waiting));
    expect(problem).toMatchObject({
      status: 422,
      sentence: 'La votación ya cerró. Tu papeleta llegó después y no entró.',
    });
    vi.useRealTimers();
    expect(await counts(ballot.id)).toEqual(Array(4).fill([0, 0, 0]));
    expect((await problemOf((await as('rufino')).ballots.castSealed(waiting))).code).toBe(
      'ballots.late_unknown',
    );
  });

  it('but one that had come in, whose answer was lost, has its words again while the key is there', async () => {
    const ballot = await openedBallot(test.db);
    const waiting = await sealed(ballot.id);
    const direct = await sheetOf(test.db, ballot.id, 'no');
    const own = await as('rufino');
    const [first, second] = [await own.ballots.castSealed(waiting), await own.ballots.cast(direct)];
    // More often than his phone may send in an hour.
    for (let i = 0; i < 60; i++) expect(await own.ballots.castSealed(waiting)).toEqual(first);
    await forgive('cast', rufino);
    vi.useFakeTimers({ toFake: ['Date'], now: ballot.closesAt.getTime() + 1 });
    expect(await own.ballots.castSealed(waiting)).toEqual(first);
    expect(await own.ballots.cast(direct)).toEqual(second);
    const unsent = { ...waiting, sheet: randomUUID() };
    expect((await problemOf(own.ballots.castSealed(unsent))).code).toBe('ballots.came_late');
    vi.useRealTimers();
    await closed(test.db, ballot.id);
    for (const late of [() => own.ballots.castSealed(waiting), () => own.ballots.cast(direct)]) {
      const { code, sentence } = await problemOf(late());
      expect(code).toBe('ballots.late_unknown');
      expect(sentence).not.toMatch(/no entró/);
    }
  });

  it('when a paper has been written down for him meanwhile', async () => {
    const ballot = await openedBallot(test.db);
    const waiting = await sealed(ballot.id);
    const roll = await test.db
      .select({ personId: rollEntries.personId })
      .from(rollEntries)
      .where(eq(rollEntries.ballotId, ballot.id));
    const handedBy = world.people.nieves.id;
    const others = roll.map(({ personId }) => personId).filter((one) => one !== rufino && one !== handedBy);
    const names = [rufino, ...others].slice(0, 10);
    await test.db
      .insert(paperVoters)
      .values(names.map((personId) => ({ ballotId: ballot.id, personId, urn: '', handedBy })));
    const [firstBy, secondBy] = [handedBy, world.people.gloria.id];
    await test.db.insert(urnsGiven).values({ ballotId: ballot.id, urn: '', firstBy, secondBy });
    expect((await problemOf((await as('rufino')).ballots.castSealed(waiting))).code).toBe('ballots.on_paper');
    expect(await (await as('rufino')).ballots.sealing({ id: ballot.id })).toMatchObject({ ticket: null });
  });

  it('when its key is gone: it can be tried again, should the key come back', async () => {
    const ballot = await openedBallot(test.db);
    const waiting = await sealed(ballot.id);
    destroyKey(ballot.id);
    expect((await problemOf((await as('rufino')).ballots.castSealed(waiting))).code).toBe('ballots.stopped');
  });

  it('when it is no sheet of this vote', async () => {
    const ballot = await openedBallot(test.db);
    const waiting = await sealed(ballot.id);
    const bytes = Buffer.from(waiting.sealed, 'base64url');
    bytes[300]! ^= 1;
    const bent = { ...waiting, sealed: bytes.toString('base64url') };
    for (const wrong of [
      bent,
      { ...waiting, sheet: randomUUID() },
      { ...waiting, manifest: 'b'.repeat(64) },
      { ...waiting, sealed: `${waiting.sealed}AA` },
      { ...waiting, sealed: 'no' },
    ]) {
      const problem = await problemOf((await as('rufino')).ballots.castSealed(wrong));
      expect(problem.status).toBe(422);
      expect([problem.sentence, ...Object.values(problem.fields)]).toContain(
        'No se pudo abrir la papeleta. Tu voto no entró. Vota otra vez.',
      );
    }
    expect(await slips(ballot.id)).toEqual([]);
  });

  it('when an office has taken the right away: then there is no such ballot for her', async () => {
    const ballot = await openedBallot(test.db);
    const [delegate] = await buildDelegates(test.db, world.tresVetas.id, 1);
    const later = await openedBallot(test.db);
    const waiting = await sealed(later.id, { personId: delegate! });
    await buildForumRole(test.db, delegate!, 'liaison');
    const own = await callAs(test.db, delegate!);
    expect((await problemOf(own.ballots.castSealed(waiting))).code).toBe('not_found');
    await test.db.delete(forumRoles).where(eq(forumRoles.personId, delegate!));
    expect(ballot.id).not.toBe(later.id);
  });
});
