import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  privateDecrypt,
  randomBytes,
  verify,
} from 'node:crypto';
import { promisify } from 'node:util';
import { and, eq, lt } from 'drizzle-orm';
import type { Db, DbOrTx } from '~/db/client';
import { tokenKeys } from '~/db/schema/tokens';
import { keyIdOf, type Purpose, type Token, type Tokens } from '~/server/rooms/rules/tokens';
import { limaDay } from '../day';
import { runtime } from '../runtime';
import { periodOf } from './rules';

const newPair = promisify(generateKeyPair);
const today = () => limaDay(new Date());
type Row = typeof tokenKeys.$inferSelect;
/** The half that everybody may have. */
type Open = Omit<Row, 'sealed'> & { open: KeyObject };
type Key = Open & { secret: KeyObject };

// Wrapped under the forum's secret, which is no part of the database: a copy of it signs no token.
const wrapping = () => createHmac('sha256', runtime().secrets.codes).update('fichas').digest();
function wrap(id: string, der: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', wrapping(), nonce).setAAD(Buffer.from(id));
  return Buffer.concat([nonce, cipher.update(der), cipher.final(), cipher.getAuthTag()]);
}
/** @returns null where it was wrapped under another secret: a restored forum makes new keys. */
function unwrap(id: string, sealed: Uint8Array): KeyObject | null {
  try {
    const all = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', wrapping(), all.subarray(0, 12));
    decipher.setAAD(Buffer.from(id)).setAuthTag(all.subarray(-16));
    const der = Buffer.concat([decipher.update(all.subarray(12, -16)), decipher.final()]);
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } catch {
    return null;
  }
}

function openOf(row: Row): Open {
  const n = Buffer.from(row.modulus).toString('base64url');
  return { ...row, open: createPublicKey({ key: { kty: 'RSA', n, e: 'AQAB' }, format: 'jwk' }) };
}
function opened(row: Row): Key | null {
  const secret = unwrap(row.id, row.sealed);
  return secret && { ...openOf(row), secret };
}

async function make(db: DbOrTx, purpose: Purpose, day: string, until: string): Promise<void> {
  const { privateKey } = await newPair('rsa', { modulusLength: 2048 });
  const { n } = privateKey.export({ format: 'jwk' });
  const modulus = new Uint8Array(Buffer.from(n!, 'base64url'));
  const id = keyIdOf(modulus);
  const sealed = wrap(id, privateKey.export({ format: 'der', type: 'pkcs8' }));
  await db.insert(tokenKeys).values({ id, purpose, day, until, modulus, sealed }).onConflictDoNothing();
}

/** The key of a purpose for today, made where there is none yet. Of two who make it at once, one is kept. */
async function keyOf(db: DbOrTx, purpose: Purpose): Promise<Key> {
  const { day, until } = periodOf(purpose, today());
  const its = and(eq(tokenKeys.purpose, purpose), eq(tokenKeys.day, day));
  for (let tries = 0; tries < 3; tries++) {
    const [row] = await db.select().from(tokenKeys).where(its);
    const key = row && opened(row);
    if (key) return key;
    // Wrapped under a secret that is gone: what it signed is good for nothing any more.
    if (row) await db.delete(tokenKeys).where(eq(tokenKeys.id, row.id));
    await make(db, purpose, day, until);
  }
  throw new Error('no key for tokens');
}

/** Signs without seeing what. @returns null for what is no number below the key’s. */
function signWith({ secret, open }: Key, blinded: Uint8Array): Uint8Array | null {
  const raw = { padding: constants.RSA_NO_PADDING };
  try {
    const signature = privateDecrypt({ key: secret, ...raw }, blinded);
    // A fault while signing would give the key away: it is looked at before it leaves (RFC 9474, 4.3).
    const again = Buffer.from(publicPower(open, signature));
    return again.equals(Buffer.from(blinded)) ? new Uint8Array(signature) : null;
  } catch {
    return null;
  }
}
function publicPower(open: KeyObject, bytes: Uint8Array): Uint8Array {
  const { n } = open.export({ format: 'jwk' });
  const modulus = BigInt(`0x${Buffer.from(n!, 'base64url').toString('hex')}`);
  let power = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  const base = power;
  for (let squared = 0; squared < 16; squared++) power = (power * power) % modulus;
  power = (power * base) % modulus;
  return new Uint8Array(Buffer.from(power.toString(16).padStart(512, '0'), 'hex'));
}

const isSigned = ({ open }: Open, { nonce, signature }: Token): boolean =>
  verify('sha384', nonce, { key: open, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 0 }, signature);

/** Signs for an account, whoever it is: the same key and the same work for all. @returns null for no such key today */
export async function signGate(
  db: DbOrTx,
  id: string,
  blinded: readonly Uint8Array[],
): Promise<Uint8Array[] | null> {
  const key = await keyOf(db, 'gate');
  if (key.id !== id) return null;
  const signed = blinded.map((one) => signWith(key, one));
  return signed.every((one) => one !== null) ? signed : null;
}

/** What the rooms’ blind server is lent of the keys. */
export function tokensOf(db: Db): Tokens {
  const known = new Map<string, Open>();
  const find = async (id: string): Promise<Open | null> => {
    if (known.has(id)) return known.get(id)!;
    const [row] = await db.select().from(tokenKeys).where(eq(tokenKeys.id, id));
    if (!row) return null;
    const key = openOf(row);
    known.set(id, key);
    return key;
  };
  return {
    keys: async () => [await keyOf(db, 'gate'), await keyOf(db, 'release')],
    async check(token) {
      const key = await find(token.key);
      if (!key || key.until < today() || !isSigned(key, token)) return null;
      return { purpose: key.purpose, day: key.day, until: key.until };
    },
    async sign(id, blinded) {
      const key = await keyOf(db, 'release');
      return key.id === id ? signWith(key, blinded) : null;
    },
  };
}

/** A key whose time is over is gone, and what it signed opens nothing. */
export async function dropKeys(db: DbOrTx): Promise<void> {
  await db.delete(tokenKeys).where(lt(tokenKeys.until, today()));
}
