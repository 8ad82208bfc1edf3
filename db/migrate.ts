import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres, { type Sql } from 'postgres';

/** Advisory lock that a migration holds alone, and a backup together with other backups. */
export const MIGRATION_LOCK = 7_460_003;

/**
 * Brings the database to the version of this program: applies what is missing from `folder`, in order, all or
 * nothing. Several starts at once wait for each other. Forward only.
 * @param folder holds `meta/_journal.json` and the SQL files, as drizzle-kit writes them
 * @throws Error when the database was written by a newer version, or a migration fails
 */
export async function migrate(url: string, folder = 'drizzle'): Promise<void> {
  const sql = single(url);
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await refuseNewer(sql, folder);
    await applyMigrations(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** One connection, without limits of time, that stays the same one to its end. */
export function single(url: string): Sql {
  return postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: 'frente-unido', TimeZone: 'UTC', statement_timeout: 0, lock_timeout: 0 },
  });
}

async function refuseNewer(sql: Sql, folder: string) {
  const newest = readMigrationFiles({ migrationsFolder: folder }).at(-1)?.folderMillis ?? 0;
  const [there] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as table`;
  if (!there?.table) return;
  const [last] = await sql`select max(created_at) as at from drizzle.__drizzle_migrations`;
  if (Number(last?.at ?? 0) > newest) {
    throw new Error('The database was written by a newer version of the forum; start that version instead.');
  }
}
