import type { DbOrTx } from '~/db/client';
import { concernAppeals, concernDecisions, concernGroupMembers, concernGroups } from '~/db/schema/concerns';

const one = <T>(rows: T[]): T => rows[0]!;

/** A standing group of these concerns, the first of which leads it. */
export async function buildGroup(db: DbOrTx, concernIds: string[], title: string | null = null) {
  const group = one(await db.insert(concernGroups).values({ title, leadId: concernIds[0]! }).returning());
  await db
    .insert(concernGroupMembers)
    .values(concernIds.map((concernId) => ({ groupId: group.id, concernId })));
  return group;
}

/** The decision by which a concern is set aside, so many days ago. */
export const buildSetAside = async (db: DbOrTx, concernId: string, by: string | null = null, days = 0) =>
  one(
    await db
      .insert(concernDecisions)
      .values({
        concernId,
        state: 'no_recogida',
        reasonCode: 'repetida',
        reason: 'Ya está dicho en otro.',
        decidedBy: by,
        decidedAt: new Date(Date.now() - days * 86_400_000),
      })
      .returning(),
  );

/** A waiting appeal of who raised the concern, against a set-aside of its own. */
export async function buildAppeal(
  db: DbOrTx,
  concern: { id: string; personId: string | null },
  { setAsideBy = null, days = 0 }: { setAsideBy?: string | null; days?: number } = {},
) {
  const decision = await buildSetAside(db, concern.id, setAsideBy, days);
  return one(
    await db
      .insert(concernAppeals)
      .values({
        concernId: concern.id,
        decisionId: decision.id,
        words: 'No está dicho en otro lado.',
        raisedBy: concern.personId!,
        raisedAt: decision.decidedAt,
      })
      .returning(),
  );
}
