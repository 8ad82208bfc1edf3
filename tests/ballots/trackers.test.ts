import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { trackerWords } from '~/db/reference/tracker-words';
import { receiptHandle, trackerOf } from '~/server/ballots/commands/box';

/** Whether two words differ by one letter put in, left out or changed. */
function near(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < Math.min(a.length, b.length) && a[i] === b[i]) i++;
  return a.slice(i + 1) === b.slice(i + 1) || a.slice(i) === b.slice(i + 1) || a.slice(i + 1) === b.slice(i);
}

describe('the words of a tracker', () => {
  it('are 256, plain to write, and no two are one slip apart', () => {
    expect(new Set(trackerWords).size).toBe(256);
    expect(trackerWords.filter((word) => !/^[a-z]{3,8}$/.test(word))).toEqual([]);
    const pairs = trackerWords.flatMap((a, i) =>
      trackerWords
        .slice(i + 1)
        .filter((b) => near(a, b))
        .map((b) => [a, b]),
    );
    expect(pairs).toEqual([]);
  });

  it('say nothing of a choice', () => {
    expect(
      trackerWords.filter((word) => /^(si|no|voto.*|aprob.*|rechaz.*|favor|contra)$/.test(word)),
    ).toEqual([]);
  });

  it('come out as evenly as chance, five at a time', () => {
    const key = randomBytes(32);
    const seen = new Map<string, number>();
    for (let i = 0; i < 4000; i++) {
      const handle = receiptHandle(key, { ballotId: 'b', personId: 'p', sheet: String(i) });
      const words = trackerOf(key, handle).split(' ');
      expect(words).toHaveLength(5);
      for (const word of words) seen.set(word, (seen.get(word) ?? 0) + 1);
    }
    // 20,000 words over 256: about 78 each, with a deviation of 9; six deviations never come by chance.
    expect(seen.size).toBe(256);
    expect(Math.max(...seen.values())).toBeLessThan(78 + 6 * 9);
    expect(Math.min(...seen.values())).toBeGreaterThan(78 - 6 * 9);
  });
});
