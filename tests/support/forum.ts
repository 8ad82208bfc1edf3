import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, type Db, database, setDatabaseUrl } from '~/db/client';
import { startEmbedded } from '~/db/embedded';
import { migrate } from '~/db/migrate';
import { readConfig } from '~/server/config';
import { setRuntime } from '~/server/runtime';
import { readSecrets } from '~/server/secrets';

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export type TestForum = {
  address: string;
  dataDir: string;
  /** What the process has printed so far. */
  log: () => string;
  /** Whoever read its console goes away. */
  deafen: () => void;
  /** The number of its process. */
  pid: () => number;
  /** Seconds of a processor it has used so far. */
  worked: () => number;
  /** As a power cut would. */
  kill: () => Promise<void>;
  /** Asks it to stop, as a service manager does, and waits. */
  stop: () => Promise<void>;
  /** Starts it again on the same data and port. */
  start: () => Promise<void>;
  /** Stops it and removes its data. */
  remove: () => Promise<void>;
};

async function seedEmbedded(dataDir: string, seed: (db: Db) => Promise<void>): Promise<void> {
  const embedded = await startEmbedded({ dataDir });
  await migrate(embedded.url);
  // Card codes are hashed under the forum's own secret.
  setRuntime({
    config: { ...readConfig({}), dataDir },
    secrets: readSecrets(dataDir, null),
    version: 'test',
    setupCode: '',
  });
  setDatabaseUrl(embedded.url);
  try {
    await seed(database());
  } finally {
    await closeDatabase();
    await embedded.stop();
  }
}

/**
 * The built forum as a process of its own, on a free port, with its own data folder and, unless `databaseUrl`
 * is given, its own embedded database. Run `npm run build` before (npm test does).
 */
export async function startTestForum(
  options: {
    databaseUrl?: string;
    demo?: boolean;
    env?: Record<string, string>;
    /** Writes into the embedded database before the forum starts on it. */
    seed?: (db: Db) => Promise<void>;
  } = {},
): Promise<TestForum> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frente-unido-forum-'));
  // Made 0700, which as root would send the embedded database's data to a folder that outlives the run.
  chmodSync(dataDir, 0o711);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let printed = '';

  const gone = () =>
    new Promise<void>((resolve) => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
    });
  const start = async () => {
    const server = join(process.env.NEXT_DIST_DIR ?? '.next', 'forum/server.mjs');
    child = spawn(process.execPath, ['--enable-source-maps', server], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: String(port),
        DATA_DIR: dataDir,
        DATABASE_URL: options.databaseUrl ?? '',
        FORUM_DEMO: options.demo ? '1' : '0',
        ...options.env,
      },
    });
    child.stdout!.on('data', (chunk) => {
      printed += chunk;
    });
    child.stderr!.on('data', (chunk) => {
      printed += chunk;
    });
    for (let tries = 0; tries < 300; tries++) {
      if (child.exitCode !== null) throw new Error(`the forum ended with ${child.exitCode}:\n${printed}`);
      const ready = await fetch(`${address}/api/health`).then(
        (res) => res.ok,
        () => false,
      );
      if (ready) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`the forum does not answer:\n${printed}`);
  };
  const stop = async () => {
    child?.kill('SIGTERM');
    await gone();
  };
  const kill = async () => {
    child?.kill('SIGKILL');
    await gone();
  };
  if (options.seed) await seedEmbedded(dataDir, options.seed);
  await start();
  return {
    address,
    dataDir,
    log: () => printed,
    deafen: () => {
      child?.stdout?.destroy();
      child?.stderr?.destroy();
    },
    pid: () => child!.pid!,
    worked: () => {
      const fields = readFileSync(`/proc/${child!.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    kill,
    stop,
    start,
    remove: async () => {
      await stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
