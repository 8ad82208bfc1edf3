import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chooseAccount } from './embedded/account';
import { findBinaries } from './embedded/binaries';
import { ensureCluster, OWNER, passwordOf, readPidFile } from './embedded/cluster';
import { clusterFolder, type Place, secretOf } from './embedded/folder';
import { joinServer, type Keeper } from './embedded/keeper';
import { freePort, launch, passing, shutDown } from './embedded/server';

export type Embedded = {
  /** Connection URL of the forum's database, as its owner; it holds a password, so it belongs in no log. */
  url: string;
  /** Shuts the server down, unless another process (a backup, a second start) still uses it. */
  stop(): Promise<void>;
};

type Log = (line: string) => void;

const PATIENCE = 60_000;
/** How long after a start that failed the next one is tried, in ms. */
const AGAIN = 2000;

/**
 * Starts the real PostgreSQL that comes with the package, on a free port of the loopback, with its data in
 * `dataDir/postgres`; or joins the one that already runs on that folder, be it another process's or an orphan.
 * If the server dies while this process lives, it is started again on the same port.
 * @param options.dataDir DATA_DIR; made if missing
 * @param options.fsync false only where durability is not the point (tests): a power cut may then destroy the data
 * @param options.log gets whole sentences for the console, never a secret
 * @throws Error with one sentence when it cannot be started
 */
export async function startEmbedded(options: {
  dataDir: string;
  fsync?: boolean;
  log?: Log;
}): Promise<Embedded> {
  const { fsync = true, log = () => {} } = options;
  const place = await prepare(resolve(options.dataDir), fsync, log);
  let held = enter(place, null, revive);
  const { port } = await held;
  let stopped: Promise<void> | undefined;

  function revive() {
    if (stopped) return;
    log('The connection to the database was lost; it is taken up again.');
    held = enter(place, port, revive);
    held.catch(async (error: Error) => {
      log(error.message);
      // It ended while it was mending itself, or the disk is full: whoever asks waits, and it is tried again.
      await pause(AGAIN, undefined, { ref: false });
      revive();
    });
  }

  async function stop() {
    const { keeper } = await held.catch(() => ({ keeper: null }));
    if (await keeper?.amLast()) await shutDown(place);
    await keeper?.close();
  }

  return {
    url: `postgres://${OWNER}:${passwordOf(OWNER, place.secret)}@127.0.0.1:${port}/${OWNER}`,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

async function prepare(home: string, fsync: boolean, log: Log): Promise<Place> {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Error(`The data folder ${home} cannot be made (${(error as Error).message}).`);
  }
  const account = chooseAccount(join(home, 'postgres'));
  const binaries = await findBinaries(account, log);
  const folder = await clusterFolder(home, account, log);
  const secret = secretOf(home, folder);
  const place = { home, folder, binaries, account, secret, fsync };
  await ensureCluster(place);
  return place;
}

/** Joins the running server, or starts one and joins it. With `port`, a server is started on that port only. */
async function enter(
  place: Place,
  port: number | null,
  onLost: () => void,
): Promise<{ keeper: Keeper; port: number }> {
  let started = false;
  for (const deadline = Date.now() + PATIENCE; ; await pause(100)) {
    const running = readPidFile(place.folder);
    const keeper = running && (await joinServer(running.port, place.folder, place.secret, onLost));
    if (keeper) return { keeper, port: running.port };
    if (started && readPidFile(place.folder)?.ready) {
      await shutDown(place);
      throw new Error(`The database does not take the password made from ${place.home}/postgres.secret.`);
    }
    const failure = await launch(place, port ?? (await freePort()));
    started = failure === null;
    if (started) continue;
    if (!passing(failure!) || Date.now() > deadline)
      throw new Error(`The database did not start: ${failure}.`);
  }
}
