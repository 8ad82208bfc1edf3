import type { Sql } from 'postgres';

/** Everything that can be asked of a database without knowing its tables: rows, sequences, and the schema's definitions. */
export async function portrait(sql: Sql) {
  const tables = await sql`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'drizzle') order by 1`;
  const rows: Record<string, unknown> = {};
  for (const { name } of tables) {
    rows[name] = await sql.unsafe(`select t::text as row from only ${name} t order by 1`);
  }
  const constraints = await sql`select conrelid::regclass::text as on, conname, convalidated,
    pg_get_constraintdef(oid) as text from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`;
  const triggers = await sql`select tgrelid::regclass::text as on, tgname, tgenabled from pg_trigger
    where not tgisinternal order by 1, 2`;
  const security = await sql`select relname, relrowsecurity, relforcerowsecurity from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`;
  const sequences = await sql`select sequencename, last_value from pg_sequences order by 1`;
  return { rows, constraints, triggers, security, sequences };
}
