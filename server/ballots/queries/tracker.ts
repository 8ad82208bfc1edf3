import { and, eq } from 'drizzle-orm';
import { receipts } from '~/db/schema/ballots';
import { query } from '../../act';
import * as policy from '../policy';
import { ballotFacts } from '../queries';
import { readTracker } from '../rules/trackers';
import * as schema from '../schema';

/** Whether a receipt is on the list of a closed ballot. It never says whose it is, nor what its sheet said. */
export const findTracker = query({
  action: 'ballots.findTracker',
  rule: policy.readResult,
  input: schema.findTracker,
  load: async (db, { id, words }, actor) => {
    const held = await ballotFacts(db, id, actor);
    if (!held) return null;
    const { tracker, unknown } = readTracker(words);
    const found = tracker
      ? await db
          .select({ id: receipts.id })
          .from(receipts)
          .where(and(eq(receipts.ballotId, id), eq(receipts.tracker, tracker)))
          .limit(1)
      : [];
    return { ...held, tracker, unknown, found: found.length > 0 };
  },
  present: ({ tracker, unknown, found }) => ({ tracker, unknown, found }),
});
