import { and, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { associations, mandates, memberships } from '~/db/schema/associations';
import { forumRoles, persons, sessions } from '~/db/schema/people';
import { spaceRoles } from '~/db/schema/spaces';

export type ForumRole = 'admin' | 'forumSecretary' | 'credentials' | 'editor' | 'liaison';
export type AssociationRole = 'member' | 'officer' | 'secretary' | 'delegate';
export type SpaceRole = 'coordinator' | 'writer' | 'reader';

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
};

export const anonymous: Actor = {
  personId: null,
  sessionId: null,
  locale: 'es',
  forum: new Set(),
  officeId: null,
  associations: new Map(),
  spaces: new Map(),
};

/**
 * The actor of a session, with the roles in force at this moment.
 * @returns `anonymous` for a session that is unknown, ended or past its time.
 */
export async function actorOfSession(db: DbOrTx, sessionId: string): Promise<Actor> {
  const [session] = await db
    .select({ personId: sessions.personId })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt), gt(sessions.expiresAt, sql`now()`)));
  return session ? { ...(await actorOfPerson(db, session.personId)), sessionId } : anonymous;
}

/** The actor a person is, without a session: for jobs, sockets that ask again, and tests. */
export async function actorOfPerson(db: DbOrTx, personId: string): Promise<Actor> {
  const [[person], forum, offices, delegated, rooms] = await Promise.all([
    db.select({ locale: persons.locale }).from(persons).where(eq(persons.id, personId)),
    db
      .select({ role: forumRoles.role, officeId: forumRoles.officeId })
      .from(forumRoles)
      .where(
        and(eq(forumRoles.personId, personId), isNotNull(forumRoles.confirmedAt), isNull(forumRoles.endedAt)),
      ),
    db
      .select({ associationId: memberships.associationId, role: memberships.role })
      .from(memberships)
      .innerJoin(associations, eq(associations.id, memberships.associationId))
      .where(
        and(
          eq(memberships.personId, personId),
          isNull(memberships.endedAt),
          isNull(associations.dissolvedAt),
        ),
      ),
    db
      .select({ associationId: mandates.associationId })
      .from(mandates)
      .where(and(eq(mandates.personId, personId), eq(mandates.state, 'accredited'))),
    db
      .select({ spaceId: spaceRoles.spaceId, role: spaceRoles.role })
      .from(spaceRoles)
      .where(and(eq(spaceRoles.personId, personId), isNull(spaceRoles.endedAt))),
  ]);
  if (!person) return anonymous;
  const held = new Map<string, Set<AssociationRole>>();
  const add = (associationId: string, role: AssociationRole) =>
    held.set(associationId, (held.get(associationId) ?? new Set<AssociationRole>()).add(role));
  for (const row of offices) add(row.associationId, row.role);
  for (const row of delegated) add(row.associationId, 'delegate');
  return {
    personId,
    sessionId: null,
    locale: person.locale,
    forum: new Set(forum.map((row) => row.role)),
    officeId: forum.find((row) => row.officeId)?.officeId ?? null,
    associations: held,
    spaces: new Map(rooms.map((row) => [row.spaceId, row.role])),
  };
}
