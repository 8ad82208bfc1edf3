import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';

/** The operating-system account that runs PostgreSQL; `null` stands for the account of this process. */
export type Account = { name: string; uid: number; gid: number } | null;

/** Where root keeps what the account that runs PostgreSQL must reach: root's own home is usually closed to it. */
export const LENT = '/var/lib/frente-unido';

/** Makes the folder `LENT`, which others may pass through but not list. */
export function openLent() {
  mkdirSync(LENT, { recursive: true });
  chmodSync(LENT, 0o711);
}

/**
 * Who runs the server. PostgreSQL refuses to run as root, so root lends the work to the owner of a cluster
 * that already exists, or else to the existing account `postgres` or `nobody`. No account is ever created.
 * @param cluster folder of the cluster, which need not exist yet
 * @throws Error when root finds no account to lend the work to
 */
export function chooseAccount(cluster: string): Account {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { name: `number ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  const known = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const row = known.find((fields) => fields[0] === name);
    // macOS writes nobody as -2, which the system calls take as an unsigned number.
    if (row) return { name: `"${name}"`, uid: Number(row[2]) >>> 0, gid: Number(row[3]) >>> 0 };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it; start the forum as another user.',
  );
}

/** Options for `spawn` that run a program as `account`, from a folder it can reach, with none of our secrets in its environment. */
export function as(account: Account) {
  const kept = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP'];
  const env: Record<string, string> = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of kept) if (process.env[name]) env[name] = process.env[name];
  return {
    cwd: '/',
    env: env as NodeJS.ProcessEnv,
    windowsHide: true,
    ...(account && { uid: account.uid, gid: account.gid }),
  };
}

/** Runs a program to its end as `account`. Resolves with its exit code (-1 if it could not be started) and all it wrote. */
export function run(
  program: string,
  args: string[],
  account: Account,
): Promise<{ code: number; text: string }> {
  return new Promise((done) => {
    let text = '';
    const child = spawn(program, args, { ...as(account), stdio: ['ignore', 'pipe', 'pipe'] });
    const add = (piece: Buffer) => {
      text += piece;
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.on('error', (error) => done({ code: -1, text: error.message }));
    child.on('close', (code) => done({ code: code ?? -1, text }));
  });
}
