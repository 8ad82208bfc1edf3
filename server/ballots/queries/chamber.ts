import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { DbOrTx } from '~/db/client';
import { associations, mandates } from '~/db/schema/associations';
import {
  ballotQuestions,
  ballots,
  chamberPapers,
  chamberPositions,
  chamberSeats,
  proxies,
} from '~/db/schema/ballots';
import { query } from '../../act';
import type { Actor } from '../../actor';
import { can } from '../../rule';
import { paperHandle } from '../commands/box';
import { readKey } from '../commands/key';
import * as policy from '../policy';
import { ballotFacts } from '../queries';
import { takesSheets, tally } from '../rules';
import type { Lent } from '../rules/chamber';
import { asksChamber } from '../rules/charter';
import type { Tables } from '../rules/conditions';
import * as schema from '../schema';

export const seatsOf = (db: DbOrTx, ballotId: string) =>
  db
    .select({ associationId: chamberSeats.associationId, name: chamberSeats.name })
    .from(chamberSeats)
    .where(eq(chamberSeats.ballotId, ballotId))
    .orderBy(asc(chamberSeats.name));

/** How many bases have a seat, and what they said of each question; where the ballot is closed. */
export async function chamberCounts(db: DbOrTx, ballotId: string) {
  const seats = await db.$count(chamberSeats, eq(chamberSeats.ballotId, ballotId));
  const said = await db
    .select({ questionId: chamberPositions.questionId, choice: chamberPositions.choice })
    .from(chamberPositions)
    .where(eq(chamberPositions.ballotId, ballotId));
  return (question: string): Tables['chamber'] => ({
    seats,
    counts: tally(said.filter(({ questionId }) => questionId === question)),
  });
}

/** The proxies in force. */
export const proxiesOf = (db: DbOrTx, ballotId: string): Promise<Lent[]> =>
  db
    .select({ giver: proxies.giverId, holder: proxies.holderId })
    .from(proxies)
    .where(and(eq(proxies.ballotId, ballotId), isNull(proxies.revokedAt)));

/** Which bases have a seat: those with an accredited delegate. People without a base have a vote, and no chamber. */
export const seatsAtOpening = (db: DbOrTx) =>
  db
    .selectDistinct({ associationId: associations.id, name: associations.name })
    .from(associations)
    .innerJoin(mandates, and(eq(mandates.associationId, associations.id), eq(mandates.state, 'accredited')))
    .where(
      and(
        isNull(associations.dissolvedAt),
        inArray(associations.kind, ['asociacion', 'cooperativa', 'federacion', 'comite']),
      ),
    );

/** What the rules of the chamber speak of, for one base. */
export async function chamberFacts(
  tx: DbOrTx,
  { id, association }: { id: string; association: string },
  actor: Actor,
  lock: 'share' | 'update' = 'share',
) {
  const held = await ballotFacts(tx, id, actor, lock);
  if (!held) return null;
  const seats = await seatsOf(tx, id);
  const standing = await proxiesOf(tx, id);
  return {
    ...held,
    seats,
    standing,
    seat: seats.some(({ associationId }) => associationId === association) ? association : null,
    proxyTo: standing.find(({ giver }) => giver === association)?.holder ?? null,
  };
}

/** Where the position of each base on each question lies in the box: told by the key alone. */
export const chamberHandle = (
  key: Uint8Array,
  ballotId: string,
  associationId: string,
  questionId: string,
): Buffer => paperHandle(key, { ballotId, personId: associationId, questionId, dimension: 'chamber' });

/** Which of these bases have spoken so far; told to their own delegates alone. */
async function spokenBy(db: DbOrTx, ballotId: string, bases: readonly string[]): Promise<Set<string>> {
  const key = bases.length > 0 ? readKey(ballotId) : null;
  if (!key) return new Set();
  const [first] = await db
    .select({ id: ballotQuestions.id })
    .from(ballotQuestions)
    .where(and(eq(ballotQuestions.ballotId, ballotId), eq(ballotQuestions.position, 1)));
  const handles = new Map(
    bases.map((base) => [chamberHandle(key, ballotId, base, first!.id).toString('hex'), base]),
  );
  key.fill(0);
  const found = await db
    .select({ handle: chamberPapers.handle })
    .from(chamberPapers)
    .where(
      inArray(
        chamberPapers.handle,
        [...handles.keys()].map((hex) => Buffer.from(hex, 'hex')),
      ),
    );
  return new Set(found.map(({ handle }) => handles.get(Buffer.from(handle).toString('hex'))!));
}

/** What each base said, by question and name; nothing before the close. */
export async function positionsOf(db: DbOrTx, ballotId: string) {
  const holder = alias(chamberSeats, 'holder');
  return db
    .select({
      position: ballotQuestions.position,
      associationId: chamberPositions.associationId,
      name: chamberSeats.name,
      choice: chamberPositions.choice,
      via: chamberPositions.via,
      viaName: holder.name,
    })
    .from(chamberPositions)
    .innerJoin(ballotQuestions, eq(ballotQuestions.id, chamberPositions.questionId))
    .innerJoin(
      chamberSeats,
      and(
        eq(chamberSeats.ballotId, chamberPositions.ballotId),
        eq(chamberSeats.associationId, chamberPositions.associationId),
      ),
    )
    .leftJoin(
      holder,
      and(eq(holder.ballotId, chamberPositions.ballotId), eq(holder.associationId, chamberPositions.via)),
    )
    .where(eq(chamberPositions.ballotId, ballotId))
    .orderBy(asc(ballotQuestions.position), asc(chamberSeats.name));
}

/** The chamber of a ballot: its seats for everybody, her own bases for their delegates, the positions after the close. */
export const chamber = query({
  action: 'ballots.chamber',
  rule: policy.read,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const held = await ballotFacts(db, id, actor);
    const [ballot] = await db.select({ rule: ballots.rule }).from(ballots).where(eq(ballots.id, id));
    if (!held || !ballot || !asksChamber(ballot.rule)) return null;
    const [seats, standing] = await Promise.all([seatsOf(db, id), proxiesOf(db, id)]);
    const open = takesSheets(held, new Date());
    const facts = (seat: string) => ({
      ...held,
      seat,
      proxyTo: standing.find(({ giver }) => giver === seat)?.holder ?? null,
    });
    const mine = seats.filter(({ associationId }) => can(policy.takePosition, actor, facts(associationId)));
    const spoken = open
      ? await spokenBy(
          db,
          id,
          mine.map(({ associationId }) => associationId),
        )
      : new Set<string>();
    const name = (base: string) => seats.find(({ associationId }) => associationId === base)?.name ?? null;
    return {
      state: held.state,
      open,
      seats,
      positions: held.state === 'closed' ? await positionsOf(db, id) : [],
      /** Told to the delegates of each base alone. */
      mine: mine.map(({ associationId, name: base }) => {
        const one = facts(associationId);
        const itself = can(policy.speakItself, actor, one);
        return {
          associationId,
          name: base,
          spoken: spoken.has(associationId),
          itself,
          proxyTo: itself && one.proxyTo ? name(one.proxyTo) : null,
          holds: standing.filter(({ holder }) => holder === associationId).length,
        };
      }),
    };
  },
  present: (told) => told,
});
