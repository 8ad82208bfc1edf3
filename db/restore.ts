import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Sql } from 'postgres';
import { PORTABLE } from './backup';
import { type Header, type Manifest, readArchive } from './backup/archive';
import { loosen } from './backup/bonds';
import { type Migration, type Table, tablesOf } from './backup/catalog';
import { copyIn, type Inlet } from './backup/copy';
import { explained, refuseUnfit, single } from './connection';
import { MIGRATION_LOCK, migrate } from './migrate';

/**
 * Fills an empty database from a backup: the schema as it was then, every row, every sequence, in one transaction;
 * afterwards the migrations that came since. The file is read twice: the first time only to check it. Every session
 * ends: one that was signed out after the backup must not be open again.
 * @param folder migrations of this program, as for `migrate`
 * @throws Error with one sentence when the database is not empty, or the file is damaged, cut off, foreign or newer;
 * nothing has been changed then
 */
export async function restore(url: string, file: string, folder = 'drizzle'): Promise<Manifest> {
  const { header, manifest } = await check(file);
  const migrations = migrationsFor(header, file, folder);
  const sql = single(url);
  try {
    await refuseUnfit(sql);
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await sql.unsafe(PORTABLE);
    await sql.unsafe('begin');
    if ((await tablesOf(sql)).length > 0)
      throw new Error('The database is not empty; restore into a new one.');
    await build(sql, migrations);
    const tables = await matching(sql, header, file);
    const tighten = await loosen(sql, tables);
    const names = tables.map(({ name }) => name).join(', ');
    await sql.unsafe(`truncate ${names}`);
    await load(sql, file);
    for (const { name, last, called } of manifest.sequences) {
      await sql`select setval(${name}::regclass, ${last}::bigint, ${called})`;
    }
    await recount(sql, manifest);
    await endSessions(sql);
    await refreshViews(sql);
    await tighten();
    await sql.unsafe('commit');
    await sql.unsafe(`analyze ${names}`);
  } catch (error) {
    throw explained(error, url);
  } finally {
    // Without a commit, closing takes everything back.
    await sql.end({ timeout: 0 });
  }
  await migrate(url, folder);
  return manifest;
}

async function check(file: string) {
  let header: Header | undefined;
  let manifest: Manifest | undefined;
  for await (const part of readArchive(file)) {
    if (part.kind === 'header') header = part.header;
    if (part.kind === 'manifest') manifest = part.manifest;
  }
  return { header: header!, manifest: manifest! };
}

type Step = Migration & { statements: string[] };

function migrationsFor(header: Header, file: string, folder: string): Step[] {
  const ours = readMigrationFiles({ migrationsFolder: folder });
  return header.migrations.map(({ hash, at }, place) => {
    const own = ours[place];
    if (!own)
      throw new Error(
        `The file ${file} was made by a newer version of the forum; install that version first.`,
      );
    if (own.hash !== hash)
      throw new Error(`The file ${file} was made by a forum with other tables than this one.`);
    return { hash, at, statements: own.sql };
  });
}

// As drizzle's migrator does it, but within our transaction and only as far as the backup goes.
async function build(sql: Sql, steps: Step[]) {
  await sql.unsafe('create schema if not exists drizzle');
  await sql.unsafe(
    'create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  for (const { statements } of steps) for (const statement of statements) await sql.unsafe(statement);
}

async function matching(sql: Sql, header: Header, file: string): Promise<Table[]> {
  const tables = await tablesOf(sql);
  const shape = (list: { name: string; columns: string[] }[]) =>
    JSON.stringify(list.map(({ name, columns }) => [name, [...columns].sort()]).sort());
  if (shape(tables) !== shape(header.tables)) {
    throw new Error(`The file ${file} was made by a forum with other tables than this one.`);
  }
  return tables;
}

async function load(sql: Sql, file: string) {
  let columns = new Map<string, string[]>();
  let inlet: Inlet | undefined;
  for await (const part of readArchive(file)) {
    if (part.kind === 'header')
      columns = new Map(part.header.tables.map((table) => [table.name, table.columns]));
    if (part.kind === 'data') await inlet!.write(part.data);
    if (part.kind === 'table' || part.kind === 'manifest') await inlet?.end();
    if (part.kind === 'table') {
      inlet = await copyIn(sql, `copy ${part.name} (${columns.get(part.name)!.join(', ')}) from stdin`);
    }
  }
}

async function recount(sql: Sql, manifest: Manifest) {
  for (const { name, rows } of manifest.tables) {
    const [row] = await sql.unsafe(`select count(*)::text as count from only ${name}`);
    if (Number(row?.count) !== rows)
      throw new Error(`Table ${name} did not take all its rows; nothing was restored.`);
  }
}

async function endSessions(sql: Sql) {
  const [there] = await sql`select from pg_attribute
    where attrelid = to_regclass('public.sessions') and attname = 'ended_at' and not attisdropped`;
  if (there)
    await sql`update sessions set ended_at = date_trunc('day', now(), 'America/Lima') where ended_at is null`;
}

async function refreshViews(sql: Sql) {
  const views = await sql`select oid::regclass::text as name from pg_class where relkind = 'm' order by oid`;
  for (const { name } of views) await sql.unsafe(`refresh materialized view ${name}`);
}
