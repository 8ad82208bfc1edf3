import { eq } from 'drizzle-orm';
import type { Db, DbOrTx } from '~/db/client';
import { persons } from '~/db/schema/people';
import { ballotTellers } from '~/db/schema/urns';
import type { UrnCount } from '~/server/ballots/rules/urns';
import { callAs } from './call';

/** A count of one question: yes, no, abstention, blank, void. */
export const counted = (yes: number, no = 0, abstain = 0, blank = 0, spoilt = 0): UrnCount => ({
  yes,
  no,
  abstain,
  blank,
  void: spoilt,
});

export const seat = (db: DbOrTx, ballotId: string, personId: string) =>
  db.insert(ballotTellers).values({ ballotId, personId });

export async function numberOf(db: DbOrTx, personId: string): Promise<string> {
  const [person] = await db.select().from(persons).where(eq(persons.id, personId));
  return person!.number;
}

/** The table writes these people down. */
export async function writeDown(db: Db, ballotId: string, teller: string, people: readonly string[]) {
  const table = await callAs(db, teller);
  for (const person of people)
    await table.ballots.handPaper({ id: ballotId, number: await numberOf(db, person), agrees: true });
}

/** The table gives these people their papers: two say so, as soon as an urn has its ten names. */
export async function handOut(
  db: Db,
  ballotId: string,
  [teller, other]: readonly [string, string],
  people: readonly string[],
) {
  await writeDown(db, ballotId, teller, people);
  const { urns } = await (await callAs(db, teller)).ballots.table({ id: ballotId });
  for (const { urn, giving } of urns)
    if (giving)
      for (const who of [teller, other]) await (await callAs(db, who)).ballots.giveOut({ id: ballotId, urn });
}
