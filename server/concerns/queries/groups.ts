import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { concernGroupMembers, concernGroups, concerns } from '~/db/schema/concerns';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { can } from '../../rule';
import * as policy from '../policy';
import { concernLines, pageSize } from '../queries';
import * as schema from '../schema';

const walks = isNull(concernGroupMembers.endedAt);

/** The concerns that walk in a group at this moment, by number. */
export async function membersOf(db: DbOrTx, groupId: string): Promise<string[]> {
  const rows = await db
    .select({ id: concernGroupMembers.concernId })
    .from(concernGroupMembers)
    .innerJoin(concerns, eq(concerns.id, concernGroupMembers.concernId))
    .where(and(eq(concernGroupMembers.groupId, groupId), walks))
    .orderBy(asc(concerns.number));
  return rows.map((row) => row.id);
}

const columns = {
  id: concernGroups.id,
  title: concernGroups.title,
  /** The words of the concern that leads it. */
  lead: concerns.words,
  n: sql<number>`(select count(*)::int from ${concernGroupMembers} m
    where m.group_id = ${concernGroups.id} and m.ended_at is null)`,
  placed: sql<number>`(select count(*)::int from ${concernGroupMembers} m join ${concerns} c on c.id = m.concern_id
    where m.group_id = ${concernGroups.id} and m.ended_at is null and c.state = 'recogida')`,
};
const selectGroups = (db: DbOrTx) =>
  db.select(columns).from(concernGroups).innerJoin(concerns, eq(concerns.id, concernGroups.leadId));
export type Group = Awaited<ReturnType<typeof selectGroups>>[number];

/** The groups in which these concerns walk, by the concern's id. */
export async function groupsOf(db: DbOrTx, ids: string[]): Promise<Map<string, Group>> {
  if (ids.length === 0) return new Map();
  const held = await db
    .select({ concernId: concernGroupMembers.concernId, groupId: concernGroupMembers.groupId })
    .from(concernGroupMembers)
    .where(and(inArray(concernGroupMembers.concernId, ids), walks));
  if (held.length === 0) return new Map();
  const wanted = held.map(({ groupId }) => groupId);
  const found = new Map(
    (await selectGroups(db).where(inArray(concernGroups.id, wanted))).map((group) => [group.id, group]),
  );
  return new Map(held.map(({ concernId, groupId }) => [concernId, found.get(groupId)!]));
}

const shownBeside = 4;
/** The group of a concern with the first of those it walks with; null where it walks alone. */
export async function walkingWith(db: DbOrTx, actor: Actor, id: string) {
  const group = (await groupsOf(db, [id])).get(id);
  if (!group) return null;
  const beside = (await membersOf(db, group.id)).filter((other) => other !== id);
  const lines = await concernLines(db, actor, beside.slice(0, shownBeside));
  return { ...group, beside: lines.sort((a, b) => a.number - b.number) };
}

/** The standing groups, the largest first. */
export const groups = query({
  action: 'concerns.groups',
  rule: policy.list,
  input: schema.paged,
  load: async (db, { page }) => {
    const [totals, rows] = await Promise.all([
      db.select({ n: count() }).from(concernGroups).where(isNull(concernGroups.endedAt)),
      selectGroups(db)
        .where(isNull(concernGroups.endedAt))
        .orderBy(desc(columns.n), desc(concernGroups.madeAt), asc(concernGroups.id))
        .limit(pageSize)
        .offset((page - 1) * pageSize),
    ]);
    return { n: totals[0]!.n, rows };
  },
  present: ({ n, rows }, actor, { page }) => ({
    items: rows,
    total: n,
    page,
    pages: Math.max(1, Math.ceil(n / pageSize)),
    abilities: { arrange: can(policy.arrange, actor, null) },
  }),
});

/** One group with all who walk in it; one that is over leads nowhere. */
export const groupDetail = query({
  action: 'concerns.groupDetail',
  rule: policy.list,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const [group] = await selectGroups(db).where(
      and(eq(concernGroups.id, id), isNull(concernGroups.endedAt)),
    );
    if (!group) return null;
    const lines = await concernLines(db, actor, await membersOf(db, id));
    return { ...group, concerns: lines.sort((a, b) => a.number - b.number) };
  },
  present: (group, actor) => ({ ...group, abilities: { arrange: can(policy.arrange, actor, null) } }),
});
