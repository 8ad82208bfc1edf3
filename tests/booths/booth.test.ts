import '../support/runtime';
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { ballots, receipts } from '~/db/schema/ballots';
import { booths } from '~/db/schema/booths';
import { audit } from '~/db/schema/kernel';
import { cards, persons, sessions } from '~/db/schema/people';
import { destroyKey } from '~/server/ballots/commands/key';
import { openVoter, sealVoter } from '~/server/booths/commands/pass';
import { restMs, turnMs } from '~/server/booths/rules';
import { issueCard } from '~/server/people/commands';
import { sealPassphrase } from '~/server/people/commands/passphrase';
import { buildDelegates, closed, openedBallot, sheetOf } from '../support/ballots';
import { openedBooth, tabletOf } from '../support/booths';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';
import { handOut, numberOf, seat } from '../support/urns';

const test = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
let flor: string[];
const id = (name: keyof (typeof world)['people']) => world.people[name].id;
const passphrase = 'lluvia en la cancha 7';

beforeAll(async () => {
  world = await forumWorld(test.db);
  flor = await buildDelegates(test.db, world.florDeCuarzo.id, 12);
  await test.db
    .update(persons)
    .set({ passphraseHash: await sealPassphrase(passphrase) })
    .where(eq(persons.id, id('nieves')));
});

/** Gloria opens a booth; Elvira of Flor de Cuarzo and Tomasa of Tres Vetas stand by. */
async function withBooth() {
  const ballot = await openedBallot(test.db);
  const booth = await openedBooth(test.db, ballot.id, id('gloria'), [id('elvira'), id('tomasa')]);
  const { token, tablet } = await tabletOf(test.db, booth.code);
  const end = async () => (await callAs(test.db, id('gloria'))).booths.close({ id: booth.id });
  return { ballot, booth, token, tablet, end };
}
type Booth = Awaited<ReturnType<typeof withBooth>>;
const cardOf = async (personId: string) =>
  (await test.db.transaction((tx) => issueCard(tx, personId, null))).code;
/** A voter at the tablet, with her card. @returns the sheet she cast, and her receipt */
async function votes({ tablet, token, ballot }: Booth, personId: string, choice: 'si' | 'no') {
  const { voter } = await tablet.begin({ token, code: await cardOf(personId) });
  const { sheet, choices } = await sheetOf(test.db, ballot.id, choice);
  return tablet.cast({ token, voter, sheet, choices });
}

/**
 * Every row of every table with the transactions that wrote and locked it, as one hash for each table. (Of the ballot
 * and its questions without the locks: any cast holds them, from wherever it comes.)
 */
async function everything(): Promise<Map<string, string>> {
  const tables = await test.db.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const hashes = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await test.db.execute<{ hash: string }>(
      sql`select md5(coalesce(string_agg(
          t.xmin::text || ${/^ballot(s|_questions)$/.test(name) ? sql`''` : sql`t.xmax::text`} || t::text,
          ',' order by t::text), '')) as hash from ${sql.identifier(name)} t`,
    );
    hashes.set(name, row!.hash);
  }
  return hashes;
}

