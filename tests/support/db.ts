import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, inject } from 'vitest';
import { closeDatabase, type Db, database, setDatabaseUrl } from '~/db/client';

/**
 * An own, migrated, empty database for the test file that calls it (once, at its top): made before its first test,
 * dropped after its last. `database()` points to it too, so the code under test finds it by itself.
 */
export function testDatabase() {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  beforeAll(async () => {
    await onServer(`create database ${name} template template_forum`);
    setDatabaseUrl(url.href);
  });
  afterAll(async () => {
    await closeDatabase();
    await onServer(`drop database ${name} with (force)`);
  });
  return {
    /** For code that makes its own connection. */
    url: url.href,
    get db(): Db {
      return database();
    },
  };
}

/** An own database for one test, with nothing in it at all. `drop` it at the end. */
export async function emptyDatabase() {
  const name = `e_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name}`);
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  const sql = postgres(url.href, { max: 2, onnotice: () => {} });
  return {
    url: url.href,
    sql,
    async drop() {
      await sql.end({ timeout: 0 });
      await onServer(`drop database ${name} with (force)`);
    },
  };
}

/** Runs one statement on the run's server outside every test's database. */
export async function onServer(statement: string): Promise<void> {
  const sql = postgres(inject('databaseUrl'), { max: 1, onnotice: () => {} });
  await sql.unsafe(statement);
  await sql.end();
}
