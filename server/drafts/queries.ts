import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { associations, memberships } from '~/db/schema/associations';
import { draftConcerns, drafts } from '~/db/schema/drafts';
import { spaceRoles, spaces } from '~/db/schema/spaces';
import type { Actor } from '../actor';
import { limaDay } from '../day';
import { textState } from '../realtime/log';
import { spaceColumns, visibleTo as spacesVisibleTo } from '../spaces/queries';
import * as policy from './policy';
import { plainText } from './rules';

/**
 * The words of a text as they stand.
 * @returns the text and the seq it was taken at; '' and 0 for a text in which nothing was written.
 */
export async function currentText(db: DbOrTx, textId: string): Promise<{ text: string; seq: number }> {
  const { text, seq } = (await textAt(db, textId))!;
  return { text, seq };
}

/** The same as they stood at a seq of its log. @returns null when that is no longer known. */
export async function textAt(
  db: DbOrTx,
  textId: string,
  upTo?: number,
): Promise<{ text: string; seq: number } | null> {
  const stored = await textState(db, textId, upTo);
  return stored && { text: plainText(stored.updates), seq: stored.seq };
}

/** The same with what it is made of: for who copies it with its looks. */
export async function wordingAt(db: DbOrTx, textId: string, upTo?: number) {
  const stored = await textState(db, textId, upTo);
  return stored && { ...stored, text: plainText(stored.updates) };
}

/** The same as `policy.read`, for lists. */
export const visibleTo = (actor: Actor): SQL =>
  policy.takesPart(actor)
    ? sql`${drafts.state} <> 'erased' and ${drafts.spaceId} in (select id from ${spaces} where ${spacesVisibleTo(actor)})`
    : sql`false`;

const space = spaceColumns();

/**
 * The facts the rules speak of, with title and text; locked where a command decides on them. A draft that was
 * deleted for good is there for nobody.
 */
export async function draftFacts(db: DbOrTx, id: string, lock = false) {
  const found = db
    .select({
      id: drafts.id,
      title: drafts.title,
      textId: drafts.textId,
      state: drafts.state,
      space,
      spaceTitle: spaces.title,
      areas: spaces.areas,
      attribution: spaces.attribution,
      /** It is a free base's own. */
      free: sql<boolean>`exists (select from ${associations} a where a.id = ${spaces.associationId} and a.kind = 'base_libre')`,
    })
    .from(drafts)
    .innerJoin(spaces, eq(spaces.id, drafts.spaceId))
    .where(eq(drafts.id, id));
  const [row] = await (lock ? found.for('update', { of: drafts }) : found);
  if (!row || row.state === 'erased') return null;
  return { ...row, state: row.state };
}
export type Draft = NonNullable<Awaited<ReturnType<typeof draftFacts>>>;

/** What a draft is to be begun from: its space. */
export async function homeFacts(db: DbOrTx, spaceId: string) {
  const [row] = await db
    .select({ space, title: spaces.title, areas: spaces.areas })
    .from(spaces)
    .where(eq(spaces.id, spaceId));
  return row ?? null;
}

/** The concerns a draft has taken up and not let go of. */
export async function concernsOf(db: DbOrTx, draftId: string): Promise<string[]> {
  const rows = await db
    .select({ id: draftConcerns.concernId })
    .from(draftConcerns)
    .where(and(eq(draftConcerns.draftId, draftId), isNull(draftConcerns.endedAt)));
  return rows.map((row) => row.id);
}

/** Under which name others see her at a text: her base's, never her own; null for who has none. */
export async function collectiveName(db: DbOrTx, actor: Actor): Promise<string | null> {
  const bases = [...actor.associations.keys()];
  if (bases.length === 0) return null;
  const [row] = await db
    .select({ name: associations.name })
    .from(associations)
    .where(inArray(associations.id, bases))
    .orderBy(asc(associations.name))
    .limit(1);
  return row?.name ?? null;
}

/** Which bases write in a space, by name, and how many of its writers have none. */
export async function writersOf(db: DbOrTx, spaceId: string): Promise<{ bases: string[]; free: number }> {
  const rows = await db
    .select({ base: sql<string | null>`min(${associations.name})` })
    .from(spaceRoles)
    .leftJoin(memberships, and(eq(memberships.personId, spaceRoles.personId), isNull(memberships.endedAt)))
    .leftJoin(
      associations,
      and(eq(associations.id, memberships.associationId), isNull(associations.dissolvedAt)),
    )
    .where(
      and(
        eq(spaceRoles.spaceId, spaceId),
        isNull(spaceRoles.endedAt),
        inArray(spaceRoles.role, ['coordinator', 'writer']),
      ),
    )
    .groupBy(spaceRoles.personId);
  const bases = [...new Set(rows.flatMap((row) => row.base ?? []))].sort((a, b) => a.localeCompare(b, 'es'));
  return { bases, free: rows.filter((row) => row.base === null).length };
}

export const lines = {
  id: drafts.id,
  title: drafts.title,
  // Those deleted for good are in no list.
  state: sql<'open' | 'closed'>`${drafts.state}`,
  spaceId: drafts.spaceId,
  space: spaces.title,
  concerns: sql<number>`(select count(*)::int from ${draftConcerns} l where l.draft_id = ${drafts.id} and l.ended_at is null)`,
  createdAt: drafts.createdAt,
};
type Row = Omit<Awaited<ReturnType<typeof select>>[number], never>;

export const select = (db: DbOrTx, where: SQL | undefined) =>
  db.select(lines).from(drafts).innerJoin(spaces, eq(spaces.id, drafts.spaceId)).where(where);

export const newest = [desc(drafts.createdAt), desc(drafts.id)] as const;
export const presentLine = ({ createdAt, ...row }: Row) => ({
  ...row,
  day: limaDay(createdAt),
});
export type DraftLine = ReturnType<typeof presentLine>;

/** The drafts that have taken a concern up, as far as the actor may see them. */
export async function draftsOfConcern(db: DbOrTx, actor: Actor, concernId: string): Promise<DraftLine[]> {
  const linked = sql`exists (select 1 from ${draftConcerns} l where l.draft_id = ${drafts.id}
    and l.concern_id = ${concernId} and l.ended_at is null)`;
  return (await select(db, and(linked, visibleTo(actor))).orderBy(...newest)).map(presentLine);
}
