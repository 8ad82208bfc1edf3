import type { Actor } from '../actor';
import * as ballots from '../ballots/policy';
import type { Rule } from '../rule';

/** A booth is of a ballot that is open: with it the booth ends. */
export type BoothFacts = {
  closed: boolean;
  ballot: ballots.BallotFacts;
  /** Whether the actor is one of the two who stand by. */
  standsBy: boolean;
};

/** Where a secret ballot is open. */
export const open: Rule<ballots.BallotFacts> = (actor, ballot) =>
  actor.forum.has('forumSecretary') && ballot.method === 'secret' && ballot.state === 'open';

/** The booths of a ballot: secretaries, and whoever stands by one. Of voters there is nothing to read, for anybody. */
export const read: Rule<{ standsBy: boolean }> = (actor, { standsBy }) =>
  actor.forum.has('forumSecretary') || (actor.personId !== null && standsBy);

/** Any secretary, and each of the two who stand by, alone: a booth is closed at once. */
export const close: Rule<BoothFacts> = (actor, booth) => !booth.closed && read(actor, booth);

/** Each of the two, for herself alone, and also when the booth is closed: that she was not there is as true then. */
export const sayAbsent: Rule<{ standsBy: boolean }> = (actor, { standsBy }) =>
  actor.personId !== null && standsBy;

/** The tablet itself, by what it holds: no person, and no right but this one. */
export const tablet: Rule<Pick<BoothFacts, 'closed' | 'ballot'>> = (_actor, { closed, ballot }) =>
  !closed && ballot.method === 'secret' && ballot.state === 'open';

/** The booth as its tablet shows it; whose turn has begun is told as well that the ballot has ended meanwhile. */
export const look: Rule<Pick<BoothFacts, 'closed' | 'ballot'> & { begun: boolean }> = (actor, facts) =>
  tablet(actor, facts) || (!facts.closed && facts.begun);

/**
 * The voter before the tablet, by the same rule as on her own phone: when she may is the ballot's state, not her right.
 * A sheet that had come in is answered after the close too.
 */
export const vote: Rule<Pick<BoothFacts, 'closed' | 'ballot'> & { voter: Actor }> = (
  _actor,
  { closed, ballot, voter },
) => !closed && ballots.cast(voter, ballot);

export { entitled } from '../ballots/policy';
