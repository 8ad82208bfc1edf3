import { and, eq } from 'drizzle-orm';
import {
  concernAppeals,
  concernDecisions,
  concernGroupMembers,
  concernGroups,
  concernUnlikes,
} from '~/db/schema/concerns';
import { paired } from '~/server/concerns/rules/likeness';
import { concerns } from '../concerns';
import { appeals, type DemoAppeal, type DemoGroup, groups, unlikes } from '../likeness';
import type { World } from './world';

const dayOf = (key: string) => concerns.find((concern) => concern.key === key)!.day;

async function loadGroup({ tx, id, at }: World, group: DemoGroup): Promise<void> {
  const by = id('person', group.by);
  const [row] = await tx
    .insert(concernGroups)
    .values({
      title: group.title,
      leadId: id('concern', group.concerns[0]!),
      madeBy: by,
      madeAt: at(group.day, group.title),
    })
    .returning();
  const walked = [
    ...group.concerns.map((concern) => ({ concern, until: null })),
    ...(group.left ?? []).map(({ concern, day }) => ({ concern, until: day })),
  ];
  await tx.insert(concernGroupMembers).values(
    walked.map(({ concern, until }) => ({
      groupId: row!.id,
      concernId: id('concern', concern),
      addedBy: by,
      // Who raised it later joined later.
      since: at(Math.max(group.day, dayOf(concern) + 1), group.title),
      ...(until === null ? {} : { endedAt: at(until, group.title), endedBy: by }),
    })),
  );
}

async function loadAppeal({ tx, id, at }: World, one: DemoAppeal): Promise<void> {
  const concernId = id('concern', one.concern);
  const [decision] = await tx
    .select({ id: concernDecisions.id })
    .from(concernDecisions)
    .where(and(eq(concernDecisions.concernId, concernId), eq(concernDecisions.state, 'no_recogida')));
  const { decided } = one;
  await tx.insert(concernAppeals).values({
    concernId,
    decisionId: decision!.id,
    words: one.words,
    raisedBy: id('person', one.by),
    raisedAt: at(one.day, one.words),
    ...(decided
      ? {
          state: decided.state,
          answer: decided.answer,
          decidedBy: id('person', decided.by),
          decidedAt: at(decided.day, one.words),
        }
      : {}),
  });
}

/** What walks together, what does not, and what was asked to be looked at again. */
export async function loadLikeness(world: World): Promise<void> {
  for (const group of groups) await loadGroup(world, group);
  await world.tx.insert(concernUnlikes).values(
    unlikes.map(({ one, other, by, day }) => ({
      ...paired(world.id('concern', one), world.id('concern', other)),
      decidedBy: world.id('person', by),
      decidedAt: world.at(day, one),
    })),
  );
  for (const one of appeals) await loadAppeal(world, one);
}
