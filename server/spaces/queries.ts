import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { spaces } from '~/db/schema/spaces';
import type { Actor } from '../actor';
import type { SpaceFacts } from './policy';

/** Which spaces an actor may know of: the same as `policy.read`, for lists (a test holds them together). */
export function visibleTo(actor: Actor): SQL {
  const mine = [...actor.spaces.keys()];
  const bases = [...actor.associations.keys()];
  const desk = actor.forum.has('liaison') || actor.forum.has('editor') || actor.forum.has('forumSecretary');
  return or(
    and(eq(spaces.private, false), sql`${spaces.kind} <> 'review'`),
    desk ? eq(spaces.kind, 'review') : undefined,
    mine.length > 0 ? and(inArray(spaces.id, mine), sql`${spaces.kind} <> 'review'`) : undefined,
    bases.length > 0 ? inArray(spaces.associationId, bases) : undefined,
  )!;
}

/** What the rules need of a space, for a select; `table` where it goes by another name in the query. */
export const spaceColumns = (
  table: Pick<typeof spaces, (keyof SpaceFacts & keyof typeof spaces) | 'closedAt'> = spaces,
) => ({
  id: table.id,
  kind: table.kind,
  private: table.private,
  associationId: table.associationId,
  closed: sql<boolean>`${table.closedAt} is not null`,
});

/** The facts the rules speak of, or null where there is no such space. */
export async function spaceFacts(db: DbOrTx, id: string): Promise<SpaceFacts | null> {
  const [row] = await db.select(spaceColumns()).from(spaces).where(eq(spaces.id, id));
  return row ?? null;
}
