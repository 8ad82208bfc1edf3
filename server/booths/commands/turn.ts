import { eq } from 'drizzle-orm';
import type { DbOrTx } from '~/db/client';
import { ballots } from '~/db/schema/ballots';
import { booths } from '~/db/schema/booths';
import { command } from '../../act';
import { type Actor, actorOfPerson } from '../../actor';
import { takeSheet } from '../../ballots/commands/cast';
import { ballotFacts, keyLost } from '../../ballots/queries';
import { votesOnPaper } from '../../ballots/queries/urns';
import { takesSheets } from '../../ballots/rules';
import { provenByCard, provenByPassphrase } from '../../people/commands/proof';
import { can, Denied, fail } from '../../rule';
import * as policy from '../policy';
import { boothFacts, whoStandBy } from '../queries';
import * as schema from '../schema';
import { holderTag, openVoter, sealVoter, tokenHash } from './pass';

// What a tablet may ask. Nothing here writes a row of a voter, reads one under lock, or is told to the audit. All are
// commands, also what only reads: what a tablet holds never stands in an address.

async function boothOf(db: DbOrTx, token: string, actor: Actor) {
  const [row] = await db
    .select()
    .from(booths)
    .where(eq(booths.tokenHash, tokenHash(token)));
  return boothFacts(db, row, actor);
}

/** The booth as its tablet shows it, and whether whoever stands before it can vote. */
export const look = command({
  action: 'booths.look',
  rule: policy.look,
  input: schema.tablet,
  audit: 'none',
  load: async (tx, { token, voter }, actor) => {
    const booth = await boothOf(tx, token, actor);
    const pass = booth && openVoter(booth.id, voter, new Date());
    return booth && { ...booth, pass, begun: pass !== null };
  },
  run: async ({ tx, facts: { row, ballot, pass } }) => {
    const [about] = await tx
      .select({ title: ballots.title, closesAt: ballots.closesAt })
      .from(ballots)
      .where(eq(ballots.id, row.ballotId));
    const now = new Date();
    const takes = takesSheets(ballot, now) && !(await keyLost(tx, row.ballotId, ballot.state));
    return {
      ballotId: row.ballotId,
      title: about!.title,
      standBy: await whoStandBy(tx, row),
      takes,
      holder: pass && holderTag(row.id, pass.personId),
      // Made anew at each press: who left without a word is soon nobody.
      voter: pass && sealVoter(row.id, pass.personId, now, pass.end),
    };
  },
});

/** A voter proves herself before the tablet. Nobody is signed in, and her card stays as it was. */
export const begin = command({
  action: 'booths.begin',
  rule: policy.tablet,
  input: schema.begin,
  audit: 'none',
  prepare: async (context, { token, code, number, passphrase }) => {
    const booth = await boothOf(context.db, token, context.actor);
    // Guessing is for nobody who is no booth.
    if (!booth || !can(policy.tablet, context.actor, booth)) throw new Denied('not_found');
    if (code) return provenByCard(context, code);
    if (!number) throw fail('booths.card', 'code');
    return provenByPassphrase(context, { number, passphrase: passphrase ?? '' });
  },
  load: (tx, { token }, actor) => boothOf(tx, token, actor),
  run: async ({ tx, facts: { row }, prepared: { personId } }) => {
    const voter = await actorOfPerson(tx, personId);
    const ballot = await ballotFacts(tx, row.ballotId, voter);
    if (!ballot || !takesSheets(ballot, new Date())) return fail('ballots.not_open');
    if (!can(policy.vote, voter, { closed: false, ballot, voter })) return fail('booths.not_on_roll');
    if (await votesOnPaper(tx, row.ballotId, personId)) return fail('ballots.on_paper');
    return { voter: sealVoter(row.id, personId, new Date()) };
  },
});

/** Her whole sheet, into the same box as from any phone. */
export const cast = command({
  action: 'booths.cast',
  rule: policy.vote,
  input: schema.cast,
  audit: 'none',
  load: async (tx, { token, voter: pass }, actor) => {
    const booth = await boothOf(tx, token, actor);
    const turn = booth && openVoter(booth.id, pass, new Date());
    if (!booth || !turn) return null;
    const voter = await actorOfPerson(tx, turn.personId);
    const ballot = await ballotFacts(tx, booth.row.ballotId, voter, 'share');
    return ballot && { ...booth, ballot, voter };
  },
  run: ({ tx, input: { sheet, choices }, facts: { ballot, voter, row } }) =>
    takeSheet(tx, ballot, { ballotId: row.ballotId, personId: voter.personId!, sheet, choices }),
});
