import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { closeDatabase, type Db, database, setDatabaseUrl } from '~/db/client';
import { startEmbedded } from '~/db/embedded';
import { migrate } from '~/db/migrate';
import { startRealtime } from '~/server/realtime/server';
import { liveTexts } from '~/server/root';
import { runtime, setRuntime } from '~/server/runtime';
import '~/tests/support/runtime';
import { endAll, type Place, placeAt } from '~/tests/support/clients';

type Soil = { db: Db; url: string; stopAtOnce: () => Promise<void> };

/** PostgreSQL's «immediate» shutdown: it writes nothing more, and mends itself from its log at the next start. */
export async function stopAtOnce(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const [row] = await sql`select pg_read_file('postmaster.pid') as file`;
  const pid = Number(String(row!.file).split('\n', 1)[0]);
  process.kill(pid, 'SIGQUIT');
  await sql.end({ timeout: 0 }).catch(() => {});
}

/** A database of its own for a long trial, that fsyncs as a real one does; gone at the end. */
export async function withDatabase(trial: (given: Soil) => Promise<void>): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frente-unido-soak-'));
  chmodSync(dataDir, 0o711);
  const server = await startEmbedded({ dataDir });
  try {
    await migrate(server.url);
    setDatabaseUrl(server.url);
    await trial({ db: database(), url: server.url, stopAtOnce: () => stopAtOnce(server.url) });
  } finally {
    await endAll();
    await closeDatabase();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The same with the sockets in this process, on a free port. */
export const withForum = (trial: (given: { db: Db; place: Place }) => Promise<void>) =>
  withDatabase(async ({ db }) => {
    setRuntime({ ...runtime(), config: { ...runtime().config, trustedProxies: 1 } });
    const realtime = startRealtime(db, liveTexts);
    const server = createServer();
    server.on('upgrade', (req, stream, head) => realtime.upgrade(req, stream, head));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await trial({ db, place: placeAt((server.address() as AddressInfo).port) });
    } finally {
      await endAll();
      await realtime.close();
      server.closeAllConnections();
      server.close();
    }
  });

export const megabytes = () => Math.round(process.memoryUsage().rss / 1e6);
