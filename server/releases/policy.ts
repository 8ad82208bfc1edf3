import { anyone, type Rule } from '../rule';

export type ReleaseFacts = { notBefore: string; today: string };

/** What a room has let out appears when its day has come, through the forum itself: nobody can do it by hand. */
export const publish: Rule<ReleaseFacts> = (actor, { notBefore, today }) =>
  actor.neutral === true && notBefore <= today;

/** What has appeared is public, and so is what became of it. */
export const open = anyone;
