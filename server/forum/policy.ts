import type { Actor } from '../actor';
import type { Rule } from '../rule';

// Which desk a person sits at: only to say on the home page what she can do now. What she then does
// is decided by the rules of each capability.
const holds =
  (role: 'credentials' | 'editor' | 'forumSecretary' | 'liaison'): Rule<unknown> =>
  (actor) =>
    actor.forum.has(role);
export const answers = holds('liaison');
export const accredits = holds('credentials');
export const consolidates = holds('editor');
export const arranges = holds('forumSecretary');
export const enrolls: Rule<unknown> = (actor: Actor) =>
  [...actor.associations.values()].some((roles) => roles.has('secretary'));
export const writes: Rule<unknown> = (actor) =>
  [...actor.spaces.values()].some((role) => role === 'writer' || role === 'coordinator');
/** Raises concerns: everybody with an account who takes part. */
export const raises: Rule<unknown> = (actor) =>
  actor.personId !== null && !actor.forum.has('liaison') && !actor.forum.has('admin');
