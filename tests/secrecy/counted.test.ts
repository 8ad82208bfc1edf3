import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roomFrames, rooms } from '~/db/schema/rooms';
import { expire } from '~/server/rooms/commands/frames';
import { framesAtMost } from '~/server/rooms/rules/sizes';
import { testDatabase } from '~/tests/support/db';
import { bytesOf, threeAndTheirRoom } from '~/tests/support/three';
import { at } from '~/tests/support/used-room';

const given = testDatabase();

/** What the room’s row says, beside what there is. */
async function counted(room: string) {
  const [row] = await given.db.select().from(rooms).where(eq(rooms.id, room));
  const [all] = await given.db
    .select({
      frames: sql<number>`count(*)::int`,
      bytes: sql<number>`coalesce(sum(length(${roomFrames.bytes})), 0)::int`,
    })
    .from(roomFrames)
    .where(eq(roomFrames.room, room));
  return { said: { frames: row!.frames, bytes: row!.bytes }, there: all! };
}

it('whatever is said, erased, compacted and runs out, and in whatever order, the room’s count is what there is', async () => {
  const acts = fc.array(fc.constantFrom('say', 'erase', 'both', 'compact', 'expire'), {
    minLength: 3,
    maxLength: 9,
  });
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      const { room, sessions } = await threeAndTheirRoom(given.db);
      const [luna, cerro] = sessions;
      const [hers, other] = [at(luna, 'd1'.repeat(16)), at(cerro, 'd1'.repeat(16))];
      const tokens: Uint8Array[] = [];
      const say = async () => tokens.push((await luna.say('words', bytesOf('x')))!);
      const hear = async () => {
        await hers.hear();
        await other.hear();
      };
      for (const act of all) {
        if (act === 'say') await say();
        // Also what is gone already.
        else if (act === 'erase') await cerro.erase(tokens[tokens.length >> 1] ?? new Uint8Array(32));
        else if (act === 'both')
          await Promise.all([
            say(),
            cerro.say('words', bytesOf('y')),
            luna.erase(tokens.at(-1) ?? new Uint8Array(32)),
          ]);
        else if (act === 'compact') {
          await hers.draft.write((doc) => doc.getText('t').insert(0, 'agua '));
          await hear();
          await hers.draft.offer();
          await hear();
          await other.draft.settle();
          await hear();
        } else {
          await given.db
            .update(roomFrames)
            .set({ until: '2020-01-01' })
            .where(sql`${roomFrames.seq} % 3 = 2`);
          await expire(given.db);
        }
        const { said, there } = await counted(room);
        expect(said).toEqual(there);
      }
    }),
    { numRuns: 6 },
  );
});

it('a room that is full of frames takes no word more until one is gone; a change of key it takes all the same', async () => {
  const { room, sessions } = await threeAndTheirRoom(given.db);
  const [luna, cerro] = sessions;
  const token = await luna.say('words', bytesOf('la última que cabe'));
  await given.db.update(rooms).set({ frames: framesAtMost }).where(eq(rooms.id, room));
  expect(await luna.say('words', bytesOf('una más'))).toBeNull();
  expect(await luna.erase(token!)).toBe(true);
  expect(await luna.say('words', bytesOf('ahora sí'))).not.toBeNull();
  expect(await luna.say('words', bytesOf('una más'))).toBeNull();
  expect(await cerro.complete(luna.propose([], cerro.me))).toBe(true);
  expect((await counted(room)).said.frames).toBe(framesAtMost + 1);
});
