import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isGoodAhead } from '~/app/_room/protocol/ahead';
import { lookAtFrames, openFrame, sealFrame } from '~/app/_room/protocol/frames';
import { epochKeys, seal, unseal } from '~/app/_room/protocol/keys';
import { Malformed, Writer } from '~/server/rooms/rules/bytes';
import { room, woman } from '~/tests/support/rooms';

const [ana, berta] = [woman('Luna'), woman('Cerro')];
const key = new Uint8Array(32).fill(7);
const place = { room, epoch: 1, words: epochKeys(room, 1, key).words };
const head = '11'.repeat(32);
const frame = (counter: number) => ({
  kind: 'words' as const,
  head,
  session: new Uint8Array(8),
  counter,
  body: new TextEncoder().encode(`palabra ${counter}`),
});
const sealedBy = (one: typeof ana, counter: number) => sealFrame(place, one.keys, frame(counter));
/** Sealed with the room's key, which every member has, with another signature in it than hers. */
function forged(): Uint8Array {
  const aad = concatBytes(utf8ToBytes('frame'), hexToBytes(room), new Writer().u32(1).done());
  const plain = unseal(place.words, aad, sealedBy(ana, 1));
  plain[4]! ^= 1;
  return seal(place.words, aad, plain);
}
const kept = (bytes: Uint8Array, epoch = 1) => ({ seq: 1, epoch, bytes });
const wordsOf = (epoch: number) => (epoch === 1 ? place.words : null);
afterEach(() => vi.unstubAllGlobals());

describe('signatures that the browser looks at beforehand', () => {
  it('are known to be good, for their own place alone', async () => {
    const frames = [sealedBy(ana, 1), sealedBy(berta, 2)];
    await lookAtFrames(
      room,
      wordsOf,
      frames.map((bytes) => kept(bytes)),
    );
    for (const sealed of frames) {
      expect(isGoodAhead(place, sealed)).toBe(true);
      expect(isGoodAhead({ room, epoch: 2 }, sealed)).toBe(false);
      expect(isGoodAhead({ room: 'b2'.repeat(16), epoch: 1 }, sealed)).toBe(false);
      // The same bytes, come again, are looked at again.
      expect(isGoodAhead(place, sealed.slice())).toBe(false);
    }
    expect(openFrame(place, frames[0]!).by).toBe(ana.sign);
  });

  it('that are bad are not, whatever else comes with them', async () => {
    const sealed = sealedBy(ana, 1);
    const turned = sealed.slice();
    turned[40]! ^= 1;
    const other = sealFrame({ ...place, epoch: 2 }, ana.keys, frame(3));
    await lookAtFrames(room, wordsOf, [kept(turned), kept(other), kept(sealed, 3), kept(new Uint8Array(9))]);
    const hers = forged();
    await lookAtFrames(room, wordsOf, [kept(hers)]);
    for (const bytes of [turned, other, hers]) {
      expect(isGoodAhead(place, bytes)).toBe(false);
      expect(() => openFrame(place, bytes)).toThrow(Malformed);
    }
  });

  it('are looked at by ourselves where the browser does not know how, or says no', async () => {
    for (const subtle of [
      undefined,
      { importKey: async () => Promise.reject(new Error('NotSupportedError')) },
      { importKey: async () => ({}), verify: async () => false },
    ]) {
      vi.stubGlobal('crypto', { ...crypto, getRandomValues: crypto.getRandomValues.bind(crypto), subtle });
      const sealed = sealedBy(ana, 1);
      await lookAtFrames(room, wordsOf, [kept(sealed)]);
      expect(isGoodAhead(place, sealed)).toBe(false);
      expect(openFrame(place, sealed).counter).toBe(1);
    }
  });

  it('are looked at in a heap where the browser does not know how: a forged one is found, and its neighbours are good', async () => {
    const bare = { ...crypto, getRandomValues: crypto.getRandomValues.bind(crypto), subtle: undefined };
    vi.stubGlobal('crypto', bare);
    const frames = Array.from({ length: 24 }, (_, at) => sealedBy(at % 2 ? ana : berta, at + 1));
    const bad = forged();
    await lookAtFrames(
      room,
      wordsOf,
      [...frames.slice(0, 3), bad, ...frames.slice(3)].map((bytes) => kept(bytes)),
    );
    expect(frames.filter((sealed) => isGoodAhead(place, sealed)).length).toBeGreaterThanOrEqual(18);
    expect(isGoodAhead(place, bad)).toBe(false);
    expect(() => openFrame(place, bad)).toThrow(Malformed);
    expect(frames.map((sealed) => openFrame(place, sealed).counter)).toEqual(frames.map((_, at) => at + 1));
  });

  it('and what was deciphered beside it is taken under the same key alone', async () => {
    const sealed = sealedBy(ana, 1);
    await lookAtFrames(room, wordsOf, [kept(sealed)]);
    expect(() => openFrame({ ...place, words: new Uint8Array(32) }, sealed)).toThrow(Malformed);
  });
});
