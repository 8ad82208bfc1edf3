import type { Actor } from './actor';

/** A rule is one sentence about an actor and the facts; it does no I/O. */
export type Rule<Facts> = (actor: Actor, facts: Facts) => boolean;

/** Asks a rule. Every door of the forum goes through here: pages, forms, sockets, jobs, exports. */
export const can = <Facts>(rule: Rule<Facts>, actor: Actor, facts: Facts): boolean =>
  rule(actor, facts) === true;

export const anyone: Rule<unknown> = () => true;
export const signedIn: Rule<unknown> = (actor) => actor.personId !== null;
export const both =
  <F>(...rules: Rule<F>[]): Rule<F> =>
  (actor, facts) =>
    rules.every((rule) => rule(actor, facts));
export const either =
  <F>(...rules: Rule<F>[]): Rule<F> =>
  (actor, facts) =>
    rules.some((rule) => rule(actor, facts));

/**
 * The one refusal. `not_found` also stands for «you may not know of it» (same bytes);
 * `sign_in`: an anonymous actor before a thing that everyone may see; `refused`: seen, but not hers to do.
 */
export class Denied extends Error {
  constructor(readonly code: 'not_found' | 'refused' | 'sign_in') {
    super(code);
  }
}

/**
 * An expected failure: a value that a command returns; everything it wrote is rolled back.
 * An Error only because tRPC makes a stranger out of anything else that is thrown through it.
 */
export class Failure extends Error {
  /** @param code key of `messages/<locale>/failures.json`; @param field the form field it belongs to. */
  constructor(
    readonly code: string,
    readonly field?: string,
    readonly params: Record<string, string | number> = {},
  ) {
    super(code);
  }
}
export const fail = (code: string, field?: string, params?: Record<string, string | number>) =>
  new Failure(code, field, params);
