import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import drawings from '~/app/_keyring/drawings.json';
import {
  derive,
  drawWords,
  keyringBytes,
  openKeyring,
  random,
  roomBytes,
  sealKeyring,
  wordsAtOnce,
} from '~/app/_keyring/lock';
import { bareWord, pictureWords, wordParts, wordsBeginning } from '~/db/reference/words';

describe('the picture-words', () => {
  it('are 576, each with its drawing, no two beginning with the same four letters: six are 55 bits', () => {
    expect([pictureWords.length, drawings.length]).toEqual([576, 576]);
    expect(new Set(pictureWords.map((_word, i) => bareWord(i).slice(0, 4))).size).toBe(576);
    expect(new Set(drawings).size).toBe(576);
    expect(Math.log2(576) * wordsAtOnce).toBeGreaterThan(55);
    expect(wordParts.reduce((sum, { count }) => sum + count, 0)).toBe(576);
  });

  it('name no person by what product.md forbids', () => {
    expect(pictureWords.filter((word) => /ilegal|v[ií]ctima|informal|benefici/.test(word))).toEqual([]);
  });

  it.each([
    ['BÚ', ['búfalo', 'búho', 'búmeran']],
    ['buho', ['búho']],
    ['ilama', []],
    ['', []],
  ])('are found by their first letters, however they are typed: %s', (typed, found) => {
    const words = wordsBeginning(typed).map((i) => pictureWords[i]!);
    expect(words.filter((word) => found.length === 0 || (found as string[]).includes(word))).toEqual(found);
  });

  it('are drawn evenly: what would make some likelier is thrown away', () => {
    const given = [
      [0xff, 0xff],
      [0, 0],
      [2, 64],
      [0, 1],
      [0xfe, 0x00],
      [1, 0],
      [0, 5],
    ];
    expect(drawWords(() => Uint8Array.from(given.shift()!)).map((n) => n % 576)).toHaveLength(wordsAtOnce);
    const seen = new Set(Array.from({ length: 2000 }, () => drawWords()).flat());
    expect(seen.size).toBe(576);
    expect(Math.max(...seen)).toBe(575);
  });
});

describe('the keyring', () => {
  const entry = fc.record({
    kind: fc.integer({ min: 0, max: 255 }),
    bytes: fc.uint8Array({ maxLength: 900 }),
  });

  it('opens with its own key to what was put in, whatever that is, at one size', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 15 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (all, key) => {
          const sealed = sealKeyring(key, all);
          expect(sealed.length).toBe(keyringBytes);
          expect(openKeyring(key, sealed)).toEqual(all);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('never opens with another key, nor when a bit was changed, nor at another length', () => {
    const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const sealed = sealKeyring(new Uint8Array(32), [{ kind: 1, bytes: random(99) }]);
    fc.assert(
      fc.property(key, fc.nat(keyringBytes - 1), fc.integer({ min: 1, max: 255 }), (other, at, flip) => {
        if (other.some((byte) => byte !== 0)) expect(openKeyring(other, sealed)).toBeNull();
        const changed = sealed.slice();
        changed[at]! ^= flip;
        expect(openKeyring(new Uint8Array(32), changed)).toBeNull();
      }),
      { numRuns: 100 },
    );
    expect(openKeyring(new Uint8Array(32), sealed.slice(1))).toBeNull();
  });

  it('is full at its last byte and says so one byte later', () => {
    const key = random(32);
    const full = [{ kind: 2, bytes: new Uint8Array(roomBytes - 6) }];
    expect(openKeyring(key, sealKeyring(key, full))).toEqual(full);
    expect(() => sealKeyring(key, [{ kind: 2, bytes: new Uint8Array(roomBytes - 5) }])).toThrow(RangeError);
  });

  it('has other keys for other words, another order or another salt, and the two keys differ', async () => {
    const salt = new Uint8Array(16);
    const one = await derive([1, 2, 3, 4, 5, 6], salt);
    const again = await derive([1, 2, 3, 4, 5, 6], salt);
    const turned = await derive([2, 1, 3, 4, 5, 6], salt);
    const salted = await derive([1, 2, 3, 4, 5, 6], new Uint8Array(16).fill(1));
    expect(again).toEqual(one);
    const keys = [one, turned, salted].flatMap(({ auth, wrap }) => [auth, wrap]);
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(6);
  });
});
