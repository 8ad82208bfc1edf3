import type { Actor } from '../actor';
import type { Rule } from '../rule';
import { coordinate, read as readSpace, type SpaceFacts, write as writeSpace } from '../spaces/policy';

export type HomeFacts = { space: SpaceFacts };
export type DraftFacts = HomeFacts & { state: 'open' | 'closed' };

/** Drafts are the members' own workshop: the State sees frozen versions, and who runs the machine reads none. */
export const takesPart = (actor: Actor) =>
  actor.personId !== null && !actor.forum.has('liaison') && !actor.forum.has('admin');

export const list: Rule<unknown> = takesPart;

/** A draft of an open space is for every signed-in member to read; one of a private space, for those inside. */
export const read: Rule<DraftFacts> = (actor, { space }) => takesPart(actor) && readSpace(actor, space);

/** Begins a draft: who writes in a space that is still open. */
export const create: Rule<HomeFacts> = (actor, { space }) =>
  takesPart(actor) && space.kind !== 'review' && writeSpace(actor, space);

/** Writes in it, names it, links its concerns: who writes in its space, as long as both are open. */
export const edit: Rule<DraftFacts> = (actor, draft) => draft.state === 'open' && create(actor, draft);

/** Ends the writing, or opens it again: who coordinates its space. */
export const close: Rule<DraftFacts> = (actor, { space }) => takesPart(actor) && coordinate(actor, space);
