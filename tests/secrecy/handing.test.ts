import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withPurse } from '~/app/_keyring/frame/purse';
import type { Entry } from '~/app/_keyring/lock';
import {
  agree,
  complete,
  hold,
  laidFrom,
  propose,
  releasesOf,
  sign,
  tellLaid,
  today,
} from '~/app/_room/release/acts';
import { idOf, phaseOf, type Release } from '~/app/_room/release/board';
import { type HandedOut, handOutFirst } from '~/app/_room/release/handing';
import { laidIn, withLaid, withoutLaid } from '~/app/_room/release/laid';
import type { AskServer, Session } from '~/app/_room/session';
import { releases, spentTokens } from '~/db/schema/rooms';
import { publishReleases } from '~/server/releases/commands';
import { readAsk } from '~/server/rooms/rules/wire';
import { foundRoom, openBoxes } from '~/tests/support/box';
import { callAs } from '~/tests/support/call';
import { testDatabase } from '~/tests/support/db';
import { aConcern } from '~/tests/support/releases';
import { type Woman, woman } from '~/tests/support/rooms';
import { aPurse } from '~/tests/support/tokens';

// A text leaves from a keyring, in a sitting with it in which no room is opened (docs/decisions/118).
const given = testDatabase();
const begins = new Date('2026-11-10T15:00:00-05:00');
const later = (days: number, hours = 0) =>
  vi.setSystemTime(begins.getTime() + (days * 24 + hours) * 3_600_000);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: begins });
});
afterEach(async () => {
  vi.useRealTimers();
  await given.db.transaction(async (tx) => {
    await tx.execute(sql`alter table concern_decisions disable trigger user`);
    for (const table of ['concern_decisions', 'concerns', 'releases', 'spent_tokens'])
      await tx.execute(sql.raw(`delete from ${table}`));
    await tx.execute(sql`alter table concern_decisions enable trigger user`);
  });
});

const only = (session: Session) => releasesOf(session)[0] as Release;
const list = async () => (await callAs(given.db, null)).releases.open();
const phase = async (session: Session) => phaseOf(only(session), session.state!, today(), await list());

/** Luna, Cerro and Quena; their text is signed for, and Quena puts it into her keyring on the day of the signatures. */
async function aTextInQuenasKeyring() {
  const { ask } = await openBoxes(given.db);
  const { sessions } = await foundRoom(ask, ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman]);
  const [luna, cerro, quena] = sessions;
  const everybody = () => Promise.all(sessions.map((one) => one.catchUp()));
  await propose(luna, aConcern());
  await everybody();
  for (const one of [cerro, quena]) await agree(one, only(one));
  await everybody();
  await sign(luna, ask, only(luna));
  await everybody();
  expect(await complete(cerro, ask, only(cerro))).toBe('done');
  await everybody();
  const keyring: Entry[] = withLaid([], laidFrom(quena, only(quena))!);
  await tellLaid(quena, only(quena));
  await everybody();
  return { ask, luna, cerro, quena, keyring, everybody };
}
type Given = Awaited<ReturnType<typeof aTextInQuenasKeyring>>;

/** She opens her keyring: what is asked at the door, and what is left in it after the next writing. */
async function opens(
  { ask, keyring }: Pick<Given, 'ask' | 'keyring'>,
  { server = ask, entered = false, purse = aPurse(ask, 1) } = {},
): Promise<{ said: HandedOut; keyring: Entry[]; asked: string[] }> {
  const gone = new Set<string>();
  const asked: string[] = [];
  const listening: AskServer = (body) => {
    asked.push(readAsk(body).op);
    return server(body);
  };
  const sitting = { gone, entered: () => entered, going: () => {} };
  const hers = await purse;
  const said = await handOutFirst(
    laidIn(keyring),
    hers,
    { server: listening, list, random: () => 0 },
    sitting,
  );
  return { said, asked, keyring: withoutLaid(withPurse(keyring, hers), gone) };
}

