import { and, desc, eq, inArray } from 'drizzle-orm';
import { draftComments, drafts } from '~/db/schema/drafts';
import { spaces } from '~/db/schema/spaces';
import { query } from '../../act';
import { limaDay } from '../../day';
import { visibleTo as spacesVisibleTo } from '../../spaces/queries';
import * as policy from '../policy';
import * as schema from '../schema';

/** The drafts of one space that were deleted for good: when, and why. Nothing where she may not see the space. */
export const erasures = query({
  action: 'drafts.erasures',
  rule: policy.list,
  input: schema.erasures,
  load: (db, { spaceId }, actor) => {
    const visible = db.select({ id: spaces.id }).from(spaces).where(spacesVisibleTo(actor));
    return db
      .select({ id: drafts.id, reason: draftComments.words, at: draftComments.createdAt })
      .from(drafts)
      .innerJoin(draftComments, eq(draftComments.draftId, drafts.id))
      .where(and(eq(drafts.state, 'erased'), eq(drafts.spaceId, spaceId), inArray(drafts.spaceId, visible)))
      .orderBy(desc(draftComments.createdAt))
      .limit(50);
  },
  present: (rows) => rows.map(({ at, ...row }) => ({ ...row, day: limaDay(at) })),
});
