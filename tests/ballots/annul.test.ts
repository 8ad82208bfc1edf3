import '../support/runtime';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';

import { ballotAnnulments, ballots, papers, receipts } from '~/db/schema/ballots';
import { closeBallot, type Step } from '~/server/ballots/commands/closing';
import { destroyKey } from '~/server/ballots/commands/key';
import { ballotJobs } from '~/server/ballots/jobs';
import { buildDelegates, closed, openedBallot, preparedBallot, sheetOf } from '../support/ballots';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
const as = (name: keyof typeof world.people) => callAs(test.db, world.people[name].id);
beforeAll(async () => {
  world = await forumWorld(test.db);
});
const reason = 'Se restauró una copia y la llave no estaba en ella.';

describe('a ballot whose key is gone, as after a restore', () => {
  it('says so to everybody, takes no sheet, and is ended by a secretary with a reason that all read', async () => {
    const ballot = await openedBallot(test.db);
    const { id } = ballot;
    const [nieves, gloria, anyone] = [await as('nieves'), await as('gloria'), await callAs(test.db, null)];
    await nieves.ballots.cast(await sheetOf(test.db, id, 'si'));
    expect(await anyone.ballots.detail({ id })).toMatchObject({ lost: false, annulled: null });
    destroyKey(id);
    expect(await nieves.ballots.detail({ id })).toMatchObject({
      lost: true,
      abilities: { vote: false, annul: false },
    });
    expect((await anyone.ballots.detail({ id })).lost).toBe(true);
    expect((await problemOf(nieves.ballots.cast(await sheetOf(test.db, id, 'no')))).code).toBe(
      'ballots.stopped',
    );
    expect((await problemOf(nieves.ballots.annul({ id, reason }))).code).toBe('refused');
    expect((await problemOf(gloria.ballots.annul({ id, reason: 'Ya.' }))).fields).toHaveProperty('reason');
    await gloria.ballots.annul({ id, reason });
    expect(await anyone.ballots.detail({ id })).toMatchObject({
      state: 'closed',
      lost: false,
      annulled: reason,
    });
    expect(await anyone.ballots.result({ id })).toMatchObject({ annulled: reason, questions: [] });
    const published = (await anyone.ballots.published()).find((one) => one.id === id)!;
    expect(published.annulled).toBe(reason);
    expect(await test.db.$count(papers, eq(papers.ballotId, id))).toBe(0);
    expect(await test.db.$count(receipts, eq(receipts.ballotId, id))).toBe(0);
    expect((await problemOf(gloria.ballots.annul({ id, reason }))).code).toBe('refused');
    // Its closing job comes all the same, and finds nothing to do.
    const job = { kind: 'ballots.close', payload: { ballotId: id } } as never;
    await ballotJobs['ballots.close']!(test.db, job, async () => {});
    await expect(
      test.db.update(ballotAnnulments).set({ reason: 'Otra cosa.' }).where(eq(ballotAnnulments.ballotId, id)),
    ).rejects.toMatchObject({ cause: { message: expect.stringContaining('append-only') } });
  });

  it('also where it went in the middle of the close: what is plain by then is nobody’s, and is not counted', async () => {
    const { id } = await openedBallot(test.db);
    await (await as('nieves')).ballots.cast(await sheetOf(test.db, id, 'si'));
    const cut = async (step: Step) => {
      if (step === 'papers') throw new Error('killed');
    };
    await expect(closeBallot(test.db, id, { at: new Date(), done: cut })).rejects.toThrow('killed');
    destroyKey(id);
    await expect(closeBallot(test.db, id, { at: new Date() })).rejects.toThrow();
    const gloria = await as('gloria');
    expect((await gloria.ballots.detail({ id })).abilities.annul).toBe(true);
    await gloria.ballots.annul({ id, reason });
    expect(await gloria.ballots.result({ id })).toMatchObject({ annulled: reason, questions: [] });
    expect(await test.db.$count(receipts, eq(receipts.ballotId, id))).toBe(0);
  });

  it('while one that has its key cannot be done away with, whatever the reason', async () => {
    const { id } = await openedBallot(test.db);
    const gloria = await as('gloria');
    expect((await gloria.ballots.detail({ id })).abilities.annul).toBe(false);
    expect((await problemOf(gloria.ballots.annul({ id, reason }))).code).toBe('ballots.key_there');
    expect((await gloria.ballots.detail({ id })).state).toBe('open');
  });

  it('nor one that is being counted already, and needs none', async () => {
    const { id } = await openedBallot(test.db);
    await (await as('nieves')).ballots.cast(await sheetOf(test.db, id, 'si'));
    await closed(test.db, id);
    const other = await openedBallot(test.db);
    await test.db.update(ballots).set({ state: 'closing' }).where(eq(ballots.id, other.id));
    const question = (await sheetOf(test.db, other.id, 'si')).choices[0]!.question;
    await test.db.insert(papers).values({ ballotId: other.id, questionId: question, choice: 'si' });
    destroyKey(other.id);
    const gloria = await as('gloria');
    expect((await gloria.ballots.detail({ id: other.id })).lost).toBe(false);
    expect((await problemOf(gloria.ballots.annul({ id: other.id, reason }))).code).toBe('ballots.key_there');
    expect((await problemOf(gloria.ballots.annul({ id, reason }))).code).toBe('refused');
  });
});

describe('a roll that is too small to keep a secret', () => {
  it('opens no ballot, and the secretary is told why; ten do', async () => {
    const { id } = await preparedBallot(test.db);
    const gloria = await as('gloria');
    await buildDelegates(test.db, world.tresVetas.id, 7);
    const problem = await problemOf(gloria.ballots.open({ id }));
    expect(problem.code).toBe('ballots.small_roll');
    expect(problem.sentence).toContain('9 personas acreditadas');
    expect((await gloria.ballots.detail({ id })).state).toBe('prepared');
    await buildDelegates(test.db, world.tresVetas.id, 1);
    await gloria.ballots.open({ id });
    expect((await gloria.ballots.detail({ id })).roll).toBe(10);
  });
});
