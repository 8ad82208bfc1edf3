import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import type { Sql } from 'postgres';
import { explained, refuseUnfit, single } from './connection';
import { addExtensions } from './extensions';

/** Advisory lock that a migration holds alone, and a backup together with other backups. */
export const MIGRATION_LOCK = 7_460_003;

/**
 * Brings the database to the version of this program: makes the extensions it needs, applies what is missing from `folder`, in order, all or
 * nothing. Several starts at once wait for each other. Forward only.
 * @param folder holds `meta/_journal.json` and the SQL files, as drizzle-kit writes them
 * @throws Error when the database cannot be reached or is unfit, was written by a newer version, or a migration fails
 */
export async function migrate(url: string, folder = 'drizzle'): Promise<void> {
  const sql = single(url);
  try {
    await refuseUnfit(sql);
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await refuseNewer(sql, folder);
    await addExtensions(sql);
    await applyMigrations(drizzle(sql), { migrationsFolder: folder });
  } catch (error) {
    throw explained(error, url);
  } finally {
    await sql.end({ timeout: 5 });
  }
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
