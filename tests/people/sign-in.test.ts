import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { persons, sessions } from '~/db/schema/people';
import { actorOfSession } from '~/server/actor';
import { type ForumEvent, subscribe } from '~/server/events';
import { tooMany } from '~/server/limits';
import { passphraseFits, sealPassphrase } from '~/server/people/commands/passphrase';
import { showNumber } from '~/server/people/rules';
import { runtime, setRuntime } from '~/server/runtime';
import { callAs, callIn, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { buildPerson } from '../support/factories';

const database = testDatabase();
const passphrase = 'oro agua mujer';
let street = 0;
const address = () => `203.0.113.${++street}`;

async function withPassphrase(name = 'Sabina Quispe') {
  return buildPerson(database.db, { name, passphraseHash: await sealPassphrase(passphrase) });
}
const signIn = async (number: string, words = passphrase, from = address(), agent = '') =>
  (await callAs(database.db, null, from)).people.signIn({ number, passphrase: words, agent });
const personOf = async (sessionId: string) => (await actorOfSession(database.db, sessionId)).personId;

/** What the house is told while something happens. */
async function told(run: () => Promise<unknown>) {
  const events: ForumEvent[] = [];
  const silence = subscribe((event) => events.push(event));
  await run();
  silence();
  return events;
}

describe('a passphrase in the database', () => {
  it('says how it was made, at the full cost unless a test takes less, and is another each time', async () => {
    const started = runtime();
    setRuntime({ ...started, passphraseCost: undefined });
    const [one, other] = await Promise.all([sealPassphrase(passphrase), sealPassphrase(passphrase)]);
    expect(one).toMatch(/^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(one).not.toBe(other);
    expect(await passphraseFits(passphrase, one)).toBe(true);
    expect(await passphraseFits('oro agua mujeres', one)).toBe(false);
    setRuntime(started);
    expect(await sealPassphrase(passphrase)).toMatch(/^scrypt\$1024\$/);
    expect(await passphraseFits(passphrase, other)).toBe(true);
  });

  it('fits nobody who is not there', async () => {
    expect(await passphraseFits(passphrase, null)).toBe(false);
  });

  it('made with other parameters still fits', async () => {
    const { scryptSync } = await import('node:crypto');
    const salt = Buffer.from('sal de Uyuni, 16');
    const key = scryptSync(passphrase, salt, 32, { N: 1024, r: 8, p: 1 });
    const sealed = `scrypt$1024$8$1$${salt.toString('base64url')}$${key.toString('base64url')}`;
    expect(await passphraseFits(passphrase, sealed)).toBe(true);
  });
});

describe('Sabina enters with number and passphrase', () => {
  it('as it stands on her card, with blanks around', async () => {
    const sabina = await withPassphrase();
    const { sessionId } = await signIn(` ${showNumber(sabina.number)} `, `  ${passphrase} `);
    expect(await personOf(sessionId)).toBe(sabina.id);
  });

  it('and the forum keeps only coarse words of her phone', async () => {
    const sabina = await withPassphrase();
    const agent = 'Mozilla/5.0 (Linux; Android 10; SM-A015M) Chrome/127.0.6533.103 Mobile Safari/537.36';
    const { sessionId } = await signIn(sabina.number, passphrase, address(), agent);
    const [row] = await database.db.select().from(sessions).where(eq(sessions.id, sessionId));
    expect(row!.device).toBe('phone/Android/Chrome');
  });

  it('hears the same for a wrong passphrase, a number nobody has, and a person without one', async () => {
    const sabina = await withPassphrase();
    const silent = await buildPerson(database.db);
    const gone = await buildPerson(database.db);
    await database.db.delete(persons).where(eq(persons.id, gone.id));
    const [wrong, ...others] = await Promise.all([
      problemOf(signIn(sabina.number, 'otra cosa larga')),
      problemOf(signIn(silent.number)),
      problemOf(signIn(gone.number)),
    ]);
    expect(wrong).toMatchObject({ code: 'people.no_match', status: 422 });
    for (const other of others) expect(other).toEqual(wrong);
  });

  it('is told at once when a digit is wrong', async () => {
    const sabina = await withPassphrase();
    const last = String((Number(sabina.number[7]) + 1) % 10);
    const problem = await problemOf(signIn(sabina.number.slice(0, 7) + last));
    expect(problem.fields.number).toContain('Míralo otra vez');
  });

  it.each([
    [{ number: '', passphrase: '' }, ['number', 'passphrase']],
    [{ number: '1'.repeat(400), passphrase: 'x' }, ['number']],
    [{ number: 12, passphrase: ['a'] }, ['number', 'passphrase']],
  ])('with %j gets a sentence at each field', async (input, fields) => {
    const problem = await problemOf(
      (await callAs(database.db, null, address())).people.signIn(input as never),
    );
    expect(Object.keys(problem.fields).sort()).toEqual(fields);
  });
});

// Each real try costs a hash on purpose: all but the last ones are counted without it.
const tried = async (limit: Parameters<typeof tooMany>[0], subject: string, times: number) => {
  for (let i = 0; i < times; i++) await tooMany(limit, subject);
};

describe('guessing her passphrase', () => {
  it('ends after eight tries from one address, and she enters from hers meanwhile', async () => {
    const sabina = await withPassphrase();
    const from = address();
    await tried('sign-in.number', `${sabina.number} ${from}`, 7);
    expect((await problemOf(signIn(sabina.number, 'la octava prueba', from))).code).toBe('people.no_match');
    expect(await problemOf(signIn(sabina.number, passphrase, from))).toMatchObject({
      code: 'too_many',
      status: 429,
      sentence: expect.stringContaining('Espera 10 minutos'),
    });
    await signIn(sabina.number);
  });

  it('from everywhere at once ends after sixty', async () => {
    const sabina = await withPassphrase();
    await tried('sign-in.anywhere', sabina.number, 59);
    expect((await problemOf(signIn(sabina.number, 'la última prueba'))).code).toBe('people.no_match');
    expect((await problemOf(signIn(sabina.number))).code).toBe('too_many');
  });

  it('forgives her slips once she is in', async () => {
    const sabina = await withPassphrase();
    const from = address();
    for (let round = 0; round < 2; round++) {
      await tried('sign-in.number', `${sabina.number} ${from}`, 6);
      await problemOf(signIn(sabina.number, 'me equivoqué', from));
      await signIn(sabina.number, passphrase, from);
    }
  });

  it('is not made easier by an account of one’s own', async () => {
    const from = address();
    const own = await withPassphrase('Un Extraño');
    await tried('sign-in.address', from, 58);
    await signIn(own.number, passphrase, from);
    await problemOf(signIn(own.number, 'otra cosa larga', from));
    await problemOf(signIn(own.number, 'otra cosa larga', from));
    expect((await problemOf(signIn(own.number, passphrase, from))).code).toBe('too_many');
  });
});

describe('her signed-in phones', () => {
  it('are listed in coarse words, the one in her hand marked; nobody else’s is among them', async () => {
    const sabina = await withPassphrase();
    await signIn((await withPassphrase('Rufino Huamaní')).number);
    const android = 'Mozilla/5.0 (Linux; Android 10; K) Chrome/127.0.0.0 Mobile Safari/537.36';
    const other = await signIn(sabina.number, passphrase, address(), android);
    await database.db.update(sessions).set({ seenOn: '2026-01-15' }).where(eq(sessions.id, other.sessionId));
    const here = await signIn(sabina.number);
    const listed = await (await callIn(database.db, here.sessionId)).people.mySessions();
    expect(listed).toMatchObject([
      { id: here.sessionId, kind: 'unknown', here: true },
      {
        id: other.sessionId,
        kind: 'phone',
        system: 'Android',
        browser: 'Chrome',
        day: '2026-01-15',
        here: false,
      },
    ]);
    // Used again: the day moves on.
    await callIn(database.db, other.sessionId);
    const [moved] = await database.db.select().from(sessions).where(eq(sessions.id, other.sessionId));
    expect(moved!.seenOn).toBe(listed[0]!.day);
  });
});

describe('ending sessions', () => {
  it('Sabina ends the one on the phone she lent, and is told of on the sockets', async () => {
    const sabina = await withPassphrase();
    const lent = await signIn(sabina.number);
    const mine = await signIn(sabina.number);
    const events = await told(async () =>
      (await callIn(database.db, mine.sessionId)).people.endSession({ id: lent.sessionId }),
    );
    expect(events).toEqual([{ type: 'access.session.ended', sessionIds: [lent.sessionId] }]);
    expect(await personOf(lent.sessionId)).toBeNull();
    expect(await personOf(mine.sessionId)).toBe(sabina.id);
    // A double click.
    expect(
      await (await callIn(database.db, mine.sessionId)).people.endSession({ id: lent.sessionId }),
    ).toEqual({ ended: 0 });
  });

  it('nobody ends, or finds, the session of another', async () => {
    const sabina = await signIn((await withPassphrase()).number);
    const rufino = await signIn((await withPassphrase('Rufino Huamaní')).number);
    const theirs = await problemOf(
      (await callIn(database.db, rufino.sessionId)).people.endSession({ id: sabina.sessionId }),
    );
    const none = await problemOf(
      (await callIn(database.db, rufino.sessionId)).people.endSession({
        id: '7b0f6a3e-0c57-4d7b-9f0c-0a4f7a3b1c22',
      }),
    );
    expect(theirs).toEqual(none);
    expect(await personOf(sabina.sessionId)).not.toBeNull();
  });

  it('all the others at once, and none where there is no other', async () => {
    const sabina = await withPassphrase();
    const [one, two, here] = [
      await signIn(sabina.number),
      await signIn(sabina.number),
      await signIn(sabina.number),
    ];
    const events = await told(async () =>
      (await callIn(database.db, here.sessionId)).people.endOtherSessions(),
    );
    expect(events[0]).toMatchObject({ sessionIds: expect.arrayContaining([one.sessionId, two.sessionId]) });
    expect(await personOf(here.sessionId)).toBe(sabina.id);
    expect(
      await told(async () => (await callIn(database.db, here.sessionId)).people.endOtherSessions()),
    ).toEqual([]);
  });

  it('by going out; whoever is not in may go out too', async () => {
    const here = await signIn((await withPassphrase()).number);
    expect(await (await callIn(database.db, here.sessionId)).people.signOut()).toEqual({ ended: 1 });
    expect(await personOf(here.sessionId)).toBeNull();
    expect(await (await callAs(database.db, null)).people.signOut()).toEqual({ ended: 0 });
  });
});

describe('a new passphrase', () => {
  const change = async (sessionId: string, old: string, chosen: string) =>
    (await callIn(database.db, sessionId, address())).people.changePassphrase({ old, passphrase: chosen });

  it('needs the old one, and ends every other session', async () => {
    const sabina = await withPassphrase();
    const [there, here] = [await signIn(sabina.number), await signIn(sabina.number)];
    expect(
      (await problemOf(change(here.sessionId, 'no es esta', 'piedra viva nueva'))).fields.old,
    ).toBeTruthy();
    expect(await change(here.sessionId, passphrase, 'piedra viva nueva')).toEqual({ ended: 1 });
    expect(await personOf(there.sessionId)).toBeNull();
    expect(await personOf(here.sessionId)).toBe(sabina.id);
    expect((await problemOf(signIn(sabina.number))).code).toBe('people.no_match');
    await signIn(sabina.number, 'piedra viva nueva');
  });

  it('changed from two phones at once, is the one of the first', async () => {
    const sabina = await withPassphrase();
    const phones = [await signIn(sabina.number), await signIn(sabina.number)];
    const tries = await Promise.allSettled(
      phones.map(({ sessionId }, i) => change(sessionId, passphrase, `piedra viva ${i} nueva`)),
    );
    expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is not for somebody who has not entered', async () => {
    const call = (await callAs(database.db, null)).people.changePassphrase({
      old: passphrase,
      passphrase: 'piedra viva nueva',
    });
    expect(await problemOf(call)).toMatchObject({ code: 'sign_in', status: 401 });
  });
});

describe('what Sabina says of herself', () => {
  it('is kept with her consent, and taken back without a question', async () => {
    const sabina = await withPassphrase();
    const me = (await callAs(database.db, sabina.id)).people;
    const kept = async () => (await database.db.select().from(persons).where(eq(persons.id, sabina.id)))[0]!;
    expect((await problemOf(me.declareSex({ sex: 'mujer', consent: false }))).fields.consent).toBeTruthy();
    expect((await kept()).sex).toBeNull();
    await me.declareSex({ sex: 'mujer', consent: true });
    expect((await kept()).sex).toBe('mujer');
    await me.declareSex({ consent: false });
    expect((await kept()).sex).toBeNull();
    await me.setLanguage({ locale: 'en' });
    expect((await kept()).locale).toBe('en');
  });
});
