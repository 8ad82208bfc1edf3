import '../../support/runtime';
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { papers, receipts } from '~/db/schema/ballots';
import { readKey } from '~/server/ballots/commands/key';
import { openSealed, publicKeyOf } from '~/server/ballots/commands/sealed';
import type { Choice } from '~/server/ballots/rules';
import { forgive } from '~/server/limits';
import { buildDelegates, closed, openedBallot, sealedSheet, sheetOf } from '../../support/ballots';
import { callAs, problemOf } from '../../support/call';
import { testDatabase } from '../../support/db';
import { without } from '../../support/guards';
import { forumWorld } from '../../support/people';

// What waits on a phone (docs/decisions/111), attacked: each story as the forum is, and with its one guard away.
vi.mock('~/server/ballots/commands/sealed', async (load) => {
  const real = await load<typeof import('~/server/ballots/commands/sealed')>();
  return (await import('../../support/guards')).guarded(real, {
    readTicket: () => new Date(),
    openSealed: () => ['no', 'no', 'no', 'no'],
  });
});
vi.mock('~/server/ballots/commands/box', async (load) =>
  (await import('../../support/guards')).guarded(await load<object>(), { madeOf: () => 0 }),
);
vi.mock('~/server/ballots/rules', async (load) =>
  (await import('../../support/guards')).guarded(await load<object>(), { takesSheets: () => true }),
);

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
const as = (name: keyof typeof world.people) => callAs(test.db, world.people[name].id);
const inBox = (ballotId: string) => test.db.select().from(papers).where(eq(papers.ballotId, ballotId));
const slips = (ballotId: string) => test.db.select().from(receipts).where(eq(receipts.ballotId, ballotId));
const waiting = (ballotId: string, who: 'rufino' | 'nieves', choice: Choice = 'si', given = new Date()) =>
  sealedSheet(test.db, { ballotId, personId: world.people[who].id, choice, given });
const yes = async (ballotId: string) => {
  await closed(test.db, ballotId);
  const { questions } = await (await callAs(test.db, null)).ballots.result({ id: ballotId });
  return questions.map((one) => one.yes);
};
const bytesOf = (problem: object) => JSON.stringify(problem);

beforeAll(async () => {
  world = await forumWorld(test.db);
  await buildDelegates(test.db, world.tresVetas.id, 12);
});
afterEach(async () => {
  vi.useRealTimers();
  await forgive('cast', world.people.rufino.id);
  await forgive('cast', world.people.nieves.id);
});

describe('Nieves takes up the phone on which Rufino’s ballot waits, and sends it as her own', () => {
  const sent = async () => {
    const ballot = await openedBallot(test.db);
    const his = await waiting(ballot.id, 'rufino');
    await (await as('nieves')).ballots.castSealed(his).catch(() => {});
    return (await inBox(ballot.id)).length;
  };
  it('is refused', async () => expect(await sent()).toBe(0));
  it('without the person in the ticket it would be taken as hers', async () =>
    expect(await without('readTicket', sent)).toBe(4));

  it('hears, to the byte, what she would of a vote that there is not, or that is none of hers', async () => {
    const ballot = await openedBallot(test.db);
    const his = await waiting(ballot.id, 'rufino');
    const nieves = await as('nieves');
    const refused = bytesOf(await problemOf(nieves.ballots.castSealed(his)));
    expect(bytesOf(await problemOf(nieves.ballots.castSealed({ ...his, id: randomUUID() })))).toBe(refused);
    const forged = { ...his, ticket: 'A'.repeat(his.ticket.length) };
    expect(bytesOf(await problemOf(nieves.ballots.castSealed(forged)))).toBe(refused);
    for (const who of ['gloria', 'amador', 'carla'] as const)
      expect(bytesOf(await problemOf((await as(who)).ballots.castSealed(his)))).toBe(refused);
    expect(bytesOf(await problemOf((await callAs(test.db, null)).ballots.castSealed(his)))).toBe(refused);
    // And it is still his, and still whole.
    await (await as('rufino')).ballots.castSealed(his);
    expect(await yes(ballot.id)).toEqual([1, 1, 1, 1]);
  });

  it('puts her own ticket beside it: it does not open', async () => {
    const ballot = await openedBallot(test.db);
    const his = await waiting(ballot.id, 'rufino');
    const { ticket } = await (await as('nieves')).ballots.sealing({ id: ballot.id });
    const theft = { ...his, ticket: ticket! };
    expect((await problemOf((await as('nieves')).ballots.castSealed(theft))).code).toBe('ballots.unreadable');
  });
});

