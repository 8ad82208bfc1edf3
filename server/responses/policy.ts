import { anyone, either, type Rule } from '../rule';

export type RequestFacts = { officeId: string };

/** What was asked and answered stands under the article, for everybody. */
export const read: Rule<unknown> = anyone;

const committee: Rule<unknown> = (actor) => actor.forum.has('editor') || actor.forum.has('forumSecretary');

/** She speaks for this office of the State, and for no other. */
const ownOffice: Rule<RequestFacts> = (actor, request) =>
  actor.forum.has('liaison') && actor.officeId !== null && actor.officeId === request.officeId;

/** Names an office of the State. */
export const createOffice: Rule<unknown> = (actor) => actor.forum.has('forumSecretary');

/** Asks an office to answer an article by a day. */
export const ask: Rule<unknown> = committee;

/** The desk: liaisons before their own requests, committee and secretaries before all. */
export const desk: Rule<unknown> = either<unknown>((actor) => actor.forum.has('liaison'), committee);

/** One request, as a case on the desk. */
export const readRequest: Rule<RequestFacts> = either<RequestFacts>(ownOffice, committee);

/** Only the State answers for the State: the first wording and every later one. */
export const respond: Rule<RequestFacts> = ownOffice;
