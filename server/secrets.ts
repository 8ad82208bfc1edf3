import { createPrivateKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Secrets = {
  /** Seals the session cookie (next-auth). */
  session: string;
  /** Keys the hashes of card codes and of the addresses that attempts are counted by. */
  codes: Buffer;
  /** Wraps the keyrings, together with a value of each account (docs/decisions/108). */
  keyrings: Buffer;
  /** Signs the list of versions (Ed25519); its public half is published. */
  signing: KeyObject;
};

// What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410).
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A secret of its own, drawn from what was made once; nothing of `from` can be learned from it. */
const drawn = (from: Buffer, what: string) =>
  Buffer.from(hkdfSync('sha256', from, Buffer.alloc(0), `frente-unido/${what}`, 32));

/**
 * The forum's signing key, drawn from what was made once: a forum that was set up before it had one has it too, and
 * whoever keeps `secrets.json` keeps it. Nothing of `from` can be learned from it.
 */
function signingKey(from: Buffer): KeyObject {
  const seed = drawn(from, 'versiones');
  return createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
}

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
  const codes = Buffer.from(kept.codes, 'base64url');
  return {
    session: given ?? kept.session,
    codes,
    keyrings: drawn(codes, 'llaveros'),
    signing: signingKey(codes),
  };
}
