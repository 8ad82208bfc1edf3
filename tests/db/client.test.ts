import { sql } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { database, setDatabaseUrl } from '~/db/client';
import { testDatabase } from '~/tests/support/db';

const forum = testDatabase();

describe('the one client', () => {
  test('answers in words with ñ and accents, in UTC', async () => {
    const [row] = await database().execute(
      sql`select lower('ÑUSTA ÁRBOL') as low, current_setting('TimeZone') as zone, current_user as who`,
    );
    expect(row).toEqual({ low: 'ñusta árbol', zone: 'UTC', who: 'forum' });
  });

  test('the forum runs without the rights of a superuser', async () => {
    const [row] = await database().execute(sql`select rolsuper from pg_roles where rolname = current_user`);
    expect(row).toEqual({ rolsuper: false });
  });

  test('finds Spanish words whatever their case', async () => {
    const [row] = await database().execute(
      sql`select to_tsvector('spanish', 'LAS PALLAQUERAS DEL ÑUÑOA') @@ to_tsquery('spanish', 'pallaquera & ñuñoa') as found`,
    );
    expect(row).toEqual({ found: true });
  });

  test('two module graphs of one process share one pool', async () => {
    vi.resetModules();
    const other = await import('~/db/client');
    expect(other.database).not.toBe(database);
    expect(other.database().$client).toBe(database().$client);
  });

  test('a failed transaction leaves nothing', async () => {
    await database().execute(sql`create table jars (name text)`);
    const broken = forum.db.transaction(async (tx) => {
      await tx.execute(sql`insert into jars values ('Rosa')`);
      throw new Error('Rosa changes her mind');
    });
    await expect(broken).rejects.toThrow('Rosa changes her mind');
    expect(await forum.db.execute(sql`select * from jars`)).toHaveLength(0);
  });

  test('a statement that runs away is stopped', async () => {
    const [row] = await database().execute(sql`select current_setting('statement_timeout') as limit`);
    expect(row).toEqual({ limit: '15s' });
  });

  test('a changed address is used from the next query on', async () => {
    const own = forum.url;
    setDatabaseUrl(own.replace(/\/t_\w+$/, '/forum'));
    const [there] = await database().execute(sql`select current_database() as name`);
    setDatabaseUrl(own);
    const [back] = await database().execute(sql`select current_database() as name`);
    expect([there?.name, back?.name]).toEqual(['forum', own.split('/').at(-1)]);
  });
});
