import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Sql } from 'postgres';
import { FORMAT, frame, type Manifest, type Sum, Tally, VERSION } from './backup/archive';
import { migrationsOf, sequencesOf, type Table, tablesOf } from './backup/catalog';
import { copyOut } from './backup/copy';
import { explained, single } from './connection';
import { MIGRATION_LOCK } from './migrate';

/** COPY text means the same to whoever reads it back, whatever the database's own settings are. */
export const PORTABLE = `
  set datestyle = 'ISO, YMD'; set intervalstyle = postgres; set timezone = 'UTC';
  set extra_float_digits = 1; set bytea_output = hex; set lc_monetary = 'C'; set row_security = off`;

/**
 * Writes everything the database holds at one moment to a new file, readable by its owner only. The forum may go
 * on working. Rows are ordered by their key, so that the file does not tell in which order they were written.
 * @returns tables with their rows, and the manifest's checksum
 * @throws Error with one sentence when the file exists, the database is not the forum's, or it may not be read whole
 */
export async function backup(url: string, file: string): Promise<Manifest> {
  if (existsSync(file)) throw new Error(`The file ${file} exists already; choose another name.`);
  const sql = single(url);
  const draft = `${file}.part`;
  const manifest: Manifest = { tables: [], sequences: [], sha256: '' };
  try {
    rmSync(draft, { force: true });
    await pipeline(
      contents(sql, manifest),
      createGzip(),
      createWriteStream(draft, { mode: 0o600, flags: 'wx', flush: true }),
    );
    renameSync(draft, file);
    return manifest;
  } catch (error) {
    rmSync(draft, { force: true });
    throw plain(error as Error & { code?: string }, url);
  } finally {
    // Closing ends the transaction too; a COPY that was broken off leaves the connection of no other use.
    await sql.end({ timeout: 0 });
  }
}

async function* contents(sql: Sql, manifest: Manifest) {
  // Before the snapshot, so that no migration changes a table between the snapshot and its COPY.
  await sql`select pg_advisory_lock_shared(${MIGRATION_LOCK})`;
  await sql.unsafe(PORTABLE);
  await sql.unsafe('begin isolation level repeatable read, read only');
  const migrations = await migrationsOf(sql);
  if (migrations.length === 0) throw new Error('There is no forum in this database.');
  const tables = await tablesOf(sql);
  const whole = createHash('sha256');
  const seal = (part: Buffer) => {
    whole.update(part);
    return part;
  };
  const names = tables.map(({ name, columns }) => ({ name, columns }));
  const at = new Date().toISOString();
  yield seal(frame('H', JSON.stringify({ format: FORMAT, version: VERSION, at, migrations, tables: names })));
  for (const table of tables) {
    yield seal(frame('T', table.name));
    const tally = new Tally(table.name);
    for await (const piece of copyOut(sql, statement(table))) {
      tally.add(piece);
      yield seal(frame('D', piece));
    }
    manifest.tables.push(tally.sum() satisfies Sum);
  }
  manifest.sequences = await sequencesOf(sql);
  manifest.sha256 = whole.digest('hex');
  yield frame('M', JSON.stringify(manifest));
}

function statement({ name, columns, key }: Table) {
  const order = key.length ? `order by ${key.join(', ')}` : '';
  return `copy (select ${columns.join(', ')} from only ${name} ${order}) to stdout`;
}

function plain(error: Error & { code?: string }, url: string) {
  if (error.code !== '42501') return explained(error, url);
  return new Error(
    `The role of DATABASE_URL may not read everything (${error.message}); let one with BYPASSRLS do it.`,
  );
}
