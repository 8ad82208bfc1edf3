import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { closeDatabase, database, setDatabaseUrl } from '~/db/client';
import { startEmbedded } from '~/db/embedded';
import { migrate } from '~/db/migrate';
import { readConfig } from './config';
import { health } from './http/health';
import { pipeline } from './http/pipeline';
import { statics } from './http/statics';
import { startJobs } from './jobs';
import { startRealtime } from './realtime/server';
import { jobHandlers, liveTexts } from './root';
import { setRuntime } from './runtime';
import { readSecrets } from './secrets';

/**
 * Starts the forum: database, migrations, jobs, pages and sockets on one port.
 * @returns the address it answers at and a way to stop it: it takes no more requests, finishes those in hand,
 *   writes what is not yet written, and closes the database.
 * @throws Error with one sentence when the configuration is wrong or something needed cannot be had.
 */
export async function startForum(env: Record<string, string | undefined>, dev = false) {
  const config = readConfig(env);
  const version = JSON.parse(readFileSync('package.json', 'utf8')).version as string;
  setRuntime({ config, secrets: readSecrets(config.dataDir, config.secret), version });

  const embedded = config.databaseUrl
    ? null
    : await startEmbedded({ dataDir: config.dataDir, log: console.info });
  const url = config.databaseUrl ?? embedded!.url;
  await migrate(url);
  setDatabaseUrl(url);
  const db = database();

  // Next is loaded only now: its module graph reads what was set above.
  const { default: next } = await import('next');
  const httpServer = createServer();
  const app = next({ dev, dir: '.', httpServer, hostname: config.host, port: config.port });
  await app.prepare();
  const jobs = startJobs(db, jobHandlers);
  const realtime = startRealtime(db, liveTexts);
  const files = statics(dev);
  const handle = pipeline({
    statics: files.serve,
    script: files.script,
    next: app.getRequestHandler(),
    health: (res) => health(res, { db, jobs, realtime, version }),
  });
  httpServer.on('request', handle);
  httpServer.on('upgrade', (req, socket, head) => {
    if (realtime.takes(req)) realtime.upgrade(req, socket, head);
    // In development Next listens for its own upgrade; in production nobody else would end this one.
    else if (!dev) socket.destroy();
  });
  httpServer.requestTimeout = 60_000;
  httpServer.headersTimeout = 20_000;
  await new Promise<void>((resolve, reject) => {
    httpServer.once('error', reject);
    httpServer.listen(config.port, config.host, resolve);
  });
  const { port } = httpServer.address() as { port: number };

  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      const closed = new Promise<void>((resolve) => httpServer.close(() => resolve()));
      await realtime.close();
      httpServer.closeIdleConnections();
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 10_000).unref())]);
      httpServer.closeAllConnections();
      await jobs.close();
      await app.close();
      await closeDatabase();
      await embedded?.stop();
    })();
    return stopping;
  };
  return { address: config.publicUrl ?? `http://${config.host}:${port}`, port, db, config, stop };
}
