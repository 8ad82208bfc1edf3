import { randomBytes } from 'node:crypto';
import { hexToBytes } from '@noble/hashes/utils.js';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  agree,
  complete,
  deposit,
  enforce,
  hold,
  type Outcome,
  propose,
  releasesOf,
  sign,
  today,
  tokenOf,
  withdraw,
} from '~/app/_room/release/acts';
import { idOf, phaseOf, type Release } from '~/app/_room/release/board';
import { proposalOf, writeReleaseWord } from '~/app/_room/release/messages';
import { cover, publicKeys, uncover } from '~/app/_room/release/tokens';
import type { AskServer, Session } from '~/app/_room/session';
import { concerns } from '~/db/schema/concerns';
import { audit } from '~/db/schema/kernel';
import { releases, spentTokens } from '~/db/schema/rooms';
import { publishReleases } from '~/server/releases/commands';
import type { Content } from '~/server/releases/rules';
import { expire } from '~/server/rooms/commands/frames';
import { hashHex, nowhere, orderKinds, statement } from '~/server/rooms/rules/orders';
import { writePurchase } from '~/server/rooms/rules/tokens';
import { readAsk, readDone, writeAsk } from '~/server/rooms/rules/wire';
import { foundRoom, letIn, openBoxes } from '~/tests/support/box';
import { callAs } from '~/tests/support/call';
import { testDatabase } from '~/tests/support/db';
import { aConcern, anArticle } from '~/tests/support/releases';
import { type Woman, woman } from '~/tests/support/rooms';
import { aPurse } from '~/tests/support/tokens';

const given = testDatabase();
const begins = new Date('2026-11-10T15:00:00-05:00');
const later = (days: number) => vi.setSystemTime(begins.getTime() + days * 86_400_000);
/** As if nothing had come out yet; what keeps decisions for ever is not asked. */
const empty = () =>
  given.db.transaction(async (tx) => {
    await tx.execute(sql`alter table concern_decisions disable trigger user`);
    for (const table of ['concern_decisions', 'concerns', 'releases', 'spent_tokens'])
      await tx.execute(sql.raw(`delete from ${table}`));
    await tx.execute(sql`alter table concern_decisions enable trigger user`);
  });
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: begins });
});
afterEach(async () => {
  vi.useRealTimers();
  await empty();
});

const names = ['Luna', 'Cerro', 'Quena'];
/** A room of three and one more, who is no steward. */
async function aRoom(fourth = 'Río') {
  const { ask } = await openBoxes(given.db);
  const women = names.map(woman) as [Woman, Woman, Woman];
  const { room, sessions } = await foundRoom(ask, women);
  const last = woman(fourth);
  const rio = await letIn(ask, room, [...sessions], last);
  const all = [...sessions, rio] as [Session, Session, Session, Session];
  const everybody = () => Promise.all(all.map((one) => one.catchUp()));
  await everybody();
  return { ask, room, all, women: [...women, last], everybody };
}
type Room = Awaited<ReturnType<typeof aRoom>>;
const only = (session: Session) => releasesOf(session)[0] as Release;
const phase = async (session: Session) =>
  phaseOf(only(session), session.state!, today(), await (await callAs(given.db, null)).releases.open());

/** Proposed by who is no steward, wanted by three, signed by one steward. */
async function signedByOne({ all, ask, everybody }: Room, content: Content = aConcern()) {
  const [luna, cerro, , rio] = all;
  const step = async (done: Promise<Outcome>) => {
    expect(await done).toBe('done');
    await everybody();
  };
  await step(propose(rio, content));
  await step(agree(luna, only(luna)));
  await step(agree(cerro, only(cerro)));
  await step(sign(luna, ask, only(luna)));
}
async function bought(given: Room, content?: Content) {
  await signedByOne(given, content);
  const cerro = given.all[1];
  expect(await complete(cerro, given.ask, only(cerro))).toBe('done');
  await given.everybody();
}
const allRows = async () =>
  JSON.stringify(
    await Promise.all(
      [
        'concerns',
        'concern_decisions',
        'amendments',
        'releases',
        'spent_tokens',
        'token_keys',
        'audit',
        'rooms',
      ].map((table) => given.db.execute(sql.raw(`select * from ${table}`))),
    ),
  );

