import { and, arrayOverlaps, asc, count, desc, eq, inArray, or } from 'drizzle-orm';
import { concerns } from '~/db/schema/concerns';
import { drafts } from '~/db/schema/drafts';
import { spaces } from '~/db/schema/spaces';
import { query } from '../../act';
import { type ConcernLine, concernLines, visibleTo as concernsVisibleTo } from '../../concerns/queries';
import { nothing } from '../../input';
import { anyone, can } from '../../rule';
import { spaceColumns, visibleTo as spacesVisibleTo } from '../../spaces/queries';
import * as policy from '../policy';
import { homeFacts, lines, newest, presentLine, select, visibleTo } from '../queries';
import * as schema from '../schema';

const space = spaceColumns();
const pageSize = 20;
const candidatesAtMost = 30;

/** One page of the drafts she may read, newest first. */
export const list = query({
  action: 'drafts.list',
  rule: policy.list,
  see: anyone,
  input: schema.list,
  load: async (db, input, actor) => {
    const where = and(visibleTo(actor), input.state ? eq(drafts.state, input.state) : undefined);
    const [total, rows] = await Promise.all([
      db.select({ n: count() }).from(drafts).innerJoin(spaces, eq(spaces.id, drafts.spaceId)).where(where),
      select(db, where)
        .orderBy(...newest)
        .limit(pageSize)
        .offset((input.page - 1) * pageSize),
    ]);
    return { total: total[0]!.n, rows };
  },
  present: ({ total, rows }, _actor, { page }) => ({
    items: rows.map(presentLine),
    total,
    page,
    pages: Math.max(1, Math.ceil(total / pageSize)),
  }),
});

/** The drafts of one space; nothing where she may not see the space. */
export const ofSpace = query({
  action: 'drafts.ofSpace',
  rule: policy.list,
  input: schema.ofSpace,
  load: (db, { spaceId }, actor) =>
    select(db, and(eq(drafts.spaceId, spaceId), visibleTo(actor)))
      .orderBy(...newest)
      .limit(200),
  present: (rows) => rows.map(presentLine),
});

/** The open drafts she may write in. */
export const mine = query({
  action: 'drafts.mine',
  rule: policy.list,
  input: nothing,
  load: async (db, _input, actor) => {
    const rows = await db
      .select({ ...lines, home: space })
      .from(drafts)
      .innerJoin(spaces, eq(spaces.id, drafts.spaceId))
      .where(and(visibleTo(actor), eq(drafts.state, 'open')))
      .orderBy(...newest)
      .limit(500);
    return rows.filter((row) => can(policy.edit, actor, { ...row, space: row.home }));
  },
  present: (rows) => rows.map(({ home: _home, ...row }) => presentLine(row)),
});

/** Where she may begin a draft. */
export const homes = query({
  action: 'drafts.homes',
  rule: policy.list,
  input: nothing,
  load: async (db, _input, actor) => {
    const rows = await db
      .select({ space, title: spaces.title })
      .from(spaces)
      .where(spacesVisibleTo(actor))
      .orderBy(asc(spaces.title));
    return rows.filter((row) => can(policy.create, actor, row));
  },
  present: (rows) => rows.map(({ space: { id }, title }) => ({ id, title })),
});

/** Concerns of the space's areas that wait to be taken up, for whoever may begin a draft there. */
export const candidates = query({
  action: 'drafts.candidates',
  rule: policy.create,
  input: schema.candidates,
  load: async (db, { spaceId }, actor) => {
    const home = await homeFacts(db, spaceId);
    if (!home || !can(policy.create, actor, home)) return null;
    const waiting = await db
      .select({ id: concerns.id })
      .from(concerns)
      .where(
        and(
          concernsVisibleTo(actor),
          or(eq(concerns.audience, 'public'), eq(concerns.spaceId, spaceId)),
          inArray(concerns.state, ['recibida', 'en_debate']),
          home.areas.length > 0 ? arrayOverlaps(concerns.areas, home.areas) : undefined,
        ),
      )
      .orderBy(desc(concerns.createdAt))
      .limit(candidatesAtMost);
    return {
      ...home,
      lines: await concernLines(
        db,
        actor,
        waiting.map((row) => row.id),
      ),
    };
  },
  present: ({ lines: found }): ConcernLine[] => found,
});