describe('opening a booth', () => {
  it('takes two of different bases, and tells its code once', async () => {
    const ballot = await openedBallot(test.db);
    const open = (...pair: [string, string]) => openedBooth(test.db, ballot.id, id('gloria'), pair);
    expect((await problemOf(open(id('elvira'), id('ysabel')))).fields).toEqual({
      second: 'Las dos son de la misma base. Elige a alguien de otra base.',
    });
    expect((await problemOf(open(id('amador'), id('tomasa')))).fields.first).toContain('la máquina');
    expect((await problemOf(open(id('gloria'), id('tomasa')))).fields.first).toContain('Acompañan otras dos');
    const booth = await open(id('elvira'), id('tomasa'));
    expect(booth.code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
    // Nobody stands at two.
    expect((await problemOf(open(id('nieves'), id('tomasa')))).fields.second).toContain('ya acompaña');
    const [row] = await test.db.select().from(booths).where(eq(booths.id, booth.id));
    expect(JSON.stringify(row)).not.toContain(booth.code.slice(0, 4));
    await (await callAs(test.db, id('tomasa'))).booths.close({ id: booth.id });
  });

  it('is told to the audit, with who; who stood by is in the booth’s own row', async () => {
    const { booth, end } = await withBooth();
    await end();
    const rows = await test.db.select().from(audit).where(eq(audit.subject, booth.id));
    expect(rows.map(({ action, personId }) => [action, personId])).toEqual([
      ['booths.open', id('gloria')],
      ['booths.close', id('gloria')],
    ]);
    const list = await (await callAs(test.db, id('elvira'))).booths.ofBallot({
      id: (await rowOf(booth.id)).ballotId,
    });
    expect(list.booths).toMatchObject([
      {
        state: 'closed',
        standBy: [
          { name: 'Elvira Mamani', bases: ['Flor de Cuarzo'], absent: false },
          { name: 'Tomasa Ccama', bases: ['Tres Vetas'], absent: false },
        ],
        abilities: { close: false },
      },
    ]);
  });

  it('is for an open secret ballot alone', async () => {
    const ballot = await openedBallot(test.db);
    await closed(test.db, ballot.id);
    const late = openedBooth(test.db, ballot.id, id('gloria'), [id('elvira'), id('tomasa')]);
    expect((await problemOf(late)).code).toBe('not_found');
  });
});

const rowOf = async (boothId: string) =>
  (await test.db.select().from(booths).where(eq(booths.id, boothId)))[0]!;

describe('the tablet', () => {
  it('is the booth by a code that opens once, and is nobody', async () => {
    const { booth, token, tablet, end, ballot } = await withBooth();
    expect((await problemOf(tablet.enter({ code: booth.code }))).fields.code).toContain(
      'no abre ninguna caseta',
    );
    expect(await tablet.look({ token })).toMatchObject({ ballotId: ballot.id, takes: true, holder: null });
    expect((await problemOf((await callAs(test.db, null)).people.me())).code).toBe('sign_in');
    await end();
  });

  it('is a stranger from the moment the booth is closed, also in the middle of a turn', async () => {
    const { token, tablet, ballot, end } = await withBooth();
    const { voter } = await tablet.begin({ token, code: await cardOf(flor[0]!) });
    await end();
    const { sheet, choices } = await sheetOf(test.db, ballot.id, 'si');
    for (const asked of [
      () => tablet.look({ token }),
      () => tablet.begin({ token, code: 'AAAA-AAAA-AAAA' }),
      () => tablet.cast({ token, voter, sheet, choices }),
    ])
      expect((await problemOf(asked())).code).toBe('not_found');
  });

  it('is closed by the close of its ballot as well', async () => {
    const { token, tablet, ballot, booth } = await withBooth();
    await closed(test.db, ballot.id);
    expect((await problemOf(tablet.look({ token }))).code).toBe('not_found');
    const list = await (await callAs(test.db, id('gloria'))).booths.ofBallot({ id: ballot.id });
    expect(list.booths).toMatchObject([{ id: booth.id, state: 'closed', abilities: { close: false } }]);
  });
});

describe('a turn', () => {
  it('is opened by a card, which stays as it was, or by number and passphrase', async () => {
    const booth = await withBooth();
    const { tablet, token } = booth;
    const before = await test.db.select().from(sessions);
    const code = await cardOf(flor[0]!);
    for (const typed of [code, code, `https://foro.example/entrar#${code}`])
      expect((await tablet.begin({ token, code: typed })).voter).toBeTruthy();
    const byNumber = await tablet.begin({ token, number: await numberOf(test.db, id('nieves')), passphrase });
    expect((await tablet.look({ token, voter: byNumber.voter })).holder).toMatch(/^[0-9a-f]{32}$/);
    const [card] = await test.db.select().from(cards).where(eq(cards.personId, flor[0]!));
    expect(card!.usedAt).toBeNull();
    expect(await test.db.select().from(sessions)).toEqual(before);
    await booth.end();
  });

  it('is refused with a sentence to who is not on the roll, votes on paper, or types wrongly', async () => {
    const booth = await withBooth();
    const { tablet, token, ballot } = booth;
    const begin = async (personId: string) => tablet.begin({ token, code: await cardOf(personId) });
    expect((await problemOf(begin(id('sabina')))).sentence).toContain('no está en el padrón');
    expect((await problemOf(tablet.begin({ token, code: 'XXXX-XXXX-XXXX' }))).fields.code).toBeTruthy();
    expect((await problemOf(tablet.begin({ token }))).fields.code).toContain('tu tarjeta');
    const wrong = { number: await numberOf(test.db, id('nieves')), passphrase: 'otra cosa distinta' };
    expect((await problemOf(tablet.begin({ token, ...wrong }))).fields.passphrase).toBeTruthy();
    for (const teller of [id('elvira'), id('tomasa')]) await seat(test.db, ballot.id, teller);
    await handOut(test.db, ballot.id, [id('elvira'), id('tomasa')], flor.slice(0, 10));
    expect((await problemOf(begin(flor[0]!))).sentence).toContain('papeleta de papel');
    await booth.end();
  });

  it('guesses at cards are counted, as at the door', async () => {
    const { tablet, token, booth, end } = await withBooth();
    const guess = () => problemOf(tablet.begin({ token, code: 'XXXX-XXXX-XXXX' }));
    let last = await guess();
    for (let i = 0; i < 60 && last.fields.code; i++) last = await guess();
    expect(last.sentence).toContain('minutos');
    expect(booth.id).toBeTruthy();
    await end();
  });

  it('a pass is of one booth and one turn: neither another booth nor later takes it', () => {
    const now = new Date();
    const [here, there] = [randomUUID(), randomUUID()];
    const pass = sealVoter(here, flor[0]!, now);
    expect(openVoter(here, pass, now)?.personId).toBe(flor[0]);
    expect(openVoter(there, pass, now)).toBeNull();
    const later = (ms: number) => new Date(now.getTime() + ms);
    expect(openVoter(here, pass, later(restMs))).toBeNull();
    // Pressed again and again it lasts, and yet no longer than a turn.
    const { personId, end } = openVoter(here, pass, later(restMs - 1))!;
    const again = sealVoter(here, personId, later(turnMs - 1000), end);
    expect(openVoter(here, again, later(turnMs - 1))).toEqual({ personId, end: now.getTime() + turnMs });
    expect(openVoter(here, again, later(turnMs))).toBeNull();
    expect(openVoter(here, `${pass.slice(0, -2)}AA`, now)).toBeNull();
    expect(pass).not.toContain(flor[0]!.slice(0, 8));
  });

  it('counts like any other: the last one stands, wherever it came from', async () => {
    const booth = await withBooth();
    const { ballot, end } = booth;
    const phone = async (personId: string, choice: 'si' | 'no') =>
      (await callAs(test.db, personId)).ballots.cast(await sheetOf(test.db, ballot.id, choice));
    for (const person of flor.slice(2, 12)) await phone(person, 'si');
    await phone(flor[0]!, 'si');
    await votes(booth, flor[0]!, 'no');
    const { tracker } = await votes(booth, flor[1]!, 'no');
    await phone(flor[1]!, 'si');
    expect(tracker.split(' ')).toHaveLength(5);
    await end();
    await closed(test.db, ballot.id);
    const result = await (await callAs(test.db, null)).ballots.result({ id: ballot.id });
    expect(result.questions.map(({ yes, no }) => [yes, no])).toEqual([1, 2, 3, 4].map(() => [11, 1]));
  });

  it('writes papers and receipts and nothing else: no row of any other table is made or touched', async () => {
    const booth = await withBooth();
    const codes = await Promise.all(flor.slice(0, 3).map(cardOf));
    const { tablet, token, ballot, end } = booth;
    const before = await everything();
    for (const code of codes) {
      await tablet.look({ token });
      const { voter } = await tablet.begin({ token, code });
      const { sheet, choices } = await sheetOf(test.db, ballot.id, 'no');
      await tablet.cast({ token, voter, sheet, choices });
    }
    const after = await everything();
    expect([...after].flatMap(([name, hash]) => (before.get(name) === hash ? [] : [name]))).toEqual([
      'papers',
      'receipts',
    ]);
    await end();
  });

  it('tells those who stand by nothing: what they may read is the same before it and after', async () => {
    const booth = await withBooth();
    const read = async (who: string) =>
      JSON.stringify(await (await callAs(test.db, who)).booths.ofBallot({ id: booth.ballot.id }));
    const readers = [id('elvira'), id('tomasa'), id('gloria')];
    const before = await Promise.all(readers.map(read));
    await votes(booth, flor[3]!, 'si');
    await votes(booth, flor[4]!, 'no');
    expect(await Promise.all(readers.map(read))).toEqual(before);
    expect((await problemOf(read(id('nieves')))).code).toBe('not_found');
    await booth.end();
  });

  it('is for a booth alone: a token that nobody was given opens nothing, not even a guess at a card', async () => {
    const { tablet, end } = await withBooth();
    const token = 'A'.repeat(43);
    expect((await problemOf(tablet.look({ token }))).code).toBe('not_found');
    expect((await problemOf(tablet.begin({ token, code: await cardOf(flor[0]!) }))).code).toBe('not_found');
    await end();
  });
});

describe('a sheet that is sent again after the close', () => {
  it('is answered with its words where it had come in, and else with a sentence', async () => {
    const booth = await withBooth();
    const { tablet, token, ballot } = booth;
    const begun = async (personId: string) =>
      (await tablet.begin({ token, code: await cardOf(personId) })).voter;
    const [counted, unsent] = [await begun(flor[0]!), await begun(flor[1]!)];
    const sheet = { token, voter: counted, ...(await sheetOf(test.db, ballot.id, 'si')) };
    const other = { token, voter: unsent, ...(await sheetOf(test.db, ballot.id, 'no')) };
    const first = await tablet.cast(sheet);
    await test.db.update(ballots).set({ state: 'closing' }).where(eq(ballots.id, ballot.id));
    const slips = () => test.db.select().from(receipts).where(eq(receipts.ballotId, ballot.id));
    const before = await slips();
    expect(await tablet.cast(sheet)).toEqual(first);
    expect((await problemOf(tablet.cast(other))).code).toBe('ballots.not_open');
    // The same sheet under another’s pass is none that had come in.
    expect((await problemOf(tablet.cast({ ...sheet, voter: unsent }))).code).toBe('ballots.not_open');
    expect(await slips()).toEqual(before);
    // Her turn is still hers: the tablet is told that nothing is taken any more, and not that it is no booth.
    const face = await tablet.look({ token, voter: counted });
    expect([face.takes, face.holder !== null]).toEqual([false, true]);
    expect((await problemOf(tablet.look({ token }))).code).toBe('not_found');
    destroyKey(ballot.id);
    expect((await problemOf(tablet.cast(sheet))).code).toBe('ballots.late_unknown');
    await booth.end();
    expect((await problemOf(tablet.cast(sheet))).code).toBe('not_found');
  });
});

describe('the database', () => {
  it('lets a booth neither be opened again nor change hands, nor its code be set anew', async () => {
    const { booth, end } = await withBooth();
    const change = (set: Partial<typeof booths.$inferInsert>) =>
      test.db.update(booths).set(set).where(eq(booths.id, booth.id));
    await expect(change({ firstId: id('nieves') })).rejects.toThrow();
    await expect(change({ codeHash: Buffer.alloc(32), tokenHash: null })).rejects.toThrow();
    await expect(change({ tokenHash: Buffer.alloc(32) })).rejects.toThrow();
    await end();
    await expect(change({ closedBy: null, closedOn: null })).rejects.toThrow();
    await expect(test.db.delete(booths)).rejects.toThrow();
  });
});
