import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { audit, submissions } from '~/db/schema/kernel';
import { sessions } from '~/db/schema/people';
import { command, createCaller, query, router } from '~/server/act';
import { actorOfSession, anonymous } from '~/server/actor';
import { anyone, fail } from '~/server/rule';
import { problemOf } from '../support/call';
import { signIn } from '../support/clients';
import { testDatabase } from '../support/db';
import { forumWorld } from '../support/people';

const database = testDatabase();
let runs = 0;
const base = { rule: anyone, audit: 'full' as const, load: async () => ({}) };
const house = router({
  full: command({
    ...base,
    action: 'test.full',
    input: z.object({}),
    run: async () => fail('too_many', 'code', { minutes: 2 }),
  }),
  once: command({
    ...base,
    action: 'test.once',
    input: z.object({ key: z.uuid() }),
    run: async () => ({ n: ++runs }),
  }),
  secret: command({
    ...base,
    action: 'test.secret',
    input: z.object({ key: z.uuid() }),
    run: async () => ({ code: 'ABCD-1234' as string | null }),
    keep: () => ({ code: null }),
  }),
  silent: command({
    ...base,
    action: 'test.silent',
    input: z.object({ key: z.uuid() }),
    run: async () => {
      runs++;
    },
  }),
});
const call = () =>
  createCaller(house)({ db: database.db, actor: anonymous, address: '198.51.100.7', locale: 'es' });
beforeEach(() => {
  runs = 0;
});

describe('a command', () => {
  it('ends an expected failure in its sentence at its field, and leaves no audit row', async () => {
    const problem = await problemOf(call().full({}));
    expect(problem).toMatchObject({ code: 'too_many', status: 429 });
    expect(problem.fields.code).toContain('2 minutos');
    expect(await database.db.$count(audit, sql`action = 'test.full'`)).toBe(0);
  });

  it('runs once for one submission, however often it arrives', async () => {
    const key = randomUUID();
    const twins = await Promise.all([call().once({ key }), call().once({ key })]);
    expect([...twins, await call().once({ key })]).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
    expect(runs).toBe(1);
  });

  it('remembers a submission that has nothing to answer', async () => {
    const key = randomUUID();
    await call().silent({ key });
    await call().silent({ key });
    expect(runs).toBe(1);
    expect(await database.db.$count(submissions, sql`key = ${key}`)).toBe(1);
  });

  it('says once what may be kept nowhere', async () => {
    const key = randomUUID();
    expect(await call().secret({ key })).toEqual({ code: 'ABCD-1234' });
    expect(await call().secret({ key })).toEqual({ code: null });
    const [kept] = await database.db.select().from(submissions).where(sql`key = ${key}`);
    expect(JSON.stringify(kept)).not.toContain('ABCD-1234');
  });

  it('does not answer one act with the key of another', async () => {
    const key = randomUUID();
    await call().once({ key });
    expect((await problemOf(call().silent({ key }))).code).toBe('not_found');
  });
});

describe('who acts', () => {
  it('is asked again behind the lock: what was taken away meanwhile is not used any more', async () => {
    const { people } = await forumWorld(database.db);
    const { sessionId } = await signIn(database.db, people.ysabel.id);
    const before = await actorOfSession(database.db, sessionId);
    const late = router({
      act: command({
        action: 'test.late',
        rule: (actor) => actor.personId !== null,
        audit: 'full',
        input: z.object({}),
        // While she waits for the lock, her session is ended from elsewhere.
        load: async () => {
          await database.db.update(sessions).set({ endedAt: new Date() }).where(eq(sessions.id, sessionId));
          return {};
        },
        run: async () => ({ done: true }),
      }),
    });
    const told = createCaller(late)({
      db: database.db,
      actor: before,
      address: '198.51.100.7',
      locale: 'es',
    });
    expect((await problemOf(told.act({}))).code).toBe('not_found');
  });
});

describe('an error that nobody expected', () => {
  it('leaves the house without a word of what was being written', async () => {
    const quiet = vi.spyOn(console, 'error').mockImplementation(() => {});
    const canary = 'zarzamora-cuarzo-41';
    const broken = router({
      read: query({
        action: 'test.read',
        rule: anyone,
        input: z.object({ words: z.string() }),
        load: async (db, { words }) => (await db.execute(sql`select ${words}::uuid`))[0] ?? null,
        present: () => null,
      }),
    });
    const told = createCaller(broken)({
      db: database.db,
      actor: anonymous,
      address: '198.51.100.7',
      locale: 'es',
    });
    const error = await told.read({ words: canary }).catch((one) => one);
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(canary);
    expect(inspect(quiet.mock.calls, { depth: 9 })).not.toContain(canary);
    expect(quiet).toHaveBeenCalled();
    quiet.mockRestore();
  });
});
