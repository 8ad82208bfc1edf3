import type { Actor } from '../actor';
import type { Rule } from '../rule';

export type SpaceFacts = {
  id: string;
  kind: 'plenary' | 'table' | 'association' | 'review';
  private: boolean;
  associationId: string | null;
  /** A closed space is still read; nobody writes or is named in it. */
  closed: boolean;
};

/** She has a role in it, or belongs to the association whose space it is. */
export const inside: Rule<SpaceFacts> = (actor, space) =>
  actor.spaces.has(space.id) || (space.associationId !== null && actor.associations.has(space.associationId));

const onReviewDesk = (actor: Actor) =>
  actor.forum.has('liaison') || actor.forum.has('editor') || actor.forum.has('forumSecretary');

/** Open spaces are for everybody to see; private ones for those inside, and for no administrator. */
export const read: Rule<SpaceFacts> = (actor, space) => {
  if (space.kind === 'review') return onReviewDesk(actor);
  return !space.private || inside(actor, space);
};

/** Liaisons and administrators hold no role in a space, so they write nowhere. */
export const write: Rule<SpaceFacts> = (actor, space) => {
  if (space.closed || actor.forum.has('liaison') || actor.forum.has('admin')) return false;
  const role = actor.spaces.get(space.id);
  if (role === 'coordinator' || role === 'writer') return true;
  // A guest of a base's space reads; its people write.
  return space.associationId !== null && actor.associations.has(space.associationId);
};

/** Appoints, opens and closes drafts: its coordinator, and in an association's space its officers and secretary. */
export const coordinate: Rule<SpaceFacts> = (actor, space) => {
  if (space.closed || space.kind === 'review') return false;
  if (actor.forum.has('liaison') || actor.forum.has('admin')) return false;
  if (actor.spaces.get(space.id) === 'coordinator') return true;
  const held = space.associationId ? actor.associations.get(space.associationId) : undefined;
  return held !== undefined && (held.has('officer') || held.has('secretary'));
};

/** Opens a thematic table and names its first coordinator. */
export const create: Rule<unknown> = (actor) => actor.forum.has('forumSecretary');

export type AppointFacts = { space: SpaceFacts; coordinators: number };

/** A space that has nobody to coordinate it gets its first coordinator from the forum's secretary. */
export const appointFirst: Rule<AppointFacts> = (actor, { space, coordinators }) =>
  create(actor, null) &&
  coordinators === 0 &&
  !space.closed &&
  (space.kind === 'table' || space.kind === 'plenary');

export const appoint: Rule<AppointFacts> = (actor, facts) =>
  coordinate(actor, facts.space) || appointFirst(actor, facts);

/** That the space is there. */
export const seeAppointing: Rule<AppointFacts> = (actor, { space }) => read(actor, space);

/** Who has which role in a space, with names, is for those inside. */
export const readRoles: Rule<SpaceFacts> = inside;

export type HolderFacts = { space: SpaceFacts; personId: string; role: string; free: boolean };

/** In a free base people do not know each other: who only belongs to it sees who coordinates, and herself. */
export const seeHolder: Rule<HolderFacts> = (actor, { space, personId, role, free }) =>
  readRoles(actor, space) &&
  (!free || actor.spaces.has(space.id) || role === 'coordinator' || actor.personId === personId);

const told = ['off', 'base', 'person'] as const;
export type Attribution = (typeof told)[number];

/** Whether one way of telling who wrote what unveils more than another. */
export const tellsMore = (one: Attribution, other: Attribution) => told.indexOf(one) > told.indexOf(other);

/** That somebody belongs to a base is known in that base, and in a free base to herself; a table learns her name alone. */
export const seeBase: Rule<{ id: string; personId: string; free: boolean }> = (
  actor,
  { id, personId, free },
) => actor.personId === personId || (!free && actor.associations.has(id));

/** A role is given back by who holds it, or ended by who coordinates. */
export const endRole: Rule<{ space: SpaceFacts; personId: string }> = (actor, { space, personId }) =>
  actor.personId === personId || coordinate(actor, space);

export const seeRole: Rule<{ space: SpaceFacts; personId: string }> = (actor, { space }) =>
  readRoles(actor, space);

/** Tables end; the plenary, the review desk and the bases' own spaces do not end by themselves. */
export const close: Rule<SpaceFacts> = (actor, space) =>
  space.kind === 'table' && !space.closed && (coordinate(actor, space) || create(actor, null));
