import type { Sql } from 'postgres';

/** What the forum's searches need of PostgreSQL's own contributed modules; all of them count as trusted there. */
const needed = ['unaccent', 'pg_trgm'];

/**
 * Makes the extensions that the migrations ask for. A managed PostgreSQL may refuse it to the forum's role, or keep
 * them elsewhere: whoever runs the database is told what to write, before anything has been changed.
 * @throws Error with one sentence
 */
export async function addExtensions(sql: Sql, names: readonly string[] = needed): Promise<void> {
  for (const name of names) {
    try {
      await sql`create extension if not exists ${sql(name)} with schema public`;
    } catch (error) {
      throw new Error(
        `The forum needs PostgreSQL's extension ${name} and may not add it here. Let whoever runs the database write: CREATE EXTENSION ${name} WITH SCHEMA public;`,
        { cause: error },
      );
    }
    const [there] = await sql`select n.nspname as schema from pg_extension e
      join pg_namespace n on n.oid = e.extnamespace where e.extname = ${name}`;
    if (there?.schema !== 'public')
      throw new Error(
        `The forum looks for the extension ${name} in the schema public, and it is in ${there?.schema}. Let whoever runs the database write: ALTER EXTENSION ${name} SET SCHEMA public;`,
      );
  }
}
