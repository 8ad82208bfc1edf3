import { anyone, type Rule } from '../rule';

/** `associationId`: in the name of which base, if in that of any. */
export type SayFacts = { associationId: string | null };
export type CommentFacts = { personId: string | null };

export const read: Rule<unknown> = anyone;

/**
 * Whoever has an account says what she thinks of a frozen article, in the name of a base only if it is hers; a
 * liaison for her office, apart from the bases. Who runs the machine does not take part.
 */
export const comment: Rule<SayFacts> = (actor, { associationId }) => {
  if (actor.personId === null || actor.forum.has('admin')) return false;
  if (associationId === null) return true;
  return !actor.forum.has('liaison') && actor.associations.has(associationId);
};

/** Her own words she changes and takes back. */
export const own: Rule<CommentFacts> = (actor, { personId }) =>
  actor.personId !== null && actor.personId === personId;

/** Tells the secretaries of words that hurt: whoever is signed in, about somebody else's. */
export const report: Rule<CommentFacts> = (actor, { personId }) =>
  actor.personId !== null && actor.personId !== personId;

/** Hides words for a reason that everybody reads, or leaves them: a secretary, never about her own. */
export const moderate: Rule<CommentFacts> = (actor, { personId }) =>
  actor.forum.has('forumSecretary') && actor.personId !== personId;

/** What was reported and waits. */
export const desk: Rule<unknown> = (actor) => actor.forum.has('forumSecretary');
