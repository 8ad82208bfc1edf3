import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { closeDatabase, type Db, database, setDatabaseUrl } from '~/db/client';
import { startEmbedded } from '~/db/embedded';
import { migrate } from '~/db/migrate';
import { planArchive } from './archive/commands';
import { type Config, readConfig } from './config';
import { documentRounds, planForgetting } from './document/jobs';
import { addressOf } from './http/address';
import { health } from './http/health';
import { pipeline } from './http/pipeline';
import { statics } from './http/statics';
import { startJobs } from './jobs';
import { tooMany } from './limits';
import { newCode } from './people/commands';
import { startKeyrings } from './people/jobs';
import { isSetUp } from './people/queries';
import { showCode } from './people/rules';
import { planCompaction, textJobs, textRounds } from './realtime/jobs';
import { startRealtime } from './realtime/server';
import { planReleases, releaseRounds } from './releases/jobs';
import { planExpiry, roomJobs, roomRounds } from './rooms/jobs';
import { startRooms } from './rooms/live';
import { jobHandlers, liveTexts } from './root';
import { runtime, setRuntime } from './runtime';
import { readSecrets } from './secrets';
import { tokensOf } from './tokens/commands';
import { planTokens, tokenRounds } from './tokens/jobs';

const patience = 10_000;

/**
 * Starts the forum: database, migrations, jobs, pages and sockets on one port.
 * @returns the address it answers at and a way to stop it: it takes no more requests, finishes those in hand,
 *   writes what is not yet written, and closes the database.
 * @throws Error with one sentence when the configuration is wrong or something needed cannot be had; what had
 *   been started by then is stopped.
 */
export async function startForum(env: Record<string, string | undefined>, dev = false) {
  // What has been started, to be closed in the opposite order.
  const started: (() => Promise<unknown>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      for (const close of started.reverse()) await close();
    })();
    return stopping;
  };
  try {
    return { ...(await startParts(env, dev, started)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startDatabase(config: Config, started: (() => Promise<unknown>)[]): Promise<Db> {
  let url = config.databaseUrl;
  if (!url) {
    const embedded = await startEmbedded({ dataDir: config.dataDir, log: console.info });
    started.push(() => embedded.stop());
    url = embedded.url;
  }
  await migrate(url);
  setDatabaseUrl(url);
  started.push(closeDatabase);
  return database();
}

async function startParts(
  env: Record<string, string | undefined>,
  dev: boolean,
  started: (() => Promise<unknown>)[],
) {
  const config = readConfig(env);
  const version = JSON.parse(readFileSync('package.json', 'utf8')).version as string;
  const setupCode = newCode();
  setRuntime({ config, secrets: readSecrets(config.dataDir, config.secret), version, setupCode });
  const db = await startDatabase(config, started);
  // A real forum never loads the fictional one, not even into memory.
  if (config.demo) await (await import('~/db/demo/load')).loadDemo(db, { log: console.info });

  // Next is loaded only now: its module graph reads what was set above.
  const { default: next } = await import('next');
  const httpServer = createServer();
  const app = next({ dev, dir: '.', httpServer, hostname: config.host, port: config.port });
  await app.prepare();
  started.push(() => app.close());
  await planCompaction(db);
  await planArchive(db);
  await planForgetting(db);
  await planExpiry(db);
  await planTokens(db);
  await planReleases(db);
  const silence = await startKeyrings(db);
  started.push(async () => silence());
  const rounds = { ...textRounds, ...roomRounds, ...tokenRounds, ...releaseRounds, ...documentRounds };
  const jobs = startJobs(db, { ...jobHandlers, ...textJobs, ...roomJobs }, rounds);
  started.push(() => jobs.close());
  const meeting = config.redisUrl && { url: config.redisUrl, secret: runtime().secrets.session };
  const realtime = startRealtime(db, liveTexts, { meeting: meeting || null });
  const blindSecret = createHmac('sha256', runtime().secrets.codes).update('rooms').digest();
  const rooms = startRooms(
    db,
    blindSecret,
    addressOf,
    async (address) => (await tooMany('box', address)) !== null,
    tokensOf(db),
  );
  started.push(() => rooms.close());
  const files = statics(dev);
  httpServer.on(
    'request',
    pipeline({
      statics: files.serve,
      script: files.script,
      box: rooms.answer,
      next: app.getRequestHandler(),
      health: (res) => health(res, { db, jobs, realtime, version }),
    }),
  );
  httpServer.on('upgrade', (req, socket, head) => {
    if (realtime.takes(req)) realtime.upgrade(req, socket, head);
    else if (rooms.takes(req)) rooms.upgrade(req, socket, head);
    // In development Next listens for its own upgrade; in production nobody else would end this one.
    else if (!dev) socket.destroy();
  });
  httpServer.requestTimeout = 60_000;
  httpServer.headersTimeout = 20_000;
  started.push(async () => {
    const closed = new Promise<void>((resolve) => httpServer.close(() => resolve()));
    await realtime.close();
    httpServer.closeIdleConnections();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, patience).unref())]);
    httpServer.closeAllConnections();
  });
  await new Promise<void>((resolve, reject) => {
    httpServer.once('error', reject);
    httpServer.listen(config.port, config.host, resolve);
  });
  const { port } = httpServer.address() as { port: number };
  const address = config.publicUrl ?? `http://${config.host}:${port}`;
  if (!(await isSetUp(db)))
    console.info(`This forum is empty. Open ${address}/instalar and type ${showCode(setupCode)}`);
  return { address, port, db, config };
}
