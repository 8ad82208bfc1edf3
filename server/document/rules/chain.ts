import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { canonical, hashOf } from '../rules';

export type Frozen = { number: number; frozenAt: Date; sha256: string };
export type Entry = {
  number: number;
  frozenAt: string;
  /** Of the version's canonical text. */
  sha256: string;
  /** The hash of the entry before; null of the first. */
  previous: string | null;
  /** Of the canonical JSON of this entry without this field. */
  entry: string;
};

/** The versions by number, each tied to the one before: none can be put in, taken out or exchanged unnoticed. */
export function chained(versions: readonly Frozen[]): Entry[] {
  let previous: string | null = null;
  return versions.map(({ number, frozenAt, sha256 }) => {
    const said = { number, frozenAt: frozenAt.toISOString(), sha256, previous };
    previous = hashOf(canonical(said));
    return { ...said, entry: previous };
  });
}

/** The public half of the forum's key, as it is published beside the list. */
export const publicPem = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString();

/** What people compare of a key: the SHA-256 of its bytes (DER). */
export const fingerprint = (key: KeyObject): string =>
  createHash('sha256')
    .update(createPublicKey(key).export({ format: 'der', type: 'spki' }))
    .digest('hex');

/**
 * The list as it is published: canonical JSON, signed with Ed25519 over the canonical JSON of all but the signature.
 * The same versions and the same key always give the same bytes.
 */
export function signedList(versions: readonly Frozen[], key: KeyObject): string {
  const list = { format: 'frente-unido/versiones/1', versions: chained(versions) };
  const value = sign(null, Buffer.from(canonical(list)), key).toString('base64url');
  return canonical({ ...list, signature: { algorithm: 'Ed25519', key: publicPem(key), value } });
}
