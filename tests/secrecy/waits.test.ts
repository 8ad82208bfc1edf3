import { eq, sql } from 'drizzle-orm';
import { expect, it, vi } from 'vitest';
import { roomFrames, rooms } from '~/db/schema/rooms';
import { dropFrames, erase, expire } from '~/server/rooms/commands/frames';
import { hashHex } from '~/server/rooms/rules/orders';
import { foundRoom, openBoxes } from '~/tests/support/box';
import { testDatabase } from '~/tests/support/db';
import { type Woman, woman } from '~/tests/support/rooms';

// Two who take the same frame out of a room wait for each other one way round only: PostgreSQL ends nobody's work.
const given = testDatabase();

async function aFrame() {
  const { ask } = await openBoxes(given.db);
  const women = ['Luna', 'Cerro', 'Quena'].map(woman) as [Woman, Woman, Woman];
  const { sessions } = await foundRoom(ask, women);
  const token = await sessions[0].say('words', new Uint8Array([1, 2, 3]));
  const [frame] = await given.db
    .select()
    .from(roomFrames)
    .where(eq(roomFrames.erase, hashHex(token!)));
  return { token: token!, room: frame!.room, seq: frame!.seq };
}
const waits = () =>
  vi.waitFor(async () => {
    const waiting =
      await given.db.execute(sql`select 1 from pg_locks l join pg_database d on d.oid = l.database
      where not l.granted and d.datname = current_database()
      union select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
    expect(waiting.length).toBeGreaterThan(0);
  }, 10_000);

it.each(['her own phone erases it', 'the night takes it'] as const)(
  'Luna’s words are put together in a text while %s',
  async (how) => {
    const { token, room, seq } = await aFrame();
    const before = new Date(Date.now() - 86_400_000 * 3).toISOString().slice(0, 10);
    const its = eq(roomFrames.erase, hashHex(token));
    if (how === 'the night takes it') await given.db.update(roomFrames).set({ until: before }).where(its);
    let other: Promise<unknown> = Promise.resolve();
    await given.db.transaction(async (tx) => {
      await tx.select().from(rooms).where(eq(rooms.id, room)).for('update');
      other =
        how === 'the night takes it'
          ? expire(given.db)
          : given.db.transaction((their) => erase(their, { op: 'erase', token }));
      other.catch(() => {});
      await waits();
      await dropFrames(tx, room, [seq]);
    });
    await other;
    expect(await given.db.$count(roomFrames, its)).toBe(0);
    // Counted once, by whoever was first.
    const [row] = await given.db.select().from(rooms).where(eq(rooms.id, room));
    expect(row!.frames).toBe(await given.db.$count(roomFrames, eq(roomFrames.room, room)));
  },
);
