import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '~/db/client';
import { concernGroupMembers, concernGroups, concerns, concernUnlikes } from '~/db/schema/concerns';
import { command } from '../../act';
import { type Failure, fail } from '../../rule';
import { settleConcern } from '../commands';
import * as policy from '../policy';
import { groupsOf, membersOf } from '../queries/groups';
import { paired, staying } from '../rules/likeness';
import * as schema from '../schema';

/** A group that stands, locked before its concerns; null where there is none, or it is over. */
export async function lockGroup(tx: Tx, id: string) {
  const [row] = await tx
    .select()
    .from(concernGroups)
    .where(and(eq(concernGroups.id, id), isNull(concernGroups.endedAt)))
    .for('update');
  return row ?? null;
}

/** Public concerns with their states, locked in the order of their ids; null where one of them is none. */
async function lockPublic(tx: Tx, ids: readonly string[]) {
  const wanted = [...new Set(ids)];
  const rows = await tx
    .select({ id: concerns.id, number: concerns.number, state: concerns.state })
    .from(concerns)
    .where(and(inArray(concerns.id, wanted), eq(concerns.audience, 'public')))
    .orderBy(asc(concerns.id))
    .for('update');
  return rows.length === wanted.length ? rows : null;
}

/** Takes these out of their group; where fewer than two would be left, the group is over. The caller holds it. */
export async function leaveGroup(tx: Tx, id: string, leaving: readonly string[], by: string | null) {
  const members = await membersOf(tx, id);
  const left = staying(members, leaving);
  const gone = members.filter((one) => !left.includes(one));
  const ended = { endedAt: new Date(), endedBy: by };
  if (gone.length > 0)
    await tx
      .update(concernGroupMembers)
      .set(ended)
      .where(
        and(
          eq(concernGroupMembers.groupId, id),
          inArray(concernGroupMembers.concernId, gone),
          isNull(concernGroupMembers.endedAt),
        ),
      );
  if (left.length === 0) await tx.update(concernGroups).set(ended).where(eq(concernGroups.id, id));
  return { left: left.length, gone };
}

/** Lets these walk in a group that stands. The caller holds the group and the concerns, which walk in none. */
export async function joinGroup(tx: Tx, groupId: string, ids: readonly string[], by: string | null) {
  await tx.insert(concernGroupMembers).values(ids.map((concernId) => ({ groupId, concernId, addedBy: by })));
}

/** What stops concerns from walking together: one of them walks with others already. */
async function elsewhere(
  tx: Tx,
  ids: string[],
  numbers: Map<string, number>,
  groupId?: string,
): Promise<Failure | null> {
  for (const [id, group] of await groupsOf(tx, ids))
    if (group.id !== groupId)
      return fail('concerns.grouped.taken', 'concernIds', { number: numbers.get(id)! });
  return null;
}

/** Sets concerns side by side that say alike; each stays what it is. */
export const group = command({
  action: 'concerns.group',
  rule: policy.arrange,
  see: policy.list,
  input: schema.group,
  audit: 'full',
  load: async (tx, { groupId, concernIds }) => {
    const into = groupId ? await lockGroup(tx, groupId) : null;
    if (groupId && !into) return null;
    const locked = await lockPublic(tx, concernIds);
    return locked && { into, locked };
  },
  run: async ({ tx, actor, input, facts: { into, locked } }) => {
    const by = actor.personId;
    const numbers = new Map(locked.map(({ id, number }) => [id, number]));
    const problem = await elsewhere(tx, [...numbers.keys()], numbers, into?.id);
    if (problem) return problem;
    const members = into ? await membersOf(tx, into.id) : [];
    const coming = [...new Set(input.concernIds)].filter((id) => !members.includes(id));
    if (members.length + coming.length < 2) return fail('concerns.group_of_one', 'concernIds');
    if (members.length + coming.length > schema.together)
      return fail('concerns.group_full', 'concernIds', { most: schema.together });
    if (into) {
      if (coming.length > 0) await joinGroup(tx, into.id, coming, by);
      return { id: into.id, n: members.length + coming.length };
    }
    const [made] = await tx
      .insert(concernGroups)
      .values({ title: input.title ?? null, leadId: coming[0]!, madeBy: by })
      .returning({ id: concernGroups.id });
    await joinGroup(tx, made!.id, coming, by);
    return { id: made!.id, n: coming.length };
  },
  subject: (_input, out) => out.id,
});

