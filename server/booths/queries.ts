import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { ballots } from '~/db/schema/ballots';
import { boothAbsences, booths } from '~/db/schema/booths';
import { persons } from '~/db/schema/people';
import { query } from '../act';
import type { Actor } from '../actor';
import { ballotFacts } from '../ballots/queries';
import { basesOf } from '../ballots/queries/urns';
import { limaDay } from '../day';
import { can } from '../rule';
import * as policy from './policy';
import { stateOf } from './rules';
import * as schema from './schema';

type Row = typeof booths.$inferSelect;
const standsBy = (actor: Actor, row: Pick<Row, 'firstId' | 'secondId'>) =>
  actor.personId === row.firstId || actor.personId === row.secondId;

/** The facts of one booth, with its ballot; null where there is none. */
export async function boothFacts(db: DbOrTx, row: Row | undefined, actor: Actor) {
  const ballot = row && (await ballotFacts(db, row.ballotId, actor));
  if (!row || !ballot) return null;
  return { id: row.id, row, ballot, closed: row.closedBy !== null, standsBy: standsBy(actor, row) };
}

/** Which of these people stand by a booth that is open, of any ballot that is. */
export async function busyAtBooths(db: DbOrTx, personIds: readonly string[]): Promise<Set<string>> {
  const ids = [...personIds];
  const rows = await db
    .select({ first: booths.firstId, second: booths.secondId })
    .from(booths)
    .innerJoin(ballots, and(eq(ballots.id, booths.ballotId), eq(ballots.state, 'open')))
    .where(and(isNull(booths.closedBy), or(inArray(booths.firstId, ids), inArray(booths.secondId, ids))));
  return new Set(rows.flatMap(({ first, second }) => [first, second]));
}

/** Who has said of these booths that she was not there. */
const absencesOf = async (db: DbOrTx, boothIds: readonly string[]) =>
  boothIds.length === 0
    ? []
    : db
        .select({ boothId: boothAbsences.boothId, personId: boothAbsences.personId })
        .from(boothAbsences)
        .where(inArray(boothAbsences.boothId, [...boothIds]));

/** Names and bases of these people. */
async function peopleOf(db: DbOrTx, ids: readonly string[]) {
  const names =
    ids.length === 0
      ? []
      : await db
          .select({ personId: persons.id, name: persons.name })
          .from(persons)
          .where(inArray(persons.id, [...ids]));
  const bases = await basesOf(db, [...ids]);
  return (personId: string) => ({
    name: names.find((person) => person.personId === personId)!.name,
    bases: bases.flatMap((base) => (base.personId === personId ? [base.name] : [])),
  });
}

/** Names and bases of those who stand by a booth. */
export async function whoStandBy(db: DbOrTx, { firstId, secondId }: Pick<Row, 'firstId' | 'secondId'>) {
  const one = await peopleOf(db, [firstId, secondId]);
  return [one(firstId), one(secondId)];
}

/** The booths of a ballot, with who opened and who stands by each. Never a voter, nor how many there were. */
export const ofBallot = query({
  action: 'booths.ofBallot',
  rule: policy.read,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const ballot = await ballotFacts(db, id, actor);
    if (!ballot) return null;
    const rows = await db
      .select()
      .from(booths)
      .where(eq(booths.ballotId, id))
      .orderBy(asc(booths.namedAt), asc(booths.id));
    const [about] = await db.select({ title: ballots.title }).from(ballots).where(eq(ballots.id, id));
    const absences = await absencesOf(
      db,
      rows.map((row) => row.id),
    );
    const one = await peopleOf(
      db,
      rows.flatMap(({ openedBy, firstId, secondId }) => [openedBy, firstId, secondId]),
    );
    const mine = rows.some((row) => standsBy(actor, row));
    return { id, title: about!.title, ballot, rows, absences, one, standsBy: mine };
  },
  present: ({ id, title, ballot, rows, absences, one }, actor) => ({
    id,
    title,
    abilities: { open: can(policy.open, actor, ballot) },
    booths: rows.map((row) => {
      const facts = { closed: row.closedBy !== null, ballot, standsBy: standsBy(actor, row) };
      const saidSo = (personId: string | null) =>
        absences.some((said) => said.boothId === row.id && said.personId === personId);
      return {
        id: row.id,
        state: stateOf({
          closed: facts.closed,
          entered: row.tokenHash !== null,
          ballotOpen: ballot.state === 'open',
        }),
        openedBy: one(row.openedBy),
        openedOn: limaDay(row.openedOn),
        standBy: [row.firstId, row.secondId].map((personId) => ({
          ...one(personId),
          absent: saidSo(personId),
        })),
        mine: facts.standsBy,
        abilities: {
          close: can(policy.close, actor, facts) && ballot.state === 'open',
          sayAbsent: can(policy.sayAbsent, actor, facts) && !saidSo(actor.personId),
        },
      };
    }),
  }),
});
