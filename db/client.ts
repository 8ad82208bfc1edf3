import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';

/** Every table of the forum; relational queries find theirs here. */
export const tables = {};

export type Db = PostgresJsDatabase<typeof tables> & { $client: Sql };
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];
/** For functions that work inside a transaction as well as outside. */
export type DbOrTx = Db | Tx;

type Shared = { url?: string; sql?: Sql };

// Next's bundle and the server's are two module graphs in one process: the pool is one for both.
const key: unique symbol = Symbol.for('frente-unido.database');
const everywhere = globalThis as { [key]?: Shared };
everywhere[key] ??= {};
const shared = everywhere[key];

let own: { sql: Sql; db: Db } | undefined;

/**
 * The database; connects at the first query, not before. `database().$client` is the postgres.js pool under it.
 * @throws Error when no URL has been set and DATABASE_URL is not in the environment
 */
export function database(): Db {
  shared.sql ??= connect(shared.url ?? process.env.DATABASE_URL);
  if (own?.sql !== shared.sql) own = { sql: shared.sql, db: drizzle(shared.sql, { schema: tables }) };
  return own.db;
}

/** Says where the database is, before its first use; a pool on another URL is closed behind the caller's back. */
export function setDatabaseUrl(url: string): void {
  if (url === shared.url) return;
  shared.url = url;
  void closeDatabase();
}

/** Lets running queries end (5 s at most) and closes every connection; the next use connects anew. */
export async function closeDatabase(): Promise<void> {
  const { sql } = shared;
  shared.sql = undefined;
  await sql?.end({ timeout: 5 });
}

function connect(url: string | undefined): Sql {
  if (!url)
    throw new Error('No database is set: call setDatabaseUrl() or put DATABASE_URL in the environment.');
  return postgres(url, {
    max: Number(process.env.DATABASE_POOL) || 10,
    idle_timeout: 60,
    connect_timeout: 10,
    onnotice: () => {},
    connection: {
      application_name: 'frente-unido',
      TimeZone: 'UTC',
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  });
}
