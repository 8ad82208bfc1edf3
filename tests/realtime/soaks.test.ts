import { beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '~/tests/support/db';
import { brokenFrames } from '~/tests/support/frames';
import { longHistory } from '~/tests/support/long';
import { forumWorld } from '~/tests/support/people';
import { reconnects } from '~/tests/support/reconnects';
import { openForum } from '~/tests/support/socket';

// The long trials of `npm run soak`, in short.
const t = testDatabase();
beforeAll(async () => {
  await forumWorld(t.db);
});

describe('broken frames by the thousand', () => {
  it('bring nothing down, close the socket of each that cannot be read, and let no byte of a private table out', async () => {
    const forum = await openForum(t.db);
    const end = await brokenFrames({ db: t.db, place: forum, frames: 6000, seed: 7 });
    expect(end).toMatchObject({ leaked: 0, foreign: 0, untouched: true });
    expect(end.sentBroken).toBeGreaterThan(3);
    expect(end.closed).toBe(end.sentBroken);
    expect(end.read).toBeGreaterThan(100);
  }, 120_000);
});

describe('a text of very many edits', () => {
  it('is folded turn by turn, and says the same from its snapshot as from its log', async () => {
    const end = await longHistory(t.db, 12_000);
    expect(end).toMatchObject({ same: true, turns: 2, rowsLeft: 1 });
    expect(end.snapshotBytes).toBeLessThan(end.logBytes / 4);
  }, 120_000);
});

describe('coming back', () => {
  it('costs less than 64 bytes with one’s place, gains the log nothing, and changes nothing', async () => {
    const forum = await openForum(t.db);
    const end = await reconnects(t.db, forum, 15);
    expect(end).toMatchObject({ gained: 0, same: true });
    expect(end.byPlace).toBeLessThanOrEqual(64);
    expect(end.byVector).toBeGreaterThan(20 * end.byPlace);
  }, 120_000);
});
