import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { associations, mandates, memberships } from '~/db/schema/associations';
import { forumRoles, persons, sessions } from '~/db/schema/people';
import { spaceRoles, spaces } from '~/db/schema/spaces';

export type ForumRole = 'admin' | 'forumSecretary' | 'credentials' | 'editor' | 'liaison';
export type AssociationRole = 'member' | 'officer' | 'secretary' | 'delegate';
export type SpaceRole = 'coordinator' | 'writer' | 'reader';
export type SpaceKind = 'plenary' | 'table' | 'association' | 'review';

/** Who acts: always passed as an argument, never read from the surroundings. */
export type Actor = {
  readonly personId: string | null;
  readonly sessionId: string | null;
  readonly locale: 'es' | 'en';
  readonly forum: ReadonlySet<ForumRole>;
  /** The State office a liaison speaks for. */
  readonly officeId: string | null;
  readonly associations: ReadonlyMap<string, ReadonlySet<AssociationRole>>;
  readonly spaces: ReadonlyMap<string, SpaceRole>;
  /** Kinds of the open spaces she coordinates: a base's own space gives no say outside it. */
  readonly coordinates: ReadonlySet<SpaceKind>;
  /** Nobody: the forum itself, when it lets appear what a room has let out. No session and no row leads to it. */
  readonly neutral?: true;
};

export const anonymous: Actor = {
  personId: null,
  sessionId: null,
  locale: 'es',
  forum: new Set(),
  officeId: null,
  associations: new Map(),
  spaces: new Map(),
  coordinates: new Set(),
};

/** Speaks for nobody in particular; made here and nowhere else. */
export const neutral: Actor = { ...anonymous, neutral: true };

/** Day in Lima, YYYY-MM-DD: a session remembers the day it was last used, never the hour. */
export const today = sql<string>`to_char(now() at time zone 'America/Lima', 'YYYY-MM-DD')`;

/**
 * The actor of a session, with the roles in force at this moment.
 * @returns `anonymous` for a session that is unknown, ended or past its time.
 */
export async function actorOfSession(db: DbOrTx, sessionId: string): Promise<Actor> {
  const [session] = await db
    .select({ personId: sessions.personId, seen: sql<boolean>`${sessions.seenOn} = ${today}` })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt), gt(sessions.expiresAt, sql`now()`)));
  if (session && !session.seen)
    await db.update(sessions).set({ seenOn: today }).where(eq(sessions.id, sessionId));
  return session ? { ...(await actorOfPerson(db, session.personId)), sessionId } : anonymous;
}

type Roles = {
  locale: Actor['locale'];
  forum: { role: ForumRole; officeId: string | null }[];
  bases: { id: string; role: AssociationRole }[];
  spaces: { id: string; role: SpaceRole; kind: SpaceKind; open: boolean }[];
};

/** The actor a person is, without a session: for jobs, sockets that ask again, and tests. */
export async function actorOfPerson(db: DbOrTx, personId: string): Promise<Actor> {
  // One round trip, since every page asks it.
  const [row] = await db.execute<Roles & { [column: string]: unknown }>(sql`
    select p.locale,
      (select coalesce(json_agg(json_build_object('role', role, 'officeId', office_id)), '[]') from ${forumRoles}
        where person_id = p.id and confirmed_at is not null and ended_at is null) as forum,
      (select coalesce(json_agg(json_build_object('id', held.id, 'role', held.role)), '[]') from (
        select association_id as id, role from ${memberships} where person_id = p.id and ended_at is null
        union all
        select association_id, 'delegate' from ${mandates} where person_id = p.id and state = 'accredited') held
        join ${associations} a on a.id = held.id and a.dissolved_at is null) as bases,
      (select coalesce(json_agg(json_build_object('id', s.id, 'role', r.role, 'kind', s.kind,
        'open', s.closed_at is null)), '[]') from ${spaceRoles} r join ${spaces} s on s.id = r.space_id
        where r.person_id = p.id and r.ended_at is null) as spaces
    from ${persons} p where p.id = ${personId}`);
  if (!row) return anonymous;
  const held = new Map<string, Set<AssociationRole>>();
  for (const { id, role } of row.bases) held.set(id, (held.get(id) ?? new Set<AssociationRole>()).add(role));
  return {
    personId,
    sessionId: null,
    locale: row.locale,
    forum: new Set(row.forum.map(({ role }) => role)),
    officeId: row.forum.find(({ officeId }) => officeId)?.officeId ?? null,
    associations: held,
    spaces: new Map(row.spaces.map(({ id, role }) => [id, role])),
    coordinates: new Set(
      row.spaces.filter(({ role, open }) => role === 'coordinator' && open).map(({ kind }) => kind),
    ),
  };
}
