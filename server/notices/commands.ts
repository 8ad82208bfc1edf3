import { sql } from 'drizzle-orm';
import { noticeMarks } from '~/db/schema/notices';
import { command } from '../act';
import { anyone } from '../rule';
import * as policy from './policy';
import * as schema from './schema';

/** She has seen her notices up to this one. The mark never goes back, and never ahead of what has happened. */
export const seen = command({
  action: 'notices.seen',
  rule: policy.mine,
  see: anyone,
  input: schema.seen,
  audit: 'none',
  load: async () => ({}),
  run: async ({ tx, actor, input }) => {
    const upTo = sql`least(${input.upTo}::timestamptz, now())`;
    await tx
      .insert(noticeMarks)
      .values({ personId: actor.personId!, upTo })
      .onConflictDoUpdate({
        target: noticeMarks.personId,
        set: { upTo: sql`greatest(${noticeMarks.upTo}, excluded.up_to)` },
      });
    return {};
  },
});
