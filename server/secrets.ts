import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Secrets = {
  /** Seals the session cookie (next-auth). */
  session: string;
  /** Keys the hashes of card codes and of the addresses that attempts are counted by. */
  codes: Buffer;
};

/**
 * The secrets of this forum, made once in `dataDir/secrets.json` (readable by the owner alone).
 * @param given NEXTAUTH_SECRET, which goes before the file where it is set.
 */
export function readSecrets(dataDir: string, given: string | null): Secrets {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'secrets.json');
  const fresh = {
    session: randomBytes(48).toString('base64url'),
    codes: randomBytes(32).toString('base64url'),
  };
  try {
    // 'wx': of two processes that start at once, one writes and both read the same.
    writeFileSync(file, JSON.stringify(fresh), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const kept = JSON.parse(readFileSync(file, 'utf8')) as typeof fresh;
  return { session: given ?? kept.session, codes: Buffer.from(kept.codes, 'base64url') };
}
