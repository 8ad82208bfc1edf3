import { describe, expect, it } from 'vitest';
import { inTurn } from '~/app/_keyring/frame/handing';
import type { HandedOut } from '~/app/_room/release/handing';

// What her phone does by itself when her keyring is opened, and what of it is never done side by side.
async function sitting(said: HandedOut, given: { lockedAfter?: string; noNetwork?: boolean } = {}) {
  const done: string[] = [];
  const handing = { said: 'nothing' as HandedOut };
  const goesOn = () => !given.lockedAfter || !done.includes(given.lockedAfter);
  await inTurn(handing, goesOn, {
    async handOut() {
      done.push('text');
      handing.said = said;
      return said !== 'left' && said !== 'unknown';
    },
    async refill() {
      done.push('tokens');
      if (given.noNetwork) throw new TypeError('no network');
    },
    erase: () => void done.push('erasing'),
  });
  return done;
}

describe('Luna opens her keyring', () => {
  it('and nothing is due: the day’s tokens, then the erasing goes on', async () => {
    expect(await sitting('nothing')).toEqual(['text', 'tokens', 'erasing']);
  });
  it.each(['left', 'unknown', 'waited'] as const)(
    'and a text goes (%s): nothing of a room is erased beside it',
    async (said) => {
      expect(await sitting(said)).not.toContain('erasing');
    },
  );
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