describe('Quena takes the text', () => {
  it('and it goes by itself at a later opening, once, with no word to the room; on the next day it is gone from her keyring', async () => {
    const room = await aTextInQuenasKeyring();
    const { ask, quena, luna, everybody } = room;
    expect(await phase(luna)).toEqual({ phase: 'laid', opens: '2026-11-12', by: [quena.me] });
    for (const days of [0, 1]) {
      later(days, 8);
      expect(await opens(room)).toMatchObject({ said: 'nothing', asked: [] });
    }
    later(2);
    expect(await opens(room, { entered: true })).toMatchObject({ said: 'nothing', asked: [] });
    const spent = await given.db.$count(spentTokens);
    const first = await opens(room);
    expect(first).toMatchObject({ said: 'left', asked: ['deposit'], keyring: [] });
    expect(await given.db.$count(spentTokens)).toBe(spent + 2);
    expect(await given.db.$count(releases)).toBe(1);
    await everybody();
    expect(releasesOf(luna)[0]!.deposited.size).toBe(0);
    expect(await phase(luna)).toMatchObject({ phase: 'laid' });

    // Nothing was written in that sitting: opened again the same day, the door says that it waits, and takes nothing more.
    expect(await opens(room)).toMatchObject({ said: 'waited', keyring: [] });
    expect(await given.db.$count(releases)).toBe(1);
    expect(await given.db.$count(spentTokens)).toBe(spent + 2);
    later(3);
    expect(await publishReleases(given.db, today())).toBe(1);
    expect(await opens(room)).toMatchObject({ said: 'nothing', asked: [], keyring: [] });
    expect(await phase(luna)).toMatchObject({ phase: 'out', kind: 'concern' });
    expect((await list()).released.map(({ id }) => id)).toEqual([idOf(only(luna))]);
    void ask;
  });

  it('and the net fails, before or after the door has it: it stays in her keyring until the forum has said so', async () => {
    const room = await aTextInQuenasKeyring();
    later(2);
    const purse = aPurse(room.ask, 2);
    const before: AskServer = async () => {
      throw new Error('no network');
    };
    const after: AskServer = async (body) => {
      await room.ask(body);
      throw new Error('the answer is lost');
    };
    for (const [server, waiting] of [
      [before, 0],
      [after, 1],
    ] as const) {
      const cut = await opens(room, { server, purse });
      expect([cut.said, laidIn(cut.keyring)]).toEqual(['unknown', laidIn(room.keyring)]);
      expect(await given.db.$count(releases)).toBe(waiting);
    }
    expect(await opens(room, { purse })).toMatchObject({ said: 'waited', keyring: [] });
    expect(await given.db.$count(releases)).toBe(1);
  });

  it('and never opens her keyring again: after three days Luna takes it up, and it comes out once though both hand it out', async () => {
    const room = await aTextInQuenasKeyring();
    const { luna, everybody } = room;
    later(5);
    expect(await phase(luna)).toMatchObject({ phase: 'laid' });
    later(6);
    expect(await phase(luna)).toEqual({ phase: 'ready' });
    const hers = withLaid([], laidFrom(luna, only(luna))!);
    await tellLaid(luna, only(luna));
    await everybody();
    expect(await phase(luna)).toMatchObject({ phase: 'laid', by: [luna.me] });
    later(7);
    expect(await opens({ ...room, keyring: hers })).toMatchObject({ said: 'left' });
    expect(await opens(room)).toMatchObject({ said: 'waited', keyring: [] });
    expect(await given.db.$count(releases)).toBe(1);
  });

  it('and Cerro holds it: the door takes it no more, and it stays inside', async () => {
    const room = await aTextInQuenasKeyring();
    const { ask, cerro, everybody } = room;
    expect(await hold(cerro, ask, only(cerro), await aPurse(ask, 1))).toBe('done');
    await everybody();
    later(2);
    const refused = await opens(room);
    expect([refused.said, laidIn(refused.keyring).length]).toEqual(['refused', 1]);
    expect(await given.db.$count(releases)).toBe(0);
    expect(laidFrom(room.quena, only(room.quena))).toBeNull();
    later(15);
    expect(laidIn((await opens(room)).keyring)).toHaveLength(1);
    later(43);
    expect((await opens(room)).keyring).toEqual([]);
  });

  it('and Cerro holds it after it went: what waited for its hour is gone', async () => {
    const room = await aTextInQuenasKeyring();
    later(2);
    await opens(room);
    expect(await hold(room.cerro, room.ask, only(room.cerro), await aPurse(room.ask, 1))).toBe('done');
    expect(await given.db.$count(releases)).toBe(0);
    later(3);
    expect(await publishReleases(given.db, today())).toBe(0);
  });
});
