import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, describe, expect, it } from 'vitest';
import { type Db, tables } from '~/db/client';
import { forum } from '~/db/schema/kernel';
import { cards, persons, sessions } from '~/db/schema/people';
import { actorOfSession, anonymous } from '~/server/actor';
import { enrollPerson, issueCard, setCard } from '~/server/people/commands';
import { readNumber } from '~/server/people/rules';
import { forumCaller } from '~/server/root';
import { callAs, callIn, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildForum } from '../support/factories';

const database = testDatabase();
const passphrase = 'oro agua mujer';
let street = 0;
const address = () => `203.0.113.${++street}`;

/** Somebody of the forum with a card in her hand. */
async function enrolled(name = 'Sabina Quispe') {
  const { db } = database;
  return db.transaction(async (tx) => {
    const person = await enrollPerson(tx, { name, sex: null, by: null });
    return { ...person, ...(await issueCard(tx, person.personId, null)) };
  });
}
const visitor = (from = address()) => callAs(database.db, null, from);
const enter = async (code: string, from = address(), chosen = passphrase) =>
  (await visitor(from)).people.enterWithCard({ code, passphrase: chosen, agent: 'curl/8' });

describe('Sabina has a new card', () => {
  it('and a number that is hers for good', async () => {
    const sabina = await enrolled();
    expect(readNumber(sabina.number)).toBe(sabina.number);
    expect(sabina.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  });

  it('of which the database keeps no letter', async () => {
    const sabina = await enrolled();
    const [row] = await database.db.select().from(cards).where(eq(cards.personId, sabina.personId));
    const kept = Buffer.from(row!.codeHash).toString('latin1') + JSON.stringify(row);
    expect(row!.codeHash).toHaveLength(32);
    expect(kept).not.toContain(sabina.code.slice(0, 4));
  });

  it('sees her name before she chooses, and the card stays as it was', async () => {
    const sabina = await enrolled();
    const typed = sabina.code.toLowerCase().replaceAll('-', ' ');
    const card = await (await visitor()).people.checkCard({ code: typed });
    expect(card).toEqual({
      name: 'Sabina Quispe',
      number: `${sabina.number.slice(0, 4)}-${sabina.number.slice(4)}`,
    });
    expect((await enter(sabina.code)).personId).toBe(sabina.personId);
  });

  it('is signed in with it, once', async () => {
    const sabina = await enrolled();
    const { sessionId } = await enter(sabina.code);
    expect((await actorOfSession(database.db, sessionId)).personId).toBe(sabina.personId);
    expect(await problemOf(enter(sabina.code))).toMatchObject({
      code: 'people.card_used',
      status: 422,
      fields: { code: expect.stringContaining('ya se usó') },
    });
  });

  it('used at the same moment from two phones, opens one of them', async () => {
    const others: Db[] = [0, 1].map(() =>
      drizzle(postgres(database.url, { max: 1 }), { schema: tables }),
    ) as never;
    afterAll(() => Promise.all(others.map((db) => db.$client.end())));
    for (let round = 0; round < 5; round++) {
      const sabina = await enrolled();
      const tries = await Promise.allSettled(
        others.map((db) =>
          forumCaller({ db, actor: anonymous, address: address(), locale: 'es' }).people.enterWithCard({
            code: sabina.code,
            passphrase,
            agent: '',
          }),
        ),
      );
      expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await database.db.$count(sessions, eq(sessions.personId, sabina.personId))).toBe(1);
    }
  });

  it.each([
    ['12345678', 'people.trivial', 'passphrase'],
    ['sabina quispe', 'people.trivial', 'passphrase'],
    ['corta', 'input', 'passphrase'],
    ['', 'input', 'passphrase'],
  ])('may not choose %j, and keeps her card', async (chosen, code, field) => {
    const sabina = await enrolled();
    const problem = await problemOf(enter(sabina.code, address(), chosen));
    expect(problem.code).toBe(code);
    expect(problem.fields[field]).toBeTruthy();
    await enter(sabina.code);
  });

  it('types the passphrase twice where no script shows it', async () => {
    const sabina = await enrolled();
    const again = (await visitor()).people.enterWithCard({
      code: sabina.code,
      passphrase,
      again: 'otra cosa',
      agent: '',
    });
    expect((await problemOf(again)).fields.again).toBeTruthy();
  });
});

