import { constants, generateKeyPairSync, type KeyObject, privateDecrypt } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { purseOf, refill, withPurse } from '~/app/_keyring/frame/purse';
import type { Entry } from '~/app/_keyring/lock';
import type { SeenKeys } from '~/app/_room/release/keys';
import { limaDay } from '~/server/day';
import { keyIdOf, writePublicKeys } from '~/server/rooms/rules/tokens';

// What a phone asks for and writes when a keyring is opened, and what it leaves where a room is opened first.
const forum = vi.hoisted(() => ({
  asked: [] as string[],
  keys: new Uint8Array(0) as Uint8Array,
  sign: (one: string) => one,
}));
vi.mock('~/app/_keyring/frame/line', async (original) => ({
  ...(await original<typeof import('~/app/_keyring/frame/line')>()),
  ask: async (what: string, { blinded }: { blinded: string[] }) => {
    forum.asked.push(what);
    return { signed: blinded.map(forum.sign) };
  },
}));
vi.mock('~/app/_room/frame/net', () => ({
  ask: async () => {
    forum.asked.push('keys');
    return forum.keys;
  },
}));

const month = `${limaDay(new Date()).slice(0, 7)}-01`;
const luna = '1a'.repeat(32);
/** In a room of hers Luna says that she was given tokens under that key. */
const lunaSays = (seen: SeenKeys, id: string) =>
  seen.compare('ab'.repeat(16), [luna], [{ by: luna, month, id }]);
function aKey(): { id: string; secret: KeyObject; modulus: Uint8Array } {
  const secret = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const modulus = new Uint8Array(Buffer.from(secret.export({ format: 'jwk' }).n!, 'base64url'));
  return { id: keyIdOf(modulus), secret, modulus };
}
const [key, other] = [aKey(), aKey()];
function gives({ id, secret, modulus }: typeof key, day = month): void {
  forum.keys = writePublicKeys([{ id, purpose: 'gate', day, modulus }]);
  const padding = constants.RSA_NO_PADDING;
  forum.sign = (one) =>
    privateDecrypt({ key: secret, padding }, Buffer.from(one, 'base64url')).toString('base64url');
}

/** A keyring in memory, written as the frame writes it. */
function keyring(before: Entry[] = []) {
  let entries = before;
  const its = { entries: () => entries, writes: 0 };
  const purse = purseOf(its);
  const keep = async (change: (all: readonly Entry[]) => Entry[]) => {
    entries = withPurse(change(entries), purse);
    its.writes++;
  };
  return Object.assign(its, { purse, keep, write: () => keep((all) => [...all]) });
}
beforeEach(() => {
  forum.asked.length = 0;
  gives(key);
});
const no = () => false;
const yes = () => true;

describe('the first opening of a day', () => {
  it('brings four tokens and writes them; the second one asks for nothing', async () => {
    const first = keyring();
    await refill(first, first.purse, no);
    expect([forum.asked.join(), first.writes, first.purse.tokens.length]).toEqual(['keys,tokens', 1, 4]);
    const again = keyring(first.entries());
    await refill(again, again.purse, no);
    expect([forum.asked.length, again.writes, again.purse.tokens.length]).toEqual([2, 0, 4]);
    expect(again.purse.seen.list()).toEqual([{ month, id: key.id, verdict: 'alone' }]);
  });

  it('in which she goes into a room at once: who has tokens asks for none then', async () => {
    const before = keyring();
    await refill(before, before.purse, no);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
    try {
      forum.asked.length = 0;
      const next = keyring(before.entries());
      // Of a key that no room has compared she has none to spend.
      lunaSays(next.purse.seen, key.id);
      await refill(next, next.purse, yes);
      expect([forum.asked.join(), next.writes]).toEqual(['keys', 0]);
      await refill(next, next.purse, no);
      expect([forum.asked.join(), next.writes]).toEqual(['keys,keys,tokens', 1]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('and who has none is given them, with no writing of its own: they go with the next one', async () => {
    const hers = keyring();
    await refill(hers, hers.purse, yes);
    expect([forum.asked.join(), hers.writes, hers.purse.tokens.length]).toEqual(['keys,tokens', 0, 4]);
    expect(purseOf(hers).tokens).toEqual([]);
    expect(await hers.purse.early(() => null).spend(async () => true)).toBe(true);
    await hers.write();
    const later = purseOf(hers);
    expect([later.tokens.length, later.seen.list().length]).toEqual([3, 1]);
    // Written once more nothing comes back.
    await hers.write();
    expect(purseOf(hers).tokens).toHaveLength(3);
  });

  it('under another key than before, in the same month, keeps both, and spends nothing under the new one', async () => {
    const hers = keyring();
    await refill(hers, hers.purse, no);
    lunaSays(hers.purse.seen, key.id);
    await hers.write();
    gives(other);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
    try {
      const next = keyring(hers.entries());
      await refill(next, next.purse, no);
      const { purse } = keyring(next.entries());
      expect(purse.seen.list().map(({ id, verdict }) => [id, verdict])).toEqual([
        [key.id, 'shared'],
        [other.id, 'alone'],
      ]);
      const spent: string[] = [];
      const spend = async (one: { key: string }) => {
        spent.push(one.key);
        return true;
      };
      while (await purse.spend(spend));
      expect([spent, limaDay(new Date()).length]).toEqual([[key.id, key.id], 10]);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    ['of another month than it is', () => gives(key, '2026-01-02'), 'keys'],
    [
      'whose signatures are none',
      () => void Object.assign(forum, { sign: (one: string) => one }),
      'keys,tokens',
    ],
  ] as [string, () => void, string][])(
    'a key %s leaves no trace in what she compares',
    async (_what, lies, asked) => {
      lies();
      const hers = keyring();
      await refill(hers, hers.purse, no);
      expect([forum.asked.join(), hers.purse.tokens, hers.purse.seen.list()]).toEqual([asked, [], []]);
    },
  );
});