describe('a text leaves its room', () => {
  it('as three wanted it and two signed it, after two nights, at the fixed hour, by a collective name and by nobody', async () => {
    const room = await aRoom();
    const { ask, all, everybody } = room;
    const [luna, cerro, quena, rio] = all;
    await bought(room);
    expect(await phase(quena)).toEqual({ phase: 'resting', opens: '2026-11-12' });
    const purse = await aPurse(ask, 2);
    for (const days of [0, 1]) {
      later(days);
      expect(await deposit(rio, ask, only(rio), purse)).toBe('refused');
    }
    expect(purse.tokens).toHaveLength(2);
    later(2);
    expect(await phase(luna)).toEqual({ phase: 'ready' });
    expect(await deposit(rio, ask, only(rio), purse)).toBe('done');
    await everybody();
    expect(purse.tokens).toHaveLength(1);
    expect(await phase(cerro)).toEqual({ phase: 'waits' });
    // Her answer was lost, or another did it at the same moment: it waits already, and nothing more is taken.
    const stale = { ...only(cerro), deposited: new Map() };
    expect(await deposit(cerro, ask, stale, await aPurse(ask, 1))).toBe('done');
    expect(await given.db.$count(releases)).toBe(1);

    expect(await publishReleases(given.db, today())).toBe(0);
    expect(await given.db.$count(concerns)).toBe(0);
    later(3);
    expect(await publishReleases(given.db, today())).toBe(1);
    expect(await publishReleases(given.db, today())).toBe(0);
    expect(await given.db.$count(releases)).toBe(0);
    const [row] = await given.db.select().from(concerns);
    expect(row).toMatchObject({
      id: idOf(only(luna)),
      personId: null,
      collective: 'Las de la cancha alta (espacio propio de mujeres)',
      womens: true,
      words: aConcern().kind === 'concern' ? (aConcern() as { words: string }).words : '',
      createdAt: new Date('2026-11-13T06:00:00-05:00'),
    });
    expect(await phase(quena)).toMatchObject({ phase: 'out', kind: 'concern', state: 'recibida' });
    const anybody = await callAs(given.db, null);
    const shown = await anybody.concerns.detail({ id: row!.id });
    expect(shown).toMatchObject({ mine: false, association: row!.collective, day: '2026-11-13' });
    expect(Object.values(shown.abilities)).toEqual([false, false, false, false]);
    await expect(anybody.concerns.reword({ id: row!.id, words: 'Otra cosa distinta.' })).rejects.toThrow();
    const told = await given.db.select().from(audit);
    expect(told.filter(({ subject }) => subject === row!.id)).toMatchObject([
      { action: 'concerns.raise', personId: null },
    ]);
  });

  it('nothing of the room is in what is outside: no id, no pseudonym, no key, no salt (T9)', async () => {
    const room = await aRoom('CanarioCuatro');
    await bought(room, aConcern({ name: 'Las de abajo' }));
    later(2);
    expect(await deposit(room.all[3], room.ask, only(room.all[3]), await aPurse(room.ask, 1))).toBe('done');
    const release = only(room.all[0]);
    const rows = async (table: string) =>
      JSON.stringify(await given.db.execute(sql.raw(`select * from ${table}`)));
    const secrets = [
      room.room,
      ...names,
      'CanarioCuatro',
      ...room.women.flatMap(({ sign, seal }) => [sign, seal]),
      Buffer.from(release.salt).toString('hex'),
      release.name,
    ];
    const look = async () => {
      for (const table of [
        'releases',
        'concerns',
        'concern_decisions',
        'spent_tokens',
        'token_keys',
        'audit',
      ])
        for (const secret of secrets)
          expect([table, (await rows(table)).includes(secret)]).toEqual([table, false]);
      // And nothing of the text, nor of the id it appears under, in what the server keeps of the room.
      for (const table of ['rooms', 'room_frames', 'room_rekeys', 'room_invites'])
        for (const public_ of [idOf(release), 'Las de abajo', release.name])
          expect([table, (await rows(table)).includes(public_)]).toEqual([table, false]);
    };
    await look();
    later(3);
    await publishReleases(given.db, today());
    await look();
    const open = JSON.stringify(await (await callAs(given.db, null)).releases.open());
    for (const secret of secrets) expect(open).not.toContain(secret);
  });

  it('two worlds, one text: what is outside is the same to the byte, whoever let it out', async () => {
    const outside = async (room: Room) => {
      later(0);
      const salt = new Uint8Array(32).fill(9);
      const [luna, cerro, quena, rio] = room.all;
      const { type, body } = writeReleaseWord({ type: 'proposed', ...proposalOf(salt, aConcern()) });
      expect(await quena.say('words', new Uint8Array([type, ...body]))).not.toBeNull();
      await room.everybody();
      for (const one of [luna, rio]) await agree(one, only(one));
      await room.everybody();
      await sign(cerro, room.ask, only(cerro));
      await room.everybody();
      expect(await complete(luna, room.ask, only(luna))).toBe('done');
      await room.everybody();
      later(2);
      expect(await deposit(luna, room.ask, only(luna), await aPurse(room.ask, 1))).toBe('done');
      const waiting = await given.db.select().from(releases);
      later(3);
      await publishReleases(given.db, today());
      const anybody = await callAs(given.db, null);
      const [row] = await given.db.select().from(concerns);
      const seen = [waiting, { ...row, number: 0 }, await anybody.concerns.detail({ id: row!.id })];
      // The same text under the same salt leaves once; what follows is another world.
      await empty();
      return JSON.stringify(seen)
        .replace(/"number":\d+/g, '"number":0')
        .replace(/"search":"[^"]*"/g, '');
    };
    expect(await outside(await aRoom('Río'))).toBe(await outside(await aRoom('Laguna')));
  });

  it('a proposed article waits for a version, and is told of when none came', async () => {
    const room = await aRoom();
    await bought(room, anArticle());
    later(2);
    expect(await deposit(room.all[3], room.ask, only(room.all[3]), await aPurse(room.ask, 1))).toBe('done');
    later(3);
    expect(await publishReleases(given.db, today())).toBe(0);
    expect(await given.db.$count(releases)).toBe(1);
    later(40);
    await publishReleases(given.db, today());
    expect(await phase(room.all[0])).toEqual({ phase: 'refused', why: 'no_version' });
  });
});

