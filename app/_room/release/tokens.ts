import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { sha384 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, randomBytes } from '@noble/hashes/utils.js';
import { Malformed } from '~/server/rooms/rules/bytes';
import type { Hex } from '~/server/rooms/rules/orders';
import {
  keyIdOf,
  modulusLength,
  type PublicKey,
  readPublicKeys,
  type Token,
} from '~/server/rooms/rules/tokens';
import { readDone, writeAsk } from '~/server/rooms/rules/wire';
import type { AskServer } from '../session';
import { type GateKey, SeenKeys } from './keys';

// Every name that is covered here holds 32 drawn bytes, which is what the variant without a salt asks for.
const suite = RSABSSA.SHA384.PSSZero.Deterministic();
const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };

/** A name covered so that its signer learns nothing of it, and what takes the cover off again. */
export type Covered = { name: Uint8Array; blinded: Uint8Array; inverse: Uint8Array };

const base64url = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
const keyOf = ({ modulus }: PublicKey): Promise<CryptoKey> => {
  const jwk = { kty: 'RSA', n: base64url(modulus), e: 'AQAB', alg: 'PS384', ext: true };
  return crypto.subtle.importKey('jwk', jwk, algorithm, true, ['verify']);
};

/** The keys of today, asked for where nobody says who she is: a key made for her alone would have to be given blindly. */
export async function publicKeys(server: AskServer): Promise<PublicKey[]> {
  return readPublicKeys(await server(writeAsk({ op: 'keys' })));
}

/** The key under which everybody is given gate's tokens this month, as whoever says not who she is is told. */
export async function gateKey(server: AskServer): Promise<GateKey> {
  const gate = (await publicKeys(server)).find(({ purpose }) => purpose === 'gate');
  if (!gate) throw new Malformed();
  return { month: gate.day, id: gate.id };
}

/** Covers a name for a key. */
export async function cover(key: PublicKey, name: Uint8Array = randomBytes(32)): Promise<Covered> {
  const { blindedMsg, inv } = await suite.blind(await keyOf(key), name);
  return { name, blinded: blindedMsg, inverse: inv };
}

/** @returns the token; null where what came back is no signature of that key */
export async function uncover(
  key: PublicKey,
  { name, inverse }: Omit<Covered, 'blinded'>,
  signature: Uint8Array,
): Promise<Token | null> {
  try {
    const open = await suite.finalize(await keyOf(key), name, signature, inverse);
    return { key: key.id, nonce: name, signature: open };
  } catch {
    return null;
  }
}

const numberOf = (bytes: Uint8Array) => BigInt(`0x${bytesToHex(bytes)}`);
/**
 * Whether a cover is over this name and no other: else who signs a cover that another has made would sign a text she
 * has not seen.
 */
export function isOver(key: PublicKey, { name, blinded, inverse }: Covered): boolean {
  const modulus = numberOf(key.modulus);
  const times = numberOf(inverse);
  if (blinded.length !== modulusLength || inverse.length !== modulusLength || times === 0n) return false;
  // The 65,537th power of what takes the cover off, times the cover: what stands below it.
  return (numberOf(blinded) * publicPower(times, modulus)) % modulus === encoded(name);
}
function publicPower(given: bigint, modulus: bigint): bigint {
  let power = given;
  for (let squared = 0; squared < 16; squared++) power = (power * power) % modulus;
  return (power * given) % modulus;
}
/** Whether the key of that id has signed for this name: whoever says so is not believed without. */
export function isSignedFor(
  key: string,
  modulus: Uint8Array,
  name: Uint8Array,
  signature: Uint8Array,
): boolean {
  // A number of all its bits, of which what follows is reckoned.
  if (modulus.length !== modulusLength || modulus[0]! < 0x80 || keyIdOf(modulus) !== key) return false;
  const [below, above] = [numberOf(signature), numberOf(modulus)];
  return below < above && publicPower(below, above) === encoded(name);
}

/** A name as RSA-PSS without a salt writes it before signing (RFC 8017, 9.1.1), for 2,048 bits. */
function encoded(name: Uint8Array): bigint {
  const hash = sha384(concatBytes(new Uint8Array(8), sha384(name)));
  const length = modulusLength - hash.length - 1;
  const mask = new Uint8Array(length + hash.length);
  for (let count = 0; count * hash.length < length; count++)
    mask.set(sha384(concatBytes(hash, new Uint8Array([0, 0, 0, count]))), count * hash.length);
  const block = mask.slice(0, length);
  block[length - 1]! ^= 1;
  block[0]! &= 0x7f;
  return numberOf(concatBytes(block, hash, new Uint8Array([0xbc])));
}

