import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { boothAbsences, booths } from '~/db/schema/booths';
import { thisDay } from '~/db/schema/columns';
import { command } from '../../act';
import type { Actor } from '../../actor';
import * as policy from '../policy';
import { boothFacts } from '../queries';
import * as schema from '../schema';

/**
 * Held while two are named for a booth: whether they are free is looked at and written down by one secretary after the
 * other, of whichever ballots. Nobody else waits for it, and it leaves no mark on anybody's row.
 */
export const lockNaming = (tx: Tx) => tx.execute(sql`select pg_advisory_xact_lock(hashtext('booth_naming'))`);

const lockedBooth = async (tx: Tx, id: string, actor: Actor) => {
  const [row] = await tx.select().from(booths).where(eq(booths.id, id)).for('update');
  return boothFacts(tx, row, actor);
};

/** From this moment on its tablet is a stranger; one that is closed stays as it is. */
const shut = (tx: Tx, id: string, by: string | null) =>
  tx
    .update(booths)
    .set({ closedBy: by, closedOn: thisDay(), codeHash: null, tokenHash: null })
    .where(and(eq(booths.id, id), isNull(booths.closedBy)));

/** Closes a booth. */
export const close = command({
  action: 'booths.close',
  rule: policy.close,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }, actor) => lockedBooth(tx, id, actor),
  run: async ({ tx, actor, input: { id }, facts }) => {
    await shut(tx, id, actor.personId);
    return { id, ballotId: facts.row.ballotId };
  },
});

/**
 * One who was named to stand by says that she is not there: the booth takes nobody any more, and her word stays
 * beside it. What was voted in it counts as it did: nobody knows which papers those are.
 */
export const sayAbsent = command({
  action: 'booths.sayAbsent',
  rule: policy.sayAbsent,
  input: schema.byId,
  audit: 'full',
  load: (tx, { id }, actor) => lockedBooth(tx, id, actor),
  run: async ({ tx, actor, input: { id }, facts }) => {
    await shut(tx, id, actor.personId);
    await tx.insert(boothAbsences).values({ boothId: id, personId: actor.personId! }).onConflictDoNothing();
    return { id, ballotId: facts.row.ballotId };
  },
});
