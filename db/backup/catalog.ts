import type { Sql } from 'postgres';

/** A table as a backup sees it: `name` is quoted and has its schema; generated columns are left out. */
export type Table = { name: string; columns: string[]; key: string[]; forced: boolean };
export type Sequence = { name: string; last: string; called: boolean };
export type Migration = { hash: string; at: number };

// The forum's own schemas and relations: neither PostgreSQL's, nor an extension's.
const OURS = `n.nspname !~ '^(pg_|information_schema$)' and c.relpersistence <> 't' and not exists (
  select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

/** Every table with rows of its own, in the order of their names. */
export async function tablesOf(sql: Sql): Promise<Table[]> {
  return sql.unsafe<Table[]>(`
    select format('%I.%I', n.nspname, c.relname) as name, c.relforcerowsecurity as forced,
      array(select quote_ident(a.attname) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum) as columns,
      array(select quote_ident(a.attname) from pg_index i, unnest(i.indkey::int2[]) with ordinality k(num, place)
        join pg_attribute a on a.attnum = k.num
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid order by place) as key
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and ${OURS} order by 1`);
}

/** Every sequence with its state, those of identity and serial columns included. */
export async function sequencesOf(sql: Sql): Promise<Sequence[]> {
  const names = await sql.unsafe<{ name: string }[]>(`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${OURS} order by 1`);
  const states: Sequence[] = [];
  for (const { name } of names) {
    const [row] = await sql.unsafe(`select last_value::text as last, is_called as called from ${name}`);
    states.push({ name, last: row!.last, called: row!.called });
  }
  return states;
}

/** The migrations the database has been through, oldest first; none if it never was the forum's. */
export async function migrationsOf(sql: Sql): Promise<Migration[]> {
  const [there] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as yes`;
  if (!there?.yes) return [];
  const rows =
    await sql`select hash, created_at::text as at from drizzle.__drizzle_migrations order by created_at`;
  return rows.map((row) => ({ hash: row.hash, at: Number(row.at) }));
}
