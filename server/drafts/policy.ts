import type { Actor } from '../actor';
import type { Rule } from '../rule';
import {
  type Attribution,
  coordinate,
  inside,
  read as readSpace,
  type SpaceFacts,
  write as writeSpace,
} from '../spaces/policy';

export type HomeFacts = { space: SpaceFacts };
export type DraftFacts = HomeFacts & { state: 'open' | 'closed' };
/** Something that somebody has put beside a draft. */
export type OwnFacts = DraftFacts & { author: string | null };

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

/** Proposes a change, or says something about some words: who reads it, as long as it and its space are open. */
export const suggest: Rule<DraftFacts> = (actor, draft) =>
  draft.state === 'open' && !draft.space.closed && read(actor, draft);

const own: Rule<OwnFacts> = (actor, { author }) => actor.personId !== null && actor.personId === author;

/** Takes back what she has put beside a draft herself: a suggestion, a remark, an answer, a name for a version. */
export const withdraw: Rule<OwnFacts> = (actor, facts) => own(actor, facts) && read(actor, facts);

/** Says that a remark is settled, or not yet: who writes there, and who made it. */
export const resolve: Rule<OwnFacts> = (actor, facts) =>
  edit(actor, facts) || (own(actor, facts) && suggest(actor, facts));

/** Deletes a draft for good: who coordinates its space. */
export const erase: Rule<DraftFacts> = close;

/**
 * How she is told who wrote what: by person only inside, and only where the space says so. In a free base people do
 * not know each other.
 */
export const attributionFor = (
  actor: Actor,
  draft: DraftFacts & { attribution: Attribution; free: boolean },
): Attribution =>
  draft.attribution === 'person' && (draft.free || !inside(actor, draft.space)) ? 'base' : draft.attribution;
