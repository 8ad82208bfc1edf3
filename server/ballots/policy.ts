import { anyone, type Rule } from '../rule';

export type BallotFacts = {
  state: 'prepared' | 'open' | 'closing' | 'closed';
  urgent: boolean;
  urgencyConfirmedBy: string | null;
  preparedBy: string | null;
  /** Whether the actor is on its roll; nobody is before the opening. */
  onRoll: boolean;
  method: 'secret' | 'hands' | 'consensus' | 'roll_call';
};

/** What will be voted, by which rule and until when: for everybody, from the moment it is prepared. */
export const read = anyone;

/** Liaisons and administrators have no ballot, whatever else they are. */
export const entitled: Rule<unknown> = (actor) =>
  actor.personId !== null && !actor.forum.has('liaison') && !actor.forum.has('admin');

/** Whoever is on the roll that was fixed at the opening. When she may is the ballot's state, not her right. */
export const cast: Rule<BallotFacts> = (actor, ballot) =>
  ballot.method === 'secret' && ballot.onRoll && entitled(actor, null);

/** Her own ballots: those on whose roll she is. */
export const mine: Rule<unknown> = (actor) => actor.personId !== null;

/** Whether her own word about herself is counted in ballots: her agreement alone, and hers to take back. */
export const countMe = mine;
/** Nobody but women is counted apart, so nobody else is asked to agree. */
export const agreeToCount: Rule<{ sex: string | null }> = (actor, facts) =>
  countMe(actor, facts) && facts.sex === 'mujer';

export const prepare: Rule<unknown> = (actor) => actor.forum.has('forumSecretary');

/** A second secretary of the forum says that there is no time for the ordinary 72 hours. */
export const confirmUrgency: Rule<BallotFacts> = (actor, ballot) =>
  actor.forum.has('forumSecretary') &&
  ballot.state === 'prepared' &&
  ballot.urgent &&
  ballot.urgencyConfirmedBy === null &&
  ballot.preparedBy !== actor.personId;

export const open: Rule<BallotFacts> = (actor, ballot) =>
  actor.forum.has('forumSecretary') && ballot.state === 'prepared';

/** What has not been opened can still be taken back. */
export const drop = open;

/** Sets the close going when its moment has passed and nothing has done so by itself. */
export const close: Rule<BallotFacts> = (actor, ballot) =>
  ballot.method === 'secret' &&
  actor.forum.has('forumSecretary') &&
  (ballot.state === 'open' || ballot.state === 'closing');

/** What is over can be taken up again, where its rule says so: a second call, or a second vote. */
export const again: Rule<BallotFacts> = (actor, ballot) =>
  actor.forum.has('forumSecretary') && ballot.state === 'closed';

/** Ends a ballot that nobody can count any more; whether its key is really lost, the machine knows. */
export const annul: Rule<BallotFacts> = (actor, ballot) => close(actor, ballot) || closeRoom(actor, ballot);

/** Before the close there is no result, for nobody. */
export const readResult: Rule<BallotFacts> = (_actor, ballot) => ballot.state === 'closed';

/**
 * Names, and who voted: after the close, for those who stood on the same roll. Of hands that were raised, and of what
 * nobody objected to, there is no list: everybody would stand in it as one who did not vote.
 */
export const readRoll: Rule<BallotFacts> = (_actor, ballot) =>
  ballot.state === 'closed' && ballot.onRoll && (ballot.method === 'secret' || ballot.method === 'roll_call');

/** Whoever stood on the roll, in a group whose no sent the article back: her vote is not asked, nor kept by this. */
export const giveReason: Rule<{ onRoll: boolean; groups: readonly unknown[] }> = (
  actor,
  { onRoll, groups },
) => onRoll && groups.length > 0 && entitled(actor, null);

/** Any of those who could vote now, until it is opened. */
export const claim: Rule<BallotFacts & { mayVote: boolean }> = (actor, ballot) =>
  ballot.state === 'prepared' && ballot.mayVote && entitled(actor, null);

/** A vote in the room happens before everybody: once open, whoever may read the ballot follows the count. */
export const readRoom: Rule<BallotFacts> = (_actor, ballot) =>
  ballot.method !== 'secret' && ballot.state !== 'prepared';

/** The two who were named before the opening, and nobody else. */
export const countRoom: Rule<BallotFacts & { counters: readonly string[] }> = (actor, ballot) =>
  ballot.state === 'open' && actor.personId !== null && ballot.counters.includes(actor.personId);

export const closeRoom: Rule<BallotFacts> = (actor, ballot) =>
  actor.forum.has('forumSecretary') && ballot.method !== 'secret' && ballot.state === 'open';

export type ChamberFacts = BallotFacts & {
  /** The base whose position it is, where it has a seat; null where it has none. */
  seat: string | null;
  /** The base that may speak for it, by its proxy. */
  proxyTo: string | null;
};
const delegateOf = (actor: Parameters<Rule<unknown>>[0], base: string | null): boolean =>
  base !== null && actor.associations.get(base)?.has('delegate') === true;

/** The base speaks through a delegate of its own, accredited at this moment. */
export const speakItself: Rule<ChamberFacts> = (actor, { seat }) =>
  delegateOf(actor, seat) && entitled(actor, null);

/** A base's position: by its delegate, or by one of the base to which it gave its proxy. */
export const takePosition: Rule<ChamberFacts> = (actor, facts) =>
  speakItself(actor, facts) ||
  (facts.seat !== null && delegateOf(actor, facts.proxyTo) && entitled(actor, null));

/** A proxy is given, and taken back, by the base itself. */
export const giveProxy = speakItself;

/** Words that name a person are taken out of sight, with a reason that stays. */
export const hideReason = prepare;
export const hideObjection: Rule<BallotFacts> = (actor, ballot) =>
  actor.forum.has('forumSecretary') && readRoom(actor, ballot);

export type TableFacts = BallotFacts & {
  /** Whether the actor sits at the table of this ballot. */
  teller: boolean;
};

/** Papers are for a secret ballot: in a room hands are counted, or names called. */
const onPaper = ({ method }: BallotFacts): boolean => method === 'secret';

/** Who sits at the table of a ballot; while urns wait to be counted too, where those who were named cannot come. */
export const nameTeller: Rule<TableFacts> = (actor, ballot) =>
  onPaper(ballot) && actor.forum.has('forumSecretary') && ballot.state !== 'closed';

/** The table's own page: who has a paper, and how the counting stands. Never a number before two agree. */
export const readTable: Rule<TableFacts> = (actor, ballot) =>
  onPaper(ballot) && (ballot.teller || actor.forum.has('forumSecretary'));

/** Gives a paper to somebody on the roll, or takes it back. */
export const handPaper: Rule<TableFacts> = (_actor, ballot) =>
  onPaper(ballot) && ballot.teller && ballot.state === 'open';

/** Counts what lies in an urn, once no sheet comes in any more. */
export const countUrn: Rule<TableFacts> = (_actor, ballot) => ballot.teller && ballot.state === 'closing';

/** An urn that nobody can count is set aside by two secretaries; those who count urns decide nothing of it. */
export const setUrnAside: Rule<TableFacts> = (actor, ballot) =>
  actor.forum.has('forumSecretary') && !ballot.teller && ballot.state === 'closing';
