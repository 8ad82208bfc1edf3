import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join as path, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Account, as, chooseAccount, run } from './embedded/account';
import { type Binaries, findBinaries } from './embedded/binaries';
import { ensureCluster, lastLine, OWNER, passwordOf, readPidFile } from './embedded/cluster';
import { clusterFolder, secretOf } from './embedded/folder';
import { join } from './embedded/keeper';

export type Embedded = {
  /** Connection URL of the forum's database, as its owner; it holds a password, so it belongs in no log. */
  url: string;
  /** Shuts the server down, unless another process (a backup, a second start) still uses it. */
  stop(): Promise<void>;
};

type Place = { home: string; folder: string; binaries: Binaries; account: Account; fsync: boolean };

const PATIENCE = 60_000;

/**
 * Starts the real PostgreSQL that comes with the package, on a free port of the loopback, with its data in
 * `dataDir/postgres`; or joins the one that already runs on that folder, be it another process's or an orphan.
 * @param dataDir DATA_DIR; made if missing
 * @param fsync false only where durability is not the point (tests): a power cut may then destroy the data
 * @param log gets whole sentences for the console, never a secret
 * @throws Error with one sentence when it cannot be started
 */
export async function startEmbedded(options: {
  dataDir: string;
  fsync?: boolean;
  log?: (line: string) => void;
}): Promise<Embedded> {
  const { fsync = true, log = () => {} } = options;
  const home = resolve(options.dataDir);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const account = chooseAccount(path(home, 'postgres'));
  const binaries = await findBinaries(account, log);
  const folder = await clusterFolder(home, account, log);
  const secret = secretOf(home);
  await ensureCluster(folder, binaries, account, secret, fsync);
  const place = { home, folder, binaries, account, fsync };
  for (const deadline = Date.now() + PATIENCE; ; await pause(100)) {
    const running = readPidFile(folder);
    const keeper = running && (await join(running.port, folder, secret));
    if (keeper) {
      const stop = async () => {
        if (await keeper.amLast()) await shutDown(place);
        await keeper.close();
      };
      let stopped: Promise<void> | undefined;
      const url = `postgres://${OWNER}:${passwordOf(OWNER, secret)}@127.0.0.1:${running.port}/${OWNER}`;
      return { url, stop: () => (stopped ??= stop()) };
    }
    const failure = await launch(place);
    if (failure && (!passing(failure) || Date.now() > deadline)) {
      throw new Error(`The database did not start: ${failure}.`);
    }
  }
}

// Another start was quicker, the last server is still going down, its orphaned workers still hold the shared memory,
// or someone took the port in between.
const passing = (reason: string) =>
  /lock file|shared memory|in use|could not (bind|create any TCP)/i.test(reason);

/** Starts the server. Resolves when it takes connections, or with the reason why it ended. */
async function launch({ home, folder, binaries, account, fsync }: Place): Promise<string | null> {
  const logFile = path(home, 'postgres.log');
  const tooLong = (statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > 1_000_000;
  const output = openSync(logFile, tooLong ? 'w' : 'a', 0o600);
  const written = tooLong ? 0 : statSync(logFile).size;
  const settings = {
    ...{ listen_addresses: '127.0.0.1', port: await freePort(), unix_socket_directories: '' },
    ...{ timezone: 'UTC', log_timezone: 'UTC', log_checkpoints: 'off' },
    // What people write must not get into the log by way of an error's statement or detail.
    ...{
      log_error_verbosity: 'terse',
      log_min_error_statement: 'panic',
      log_parameter_max_length_on_error: 0,
    },
    ...(!fsync && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Detached: an interrupt typed on the console is for us, who let the requests end before the database goes.
  const server = spawn(binaries.postgres, ['-D', folder, ...args], {
    ...as(account),
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  server.unref();
  let ended = false;
  server.on('error', () => (ended = true));
  server.on('exit', () => (ended = true));
  while (!ended) {
    const state = readPidFile(folder);
    if (state?.pid === server.pid && state?.ready) return null;
    await pause(10);
  }
  return lastLine(readFileSync(logFile, 'utf8').slice(written));
}

async function shutDown({ folder, binaries, account }: Place) {
  const answer = await run(binaries.pgCtl, ['stop', '-D', folder, '-m', 'fast', '-w', '-t', '300'], account);
  if (answer.code !== 0 && existsSync(path(folder, 'postmaster.pid'))) {
    throw new Error(`The database did not stop: ${lastLine(answer.text)}.`);
  }
}

/** A port of the loopback that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}
