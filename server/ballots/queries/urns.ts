import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { associations, memberships } from '~/db/schema/associations';
import { rollEntries } from '~/db/schema/ballots';
import { persons } from '~/db/schema/people';
import { ballotTellers, paperVoters, urnCounts, urnsAside, urnsGiven } from '~/db/schema/urns';
import type { Actor } from '../../actor';
import { ballotFacts } from '../queries';
import { type Entry, mixedUrn, reading } from '../rules/urns';

/** The facts of a ballot with its table: whether the actor sits at it. */
export async function tableFacts(tx: DbOrTx, id: string, actor: Actor, lock?: 'update' | 'share') {
  const held = await ballotFacts(tx, id, actor, lock);
  if (!held) return null;
  const [seat] = actor.personId
    ? await tx
        .select({ personId: ballotTellers.personId })
        .from(ballotTellers)
        .where(and(eq(ballotTellers.ballotId, id), eq(ballotTellers.personId, actor.personId)))
    : [];
  return { ...held, teller: seat !== undefined };
}

/** Who has a paper, by urn and name. */
export const paperNames = (db: DbOrTx, ballotId: string) =>
  db
    .select({
      personId: paperVoters.personId,
      name: persons.name,
      base: associations.name,
      urn: paperVoters.urn,
    })
    .from(paperVoters)
    .innerJoin(persons, eq(persons.id, paperVoters.personId))
    .innerJoin(
      rollEntries,
      and(eq(rollEntries.ballotId, paperVoters.ballotId), eq(rollEntries.personId, paperVoters.personId)),
    )
    .innerJoin(associations, eq(associations.id, rollEntries.associationId))
    .where(eq(paperVoters.ballotId, ballotId))
    .orderBy(asc(paperVoters.urn), asc(persons.name));

const asideOf = (db: DbOrTx, ballotId: string) =>
  db.select().from(urnsAside).where(eq(urnsAside.ballotId, ballotId));

export type Urn = {
  urn: string;
  voters: string[];
  /** Its papers are given out, by two of the table; before, nothing of it counts. */
  open: boolean;
  /** Who said first that they be given out. */
  first: string | null;
  entries: Entry[];
  aside: { reason: string; askedBy: string; confirmed: boolean } | null;
  /** Open, not yet agreed on, and not set aside by two people: the count waits for it. */
  waits: boolean;
};

/**
 * The urns of a ballot, by their places. From the count on, those that were counted are one, and of one that was set aside
 * there are no names any more.
 */
export async function urnsOf(db: DbOrTx, ballotId: string): Promise<Urn[]> {
  const names = await db
    .select({ urn: paperVoters.urn, personId: paperVoters.personId })
    .from(paperVoters)
    .where(eq(paperVoters.ballotId, ballotId))
    .orderBy(asc(paperVoters.urn), asc(paperVoters.personId));
  const aside = await asideOf(db, ballotId);
  if (names.length === 0 && aside.length === 0) return [];
  const counts = await db.select().from(urnCounts).where(eq(urnCounts.ballotId, ballotId));
  const given = await db.select().from(urnsGiven).where(eq(urnsGiven.ballotId, ballotId));
  const left = aside.filter(({ confirmedBy }) => confirmedBy !== null);
  return [...new Set([...names, ...left].map(({ urn }) => urn))].sort().map((urn) => {
    const voters = names.flatMap((one) => (one.urn === urn ? [one.personId] : []));
    const entries = counts.filter((one) => one.urn === urn);
    const set = aside.find((one) => one.urn === urn);
    const giving = given.find((one) => one.urn === urn);
    const confirmed = set?.confirmedBy != null;
    // Only what was given out is set aside; by whom is forgotten with the count.
    const open = urn === mixedUrn || confirmed || giving?.secondBy != null;
    return {
      urn,
      voters,
      open,
      first: giving?.firstBy ?? null,
      entries,
      aside: set ? { reason: set.reason, askedBy: set.askedBy, confirmed } : null,
      waits: open && urn !== mixedUrn && !confirmed && reading(entries).state !== 'agreed',
    };
  });
}

/** The urns whose papers count: given out, and not set aside. */
export const countingUrns = async (db: DbOrTx, ballotId: string): Promise<Urn[]> =>
  (await urnsOf(db, ballotId)).filter(({ open, aside }) => open && !aside?.confirmed);

/** Whether the count of a ballot waits for what lies in its urns. */
export const waitsForUrns = async (db: DbOrTx, ballotId: string): Promise<boolean> =>
  (await urnsOf(db, ballotId)).some(({ waits }) => waits);

/** Whether she holds a paper that counts: then nothing of hers in the box does. */
export async function votesOnPaper(db: DbOrTx, ballotId: string, personId: string): Promise<boolean> {
  const [own] = await db
    .select({ urn: paperVoters.urn })
    .from(paperVoters)
    .where(and(eq(paperVoters.ballotId, ballotId), eq(paperVoters.personId, personId)));
  if (!own) return false;
  return (await countingUrns(db, ballotId)).some(({ urn }) => urn === own.urn);
}

/** The bases that somebody belongs to now. */
export const basesOf = async (db: DbOrTx, personIds: readonly string[]) =>
  personIds.length === 0
    ? []
    : // An officer is a member of her base as well.
      db
        .selectDistinct({ personId: memberships.personId, id: associations.id, name: associations.name })
        .from(memberships)
        .innerJoin(associations, eq(associations.id, memberships.associationId))
        .where(
          and(
            inArray(memberships.personId, [...personIds]),
            isNull(memberships.endedAt),
            isNull(associations.dissolvedAt),
          ),
        )
        .orderBy(asc(associations.name));