/** Where something can be paid from. */
export type Pays = { spend(use: (token: Token) => Promise<boolean>): Promise<boolean> };
export const emptyHanded: Pays = { spend: async () => false };
/** What an account was given and has not spent. Nothing here says which account. */
export class Purse implements Pays {
  /** What is gone, to be kept no more from the next writing on. */
  readonly spent: Token[] = [];
  /** What was given in this sitting, and on which day: in the keyring from the next writing on. */
  fresh: { day: string; tokens: readonly Token[] } | null = null;
  /**
   * @param tokens the oldest first: it is spent first
   * @param seen the keys that this phone was given tokens under (keys.ts)
   */
  constructor(
    readonly tokens: Token[] = [],
    readonly seen: SeenKeys = new SeenKeys(),
  ) {}
  /** Those of today, on their way. */
  filling: Promise<unknown> = Promise.resolve();
  /** Whether she has one that may be spent. */
  has(): boolean {
    return this.tokens.some(this.isGood);
  }
  /** Whether she can pay; while today's are on their way it waits for them. */
  async ready(): Promise<boolean> {
    if (!this.has()) await this.filling;
    return this.has();
  }
  private readonly isGood = ({ key }: Token): boolean => this.seen.maySpend(key);
  private take(may: (token: Token) => boolean): Token | null {
    const at = this.tokens.findIndex(may);
    return at < 0 ? null : this.tokens.splice(at, 1)[0]!;
  }
  giveBack(token: Token): void {
    this.tokens.unshift(token);
  }
  /**
   * Spends one. Where it is refused the next is tried: the answer to an earlier payment may have been lost, and it is spent
   * already. What was refused where another was taken is worth nothing; where none was taken, all stay.
   */
  async spend(use: (token: Token) => Promise<boolean>): Promise<boolean> {
    await this.ready();
    return this.spendOne(use, this.isGood);
  }
  /**
   * Spends one that is drawn, and tries no other: what it is for is sent once. Drawn, since the oldest may be spent already
   * and would be refused each time.
   */
  async spendOnce(use: (token: Token) => Promise<boolean>): Promise<boolean> {
    await this.ready();
    const good = this.tokens.filter(this.isGood);
    const drawn = good[Math.floor(Math.random() * good.length)];
    let tried = false;
    return this.spendOne(use, (token) => {
      const may = token === drawn && !tried;
      tried ||= may;
      return may;
    });
  }
  /**
   * For a founding, when no room has compared keys yet: the three have, by the words they read aloud.
   * @param aloud which key was in these; null before there were any
   */
  early(aloud: () => Hex | null): Pays {
    return {
      spend: async (use) => {
        if (this.tokens.length === 0) await this.filling;
        return this.spendOne(use, ({ key }) => this.seen.mayFound(key, aloud()));
      },
    };
  }
  private async spendOne(
    use: (token: Token) => Promise<boolean>,
    may: (token: Token) => boolean,
  ): Promise<boolean> {
    const refused: Token[] = [];
    for (let token = this.take(may); token; token = this.take(may)) {
      try {
        if (await use(token)) {
          this.spent.push(...refused, token);
          return true;
        }
      } catch (error) {
        this.giveBack(token);
        this.tokens.push(...refused);
        throw error;
      }
      refused.push(token);
    }
    this.tokens.push(...refused);
    return false;
  }
}

/** Room for more bytes in a room that is nearly full. */
export const payFor = (server: AskServer, access: Uint8Array, purse: Purse): Promise<boolean> =>
  purse.spend(async (token) => readDone(await server(writeAsk({ op: 'pay', access, token }))) > 0);

const nothing = { bytes: new Uint8Array(0), erase: '00'.repeat(32), days: 1 };
const access = new Uint8Array(32);
/** Words, and the parts of voices and pictures: both begin with the kind of question and what lets her in. */
const fills = new Set([
  writeAsk({ op: 'send', access, frame: nothing })[0],
  writeAsk({ op: 'lay', access, id: new Uint8Array(32), part: nothing })[0],
]);
/** A line to the server that pays by itself where what is said does not fit in a nearly full room any more. */
export const paying =
  (server: AskServer, purse: () => Purse): AskServer =>
  async (body) => {
    const reply = await server(body);
    if (!fills.has(body[0]) || !purse().has() || readDone(reply)) return reply;
    return (await payFor(server, body.slice(1, 33), purse())) ? server(body) : reply;
  };
