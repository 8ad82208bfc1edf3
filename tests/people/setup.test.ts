import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { forum } from '~/db/schema/kernel';
import { forumRoles } from '~/db/schema/people';
import { spaces } from '~/db/schema/spaces';
import { actorOfSession } from '~/server/actor';
import { showCode } from '~/server/people/rules';
import { runtime } from '~/server/runtime';
import { callAs, problemOf } from '../support/call';
import { testDatabase } from '../support/db';

const database = testDatabase();
let street = 0;
const visitor = async (from = `203.0.113.${++street}`) => (await callAs(database.db, null, from)).people;
const first = (over: object = {}) => ({
  code: showCode(runtime().setupCode),
  forum: 'Frente Unido del Sur',
  name: 'Gloria Sucasaire',
  passphrase: 'oro agua mujer',
  agent: '',
  ...over,
});

// One story, in its order.
describe('an empty forum', () => {
  it('waits to be set up', async () => {
    expect(await (await visitor()).setUpOpen()).toEqual({ open: true });
  });

  it('is not set up by who has not read the console, however often', async () => {
    const from = '198.51.100.99';
    const codes: string[] = [];
    for (let i = 0; i < 61; i++)
      codes.push((await problemOf((await visitor(from)).setUp(first({ code: 'ABCD-EFGH-JKMN' })))).code);
    expect([codes[0], codes[60]]).toEqual(['people.setup_code', 'too_many']);
  });

  it('says at the fields what is missing', async () => {
    const problem = await problemOf(
      (await visitor()).setUp(first({ forum: '', name: ' ', passphrase: '1234' })),
    );
    expect(Object.keys(problem.fields).sort()).toEqual(['forum', 'name', 'passphrase']);
    const easy = await problemOf((await visitor()).setUp(first({ passphrase: 'gloria sucasaire' })));
    expect(easy.fields.passphrase).toBeTruthy();
  });

  it('is set up once, even by two at the same moment', async () => {
    const tries = await Promise.allSettled([
      (await visitor()).setUp(first()),
      (await visitor()).setUp(first()),
    ]);
    expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const done = tries.find((one) => one.status === 'fulfilled')!;
    const actor = await actorOfSession(database.db, done.value.sessionId);
    expect([...actor.forum]).toEqual(['forumSecretary']);
    expect((await database.db.select().from(forum))[0]).toMatchObject({
      name: 'Frente Unido del Sur',
      demo: false,
    });
    const made = await database.db.select().from(spaces);
    expect(made.map(({ kind }) => kind).sort()).toEqual(['plenary', 'review']);
    const again = await (await visitor()).signIn({
      number: done.value.number,
      passphrase: 'oro agua mujer',
      agent: '',
    });
    expect(again.personId).toBe(actor.personId);
  });

  it('then has no such page, with the right code or a wrong one', async () => {
    expect((await problemOf((await visitor()).setUpOpen())).code).toBe('not_found');
    const right = await problemOf((await visitor()).setUp(first()));
    const wrong = await problemOf((await visitor()).setUp(first({ code: 'ABCD-EFGH-JKMN' })));
    expect([right.code, right]).toEqual(['not_found', wrong]);
    expect(await database.db.$count(forumRoles, eq(forumRoles.role, 'forumSecretary'))).toBe(1);
  });
});
