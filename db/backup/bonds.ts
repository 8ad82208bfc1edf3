import type { Sql } from 'postgres';
import type { Table } from './catalog';

/**
 * Takes off, inside the open transaction, what would hinder loading the tables one after another in any order:
 * foreign keys, the forum's own triggers, forced row security. Needs the tables' owner, no superuser.
 * @returns puts all of it back as it was; PostgreSQL then checks every foreign key against the loaded rows
 */
export async function loosen(sql: Sql, tables: Table[]): Promise<() => Promise<void>> {
  const undo: string[] = [];
  // Rows that a migration itself wrote may still wait for their deferred checks, and then no table can be altered.
  await sql.unsafe('set constraints all immediate');
  for (const { owner, name, mode } of await triggers(sql)) {
    await sql.unsafe(`alter table ${owner} disable trigger ${name}`);
    undo.push(`alter table ${owner} enable ${{ A: 'always', R: 'replica' }[mode] ?? ''} trigger ${name}`);
  }
  for (const { owner, name, definition } of await foreignKeys(sql)) {
    await sql.unsafe(`alter table ${owner} drop constraint ${name}`);
    undo.push(`alter table ${owner} add constraint ${name} ${definition}`);
  }
  for (const { name, forced } of tables) {
    if (!forced) continue;
    await sql.unsafe(`alter table ${name} no force row level security`);
    undo.push(`alter table ${name} force row level security`);
  }
  return async () => {
    await sql.unsafe('set constraints all immediate');
    for (const statement of undo) await sql.unsafe(statement);
  };
}

function triggers(sql: Sql) {
  return sql.unsafe<{ owner: string; name: string; mode: string }[]>(`
    select t.tgrelid::regclass::text as owner, quote_ident(t.tgname) as name, t.tgenabled as mode
    from pg_trigger t where not t.tgisinternal and t.tgenabled <> 'D' order by 1, 2`);
}

// Those of a partition belong to the one of its parent.
function foreignKeys(sql: Sql) {
  return sql.unsafe<{ owner: string; name: string; definition: string }[]>(`
    select conrelid::regclass::text as owner, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and conparentid = 0 order by 1, 2`);
}
