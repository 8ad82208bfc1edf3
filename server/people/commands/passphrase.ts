import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { fail } from '../../rule';
import { runtime } from '../../runtime';
import { isTrivial } from '../rules';

// RFC 7914's N: with r = 8, 32 MiB and about 95 ms of one core (measured) for one hash.
const fullCost = 2 ** 15;
const fixed = { r: 8, p: 1 };
const atOnce = 4;
const waitingAtMost = 64;

type Cost = { N: number; r: number; p: number };
const ours = (): Cost => ({ N: runtime().passphraseCost ?? fullCost, ...fixed });

let running = 0;
const waiting: (() => void)[] = [];

/** Hashes off the event loop, few at a time, since each takes memory; a long queue is refused with `busy`. */
async function derive(passphrase: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  if (running < atOnce) running++;
  else if (waiting.length >= waitingAtMost) throw fail('busy');
  // Whoever ends hands its place over, so the count stays.
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await new Promise((resolve, reject) =>
      scrypt(passphrase, salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
        error ? reject(error) : resolve(key),
      ),
    );
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

/** `scrypt$N$r$p$salt$key`, base64url: the parameters may grow later without a migration. */
export async function sealPassphrase(passphrase: string): Promise<string> {
  const salt = randomBytes(16);
  const cost = ours();
  return written(cost, salt, await derive(passphrase, salt, cost));
}
const written = ({ N, r, p }: Cost, salt: Buffer, key: Buffer): string =>
  ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');

// What an unknown number is compared with, so that it costs the same time as a known one.
const nobody = () => written(ours(), Buffer.alloc(16), Buffer.alloc(32));

/** @param sealed null where there is no such person, or she has no passphrase: the work is the same. */
export async function passphraseFits(passphrase: string, sealed: string | null): Promise<boolean> {
  const [, N, r, p, salt, kept] = (sealed ?? nobody()).split('$');
  const parameters = { N: Number(N), r: Number(r), p: Number(p) };
  const key = await derive(passphrase, Buffer.from(salt!, 'base64url'), parameters);
  return timingSafeEqual(key, Buffer.from(kept!, 'base64url')) && sealed !== null;
}

/**
 * The hash of a passphrase that a person chooses.
 * @param again the same typed twice, where the form asked for it.
 * @throws Failure at its field, where it is one of the first that a stranger would try.
 */
export async function choosePassphrase(
  chosen: { passphrase: string; again?: string },
  person: { number: string; name: string },
): Promise<string> {
  if (chosen.again !== undefined && chosen.again !== chosen.passphrase)
    throw fail('people.not_the_same', 'again');
  if (isTrivial(chosen.passphrase, person)) throw fail('people.trivial', 'passphrase');
  return sealPassphrase(chosen.passphrase);
}