describe('who forced him on Monday lets the phone send it on Wednesday, behind what he voted freely', () => {
  const forced = async () => {
    const ballot = await openedBallot(test.db);
    const monday = await waiting(ballot.id, 'rufino', 'no', new Date(Date.now() - 48 * 3_600_000));
    await (await as('rufino')).ballots.cast(await sheetOf(test.db, ballot.id, 'si'));
    const answer = await (await as('rufino')).ballots.castSealed(monday);
    const fresh = await (await as('nieves')).ballots.castSealed(await waiting(ballot.id, 'nieves', 'no'));
    // Nothing in the answer, its form or its moment tells that it changed nothing.
    expect(Object.keys(answer)).toEqual(Object.keys(fresh));
    expect(answer.tracker.split(' ')).toHaveLength(5);
    return yes(ballot.id);
  };
  it('changes nothing', async () => expect(await forced()).toEqual([1, 1, 1, 1]));
  it('without the moment in the seal it would', async () =>
    expect(await without('madeOf', forced)).toEqual([0, 0, 0, 0]));

  it('with the phone’s clock set to Thursday, or to the year before: it changes nothing', async () => {
    for (const days of [3, -365]) {
      const ballot = await openedBallot(test.db);
      const given = new Date(Date.now() - 48 * 3_600_000);
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * 24 * 3_600_000 });
      const monday = await waiting(ballot.id, 'rufino', 'no', given);
      vi.useRealTimers();
      await (await as('rufino')).ballots.cast(await sheetOf(test.db, ballot.id, 'si'));
      await (await as('rufino')).ballots.castSealed(monday);
      expect(await yes(ballot.id)).toEqual([1, 1, 1, 1]);
    }
  });

  it('and sends again, a hundred times, one that came before it: nothing changes', async () => {
    const ballot = await openedBallot(test.db);
    const first = await waiting(ballot.id, 'rufino', 'no');
    await (await as('rufino')).ballots.castSealed(first);
    await (await as('rufino')).ballots.cast(await sheetOf(test.db, ballot.id, 'si'));
    for (let i = 0; i < 100; i++) {
      await forgive('cast', world.people.rufino.id);
      await (await as('rufino')).ballots.castSealed(first);
    }
    expect(await slips(ballot.id)).toHaveLength(2);
    expect(await yes(ballot.id)).toEqual([1, 1, 1, 1]);
  });
});

describe('somebody between the phone and the forum bends what is sent', () => {
  const bent = async () => {
    const ballot = await openedBallot(test.db);
    const sheet = await waiting(ballot.id, 'rufino');
    const bytes = Buffer.from(sheet.sealed, 'base64url');
    bytes[80]! ^= 1;
    const sealed = bytes.toString('base64url');
    await (await as('rufino')).ballots.castSealed({ ...sheet, sealed }).catch(() => {});
    return (await inBox(ballot.id)).length;
  };
  it('is refused', async () => expect(await bent()).toBe(0));
  it('without the seal it is taken', async () => expect(await without('openSealed', bent)).toBe(4));
});

describe('a ballot of one vote is sent to another', () => {
  const moved = async () => {
    const [one, other] = [await openedBallot(test.db), await openedBallot(test.db)];
    const sheet = await waiting(one.id, 'rufino');
    const { manifest } = await waiting(other.id, 'rufino');
    await (await as('rufino')).ballots.castSealed({ ...sheet, id: other.id, manifest }).catch(() => {});
    return (await inBox(other.id)).length;
  };
  it('finds nothing', async () => expect(await moved()).toBe(0));
  it('without the ballot in the ticket and in the seal it is taken', async () => {
    expect(await without('readTicket', moved)).toBe(0);
    expect(await without('openSealed', moved)).toBe(0);
    expect(await without(['readTicket', 'openSealed'], moved)).toBe(4);
  });
});

