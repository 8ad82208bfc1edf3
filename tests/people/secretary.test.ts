import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { submissions } from '~/db/schema/kernel';
import { persons } from '~/db/schema/people';
import { actorOfSession } from '~/server/actor';
import { sealPassphrase } from '~/server/people/commands/passphrase';
import { showNumber } from '~/server/people/rules';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

const database = testDatabase();
let world: Awaited<ReturnType<typeof forumWorld>>;
beforeAll(async () => {
  world = await forumWorld(database.db);
});
const as = async (who: keyof typeof world.people | null, address?: string) =>
  (await callAs(database.db, who && world.people[who].id, address)).people;
const passphrase = 'oro agua mujer';

describe('Sabina lost her card', () => {
  it('and Ysabel gives her another: the sessions end, the old passphrase opens until the card is used', async () => {
    const { sabina } = world.people;
    await database.db
      .update(persons)
      .set({ passphraseHash: await sealPassphrase(passphrase) })
      .where(eq(persons.id, sabina.id));
    const signIn = async (words: string) =>
      (await as(null)).signIn({ number: sabina.number, passphrase: words, agent: '' });
    const { sessionId } = await signIn(passphrase);
    const card = await (await as('ysabel')).reissueCard({ personId: sabina.id });
    expect(card).toMatchObject({ name: 'Sabina Quispe', number: showNumber(sabina.number) });
    expect((await actorOfSession(database.db, sessionId)).personId).toBeNull();
    await signIn(passphrase);
    await (await as(null)).enterWithCard({ code: card.code, passphrase: 'otra clave larga', agent: '' });
    expect((await problemOf(signIn(passphrase))).code).toBe('people.no_match');
    await signIn('otra clave larga');
  });

  it('and nobody outside her base can make one, nor learn that she is there', async () => {
    const { sabina } = world.people;
    for (const who of ['tomasa', 'rufino', 'amador', 'gloria', 'mery', null] as const) {
      const hers = await problemOf((await as(who)).reissueCard({ personId: sabina.id }));
      const none = await problemOf((await as(who)).reissueCard({ personId: randomUUID() }));
      expect(hers).toEqual(none);
      expect(hers.code).toBe('not_found');
    }
  });
});

describe('Gloria enrolls a liaison', () => {
  it('once for one submission, with a card that no table keeps', async () => {
    const key = randomUUID();
    const gloria = await as('gloria');
    const first = await gloria.enroll({ key, name: 'Ing. Marta Salas' });
    expect(await gloria.enroll({ key, name: 'Ing. Marta Salas' })).toEqual(first);
    const { code } = await gloria.reissueCard({ personId: first.personId });
    const kept = JSON.stringify(await database.db.select().from(submissions));
    expect(kept).not.toContain(code);
    expect(await (await as(null)).checkCard({ code })).toEqual({
      name: 'Ing. Marta Salas',
      number: first.number,
    });
  });

  it('and a secretary of a base does not enroll here', async () => {
    const call = (await as('ysabel')).enroll({ key: randomUUID(), name: 'Otra persona' });
    expect((await problemOf(call)).code).toBe('not_found');
  });
});

describe('whose number it is', () => {
  it('says name and number to who may name somebody', async () => {
    const { rufino } = world.people;
    for (const who of ['gloria', 'benita', 'ysabel', 'elvira', 'mery'] as const)
      expect(await (await as(who)).personByNumber({ number: showNumber(rufino.number) })).toEqual({
        personId: rufino.id,
        name: 'Rufino Huamaní',
        number: showNumber(rufino.number),
        abilities: { reissueCard: who === 'gloria' },
      });
  });

  it('says the same of everybody and nobody to the others', async () => {
    const { rufino } = world.people;
    for (const who of ['sabina', 'carla', 'amador', 'emilia', 'hilario', null] as const) {
      const there = await problemOf((await as(who)).personByNumber({ number: rufino.number }));
      const nobody = await problemOf((await as(who)).personByNumber({ number: '1111-1111' }));
      expect([there.code, there]).toEqual(['not_found', nobody]);
    }
  });

  it('ends after forty questions', async () => {
    const ciro = await as('ciro');
    const codes: string[] = [];
    for (let i = 0; i < 41; i++)
      codes.push((await problemOf(ciro.personByNumber({ number: '1111-1111' }))).code);
    expect([codes[39], codes[40]]).toEqual(['people.nobody', 'too_many']);
  });
});

describe('Nieves asks for herself', () => {
  it('and reads her name, her base and her table', async () => {
    expect(await (await as('nieves')).me()).toMatchObject({
      name: 'Nieves Choque',
      number: expect.stringMatching(/^\d{4}-\d{4}$/),
      forum: [],
      associations: [{ name: 'Flor de Cuarzo', roles: ['delegate', 'member'] }],
      spaces: [{ title: 'Mesa del Agua', role: 'writer' }],
    });
  });

  it('and no passphrase, card or id of hers is in the answer', async () => {
    const said = JSON.stringify(await (await as('nieves')).me());
    expect(said).not.toContain(world.people.nieves.id);
    expect(said).not.toMatch(/hash|scrypt|code/i);
  });

  it('while a stranger is told to enter', async () => {
    expect((await problemOf((await as(null)).me())).code).toBe('sign_in');
    expect((await problemOf((await as(null)).mySessions())).code).toBe('sign_in');
  });
});
