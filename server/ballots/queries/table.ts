import { asc, eq } from 'drizzle-orm';
import { ballots } from '~/db/schema/ballots';
import { persons } from '~/db/schema/people';
import { ballotTellers } from '~/db/schema/urns';
import { query } from '../../act';
import { can } from '../../rule';
import { planIn } from '../commands/plan';
import * as policy from '../policy';
import { fewestPapers, isFull, mixedUrn, placesOf, reading } from '../rules/urns';
import * as schema from '../schema';
import { basesOf, paperNames, tableFacts, urnsOf } from './urns';

/**
 * The table of a ballot: who sits at it, who has a paper, how the counting of each urn stands. Of one count alone it
 * shows that it is there; of two that differ both.
 */
export const table = query({
  action: 'ballots.table',
  rule: policy.readTable,
  input: schema.byId,
  load: async (db, { id }, actor) => {
    const held = await tableFacts(db, id, actor);
    if (!held) return null;
    const [ballot] = await db.select().from(ballots).where(eq(ballots.id, id));
    const seats = await db
      .select({ personId: persons.id, name: persons.name })
      .from(ballotTellers)
      .innerJoin(persons, eq(persons.id, ballotTellers.personId))
      .where(eq(ballotTellers.ballotId, id))
      .orderBy(asc(persons.name));
    const [names, urns] = [await paperNames(db, id), await urnsOf(db, id)];
    const bases = await basesOf(
      db,
      seats.map(({ personId }) => personId),
    );
    return { ...held, ballot: ballot!, seats, names, urns, bases };
  },
  present: ({ ballot, seats, names, urns, bases, ...held }, actor) => {
    const plan = planIn(ballot.manifest);
    const nameOf = (personId: string) => seats.find((one) => one.personId === personId)?.name ?? '';
    return {
      id: ballot.id,
      title: ballot.title,
      state: ballot.state,
      manifestSha256: ballot.manifestSha256,
      fewest: fewestPapers,
      /** Those at the table see with whom she is counted: it is asked of her. */
      asksAgreement: plan?.dimensions.some(({ dimension }) => dimension === 'women') ?? false,
      tellers: seats.map(({ personId, name }) => ({
        personId,
        name,
        bases: bases.flatMap((one) => (one.personId === personId ? [one.name] : [])),
      })),
      // Without the urn, and in no order of urns: it says with whom somebody is counted.
      voters: names
        .map(({ personId, name, base }) => ({ personId, name, base }))
        .sort((one, other) => one.name.localeCompare(other.name, 'es')),
      urns: urns.map(({ urn, voters, open, first, entries, aside, waits }) => {
        const now = reading(entries);
        return {
          urn,
          labels: placesOf(urn).map((place, i) => plan!.dimensions[i]!.groups[place]!.label),
          /** Null once the names of an urn that was set aside have gone: how many there were stands nowhere. */
          papers: aside?.confirmed && voters.length === 0 ? null : voters.length,
          open,
          /** With enough names, who has said that its papers be given out: nobody, herself, or somebody else. */
          giving:
            open || !isFull(voters.length)
              ? null
              : { first: first && nameOf(first), mine: first === actor.personId },
          waits,
          counting: urn === mixedUrn ? 'agreed' : now.state,
          first: now.state === 'one' ? nameOf(now.by) : null,
          mine: now.state === 'one' && now.by === actor.personId,
          both:
            now.state === 'differ'
              ? now.both.map(({ personId, counts }) => ({ name: nameOf(personId), counts: counts ?? [] }))
              : null,
          aside: aside
            ? { reason: aside.reason, confirmed: aside.confirmed, mine: aside.askedBy === actor.personId }
            : null,
        };
      }),
      abilities: {
        name: can(policy.nameTeller, actor, held),
        hand: can(policy.handPaper, actor, held),
        count: can(policy.countUrn, actor, held),
        setAside: can(policy.setUrnAside, actor, held),
      },
    };
  },
});