describe('a ballot that comes after the close, from a phone whose clock is set back', () => {
  const late = async () => {
    const ballot = await openedBallot(test.db);
    const sheet = await waiting(ballot.id, 'rufino', 'si', new Date(Date.now() - 3_600_000));
    vi.useFakeTimers({ toFake: ['Date'], now: ballot.closesAt.getTime() + 1 });
    await (await as('rufino')).ballots.castSealed(sheet).catch(() => {});
    vi.useRealTimers();
    return (await inBox(ballot.id)).length;
  };
  it('is refused', async () => expect(await late()).toBe(0));
  it('without the look at the forum’s clock it is taken', async () =>
    expect(await without('takesSheets', late)).toBe(4));
});

describe('who has the phone, or the machine, and looks for what waits', () => {
  it('opens it with nothing that is on the phone, nor after the close with anything at all', async () => {
    const ballot = await openedBallot(test.db);
    const sheet = await waiting(ballot.id, 'rufino');
    const onPhone = JSON.stringify(sheet);
    expect(onPhone).not.toContain(world.people.rufino.id);
    expect(onPhone).not.toMatch(/"(si|no|abstencion)"/);
    const kept = readKey(ballot.id)!;
    expect(openSealed(kept, sheet, 4)).toEqual(['si', 'si', 'si', 'si']);
    const publicKey = publicKeyOf(kept);
    await closed(test.db, ballot.id);
    expect(readKey(ballot.id)).toBeNull();
    const after = await (await as('rufino')).ballots.sealing({ id: ballot.id });
    expect(after).toEqual({ manifest: null, key: null, ticket: null });
    expect(openSealed(Buffer.from(publicKey, 'base64url').subarray(1, 33), sheet, 4)).toBeNull();
  });

  it('finds in the whole database no ticket, no sealed sheet, no number of one, and nothing that waits', async () => {
    const ballot = await openedBallot(test.db);
    const sheet = await waiting(ballot.id, 'rufino');
    await (await as('rufino')).ballots.sealing({ id: ballot.id });
    const dump = async () => {
      const tables = await test.db.execute<{ name: string }>(
        sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
      );
      let all = '';
      for (const { name } of tables) {
        const rows = await test.db.execute(sql.raw(`select t::text from "${name}" t`));
        all += `${name} ${JSON.stringify(rows)}\n`;
      }
      return all;
    };
    const before = await dump();
    await (await as('rufino')).ballots.sealing({ id: ballot.id });
    expect(await dump()).toBe(before);
    await (await as('rufino')).ballots.castSealed(sheet);
    const after = await dump();
    for (const part of [sheet.ticket, sheet.sealed, sheet.sheet])
      for (const form of [part, Buffer.from(part, 'base64url').toString('hex')])
        expect(after.includes(form)).toBe(false);
    // A row for each question, one receipt; neither the roll, nor the audit, nor anything else has moved.
    const changed = after.split('\n').filter((line) => !before.includes(line));
    expect(changed.map((line) => line.split(' ')[0])).toEqual(expect.arrayContaining(['papers', 'receipts']));
    expect(changed).toHaveLength(2);
  });

  it('cannot tell in the box a paper that waited from any other', async () => {
    const ballot = await openedBallot(test.db);
    await (await as('rufino')).ballots.castSealed(await waiting(ballot.id, 'rufino'));
    await (await as('nieves')).ballots.cast(await sheetOf(test.db, ballot.id, 'no'));
    const box = await inBox(ballot.id);
    expect(box).toHaveLength(8);
    expect(new Set(box.map(({ sealed }) => sealed!.length)).size).toBe(1);
  });
});
