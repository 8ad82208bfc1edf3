import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Account, LENT, openLent, run } from './account';
import type { Binaries } from './binaries';

/** Everything a start needs to know; `home` is DATA_DIR, `folder` the cluster. */
export type Place = {
  home: string;
  folder: string;
  binaries: Binaries;
  account: Account;
  secret: string;
  fsync: boolean;
};

/**
 * The folder of the cluster: `home/postgres`, or, where `account` cannot reach that, a folder under `LENT` to which
 * `home/postgres` then points, so that the next start finds the same data whoever starts it.
 * @param home DATA_DIR, absolute
 */
export async function clusterFolder(
  home: string,
  account: Account,
  log: (line: string) => void,
): Promise<string> {
  const usual = join(home, 'postgres');
  const there = found(usual);
  if (there?.isSymbolicLink()) return readlinkSync(usual);
  if (!account || (await reachable(home, account))) return usual;
  if (there)
    throw new Error(
      `The account ${account.name} cannot reach the database in ${usual}; move ${home} to an open folder.`,
    );
  openLent();
  const lent = join(LENT, randomBytes(6).toString('hex'));
  mkdirSync(lent);
  chmodSync(lent, 0o711);
  try {
    symlinkSync(join(lent, 'postgres'), usual);
  } catch {
    rmSync(lent, { recursive: true });
    return readlinkSync(usual);
  }
  log(
    `The account ${account.name} cannot reach ${home}, so the database itself lies in ${lent}; ${usual} points there.`,
  );
  return join(lent, 'postgres');
}

function found(cluster: string) {
  try {
    const there = lstatSync(cluster, { throwIfNoEntry: false });
    const owner = there && statSync(cluster, { throwIfNoEntry: false })?.uid;
    const me = process.getuid?.() ?? 0;
    if (owner === undefined || me === 0 || owner === me) return there;
  } catch {
    // Closed to us, so it is not ours either.
  }
  throw new Error(
    `The database in ${cluster} belongs to another account; start the forum as that account or as root.`,
  );
}

// Root may pass through any folder; the account needs leave, and gets it for this one folder only, not for its parents.
async function reachable(home: string, account: NonNullable<Account>) {
  const stat = statSync(home);
  if (stat.uid === 0 && (stat.mode & 0o001) === 0) {
    chownSync(home, 0, account.gid);
    chmodSync(home, (stat.mode & 0o777) | 0o010);
  }
  return (await run('/bin/sh', ['-c', 'test -x "$0"', home], account)).code === 0;
}

/** Makes a folder that only `account` may open. */
export function makePrivate(folder: string, account: Account) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
}

/**
 * The random secret from which the cluster's passwords are derived; made at the first start, in a file of mode 0600.
 * Two starts at once agree on one secret: a link is made whole or not at all.
 * @throws Error when there is a cluster but no secret to open it
 */
export function secretOf(home: string, cluster: string): string {
  const path = join(home, 'postgres.secret');
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    throw new Error(
      `The file ${path} is missing; put it back from a copy, since the database opens with it only.`,
    );
  }
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(path, 'utf8').trim();
}

/** Writes `text` to the new file `path` that only `account` may read, for as long as `use` runs. */
export async function withPrivateFile<T>(
  path: string,
  account: Account,
  text: string,
  use: () => Promise<T>,
) {
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  try {
    if (account) chownSync(path, account.uid, account.gid);
    return await use();
  } finally {
    rmSync(path, { force: true });
  }
}
