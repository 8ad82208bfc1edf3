import { createHmac } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type Failure, fail } from './rule';
import { runtime } from './runtime';

// points: how many in `duration` seconds. A whole valley may share one address, so addresses get
// much room and the narrow limits hang on what is being guessed at.
const limits = {
  request: { points: 3000, duration: 60 },
  post: { points: 600, duration: 60 },
  'sign-in.address': { points: 60, duration: 600 },
  'sign-in.number': { points: 8, duration: 600 },
  'sign-in.anywhere': { points: 60, duration: 600 },
  'keyring.here': { points: 10, duration: 600 },
  'keyring.anywhere': { points: 60, duration: 600 },
  tokens: { points: 3, duration: 86_400 },
  'look-up': { points: 40, duration: 600 },
  cast: { points: 30, duration: 600 },
  // One reason of each person beside an article, for longer than a group has to write it; a clock counts to 24 days.
  reason: { points: 1, duration: 20 * 86_400 },
  socket: { points: 240, duration: 60 },
  // Several phones of a camp write together over one address, each some messages a second.
  box: { points: 1200, duration: 60 },
} as const;

export type Limit = keyof typeof limits;

const key = Symbol.for('frente-unido.limits');
const holder = globalThis as { [key]?: Map<Limit, RateLimiterMemory> };

function limiter(limit: Limit): RateLimiterMemory {
  holder[key] ??= new Map();
  let found = holder[key].get(limit);
  if (!found) {
    found = new RateLimiterMemory(limits[limit]);
    holder[key].set(limit, found);
  }
  return found;
}

/** Addresses and numbers are counted under a keyed hash, in memory only. */
const blind = (subject: string) =>
  createHmac('sha256', runtime().secrets.codes).update(subject).digest('base64url');

/**
 * Counts one try.
 * @returns null, or the Failure `too_many` with the minutes to wait.
 */
export async function tooMany(limit: Limit, subject: string, weight = 1): Promise<Failure | null> {
  try {
    await limiter(limit).consume(blind(subject), weight);
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return fail('too_many', undefined, { minutes: Math.max(1, Math.ceil(refused.msBeforeNext / 60_000)) });
  }
}

/** An honest person who got in is not held to her earlier slips. */
export async function forgive(limit: Limit, subject: string): Promise<void> {
  await limiter(limit).delete(blind(subject));
}

/** A try that was none counts for nothing; the others of the same address stay counted. */
export async function giveBack(limit: Limit, subject: string): Promise<void> {
  await limiter(limit).reward(blind(subject), 1);
}
