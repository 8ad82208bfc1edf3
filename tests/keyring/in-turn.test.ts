import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasLeft, inTurn } from '~/app/_keyring/frame/handing';
import type { HandedOut } from '~/app/_room/release/handing';

// What her phone does by itself when her keyring is opened, and what of it is never done side by side.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
type Given = { lockedAfter?: string; noNetwork?: boolean; tidies?: boolean };
async function sitting(said: HandedOut, given: Given = {}) {
  const done: string[] = [];
  const handing = { said: 'nothing' as HandedOut, tidies: given.tidies ?? false };
  const goesOn = () => !given.lockedAfter || !done.includes(given.lockedAfter);
  await inTurn(handing, goesOn, {
    async handOut() {
      done.push('text');
      handing.said = said;
      return !hasLeft(handing);
    },
    async refill() {
      done.push('tokens');
      if (given.noNetwork) throw new TypeError('no network');
    },
    erase: () => void done.push('erasing'),
    async tidy() {
      done.push('writing');
    },
  });
  const atOnce = done.length;
  await vi.advanceTimersByTimeAsync(120_000);
  if (done.length > atOnce) expect(done.slice(atOnce)).toEqual(['writing']);
  return done;
}

describe('Luna opens her keyring', () => {
  it('and nothing is due: the day’s tokens, then the erasing goes on', async () => {
    expect(await sitting('nothing')).toEqual(['text', 'tokens', 'erasing']);
  });
  it.each(['left', 'unknown', 'waited', 'refused'] as const)(
    'and a text is sent (%s): nothing of a room is erased beside it, and nothing is written, whatever the door says',
    async (said) => {
      expect(await sitting(said)).toEqual(['text']);
    },
  );
  it('and the door has had it for hours: it goes out of the keyring a while later, by itself', async () => {
    expect(await sitting('waited', { tidies: true })).toEqual(['text', 'writing']);
    expect(await sitting('waited', { tidies: true, lockedAfter: 'text' })).toEqual(['text']);
  });
  it('and nobody brings tokens: the erasing goes on all the same', async () => {
    expect(await sitting('nothing', { noNetwork: true })).toEqual(['text', 'tokens', 'erasing']);
  });
  it.each([
    ['text', ['text']],
    ['tokens', ['text', 'tokens']],
  ])('and it locks after its %s: nothing more is done', async (lockedAfter, done) => {
    expect(await sitting('nothing', { lockedAfter })).toEqual(done);
  });
});