/** Gives a group another title. */
export const nameGroup = command({
  action: 'concerns.nameGroup',
  rule: policy.arrange,
  see: policy.list,
  input: schema.nameGroup,
  audit: 'full',
  load: (tx, { id }) => lockGroup(tx, id),
  run: async ({ tx, input: { id, title } }) => {
    await tx.update(concernGroups).set({ title }).where(eq(concernGroups.id, id));
    return { id };
  },
});

/** Takes one concern out of a group, or lets the whole group go. */
export const ungroup = command({
  action: 'concerns.ungroup',
  rule: policy.arrange,
  see: policy.list,
  input: schema.ungroup,
  audit: 'full',
  load: (tx, { id }) => lockGroup(tx, id),
  run: async ({ tx, actor, input: { id, concernId } }) => {
    const members = await membersOf(tx, id);
    if (concernId && !members.includes(concernId)) return fail('concerns.not_in_group');
    await lockPublic(tx, members);
    const { left } = await leaveGroup(tx, id, concernId ? [concernId] : members, actor.personId);
    return { id, left };
  },
});

/** Not taken up, all of a group with one reason; each has its own decision. What stands in an article stays there. */
export const setAsideGroup = command({
  action: 'concerns.setAsideGroup',
  rule: policy.arrange,
  see: policy.list,
  input: schema.setAsideGroup,
  audit: 'full',
  load: async (tx, { id }) => {
    const held = await lockGroup(tx, id);
    return held && { members: (await lockPublic(tx, await membersOf(tx, id))) ?? [] };
  },
  run: async ({ tx, actor, input: { id, reasonCode, reason }, facts: { members } }) => {
    const open = members.filter(({ state }) => state === 'recibida' || state === 'en_debate');
    if (open.length === 0) return fail('concerns.group_decided', 'reason');
    for (const one of open)
      await settleConcern(tx, one.id, { state: 'no_recogida', reasonCode, reason, by: actor.personId });
    return { id, aside: open.length, left: members.length - open.length };
  },
});

/** Says that a concern is not like these others: they are not proposed to walk together again. */
export const notAlike = command({
  action: 'concerns.notAlike',
  rule: policy.arrange,
  see: policy.list,
  input: schema.notAlike,
  audit: 'full',
  load: (tx, { id, otherIds }) => lockPublic(tx, [id, ...otherIds]),
  run: async ({ tx, actor, input: { id, otherIds } }) => {
    const others = [...new Set(otherIds)].filter((other) => other !== id);
    if (others.length === 0) return fail('concerns.unlike_itself', 'otherIds');
    await tx
      .insert(concernUnlikes)
      .values(others.map((other) => ({ ...paired(id, other), decidedBy: actor.personId })))
      .onConflictDoNothing();
    return { id, n: others.length };
  },
});

/** Takes that back: they may be proposed again. */
export const maybeAlike = command({
  action: 'concerns.maybeAlike',
  rule: policy.arrange,
  see: policy.list,
  input: schema.byId,
  audit: 'full',
  load: async (tx, { id }) => (await lockPublic(tx, [id])) && {},
  run: async ({ tx, actor, input: { id } }) => {
    for (const side of [concernUnlikes.oneId, concernUnlikes.otherId])
      await tx
        .update(concernUnlikes)
        .set({ endedAt: new Date(), endedBy: actor.personId })
        .where(and(eq(side, id), isNull(concernUnlikes.endedAt)));
    return { id };
  },
});