describe('what keeps a text inside', () => {
  it('any member holds it while it rests: nobody gets it out any more, whatever was signed', async () => {
    const room = await aRoom();
    await bought(room);
    const [luna, , , rio] = room.all;
    expect(await hold(rio, room.ask, only(rio), await aPurse(room.ask, 0))).toBe('done');
    await room.everybody();
    later(2);
    expect(await phase(luna)).toEqual({ phase: 'held' });
    // A steward who does not care asks the door herself.
    const release = only(luna);
    const [gate] = (await aPurse(room.ask, 1)).tokens;
    const { salt, bytes: content } = release;
    const ask = writeAsk({ op: 'deposit', salt, content, token: tokenOf(release)!, gate: gate! });
    expect(readDone(await room.ask(ask))).toBe(0);
    expect(await given.db.$count(releases)).toBe(0);
  });

  it('held is held though the answer was lost: asked again it is the same, and nobody is told that it has left', async () => {
    const room = await aRoom();
    await bought(room);
    const [luna, , quena] = room.all;
    later(2);
    await deposit(luna, room.ask, only(luna), await aPurse(room.ask, 1));
    await room.everybody();
    const lossy: AskServer = async (body) => {
      await room.ask(body);
      throw new Error('no network');
    };
    await expect(hold(quena, lossy, only(quena), await aPurse(room.ask, 0))).rejects.toThrow('no network');
    expect(await given.db.$count(releases)).toBe(0);
    const rows = await given.db.$count(spentTokens);
    expect(await hold(quena, room.ask, only(quena), await aPurse(room.ask, 0))).toBe('done');
    expect(await given.db.$count(spentTokens)).toBe(rows);
  });

  it('for good: signed anew a year later it comes out no more, and all rows of what is spent are alike', async () => {
    const room = await aRoom();
    await bought(room);
    const [luna, cerro, , rio] = room.all;
    const early = { ...only(luna), bought: null };
    expect(await hold(rio, room.ask, only(rio), await aPurse(room.ask, 1))).toBe('done');
    later(365);
    await expire(given.db);
    // Two stewards who do not care sign again, with the key of that day.
    expect(await sign(luna, room.ask, early)).toBe('done');
    const key = (await publicKeys(room.ask)).find(({ purpose }) => purpose === 'release')!;
    const covered = await cover(key, hexToBytes(early.name));
    const body = writePurchase({ key: key.id, blinded: covered.blinded });
    const message = statement({ room: room.room, prev: nowhere }, orderKinds.bought, body);
    const signatures = [luna, cerro].map((one) => one.signature(message));
    const reply = await room.ask(writeAsk({ op: 'buy', access: luna.access(), body, signatures }));
    const token = (await uncover(key, covered, reply))!;
    later(367);
    const [gate] = (await aPurse(room.ask, 1)).tokens;
    const { salt, bytes: content } = early;
    const ask = writeAsk({ op: 'deposit', salt, content, token, gate: gate! });
    expect(readDone(await room.ask(ask))).toBe(0);
    expect(await given.db.$count(releases)).toBe(0);
    const rows = await given.db.select().from(spentTokens);
    expect(new Set(rows.map(({ until }) => until)).size).toBe(1);
  });

  it('and until it has appeared: what was handed out and waits is gone; afterwards it is too late', async () => {
    const room = await aRoom();
    await bought(room);
    const [luna, cerro, quena] = room.all;
    later(2);
    await deposit(luna, room.ask, only(luna), await aPurse(room.ask, 1));
    await room.everybody();
    expect(await given.db.$count(releases)).toBe(1);
    expect(await hold(quena, room.ask, only(quena), await aPurse(room.ask, 0))).toBe('done');
    expect(await given.db.$count(releases)).toBe(0);
    later(3);
    expect(await publishReleases(given.db, today())).toBe(0);
    const again = await aRoom();
    later(3);
    await bought(again);
    later(5);
    const [first, , third] = again.all;
    await deposit(first, again.ask, only(first), await aPurse(again.ask, 1));
    await again.everybody();
    later(6);
    expect(await publishReleases(given.db, today())).toBe(1);
    expect(await hold(third, again.ask, only(third), await aPurse(again.ask, 1))).toBe('refused');
    await cerro.catchUp();
  });

  it('held before it was signed, with a token of hers; where she had none, the first phone that can tells the door', async () => {
    const room = await aRoom();
    await signedByOne(room);
    const [luna, cerro, , rio] = room.all;
    const early = only(cerro);
    expect(await hold(rio, room.ask, only(rio), await aPurse(room.ask, 0))).toBe('no_token');
    // Cerro had not heard of it.
    expect(await complete(cerro, room.ask, early)).toBe('done');
    await room.everybody();
    expect(await enforce(room.ask, only(luna), await aPurse(room.ask, 0))).toBe(true);
    later(2);
    expect(await phase(luna)).toEqual({ phase: 'held' });
    const token = tokenOf(only(luna))!;
    const [gate] = (await aPurse(room.ask, 1)).tokens;
    const { salt, bytes: content } = only(luna);
    expect(readDone(await room.ask(writeAsk({ op: 'deposit', salt, content, token, gate: gate! })))).toBe(0);
  });

  it('a steward signs no cover over another text than the three wanted, and none of yesterday', async () => {
    const room = await aRoom();
    const [luna, cerro, quena, rio] = room.all;
    await signedByOne(room);
    const wanted = only(quena);
    expect(await complete(luna, room.ask, only(luna))).toBe('refused');
    // Luna covers another text, and signs for that cover.
    const key = (await publicKeys(room.ask)).find(({ purpose }) => purpose === 'release')!;
    const other = await cover(
      key,
      hexToBytes(proposalOf(randomBytes(32), aConcern({ words: 'Todo está bien aquí.' })).name),
    );
    const body = writePurchase({ key: key.id, blinded: other.blinded });
    const message = statement({ room: room.room, prev: nowhere }, orderKinds.bought, body);
    const bent: Release = {
      ...wanted,
      cover: {
        key: key.id,
        day: key.day,
        blinded: other.blinded,
        inverse: other.inverse,
        signature: luna.signature(message),
        by: luna.me,
      },
    };
    // Not even the door is asked: her signature under it would be worth something to who is there with Luna.
    const asked: Uint8Array[] = [];
    const listening: AskServer = (body) => {
      asked.push(body);
      return room.ask(body);
    };
    expect(await complete(cerro, listening, bent)).toBe('refused');
    expect(asked.map((one) => readAsk(one).op)).toEqual(['keys']);
    later(1);
    expect(await complete(cerro, room.ask, wanted)).toBe('old');
    expect(await phase(rio)).toEqual({ phase: 'agreed' });
  });

  it('the door signs for two stewards of that room, of today’s key, and for nobody else', async () => {
    const room = await aRoom();
    const other = await aRoom();
    const [luna, cerro, , rio] = room.all;
    const keys = await publicKeys(room.ask);
    const of = (purpose: string) => keys.find((one) => one.purpose === purpose)!;
    const blinded = (await cover(of('release'))).blinded;
    const buys = async (
      by: Session[],
      { key = of('release').id, access = luna.access(), where = room.room } = {},
    ) => {
      const body = writePurchase({ key, blinded });
      const message = statement({ room: where, prev: nowhere }, orderKinds.bought, body);
      const signatures = by.map((one) => one.signature(message));
      return (await room.ask(writeAsk({ op: 'buy', access, body, signatures }))).length;
    };
    expect(await buys([luna, cerro])).toBe(256);
    for (const refused of [
      buys([luna]),
      buys([luna, luna]),
      buys([luna, rio]),
      buys([luna, cerro], { key: of('gate').id }),
      buys([luna, cerro], { key: '00'.repeat(8) }),
      buys([luna, cerro], { access: other.all[0].access() }),
      buys([luna, cerro], { where: other.room }),
    ])
      expect(await refused).toBe(64);
    later(1);
    expect(await buys([luna, cerro])).toBe(64);
  });

  it('the door signs for twelve texts a day of one room, the same one as often as it is asked, and anew tomorrow', async () => {
    const { ask, room, all } = await aRoom();
    const [luna, cerro] = all;
    const buy = async (fill: number) => {
      const key = (await publicKeys(ask)).find(({ purpose }) => purpose === 'release')!;
      const body = writePurchase({ key: key.id, blinded: new Uint8Array(256).fill(fill, 1) });
      const message = statement({ room, prev: nowhere }, orderKinds.bought, body);
      const signatures = [luna, cerro].map((one) => one.signature(message));
      return (await ask(writeAsk({ op: 'buy', access: luna.access(), body, signatures }))).length;
    };
    for (let at = 1; at <= 12; at++) expect(await buy(at)).toBe(256);
    expect([await buy(13), await buy(1)]).toEqual([64, 256]);
    later(1);
    expect(await buy(13)).toBe(256);
  });

  it('taken back by who proposed it, it is over; two have not signed before three wanted it', async () => {
    const room = await aRoom();
    const [luna, , , rio] = room.all;
    await propose(rio, aConcern());
    await room.everybody();
    expect(await sign(luna, room.ask, only(luna))).toBe('refused');
    expect(await withdraw(rio, only(rio))).toBe('done');
    await room.everybody();
    expect(await phase(luna)).toEqual({ phase: 'withdrawn' });
  });

  it('a gate’s token opens no text, a text’s token founds no room, and a text without its salt is another', async () => {
    const room = await aRoom();
    await bought(room);
    later(2);
    const release = only(room.all[0]);
    const { salt, bytes: content } = release;
    const [gate, second] = (await aPurse(room.ask, 2)).tokens as [never, never];
    const token = tokenOf(release)!;
    const tries = [
      { salt, content, token: gate, gate: second },
      { salt, content, token, gate: token },
      { salt: new Uint8Array(32), content, token, gate },
      { salt, content: proposalOf(salt, aConcern({ words: 'Otra cosa distinta.' })).bytes, token, gate },
    ];
    for (const one of tries)
      expect(readDone(await (room.ask as AskServer)(writeAsk({ op: 'deposit', ...one })))).toBe(0);
    expect(hashHex(content)).toHaveLength(64);
    expect(await given.db.$count(releases)).toBe(0);
    expect((await allRows()).includes(room.room)).toBe(true);
  });
});
