import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { as, run } from './account';
import { lastLine, readPidFile } from './cluster';
import type { Place } from './folder';

/**
 * Starts the server on `port`. Resolves with null when it takes connections, however long it must recover before,
 * or with the reason why it ended.
 */
export async function launch(place: Place, port: number): Promise<string | null> {
  const { folder, account } = place;
  dropStale(folder);
  const log = openLog(place);
  const args = Object.entries(settings(place, port)).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // Detached: an interrupt typed on the console is for us, who let the requests end before the database goes.
  const server = spawn(place.binaries.postgres, ['-D', folder, ...args], {
    ...as(account),
    detached: true,
    stdio: ['ignore', log.output, log.output],
  });
  closeSync(log.output);
  server.unref();
  let ended = false;
  const end = () => {
    ended = true;
  };
  server.on('error', end).on('exit', end);
  while (!ended) {
    const state = readPidFile(folder);
    if (state?.pid === server.pid && state?.ready) return null;
    await pause(10);
  }
  return lastLine(readFileSync(log.path, 'utf8').slice(log.written));
}

/** What failed is over in a moment: another start was quicker, orphaned workers still hold the memory, the port is gone. */
export function passing(reason: string): boolean {
  return /lock file|shared memory|in use|could not (bind|create any TCP)/i.test(reason);
}

/**
 * Shuts the server down in order, without waiting for clients.
 * @throws Error when it still runs after five minutes
 */
export async function shutDown({ folder, binaries, account }: Place): Promise<void> {
  const answer = await run(binaries.pgCtl, ['stop', '-D', folder, '-m', 'fast', '-w', '-t', '300'], account);
  if (answer.code !== 0 && existsSync(join(folder, 'postmaster.pid'))) {
    throw new Error(`The database did not stop: ${lastLine(answer.text)}.`);
  }
}

/** A port of the loopback that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

// A server that was killed leaves its number behind, and after a restart of the machine another program may bear it;
// PostgreSQL would refuse to start beside it. Against orphaned workers it has a second guard in the shared memory.
function dropStale(folder: string) {
  const left = readPidFile(folder);
  try {
    const name = left && readFileSync(`/proc/${left.pid}/comm`, 'utf8').trim();
    if (name && name !== 'postgres') rmSync(join(folder, 'postmaster.pid'), { force: true });
  } catch {
    // No such process, or no such listing on this system: PostgreSQL decides alone.
  }
}

function settings({ fsync }: Place, port: number) {
  return {
    ...{ listen_addresses: '127.0.0.1', port, unix_socket_directories: '' },
    ...{ timezone: 'UTC', log_timezone: 'UTC', log_checkpoints: 'off' },
    // What people write must not get into the log by way of an error's statement or detail.
    ...{
      log_error_verbosity: 'terse',
      log_min_error_statement: 'panic',
      log_parameter_max_length_on_error: 0,
    },
    ...(!fsync && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
}

function openLog({ home }: Place) {
  const path = join(home, 'postgres.log');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const full = size > 1_000_000;
  return { path, output: openSync(path, full ? 'w' : 'a', 0o600), written: full ? 0 : size };
}
