import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { closeDatabase, database, setDatabaseUrl } from '~/db/client';
import { startEmbedded } from '~/db/embedded';
import { passwordOf, SUPERUSER } from '~/db/embedded/cluster';
import { migrate } from '~/db/migrate';

/**
 * A database server of its own that writes its log as a real one does, and the machine's administrator beside it:
 * PostgreSQL's first role, with the folder of the data and the extensions that read pages and the log.
 */
export async function machine() {
  const dataDir = mkdtempSync(join(tmpdir(), 'frente-unido-machine-'));
  chmodSync(dataDir, 0o711);
  const server = await startEmbedded({ dataDir });
  await migrate(server.url);
  setDatabaseUrl(server.url);
  const url = new URL(server.url);
  url.username = SUPERUSER;
  url.password = passwordOf(SUPERUSER, readFileSync(join(dataDir, 'postgres.secret'), 'utf8').trim());
  const root = postgres(url.href, { max: 1, onnotice: () => {} });
  await root.unsafe('create extension pageinspect; create extension pg_walinspect');
  const [at] = await root`select current_setting('data_directory') as folder`;
  return {
    db: database(),
    url: server.url,
    root,
    dataDir,
    /** All that lies in the log's folder, as bytes. */
    wal: () => {
      const folder = join(at!.folder as string, 'pg_wal');
      const files = readdirSync(folder).filter((name) => /^[0-9A-F]{24}$/.test(name));
      return Buffer.concat(files.sort().map((name) => readFileSync(join(folder, name))));
    },
    async stop() {
      await root.end();
      await closeDatabase();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
export type Machine = Awaited<ReturnType<typeof machine>>;
