import type { Actor } from '../actor';
import { anyone, can, type Rule, signedIn } from '../rule';
import { coordinate, inside, read as readSpace, type SpaceFacts } from '../spaces/policy';

export type ConcernFacts = {
  /** Nobody, where a room let it out: then it is no one’s own. */
  personId: string | null;
  audience: 'public' | 'space';
  state: 'recibida' | 'en_debate' | 'recogida' | 'no_recogida';
  space: SpaceFacts | null;
};

/** Whether she raised it. What nobody raised is nobody’s, least of all of who has not signed in. */
const own = (actor: Actor, { personId }: Pick<ConcernFacts, 'personId'>) =>
  actor.personId !== null && actor.personId === personId;

/** A public concern is for everybody; one kept in its space, for those inside and for who raised it. */
export const read: Rule<ConcernFacts> = (actor, concern) => {
  if (concern.audience === 'public') return true;
  if (own(actor, concern)) return true;
  return concern.space !== null && inside(actor, concern.space);
};

/** What was decided while it was kept inside is for those inside, and for who raised it. */
export const readPast: Rule<ConcernFacts> = (actor, concern) =>
  read(actor, { ...concern, audience: 'space' });

export const list = anyone;
export const mine = signedIn;

export type RaiseFacts = {
  space: SpaceFacts | null;
  associationId: string | null;
  audience: 'public' | 'space';
};

/**
 * Whoever has an account raises concerns, in the name of a base only if it is hers, in a space she can enter;
 * liaisons and administrators do not take part.
 */
export const raise: Rule<RaiseFacts> = (actor, { space, associationId, audience }) => {
  if (actor.personId === null || actor.forum.has('liaison') || actor.forum.has('admin')) return false;
  if (associationId !== null && !actor.associations.has(associationId)) return false;
  if (audience === 'space' && !(space?.private && inside(actor, space))) return false;
  return space === null || (space.kind !== 'review' && can(readSpace, actor, space));
};

/** Whose session has ended is told to sign in, so that what she wrote is kept for her. */
export const seeRaising: Rule<RaiseFacts> = (actor, { space }) =>
  actor.personId === null && (space === null || readSpace(actor, space));

/** Her own words, as long as nobody has built on them. */
export const reword: Rule<ConcernFacts> = (actor, concern) =>
  own(actor, concern) && concern.state === 'recibida';

const ofCommittee = (actor: Actor) => actor.forum.has('editor') || actor.forum.has('forumSecretary');

/** Gives it a state with a reason: the editing committee and the secretaries, once it is public. */
export const decide: Rule<Pick<ConcernFacts, 'audience'>> = (actor, concern) =>
  concern.audience === 'public' && ofCommittee(actor);

/** Says which concerns are alike, and acts on a group as a whole: the same people. */
export const arrange: Rule<unknown> = (actor) => ofCommittee(actor);

export type AppealableFacts = ConcernFacts & { associationId: string | null };
/** Asks that it be looked at again: who raised it, or a delegate of the base in whose name it was raised. */
export const appeal: Rule<AppealableFacts> = (actor, concern) => {
  if (actor.personId === null || !read(actor, concern)) return false;
  if (own(actor, concern)) return true;
  return (
    concern.associationId !== null && actor.associations.get(concern.associationId)?.has('delegate') === true
  );
};

export type AppealFacts = {
  /** Who raised the concern, who asks, and who set it aside. */
  personId: string | null;
  raisedBy: string;
  setAsideBy: string | null;
};
/** Decides what was asked: one of those who may set aside, and none of the persons it is between. */
export const decideAppeal: Rule<AppealFacts> = (actor, { personId, raisedBy, setAsideBy }) =>
  actor.personId !== null && ofCommittee(actor) && ![personId, raisedBy, setAsideBy].includes(actor.personId);

/** Lets a concern out of its space: who raised it, or who coordinates the space. */
export const publish: Rule<ConcernFacts> = (actor, concern) =>
  concern.audience === 'space' &&
  (own(actor, concern) || (concern.space !== null && coordinate(actor, concern.space)));