describe('a card that opens nothing', () => {
  it.each(['ABCD-EFGH-JKMN', 'hola', '<b>12345678901</b>'])('unknown: %s', async (code) => {
    expect((await problemOf(enter(code))).code).toBe('people.card_unknown');
    expect((await problemOf((await visitor()).people.checkCard({ code }))).code).toBe('people.card_unknown');
  });

  it('older than thirty days', async () => {
    const sabina = await enrolled();
    const [card] = await database.db.select().from(cards).where(eq(cards.personId, sabina.personId));
    const days = (card!.expiresAt.getTime() - Date.now()) / 86_400_000;
    // To the end of the thirtieth day, so that the row does not tell the hour.
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(31);
    await database.db
      .update(cards)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(cards.id, card!.id));
    expect((await problemOf(enter(sabina.code))).code).toBe('people.card_expired');
  });

  it('replaced by a newer one', async () => {
    const sabina = await enrolled();
    const newer = await database.db.transaction((tx) => issueCard(tx, sabina.personId, null));
    expect((await problemOf(enter(sabina.code))).code).toBe('people.card_revoked');
    await enter(newer.code);
  });
});

describe('her lost phone', () => {
  it('is signed out when she enters with a new card', async () => {
    const sabina = await enrolled();
    const lost = await enter(sabina.code);
    const { code } = await database.db.transaction((tx) => issueCard(tx, sabina.personId, null));
    expect((await actorOfSession(database.db, lost.sessionId)).personId).toBe(sabina.personId);
    const found = await enter(code, address(), 'otra clave larga');
    expect((await actorOfSession(database.db, lost.sessionId)).personId).toBeNull();
    expect((await actorOfSession(database.db, found.sessionId)).personId).toBe(sabina.personId);
  });

  it('shared with Nieves, holds only the last of them', async () => {
    const sabina = await enter((await enrolled()).code);
    const nieves = await enrolled('Nieves Choque');
    await (await callIn(database.db, sabina.sessionId)).people.enterWithCard({
      code: nieves.code,
      passphrase,
      agent: '',
    });
    expect((await actorOfSession(database.db, sabina.sessionId)).personId).toBeNull();
  });
});

describe('the demo forum', () => {
  it('alone has fixed cards, which open again and end nothing', async () => {
    const sabina = await enrolled();
    const give = () => database.db.transaction((tx) => setCard(tx, sabina.personId, 'demo-sab1-na00', null));
    await expect(give()).rejects.toThrow('only a demo forum');
    await buildForum(database.db, { demo: true });
    await give();
    const first = await enter('DEM0-SAB1-NA00');
    const second = await enter('DEMO SAB1 NA00', address(), 'otra clave larga');
    for (const { sessionId } of [first, second])
      expect((await actorOfSession(database.db, sessionId)).personId).toBe(sabina.personId);
    // The same card in a forum that is no demo any more.
    await database.db.update(forum).set({ demo: false });
    expect((await problemOf(enter('DEM0-SAB1-NA00'))).code).toBe('people.card_expired');
    await database.db.delete(forum);
  });

  it('keeps ordinary cards ordinary', async () => {
    await buildForum(database.db, { demo: true });
    const sabina = await enrolled();
    await enter(sabina.code);
    expect((await problemOf(enter(sabina.code))).code).toBe('people.card_used');
    await database.db.delete(forum);
  });
});

describe('guessing', () => {
  it('codes from one address ends after sixty tries, with the minutes to wait; the others go on', async () => {
    const from = address();
    const guess = async () => problemOf((await visitor(from)).people.checkCard({ code: 'ABCD-EFGH-JKMN' }));
    const codes: string[] = [];
    for (let i = 0; i < 61; i++) codes.push((await guess()).code);
    expect(new Set(codes.slice(0, 60))).toEqual(new Set(['people.card_unknown']));
    expect(codes[60]).toBe('too_many');
    expect((await guess()).sentence).toMatch(/Espera 10 minutos/);
    await enter((await enrolled()).code);
  });

  it('costs an honest person nothing: a hundred cards enter from one address', async () => {
    const from = address();
    for (let i = 0; i < 100; i++) {
      const { code } = await enrolled(`Compañera ${i}`);
      await (await visitor(from)).people.checkCard({ code });
    }
    expect(await database.db.$count(persons)).toBeGreaterThan(100);
  });
});
