import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { run } from './account';
import { makePrivate, type Place, withPrivateFile } from './folder';

/** PostgreSQL's own first role; only the launcher logs in with it. */
export const SUPERUSER = 'postgres';
/** The role that owns the forum's database, without any right over the machine. */
export const OWNER = 'forum';

/** The password of a role, derived from the cluster's secret. */
export function passwordOf(role: string, secret: string): string {
  return createHmac('sha256', secret).update(role).digest('hex');
}

/**
 * Makes a cluster in `folder` if there is none: UTF-8, and the locale C.UTF-8 that PostgreSQL carries in itself, so
 * that the same data sorts alike on every machine. It is made aside and moved in whole, so that a start that is
 * killed leaves nothing half made, and of two starts at once one wins and the other uses the winner's.
 * @throws Error when initdb fails or the folder holds something else
 */
export async function ensureCluster({ folder, binaries, account, secret, fsync }: Place) {
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  dropLeftovers(folder);
  const draft = `${folder}.new-${randomBytes(6).toString('hex')}`;
  makePrivate(draft, account);
  try {
    const password = `${draft}.password`;
    const made = await withPrivateFile(password, account, passwordOf(SUPERUSER, secret), () =>
      run(
        binaries.initdb,
        [
          ...[
            '-D',
            draft,
            '-U',
            SUPERUSER,
            `--pwfile=${password}`,
            '--auth=scram-sha-256',
            '--encoding=UTF8',
          ],
          ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
          ...(fsync ? [] : ['--no-sync']),
        ],
        account,
      ),
    );
    if (made.code !== 0)
      throw new Error(`The database could not be created in ${folder}: ${lastLine(made.text)}.`);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'EPERM') throw error;
    if (existsSync(join(folder, 'PG_VERSION'))) return;
    throw new Error(
      `The folder ${folder} holds something that is not a database; move it away and start again.`,
    );
  }
}

// A start that was killed while it made its cluster leaves the draft behind.
function dropLeftovers(folder: string) {
  const hourAgo = Date.now() - 3_600_000;
  for (const name of readdirSync(dirname(folder))) {
    const path = join(dirname(folder), name);
    if (!name.startsWith(`${basename(folder)}.new-`)) continue;
    if (statSync(path).mtimeMs < hourAgo) rmSync(path, { recursive: true, force: true });
  }
}

/** What the running (or killed) server wrote about itself; `null` when there is none. */
export function readPidFile(folder: string): { pid: number; port: number; ready: boolean } | null {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 ? { pid, port, ready: lines[7]?.trim() === 'ready' } : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The last line that says what went wrong, without its full stop. */
export function lastLine(text: string): string {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const telling = lines.filter((line) => /FATAL|PANIC|error:/.test(line));
  return (telling.at(-1) ?? lines.at(-1) ?? 'no reason given').replace(/\.$/, '');
}
